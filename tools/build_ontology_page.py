"""Build docs/ontology.html: every class and property of the ontology in Chinese and English, each with an example.

In: `kg/vocab/ontology.ttl`, and graphs that examples are taken from: that of the seeds and, for what the seeds do not
have, that of an article written for this page, `ontology_examples/`. Out: one page without script. The trap: an example
is a triple that stands in a built graph, never written by hand; so the page follows the extraction when it is rebuilt.

Run it again after the ontology changes: `make ontology`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.export.rdf import to_rdflib
from kg.notation import PREFIXES
from kg.pipeline import build

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "ontology.html"
ARTICLE = Path(__file__).parent / "ontology_examples"
LG = PREFIXES["lg"]
SHOWN = 90
"""Characters of an example's words."""
KNOWN = {**PREFIXES, "foaf": "http://xmlns.com/foaf/0.1/", "geo": "http://www.opengis.net/ont/geosparql#"}
KNOWN["owl"] = str(OWL)
SECTIONS = {
    "top classes of entities": "实体的大类",
    "more specific classes": "更具体的类",
    "classes of statements and sources": "陈述和来源的类",
    "statements between two entities": "两个实体之间的陈述",
    "dates: xsd:gYear, xsd:gYearMonth or xsd:date, as precise as the text": "日期：年、月或日，与原文一样精确",
    "fundings": "资金",
    "observations": "数据",
    "on any statement": "任何陈述都可有的",
    "sources": "来源",
    "names of public vocabularies that the graph uses as they are": "直接采用的公共词汇",
}
"""Headings of the ontology's file, in Chinese."""
SEEDS, WRITTEN = ("种子报纸", "the newspaper page in seeds/"), ("为本页写的文章", "an article written for this page")
LABELS = [RDFS.label, URIRef(PREFIXES["schema"] + "headline"), URIRef(PREFIXES["oa"] + "exact")]
FACTS = (
    (RDF.subject, RDF.predicate, RDF.object),
    tuple(URIRef(PREFIXES["org"] + name) for name in ("member", "role", "organization")),
    tuple(URIRef(LG + name) for name in ("funder", "amount", "recipient")),
    tuple(URIRef(LG + name) for name in ("about", "indicator", "value")),
)
SHORTCUTS = {
    URIRef(LG + "holdsPositionIn"): (URIRef(PREFIXES["org"] + "member"), URIRef(PREFIXES["org"] + "organization")),
    URIRef(LG + "finances"): (URIRef(LG + "funder"), URIRef(LG + "recipient")),
}
DERIVED, EXACT = URIRef(PREFIXES["prov"] + "wasDerivedFrom"), URIRef(PREFIXES["oa"] + "exact")


@dataclass(frozen=True, slots=True)
class Example:
    """A triple of a built graph, in words."""

    subject: str
    predicate: str
    object: str
    words: str
    """What states it; empty for what rests on no passage."""
    source: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property as the page shows it."""

    iri: str
    name: str
    anchor: str
    kind: tuple[str, str]
    label: tuple[str, str]
    comment: tuple[str, str]
    lines: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    """Chinese and English heading, then names with the anchors that they lead to (or none)."""
    example: Example


def short(iri: str) -> str:
    """Return an IRI with its prefix."""
    for prefix, namespace in KNOWN.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def described(graph: Graph, node: Node | None) -> str:
    """Return a node in words: its name, its opening words, or the parts of a statement."""
    if node is None:
        return ""
    if isinstance(node, Literal):
        return cut(str(node))
    for predicate in LABELS:
        for text in sorted(graph.objects(node, predicate), key=str):
            return cut(str(text))
    for parts in FACTS:
        if (node, parts[0], None) in graph:
            return " ".join(filter(None, (described(graph, graph.value(node, part)) for part in parts)))
    return short(str(node)) if short(str(node)) != str(node) else str(node).rpartition("/")[2]


def cut(text: str) -> str:
    """Return a text on one line that is not too long."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def words_of(graph: Graph, triple: tuple[Node, Node, Node]) -> str:
    """Return the words that state a triple, or an entity's membership of its class."""
    subject, predicate, value = triple
    statements: Iterator[Node] = iter(())
    if (subject, DERIVED, None) in graph:
        statements = iter([subject])
    elif predicate in SHORTCUTS:
        one, other = SHORTCUTS[predicate]
        statements = (s for s in graph.subjects(one, subject) if (s, other, value) in graph)
    elif predicate == RDF.type:
        statements = graph.subjects(RDF.subject, subject)
    else:
        near = RDF.predicate if short(str(predicate)) != "lg:aimsAt" else URIRef(LG + "status")
        statements = (
            s
            for s in graph.subjects(RDF.subject, subject)
            if (s, RDF.object, value) in graph and (near != RDF.predicate or (s, near, predicate) in graph)
        )
    found = (t for s in statements for p in graph.objects(s, DERIVED) for t in graph.objects(p, EXACT))
    return cut(min(map(str, found), key=lambda text: (abs(len(text) - 30), text), default=""))


