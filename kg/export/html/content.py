"""Gather what the page tells about a KnowledgeGraph: names, statements, articles, and the words for classes.

In: the graph. Out: plain JSON values. Statements share the keys `s`, `p`, `o` for their ends, so that the page needs
one index for all kinds. The trap: numbers go as strings, since JSON numbers lose digits of a decimal; and offsets count
characters as Python does, which is not how JavaScript counts them.
"""

from __future__ import annotations

from typing import Any

from kg.export.html.drawing import byline_only
from kg.graph import (
    DateStatement,
    Entity,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    RelationStatement,
    SourceArticle,
    Statement,
)
from kg.model import EntityType
from kg.vocab.terms import term_labels


def describe(graph: KnowledgeGraph) -> dict[str, Any]:
    """Return entities, statements, passages, articles and labels, each by identifier in sorted order."""
    bylines = byline_only(graph)
    return {
        "types": [str(t) for t in EntityType],
        "labels": {name: {"en": label.en, "zh": label.zh} for name, label in term_labels().items()},
        "entities": {key: {**_entity(e), "byline": key in bylines} for key, e in sorted(graph.entities.items())},
        "statements": {
            key: {**_told(s), "passages": list(s.passages), "rules": list(s.rules), "confidence": s.confidence}
            for key, s in sorted(graph.statements.items())
        },
        "passages": {key: [p.article, p.start, p.end] for key, p in sorted(graph.passages.items())},
        "articles": {key: _article(a, graph) for key, a in sorted(graph.articles.items())},
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "label": entity.label,
        "type": str(entity.type),
        "kind": entity.kind or ("Official" if entity.official else ""),
        "aliases": list(entity.aliases),
        "code": entity.code,
    }


def _article(article: SourceArticle, graph: KnowledgeGraph) -> dict[str, Any]:
    document = graph.documents.get(article.document)
    return {
        "headline": article.headline,
        "published": article.published,
        "newspaper": document.newspaper if document else "",
        "source": document.source if document else "",
        "authors": list(article.authors),
        "photographers": list(article.photographers),
        "text": article.text,
        "mentions": [[m.start, m.end, m.entity] for m in article.mentions],
    }


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
            ends = {"s": s, "p": "finances", "o": o}
            return {"kind": "funding", **ends, "amount": money, "product": product, "time": time}
        case ObservationStatement(about=s, indicator=indicator, value=value, unit=unit, qualifier=q, time=time):
            number = {"value": format(value, "f"), "unit": unit, "qualifier": q}
            return {"kind": "figure", "s": s, "indicator": indicator, **number, "time": time}
    raise TypeError(f"no way to show a {type(statement).__name__}")
