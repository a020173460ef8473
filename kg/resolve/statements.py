"""Facts of all articles as statements about merged entities, each with the passages that state it.

In: facts and the entity of each mention. Out: statements and passages; equal statements are one, with all their
passages. Nothing is stated about a thing and itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from kg.graph import (
    DateStatement,
    Entity,
    FundingStatement,
    Membership,
    ObservationStatement,
    Passage,
    RelationStatement,
    Statement,
)
from kg.model import Article, Dated, Fact, Funding, Mention, Observation, Position, Relation
from kg.record import Record
from kg.vocab import divisions

EntityOf = Callable[[Mention], str]
GAZETTEER_RULE = "gazetteer"


@dataclass(frozen=True, slots=True)
class ArticleFacts(Record):
    """The facts of one article with what is needed to state them."""

    id: str
    article: Article
    facts: tuple[Fact, ...]
    entity_of: EntityOf
    """Identifier of the entity that a mention of this article belongs to, empty if it has none."""


def statements(articles: Iterable[ArticleFacts], known: Iterable[Entity]) -> tuple[list[Statement], list[Passage]]:
    """Return merged statements and the passages that they rest on."""
    told: dict[str, list[Statement]] = {}
    passages: dict[str, Passage] = {}
    for item in articles:
        for fact in item.facts:
            span = fact.evidence
            passage = f"passage/{item.id.removeprefix('article/')}-{span.start}-{span.end}"
            statement = _statement(fact, item.entity_of, passage)
            if statement:
                if passage not in passages:
                    passages[passage] = Passage(passage, item.id, span.start, span.end, span.of(item.article.text))
                told.setdefault(statement.id, []).append(statement)
    for statement in _containment(known):
        told.setdefault(statement.id, []).append(statement)
    return [joined(records) for records in told.values()], list(passages.values())


def _statement(fact: Fact, entity_of: EntityOf, passage: str) -> Statement | None:
    match fact:
        case Relation():
            return _relation(fact, entity_of, passage)
        case Dated(subject=s, predicate=p, value=v):
            subject = entity_of(s)
            return (
                DateStatement(id=_id(p, subject, v), subject=subject, predicate=p, value=v, **_source(fact, passage))
                if subject
                else None
            )
        case Position():
            return _membership(fact, entity_of, passage)
        case Funding():
            return _funding(fact, entity_of, passage)
        case Observation():
            return _observation(fact, entity_of, passage)
    return None


def _relation(fact: Relation, entity_of: EntityOf, passage: str) -> Statement | None:
    s, o = entity_of(fact.subject), entity_of(fact.object)
    if not s or not o or s == o:
        return None
    if fact.predicate == "cooperatesWith":
        s, o = sorted((s, o))  # symmetric: one direction is enough
    return RelationStatement(
        id=_id(fact.predicate, s, o, fact.status),
        subject=s,
        predicate=fact.predicate,
        object=o,
        status=fact.status,
        **_source(fact, passage),
    )


def _membership(fact: Position, entity_of: EntityOf, passage: str) -> Statement | None:
    person, body = entity_of(fact.person), entity_of(fact.body) if fact.body else ""
    if not person or (fact.body and not body):
        return None
    return Membership(
        id=_id("position", person, body, fact.role, fact.time),
        member=person,
        organization=body,
        role=fact.role,
        time=fact.time,
        **_source(fact, passage),
    )


def _funding(fact: Funding, entity_of: EntityOf, passage: str) -> Statement | None:
    funder, recipient = entity_of(fact.funder), entity_of(fact.recipient)
    product = entity_of(fact.product) if fact.product else ""
    if not funder or not recipient or funder == recipient:
        return None
    return FundingStatement(
        id=_id("finances", funder, recipient, str(fact.amount), product, fact.time),
        funder=funder,
        recipient=recipient,
        amount=fact.amount,
        product=product,
        time=fact.time,
        **_source(fact, passage),
    )


def _observation(fact: Observation, entity_of: EntityOf, passage: str) -> Statement | None:
    about = entity_of(fact.about)
    if not about:
        return None
    return ObservationStatement(
        id=_id("observation", about, fact.indicator, str(fact.value), fact.unit, fact.qualifier, fact.time),
        about=about,
        indicator=fact.indicator,
        value=fact.value,
        unit=fact.unit,
        qualifier=fact.qualifier,
        time=fact.time,
        **_source(fact, passage),
    )


def _containment(entities: Iterable[Entity]) -> Iterable[Statement]:
    """State each division's place in the next higher one, which the gazetteer knows and no passage needs to say."""
    for entity in entities:
        division = divisions.by_code(entity.code) if entity.code else None
        if division and division.parent:
            o = f"place/{division.parent}"
            yield RelationStatement(
                id=_id("within", entity.id, o, ""),
                subject=entity.id,
                predicate="within",
                object=o,
                passages=(),
                rules=(GAZETTEER_RULE,),
                confidence=1.0,
            )


def joined(records: Sequence[Statement]) -> Statement:
    """Return all records of one statement as one, with the passages and rules of each.

    All at once: two by two, a statement that a thousand articles make would have its passages sorted a thousand times.
    """
    if len(records) == 1:
        return records[0]
    return replace(
        records[0],
        passages=tuple(sorted({passage for record in records for passage in record.passages})),
        rules=tuple(sorted({rule for record in records for rule in record.rules})),
        confidence=max(record.confidence for record in records),
    )


class _Source(TypedDict):
    passages: tuple[str, ...]
    rules: tuple[str, ...]
    confidence: float


def _source(fact: Fact, passage: str) -> _Source:
    return {"passages": (passage,), "rules": (fact.rule,), "confidence": round(fact.confidence, 2)}


def _id(*parts: str) -> str:
    return "statement/" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