def example(term: URIRef, is_class: bool, graphs: list[tuple[tuple[str, str], Graph]]) -> Example | None:
    """Return the first triple with the term, one that has words if any has; None if no graph has the term."""
    for source, graph in graphs:
        found = [(s, RDF.type, term) for s in graph.subjects(RDF.type, term)] if is_class else []
        found = found or [(s, term, o) for s, o in graph.subject_objects(term)]
        best = None
        for triple in sorted(found, key=lambda t: (str(t[0]), str(t[2]))):
            subject, value = described(graph, triple[0]), described(graph, triple[2])
            made = Example(subject, "a" if is_class else short(str(term)), value, words_of(graph, triple), source)
            if made.words:
                return made
            best = best or made
        if best:
            return best
    return None


def terms(ontology: Graph, graphs: list[tuple[tuple[str, str], Graph]]) -> dict[str, list[Term]]:
    """Return the terms of the ontology by the headings of its file, in the order of the file."""
    text = (ROOT / "kg" / "vocab" / "ontology.ttl").read_text(encoding="utf-8")
    by_section: dict[str, list[Term]] = {}
    section = ""
    for line in text.splitlines():
        if heading := re.match(r"# ---- (.*)", line):
            section = heading[1]
        elif named := re.match(r"(\w+):(\w+) a (owl:|rdf:)", line):
            iri = URIRef(KNOWN[named[1]] + named[2])
            by_section.setdefault(section, []).append(term(ontology, iri, graphs))
    return by_section


def term(ontology: Graph, iri: URIRef, graphs: list[tuple[tuple[str, str], Graph]]) -> Term:
    """Return a class or property with all that the ontology says of it; KeyError if nothing shows how it is used."""
    is_class = (iri, RDF.type, OWL.Class) in ontology
    shown = example(iri, is_class, graphs)
    if shown is None:
        raise KeyError(f"no graph has {iri}: add an article that does")
    kind = ("类", "class") if is_class else ("属性", "property")
    lines = (
        ("上位类", "subclass of", RDFS.subClassOf),
        ("上位属性", "subproperty of", RDFS.subPropertyOf),
        ("接近", "close to", SKOS.closeMatch),
        ("主语", "domain", RDFS.domain),
        ("宾语", "range", RDFS.range),
        ("定义于", "defined by", RDFS.isDefinedBy),
    )
    described_lines = tuple(
        (zh, en, names)
        for zh, en, predicate in lines
        if (names := tuple(name for o in sorted(ontology.objects(iri, predicate)) for name in named(ontology, o)))
    )
    return Term(
        str(iri), short(str(iri)), anchor(str(iri)), kind, both(ontology, iri, RDFS.label),
        both(ontology, iri, RDFS.comment), described_lines, shown,
    )  # fmt: skip


def anchor(iri: str) -> str:
    """Return where a term stands in the page: behind #, as in its IRI, so that the IRI leads there."""
    return iri.removeprefix(LG) if iri.startswith(LG) else short(iri).replace(":", "-")


def named(ontology: Graph, node: Node) -> list[tuple[str, str]]:
    """Return a class, or each of a union, with the anchor that it leads to where it stands in the page."""
    if isinstance(node, BNode):
        union = ontology.value(node, OWL.unionOf)
        return [name for part in Collection(ontology, union) for name in named(ontology, part)] if union else []
    defined = (node, RDFS.label, None) in ontology
    return [(short(str(node)), anchor(str(node)) if defined else "")]


def both(graph: Graph, node: Node, predicate: Node) -> tuple[str, str]:
    """Return a text in Chinese and English."""
    texts = {text.language: str(text) for text in graph.objects(node, predicate) if isinstance(text, Literal)}
    return texts["zh"], texts["en"]


def page(ontology: Graph, graphs: list[tuple[tuple[str, str], Graph]]) -> str:
    """Return the page."""
    here = URIRef(LG.rstrip("#"))
    about = URIRef(PREFIXES["dcterms"] + "description")
    template = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("ontology_page.html")
    return (
        template.render(
            title=both(ontology, here, URIRef(PREFIXES["dcterms"] + "title")),
            about=both(ontology, here, about),
            version=str(ontology.value(here, OWL.versionInfo)),
            iri=str(here),
            sections=[(SECTIONS[name], name, found) for name, found in terms(ontology, graphs).items()],
            prefixes=sorted(KNOWN.items()),
        ).rstrip()
        + "\n"
    )


def current() -> str:
    """Return the page as the ontology and the graph of the seeds are now."""
    ontology = Graph().parse(ROOT / "kg" / "vocab" / "ontology.ttl")
    seeds = Graph().parse(ROOT / "output" / "graph.ttl")
    return page(ontology, [(SEEDS, seeds), (WRITTEN, to_rdflib(build(ARTICLE).graph))])


def main() -> None:
    """Write the page."""
    PAGE.write_text(current(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
