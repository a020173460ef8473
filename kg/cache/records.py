"""Articles with their findings ↔ lists that JSON can hold.

How each field is written stands in tables at the end, and a new field that is not there fails when the module is
imported; declared types cannot be asked for where records are compiled. A mention stands in a table once and facts
point at its row. The trap: what is read may be damaged or made up, so each value is checked for its type and each
mention for its words; whatever is wrong is a ValueError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.model import (
    Article,
    Dated,
    EntityType,
    Fact,
    Findings,
    Funding,
    Mention,
    Metadata,
    Observation,
    Position,
    Quantity,
    Relation,
    Span,
    TimeExpression,
)

Understood = Sequence[tuple[Article, Findings]]
_Write = Callable[[Any], Any]
_Read = Callable[[Any], Any]


def to_json(understood: Understood) -> list[Any]:
    """Return the articles of one document, without its name, as what JSON can hold."""
    return [_article_to_json(article, found) for article, found in understood]


def from_json(value: Any, source: str) -> list[tuple[Article, Findings]]:
    """Return the articles that `to_json` wrote as those of a document of this name; ValueError where they are wrong."""
    try:
        return [_article_from_json(item, source) for item in value]
    except (TypeError, KeyError, IndexError, AttributeError, InvalidOperation, OverflowError) as error:
        raise ValueError(f"not what was written: {error!r}") from error


def _article_to_json(article: Article, found: Findings) -> list[Any]:
    rows: dict[Mention, int] = {}
    for mention in found.mentions:
        rows.setdefault(mention, len(rows))
    order = [rows[m] for m in found.mentions]

    def row(mention: Mention) -> int:
        return rows.setdefault(mention, len(rows))

    facts = [_fact_to_json(fact, row) for fact in found.facts]
    return [
        _written(article, _ARTICLE),
        [_written(m, _MENTION) for m in rows],
        order,
        facts,
        [_written(q, _QUANTITY) for q in found.quantities],
        [_written(t, _TIME) for t in found.times],
    ]


def _fact_to_json(fact: Fact, row: Callable[[Mention], int]) -> list[Any]:
    number = _KINDS.index(type(fact))
    values = (getattr(fact, name) for name, _, _ in _FACT_FIELDS[number])
    written = [
        row(v) if isinstance(v, Mention) else write(v)
        for v, (_, write, _) in zip(values, _FACT_FIELDS[number], strict=True)
    ]
    return [number, *written]


def _article_from_json(item: Any, source: str) -> tuple[Article, Findings]:
    head, mentions, order, facts, quantities, times = item
    article = Article(source, *_read_all(head, _ARTICLE))
    known = [Mention(*_read_all(m, _MENTION)) for m in mentions]
    for m in known:
        if not m.text or article.text[m.start : m.end] != m.text:
            raise ValueError(f"{m.text!r} does not stand in the article")
    found = Findings(
        tuple(known[_index(i)] for i in order),
        tuple(_fact_from_json(fact, known, len(article.text)) for fact in facts),
        tuple(Quantity(*_read_all(q, _QUANTITY)) for q in quantities),
        tuple(TimeExpression(*_read_all(t, _TIME)) for t in times),
    )
    return article, found


def _fact_from_json(value: Any, known: list[Mention], length: int) -> Fact:
    number, *values = value
    kind, rows = _KINDS[_index(number)], _FACT_FIELDS[number]
    given: dict[str, Any] = {
        name: known[_index(v)] if read is _mention and v is not None else read(v)
        for v, (name, _, read) in zip(values, rows, strict=True)
    }
    fact = kind(**given)
    if not 0 <= fact.evidence.start < fact.evidence.end <= length:
        raise ValueError(f"{fact.evidence} lies outside of the article")
    return fact


def _plain(value: Any) -> Any:
    return value


def _checked(kind: type) -> _Read:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is no {kind.__name__}")
        return value

    return check


def _index(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no row")
    return value


def _number(value: Any) -> float:
    if type(value) is not float or not math.isfinite(value):
        raise ValueError(f"{value!r} is no number")
    return value


def _pair(value: Any) -> tuple[int, int]:
    start, end = value
    return _index(start), _index(end)


def _decimal(value: Any) -> Decimal:
    number = Decimal(_TEXT(value))
    if not number.is_finite():
        raise ValueError(f"{value!r} is no number")
    return number


def _mention(value: Any) -> Any:
    if value is not None:
        raise ValueError(f"{value!r} is no mention")
    return None


def _or_none(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else function(value)


def _span_to_json(span: Span) -> list[int]:
    return [span.start, span.end]


def _span(value: Any) -> Span:
    return Span(*_pair(value))


_TYPES = {str(t): t for t in EntityType}
_TEXT = _checked(str)
_Codec = tuple[_Write, _Read]
_Fields = tuple[tuple[str, _Write, _Read], ...]

_STR: _Codec = (_plain, _TEXT)
_INT: _Codec = (_plain, _index)
_BOOL: _Codec = (_plain, _checked(bool))
_FLOAT: _Codec = (float, _number)
_NUMBER: _Codec = (str, _decimal)
_NUMBER_OR_NONE: _Codec = (_or_none(str), _or_none(_decimal))
_PAIR_OR_NONE: _Codec = (_plain, _or_none(_pair))
_SPAN: _Codec = (_span_to_json, _span)
_SPAN_OR_NONE: _Codec = (_or_none(_span_to_json), _or_none(_span))
_SPANS: _Codec = (lambda spans: [*map(_span_to_json, spans)], lambda spans: tuple(map(_span, spans)))
_METADATA: _Codec = (lambda m: [m.published, m.newspaper, m.home], lambda v: Metadata(*map(_TEXT, v)))
_TYPE: _Codec = (str, _TYPES.__getitem__)
_ROW: _Codec = (_mention, _mention)
"""How a value is written, and read with a check."""


def _codecs(record: type[Any], *without: str, **given: _Codec) -> _Fields:
    """Return how each field is written and read, in their order; TypeError where one is not told."""
    names = [f.name for f in fields(record) if f.name not in without]
    if {*names} != {*given}:
        raise TypeError(f"{record.__name__} has the fields {names}")
    return tuple((name, *given[name]) for name in names)


def _written(record: Any, rows: _Fields) -> list[Any]:
    return [write(getattr(record, name)) for name, write, _ in rows]


def _read_all(values: Any, rows: _Fields) -> list[Any]:
    return [read(value) for value, (_, _, read) in zip(values, rows, strict=True)]


_ARTICLE = _codecs(
    Article,
    "source",
    number=_INT,
    text=_STR,
    title=_SPAN_OR_NONE,
    authors=_SPANS,
    photographers=_SPANS,
    paragraphs=_SPANS,
    captions=_SPANS,
    metadata=_METADATA,
)
_MENTION = _codecs(
    Mention,
    start=_INT,
    end=_INT,
    text=_STR,
    type=_TYPE,
    rule=_STR,
    name=_STR,
    kind=_STR,
    code=_STR,
    anaphor=_BOOL,
    antecedent=_PAIR_OR_NONE,
    confidence=_FLOAT,
)
_QUANTITY = _codecs(Quantity, start=_INT, end=_INT, value=_NUMBER, unit=_STR, qualifier=_STR)
_TIME = _codecs(TimeExpression, start=_INT, end=_INT, value=_STR)
_FACT: dict[str, _Codec] = {"evidence": _SPAN, "rule": _STR, "confidence": _FLOAT}
_FACTS: dict[type[Fact], _Fields] = {
    Relation: _codecs(Relation, **_FACT, subject=_ROW, predicate=_STR, object=_ROW, status=_STR),
    Dated: _codecs(Dated, **_FACT, subject=_ROW, predicate=_STR, value=_STR),
    Position: _codecs(Position, **_FACT, person=_ROW, body=_ROW, role=_STR, time=_STR),
    Funding: _codecs(Funding, **_FACT, funder=_ROW, recipient=_ROW, amount=_NUMBER_OR_NONE, product=_ROW, time=_STR),
    Observation: _codecs(
        Observation, **_FACT, about=_ROW, indicator=_STR, value=_NUMBER, unit=_STR, qualifier=_STR, time=_STR
    ),
}
_KINDS = tuple(_FACTS)
_FACT_FIELDS = tuple(_FACTS.values())
