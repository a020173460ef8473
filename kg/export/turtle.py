"""Write a KnowledgeGraph as Turtle whose bytes depend on nothing but the graph.

In: KnowledgeGraph. Out: text in Turtle 1.1, laid out as rdflib does, one block a subject. Subjects, predicates and
objects stand sorted by IRI or text, so that a diff shows what a change did and nothing else.
The trap: 120 people are `"120"^^xsd:decimal`; the bare number `120` would be an integer, and `120.0` another text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TextIO

from kg.export.rdf import RDF, RDFS, XSD, Iri, Node, Triple, triples
from kg.graph import KnowledgeGraph
from kg.notation import DEFAULT_BASE, PREFIXES, quoted, quoted_lines

Facts = dict[Iri, list[Node]]
"""What is said of one subject: the objects of each predicate, some perhaps twice."""

_COLLECTIONS = ("article", "document", "passage", "place", "rule", "source", "statement")
"""Identifiers below these are ASCII and are written with a prefix; names in Chinese as whole IRIs, which every
store reads."""

# Fewer names than the grammar allows: no escape, no percent sign, no letter beyond ASCII.
_LOCAL_NAME = re.compile(r"(?:\w(?:[\w.-]*[\w-])?)?", re.ASCII)

_SEPARATOR = ",\n        "
_FIRST = {RDF.type: "", RDFS.label: " "}
"""Predicates that come first, with what they are sorted by."""

# What Turtle writes without quotation marks and type, in the form that each must have for it.
_BARE = {XSD.integer: re.compile(r"[+-]?[0-9]+"), XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+")}


def write_turtle(graph: KnowledgeGraph, stream: TextIO, base: str = DEFAULT_BASE) -> None:
    """Write the graph as Turtle."""
    prefixes = PREFIXES | {collection: f"{base}{collection}/" for collection in _COLLECTIONS}
    write_triples(triples(graph, base), stream, prefixes)


def write_triples(found: Iterable[Triple], stream: TextIO, prefixes: dict[str, str]) -> None:
    """Write triples as Turtle, each once, sorted."""
    short = _shortener(prefixes)
    facts = by_subject(found)
    stream.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))
    stream.writelines(_block(subject, facts[subject], short) for subject in sorted(facts))
    stream.write("\n")


def by_subject(found: Iterable[Triple]) -> dict[Iri, Facts]:
    """Return what is said of each subject."""
    facts: dict[Iri, Facts] = {}
    last, about = "", Facts()
    for subject, predicate, node in found:
        if subject is not last:  # mostly it is: a thing's triples come one after the other
            last, about = subject, facts.setdefault(subject, {})
        nodes = about.get(predicate)
        if nodes is None:  # so it is for most; a set would hash each text of an article
            about[predicate] = [node]
        else:
            nodes.append(node)
    return facts


def objects(facts: Facts, predicate: Iri) -> list[Node]:
    """Return the objects of a predicate, each once, sorted."""
    nodes = facts[predicate]
    return nodes if len(nodes) == 1 else sorted(set(nodes), key=in_order)


def predicates(facts: Facts) -> tuple[Iri, ...]:
    """Return the predicates of a subject in the order in which they are written."""
    return _sorted(tuple(facts))


@cache
def _sorted(found: tuple[Iri, ...]) -> tuple[Iri, ...]:
    """Return predicates in order; subjects of one kind have the same."""
    return tuple(sorted(found, key=lambda p: _FIRST.get(p, p)))


def _block(subject: Iri, facts: Facts, short: Callable[[Iri], str]) -> str:
    """Return all that is said of a subject, a line for each predicate and each further object."""
    lines = []
    for predicate in predicates(facts):
        nodes = objects(facts, predicate)
        verb = "a" if predicate == RDF.type else short(predicate)
        written = _written(nodes[0], short) if len(nodes) == 1 else _SEPARATOR.join([_written(n, short) for n in nodes])
        lines.append(f"{verb} {written}")
    return f"\n{short(subject)} " + " ;\n    ".join(lines) + " .\n"


def in_order(node: Node) -> tuple[str, ...]:
    """Return what the objects of a predicate are sorted by."""
    return (node,) if isinstance(node, str) else node


def _written(node: Node, short: Callable[[Iri], str]) -> str:
    if isinstance(node, str):
        return short(node)
    text, datatype, language = node
    if datatype in _BARE and _BARE[datatype].fullmatch(text):
        return text
    written = quoted_lines(text) if "\n" in text else quoted(text)
    if language:
        return f"{written}@{language}"
    return f"{written}^^{short(datatype)}" if datatype else written


def _shortener(prefixes: dict[str, str]) -> Callable[[Iri], str]:
    """Return a function that writes an IRI with its prefix where it has one, or else whole."""
    by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}

    @cache
    def short(iri: Iri) -> str:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = by_namespace.get(iri[:end])
        return f"{prefix}:{iri[end:]}" if prefix and _LOCAL_NAME.fullmatch(iri, end) else f"<{iri}>"

    return short
