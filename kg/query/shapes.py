"""Check a built graph against the shapes, and say in plain words what is wrong.

In: an rdflib Graph. Out: violations, sorted. The trap: a constraint over the whole graph (that the words of a passage
stand in its article) has a class as its focus, and the node that violates it as its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from rdflib import Graph, Literal
from rdflib.namespace import SH
from rdflib.term import Node

from kg.rdf import LG, ORG, RDF, label


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with a graph."""

    focus: str
    """What is wrong, in words: an entity's name, or `subject predicate object` of a statement."""
    iri: str
    chinese: str
    """What the rule asks, in Chinese."""
    english: str
    value: str = ""
    """The value that breaks the rule, where there is one."""

    def __str__(self) -> str:
        found = f" (found: {self.value})" if self.value else ""
        return f"{self.focus} <{self.iri}>: {self.english}{found} / {self.chinese}"


def shapes() -> Graph:
    """Return the SHACL shapes that ship with the package."""
    return Graph().parse(data=files("kg.vocab").joinpath("shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def validate(graph: Graph) -> list[Violation]:
    """Return everything in which the graph breaks the shapes, sorted; an empty list if nothing."""
    import pyshacl  # half a second to import

    rules = shapes()
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=rules, inplace=True)
    if conforms:
        return []
    assert isinstance(report, Graph)
    return sorted(
        {_violation(graph, report, rules, result) for result in report.subjects(RDF.type, SH.ValidationResult)}
    )


def _violation(graph: Graph, report: Graph, rules: Graph, result: Node) -> Violation:
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    if report.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent and value is not None:
        focus, value = value, None
    assert focus is not None
    # Of a SPARQL constraint the report carries no message: it stands on the shape.
    messages = [*report.objects(result, SH.resultMessage)]
    messages += [m for shape in report.objects(result, SH.sourceShape) for m in rules.objects(shape, SH.message)]
    words = {m.language: str(m) for m in messages if isinstance(m, Literal)}
    found = "" if value is None or value == focus else label(graph, value)
    return Violation(_described(graph, focus), str(focus), words.get("zh", ""), words.get("en", ""), found)


def _described(graph: Graph, node: Node) -> str:
    """Return a node in words; of a statement its parts."""
    for parts in (
        (RDF.subject, RDF.predicate, RDF.object),
        (ORG.member, ORG.role, ORG.organization),
        (LG.funder, LG.amount, LG.recipient),
        (LG.about, LG.indicator, LG.value),
    ):
        words = [label(graph, o) for p in parts for o in graph.objects(node, p)]
        if words:
            return " ".join(words)
    return label(graph, node)
