"""Gather what the page tells about a KnowledgeGraph: names, statements, articles, and the words for classes.

In: the graph. Out: plain JSON values. Statements share the keys `s`, `p`, `o` for their ends, so that the page needs
one index for all kinds. The trap: numbers go as strings, since JSON numbers lose digits of a decimal; and offsets count
characters as Python does, which is not how JavaScript counts them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from kg.export.html.drawing import byline_only
from kg.graph import (
    DateStatement,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    RelationStatement,
    Statement,
)
from kg.model import EntityType


def describe(graph: KnowledgeGraph) -> dict[str, Any]:
    """Return entities, statements, passages, articles and labels, each by identifier in sorted order."""
    bylines = byline_only(graph)
    return {
        "types": [str(t) for t in EntityType],
        "labels": ontology_labels(),
        "entities": {
            e.id: {
                "label": e.label,
                "type": str(e.type),
                "kind": e.kind or ("Official" if e.official else ""),
                "aliases": list(e.aliases),
                "code": e.code,
                "byline": e.id in bylines,
            }
            for _, e in sorted(graph.entities.items())
        },
        "statements": {
            key: {**_told(s), "passages": list(s.passages), "rules": list(s.rules), "confidence": s.confidence}
            for key, s in sorted(graph.statements.items())
        },
        "passages": {key: [p.article, p.start, p.end] for key, p in sorted(graph.passages.items())},
        "articles": {
            key: {
                "headline": a.headline,
                "published": a.published,
                "newspaper": graph.documents[a.document].newspaper if a.document in graph.documents else "",
                "source": graph.documents[a.document].source if a.document in graph.documents else "",
                "authors": list(a.authors),
                "photographers": list(a.photographers),
                "text": a.text,
                "mentions": [[m.start, m.end, m.entity] for m in a.mentions],
            }
            for key, a in sorted(graph.articles.items())
        },
    }


@cache
def ontology_labels() -> dict[str, dict[str, str]]:
    """Return the Chinese and English labels of the ontology's classes and properties by local name."""
    from rdflib import Graph, Literal, URIRef

    from kg.rdf import LG, RDFS

    text = files("kg.vocab").joinpath("ontology.ttl").read_text(encoding="utf-8")
    labels: dict[str, dict[str, str]] = {}
    for subject, label in Graph().parse(data=text, format="turtle").subject_objects(RDFS.label):
        if isinstance(subject, URIRef) and subject.startswith(LG) and isinstance(label, Literal) and label.language:
            labels.setdefault(subject.removeprefix(LG), {})[label.language] = str(label)
    return {name: dict(sorted(by_language.items())) for name, by_language in sorted(labels.items())}


def _told(statement: Statement) -> dict[str, Any]:
    """Return what a statement says, by kind."""
    match statement:
        case RelationStatement(subject=s, predicate=p, object=o, status=status):
            return {"kind": "relation", "s": s, "p": p, "o": o, "status": status}
        case DateStatement(subject=s, predicate=p, value=value):
            return {"kind": "date", "s": s, "p": p, "value": value}
        case Membership(member=s, organization=o, role=role, time=time):
            return {"kind": "position", "s": s, "p": "holdsPositionIn", "o": o, "role": role, "time": time}
        case FundingStatement(funder=s, recipient=o, amount=amount, product=product, time=time):
            money = "" if amount is None else format(amount, "f")
            return {
                "kind": "funding",
                "s": s,
                "p": "finances",
                "o": o,
                "amount": money,
                "product": product,
                "time": time,
            }
        case ObservationStatement(about=s, indicator=indicator, value=value, unit=unit, qualifier=q, time=time):
            return {
                "kind": "figure",
                "s": s,
                "indicator": indicator,
                "value": format(value, "f"),
                "unit": unit,
                "qualifier": q,
                "time": time,
            }
    raise TypeError(f"no way to show a {type(statement).__name__}")
