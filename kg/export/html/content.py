"""Gather what the page tells about a KnowledgeGraph: names, statements, articles, and the words for classes.

In: the graph. Out: plain JSON values in two parts: what the page needs to open, as columns, and the texts of articles,
in blocks that it decodes when someone reads. Statements share the keys `s`, `p`, `o` for their ends, so that the page
needs one index for all kinds. The traps: numbers go as strings, since JSON numbers lose digits of a decimal; and
offsets count characters as Python does, which is not how JavaScript counts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.export.html.arrangement import Arrangement, byline_only
from kg.export.html.columns import Numbers, tabulate
from kg.export.html.homes import homes
from kg.export.html.readings import readings
from kg.graph import (
    DateStatement,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    Passage,
    RelationStatement,
    SourceArticle,
    Statement,
)
from kg.model import EntityType
from kg.vocab.terms import term_labels

BLOCK = 100_000
"""Characters of text that a block of articles holds before the next one begins."""

_FORMS = {
    "entity": ("s", "o", "product", "authors", "photographers", "home", "place", "leaders"),
    "word": ("type", "kind", "p", "status", "role", "time", "unit", "qualifier", "indicator", "rules", "newspaper"),
}


def describe(graph: KnowledgeGraph, arrangement: Arrangement) -> dict[str, Any]:
    """Return entities, statements, passages, articles without their texts, and labels; each sorted by identifier."""
    entities, words = Numbers(sorted(graph.entities)), Numbers()
    passages = {key: number for number, key in enumerate(sorted(graph.passages))}
    articles = {key: number for number, key in enumerate(sorted(graph.articles))}
    kinds: dict[str, list[dict[str, Any]]] = {}
    for key, statement in sorted(graph.statements.items()):
        kind, told = _told(statement)
        cited = [passages[p] for p in statement.passages if p in passages]
        shared = {"passages": cited, "rules": statement.rules, "confidence": statement.confidence}
        kinds.setdefault(kind, []).append({"id": key, **told, **shared})
    told_of = {kind: tabulate(rows, entities, words, _FORMS) for kind, rows in sorted(kinds.items())}
    return {
        "types": [str(t) for t in EntityType],
        "labels": {name: {"en": label.en, "zh": label.zh} for name, label in term_labels().items()},
        "readings": readings(name for e in graph.entities.values() for name in e.names),
        "entities": tabulate(list(_entities(graph, arrangement)), entities, words, _FORMS),
        "clusters": tabulate(list(_clusters(arrangement)), entities, words, _FORMS),
        "statements": told_of,
        "passages": {
            "id": {n: key for key, n in passages.items() if key != _passage_id(graph.passages[key])},
            "article": [articles[graph.passages[key].article] for key in passages],
            "start": [graph.passages[key].start for key in passages],
            "end": [graph.passages[key].end for key in passages],
        },
        "articles": tabulate(list(_articles(graph)), entities, words, _FORMS),
        "named": [_named(graph.articles[key], entities) for key in articles],
        "words": words.listed(),
    }


def _passage_id(passage: Passage) -> str:
    """Return the identifier that the page makes of where a passage stands, so that few need be written."""
    return f"passage/{passage.article.removeprefix('article/')}-{passage.start}-{passage.end}"


def texts(graph: KnowledgeGraph) -> Iterator[list[list[Any]]]:
    """Yield blocks of articles in sorted order, each article as [text, start, end, entity, start, end, …]."""
    entities = Numbers(sorted(graph.entities))
    for keys in blocks(graph):
        yield [_read(graph.articles[key], entities) for key in keys]


def blocks(graph: KnowledgeGraph) -> Iterator[list[str]]:
    """Yield the identifiers of the articles of each block."""
    block: list[str] = []
    room = BLOCK
    for key, article in sorted(graph.articles.items()):
        block.append(key)
        room -= len(article.text)
        if room <= 0:
            yield block
            block, room = [], BLOCK
    if block:
        yield block


def _read(article: SourceArticle, entities: Numbers) -> list[Any]:
    mentions = sorted(article.mentions, key=lambda m: (m.start, m.end, m.entity))
    return [article.text, *(v for m in mentions for v in (m.start, m.end, entities.known(m.entity)))]


def _named(article: SourceArticle, entities: Numbers) -> list[int | str]:
    """Return entity, times, entity, times, …: what an article names, and how often."""
    times = Counter(m.entity for m in article.mentions)
    return [v for entity, count in sorted(times.items()) for v in (entities.known(entity), count)]


def _entities(graph: KnowledgeGraph, arrangement: Arrangement) -> Iterator[dict[str, Any]]:
    home, bylines = homes(graph), byline_only(graph)
    inside = arrangement.inside or [0] * len(arrangement.entities)
    places = zip(arrangement.x, arrangement.y, arrangement.size, inside, strict=True)
    for key, (x, y, size, cluster) in zip(arrangement.entities, places, strict=True):
        entity = graph.entities[key]
        yield {
            "id": key,
            "label": entity.label,
            "type": str(entity.type),
            "kind": entity.kind or ("Official" if entity.official else ""),
            "aliases": list(entity.aliases),
            "code": entity.code,
            "home": home.get(key, ""),
            "byline": int(key in bylines),
            "x": x,
            "y": y,
            "size": size,
            "inside": cluster,
        }


def _clusters(arrangement: Arrangement) -> Iterator[dict[str, Any]]:
    """Yield the clusters; `parent` is the number of another one, that of the whole is -1."""
    number = {c.id: i for i, c in enumerate(arrangement.clusters)}
    for c, disc in zip(arrangement.clusters, arrangement.discs, strict=True):
        yield {
            "id": c.id,
            "parent": number[c.parent] if c.id else -1,
            "place": c.entity,
            "type": c.type,
            "leaders": list(c.leaders),
            "size": c.size,
            "x": disc.x,
            "y": disc.y,
            "r": disc.r,
            "unit": disc.unit,
        }


def _articles(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    for block, keys in enumerate(blocks(graph)):
        for key in keys:
            article = graph.articles[key]
            document = graph.documents.get(article.document)
            yield {
                "id": key,
                "headline": article.headline,
                "published": article.published,
                "newspaper": document.newspaper if document else "",
                "source": document.source if document else "",
                "document": article.document,
                "sha256": document.sha256 if document else "",
                "authors": list(article.authors),
                "photographers": list(article.photographers),
                "length": len(article.text),
                "block": block,
            }


def _told(statement: Statement) -> tuple[str, dict[str, Any]]:
    """Return the kind of a statement, and what it says."""
    match statement:
        case RelationStatement(subject=s, predicate=p, object=o, status=status):
            return "relation", {"s": s, "p": p, "o": o, "status": status}
        case DateStatement(subject=s, predicate=p, value=value):
            return "date", {"s": s, "p": p, "value": value}
        case Membership(member=s, organization=o, role=role, time=time):
            return "position", {"s": s, "p": "holdsPositionIn", "o": o, "role": role, "time": time}
        case FundingStatement(funder=s, recipient=o, amount=amount, product=product, time=time):
            money = "" if amount is None else format(amount, "f")
            return "funding", {"s": s, "p": "finances", "o": o, "amount": money, "product": product, "time": time}
        case ObservationStatement(about=s, indicator=indicator, value=value, unit=unit, qualifier=q, time=time):
            number = {"value": format(value, "f"), "unit": unit, "qualifier": q}
            return "figure", {"s": s, "indicator": indicator, **number, "time": time}
    raise TypeError(f"no way to show a {type(statement).__name__}")
