"""Collect what a built graph says of a name, with the words that say it.

In: an rdflib Graph and a name. Out: one portrait for each entity that bears it, as label or other name. The trap: two
people of one name are two entities, so a name may have several portraits.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import Node

from kg.errors import UnknownNameError
from kg.model import EntityType
from kg.rdf import DCTERMS, LG, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, label
from kg.text import folded

_TOP = {LG[t.value] for t in EntityType}
_OPENING = 20
"""Characters of the opening words that stand for a headline."""
_MENTIONING = (SCHEMA.mentions, SCHEMA.author, LG.photographer)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article that state something."""

    words: str
    article: str
    """Its headline, or its opening words where it has none."""
    source: str
    """File that it stands in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement about the entity."""

    predicate: str
    """Local name: a relation or date of the vocabulary, `position`, or `finances`."""
    inverse: bool
    """True where the entity is the object: `other` implements it."""
    other: str
    """Name of what stands at the other end, or the date."""
    detail: str
    """Role, amount with product and time, or status; often empty."""
    confidence: float
    quotes: tuple[Quote, ...]
    """Empty for what only the gazetteer says."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One number about the entity."""

    indicator: str
    value: str
    unit: str
    qualifier: str
    time: str
    confidence: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that a graph says of one entity."""

    iri: str
    name: str
    type: str
    """Top class, `Place`."""
    kinds: tuple[str, ...]
    """More specific classes, `Township`."""
    aliases: tuple[str, ...]
    code: str
    lines: tuple[Line, ...]
    """By predicate, its own before those of others about it."""
    figures: tuple[FigureLine, ...]
    """By indicator and time."""
    articles: tuple[str, ...]
    """Headlines of the articles that mention it."""


def show(graph: Graph, name: str) -> list[Portrait]:
    """Return the portraits of all entities of a name; UnknownNameError lists names that are near it."""
    by_name: dict[str, set[Node]] = {}
    for node in _entities(graph):
        for predicate in (RDFS.label, SKOS.altLabel):
            for text in graph.objects(node, predicate):
                by_name.setdefault(str(text), set()).add(node)
    # Nobody types the marks of “爱心” or 《办法》: names are compared without them.
    found = {node for text, nodes in by_name.items() if folded(text) == folded(name) for node in nodes}
    if not found:
        raise UnknownNameError("name", name, _near(name, list(by_name)))
    exact = by_name.get(name, set())
    return [_portrait(graph, node) for node in sorted(found, key=lambda n: (n not in exact, str(n)))]


def _entities(graph: Graph) -> Iterator[Node]:
    for class_ in _TOP:
        yield from graph.subjects(RDF.type, class_)


def _near(name: str, names: list[str], limit: int = 5) -> list[str]:
    """Return names that hold the given one or are held by it, then those spelt alike."""
    inside = sorted((n for n in names if name and (name in n or (len(n) > 1 and n in name))), key=lambda n: (len(n), n))
    return list(dict.fromkeys([*inside, *difflib.get_close_matches(name, sorted(names), limit, 0.4)]))[:limit]


def _portrait(graph: Graph, node: Node) -> Portrait:
    types = sorted(set(graph.objects(node, RDF.type)), key=str)
    lines = [*_relations(graph, node), *_memberships(graph, node), *_fundings(graph, node)]
    articles = {_headline(graph, a) for p in _MENTIONING for a in graph.subjects(p, node)}
    return Portrait(
        iri=str(node),
        name=label(graph, node),
        type=next(_local(t) for t in types if t in _TOP),
        kinds=tuple(_local(t) for t in types if t not in _TOP),
        aliases=tuple(sorted(map(str, graph.objects(node, SKOS.altLabel)))),
        code=_text(graph, node, DCTERMS.identifier),
        lines=tuple(sorted(lines, key=lambda line: (line.inverse, line.predicate, line.other, line.detail))),
        figures=tuple(sorted(_figures(graph, node), key=lambda f: (f.indicator, f.time, f.value))),
        articles=tuple(sorted(articles)),
    )


def _relations(graph: Graph, node: Node) -> Iterator[Line]:
    for end, other_end in ((RDF.subject, RDF.object), (RDF.object, RDF.subject)):
        for statement in graph.subjects(end, node):
            other = graph.value(statement, other_end)
            predicate = graph.value(statement, RDF.predicate)
            if other is not None and predicate is not None:
                detail = _text(graph, statement, LG.status)
                yield _line(graph, statement, _local(predicate), end == RDF.object, label(graph, other), detail)


def _memberships(graph: Graph, node: Node) -> Iterator[Line]:
    for end, other_end in ((ORG.member, ORG.organization), (ORG.organization, ORG.member)):
        for membership in graph.subjects(end, node):
            other, role = graph.value(membership, other_end), graph.value(membership, ORG.role)
            detail = _joined("" if role is None else label(graph, role), _text(graph, membership, LG.time))
            name = "" if other is None else label(graph, other)
            yield _line(graph, membership, "position", end == ORG.organization, name, detail)


def _fundings(graph: Graph, node: Node) -> Iterator[Line]:
    for end in (LG.funder, LG.recipient, LG.product):
        for funding in graph.subjects(end, node):
            ends = {p: graph.value(funding, p) for p in (LG.funder, LG.recipient, LG.product)}
            names = {p: "" if other is None else label(graph, other) for p, other in ends.items() if p != end}
            amount = _text(graph, funding, LG.amount)
            detail = _joined(
                f"{amount} 元" if amount else "",  # yuan, the unit of every lg:amount
                names.pop(LG.product, ""),
                _text(graph, funding, LG.time),
            )
            yield _line(graph, funding, "finances", end == LG.recipient, " → ".join(names.values()), detail)


def _figures(graph: Graph, node: Node) -> Iterator[FigureLine]:
    for observation in graph.subjects(LG.about, node):
        yield FigureLine(
            indicator=_text(graph, observation, LG.indicator),
            value=_text(graph, observation, LG.value),
            unit=_text(graph, observation, LG.unit),
            qualifier=_text(graph, observation, LG.qualifier),
            time=_text(graph, observation, LG.time),
            confidence=_confidence(graph, observation),
            quotes=_quotes(graph, observation),
        )


def _line(graph: Graph, statement: Node, predicate: str, inverse: bool, other: str, detail: str) -> Line:
    return Line(predicate, inverse, other, detail, _confidence(graph, statement), _quotes(graph, statement))


def _quotes(graph: Graph, statement: Node) -> tuple[Quote, ...]:
    quotes = set()
    for passage in graph.objects(statement, PROV.wasDerivedFrom):
        if (passage, RDF.type, LG.Passage) in graph:
            article = graph.value(passage, DCTERMS.isPartOf)
            document = graph.value(article, DCTERMS.isPartOf)
            name = "" if article is None else _headline(graph, article)
            quotes.add(Quote(_text(graph, passage, OA.exact), name, _text(graph, document, DCTERMS.source)))
    return tuple(sorted(quotes, key=lambda q: (q.source, q.article, q.words)))


def _headline(graph: Graph, article: Node) -> str:
    if (article, SCHEMA.headline, None) in graph:
        return label(graph, article)
    return _text(graph, article, LG.text).split("\n")[0][:_OPENING]


def _confidence(graph: Graph, statement: Node) -> float:
    return float(_text(graph, statement, LG.confidence) or 0)


def _text(graph: Graph, node: Node | None, predicate: Node) -> str:
    value = graph.value(node, predicate)
    return "" if value is None else str(value)


def _local(iri: Node) -> str:
    return str(iri).rpartition("#")[2]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
