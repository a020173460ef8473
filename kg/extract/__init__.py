"""Find what an article names and states: Article → Findings.

Each extractor is a function (article, earlier findings) → records; it changes nothing that it is given and
runs because it stands in `EXTRACTORS`, in that order.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from kg.errors import UnprovenError
from kg.extract.anaphora import extract_anaphora
from kg.extract.dated import extract_dates
from kg.extract.funding import extract_funding
from kg.extract.honours import extract_honours
from kg.extract.initiatives import extract_initiatives
from kg.extract.inspection import extract_inspections
from kg.extract.membership import extract_membership
from kg.extract.naming import extract_named_relations
from kg.extract.observations import extract_observations
from kg.extract.organizations import extract_organizations
from kg.extract.participation import extract_participation
from kg.extract.persons import extract_persons
from kg.extract.places import extract_places
from kg.extract.positions import extract_positions
from kg.extract.quantities import extract_quantities
from kg.extract.relation_nouns import extract_noun_relations
from kg.extract.relations import extract_relations
from kg.extract.service import extract_service
from kg.extract.short_forms import extract_short_forms
from kg.extract.siting import extract_siting
from kg.extract.subordination import extract_subordination
from kg.extract.times import extract_times
from kg.model import Article, Fact, Findings, Mention, Quantity, Span, TimeExpression

T = TypeVar("T")
Record = Mention | Fact | Quantity | TimeExpression
Extractor = Callable[[Article, Findings], Iterable[Record]]

NAME_EXTRACTORS: tuple[Extractor, ...] = (
    extract_times,
    extract_quantities,
    extract_places,
    extract_organizations,
    extract_initiatives,
    extract_persons,
    extract_short_forms,
    extract_anaphora,
    extract_honours,
)
"""What finds names, times and numbers."""

EXTRACTORS: tuple[Extractor, ...] = (
    *NAME_EXTRACTORS,
    extract_positions,
    extract_named_relations,
    extract_noun_relations,
    extract_siting,
    extract_subordination,
    extract_membership,
    extract_relations,
    extract_inspections,
    extract_service,
    extract_participation,
    extract_funding,
    extract_dates,
    extract_observations,
)


def extract(article: Article, extractors: Iterable[Extractor] | None = None) -> Findings:
    """Run extractors over an article, all of them if none are given, each seeing what those before it found."""
    found = Findings()
    for extractor in EXTRACTORS if extractors is None else extractors:
        records = list(extractor(article, found))
        for record in records:
            _prove(article, record, extractor.__name__)
        found = added(found, records)
    return found


def _prove(article: Article, record: Record, extractor: str) -> None:
    """Raise UnprovenError unless a record's words stand in the article: no statement passes without them."""
    if isinstance(record, Mention):
        proven = record.text != "" and article.text[record.start : record.end] == record.text
    else:
        span = record.evidence if isinstance(record, Fact) else Span(record.start, record.end)
        proven = 0 <= span.start < span.end <= len(article.text)
    if not proven:
        raise UnprovenError(article.source, extractor)


def added(found: Findings, records: Iterable[Record]) -> Findings:
    """Return the findings with more records, mentions and the like in text order."""
    new = list(records)
    return Findings(
        mentions=_inserted(found.mentions, [r for r in new if isinstance(r, Mention)], _place),
        facts=(*found.facts, *(r for r in new if isinstance(r, Fact))),
        quantities=_inserted(found.quantities, [r for r in new if isinstance(r, Quantity)], _start),
        times=_inserted(found.times, [r for r in new if isinstance(r, TimeExpression)], _start),
    )


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


_start = attrgetter("start")


def _inserted(old: tuple[T, ...], new: list[T], order: Callable[[T], Any]) -> tuple[T, ...]:
    """Return sorted records with more of them, each behind those of its own place; few are new beside those there."""
    if not old or not new:
        return old or tuple(sorted(new, key=order))
    records = list(old)
    for record in new:
        insort(records, record, key=order)
    return tuple(records)
