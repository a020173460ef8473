"""Dates of things: started, founded, opened, completed, joined, planned.

In: an article with all mentions and resolved time expressions. Out: Dated facts. The trap: a time at the head of a
sentence holds for its later clauses too (`去年3月，针对…问题，修武县委组织部启动…工程`), but a plan is no event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.clauses import Clause
from kg.extract.evidence import passage
from kg.extract.in_order import outermost, starting, within
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality
from kg.iso import earliest, latest
from kg.model import Article, Dated, EntityType, Fact, Findings, Mention, Span, TimeExpression
from kg.numerals import number
from kg.vocab import lexicon, words

_POINT = re.compile(r"\d{4}(?:-\d\d){0,2}")
_PLAN = re.compile("预计|计划|将|拟|推迟到|延期到|有望|力争|争取|打算")  # words that look ahead, see modality.tsv
_JOINS = 10
_VAGUE = ("completed", "opened", "founded", "joined")  # 近日竣工 dates an event, 近日推行 only a report
_ANNIVERSARY = re.compile(r"成立(?P<years>[一二两三四五六七八九十百\d]{1,3})(?:周年|年)")


@dataclass(frozen=True, slots=True)
class DateVerb:
    """A verb that dates a thing, where it stands."""

    start: int
    end: int
    predicate: str
    object: str


def extract_dates(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield dates: `万凯新材料股份有限公司成立于2008年` → founded 2008."""
    topics = topics_of(article, found)
    names = outermost(found.mentions)
    ahead = _times_ahead(article, found)
    for clause in topics.clauses:
        if clause.paragraph == article.title:
            continue
        inside = within(names, clause.span)
        for verb in _verbs_in(article, clause, inside):
            yield from _event(article, found, topics, clause, verb, inside)
        yield from _plan(article, ahead, topics, clause, inside) if ahead else ()
        yield from _anniversary(article, clause, found)


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str]]]]:
    rows: dict[str, list[tuple[str, str]]] = {}
    for r in lexicon("date_verbs"):
        rows.setdefault(r["word"], []).append((r["predicate"], r["object"]))
    return re.compile("|".join(sorted(map(re.escape, rows), key=lambda w: (-len(w), w)))), rows


def _verbs_in(article: Article, clause: Clause, inside: list[Mention]) -> Iterator[DateVerb]:
    pattern, rows = _verbs()
    for m in pattern.finditer(article.text, clause.span.start, clause.span.end):
        if any(n.start < m.end() and m.start() < n.end for n in inside):
            continue
        if not modality(article.text, clause.span.start, m.start()):
            for predicate, object_ in rows[m.group()]:
                yield DateVerb(m.start(), m.end(), predicate, object_)


def _event(
    article: Article, found: Findings, topics: Topics, clause: Clause, verb: DateVerb, inside: list[Mention]
) -> Iterator[Fact]:
    time = _time_of(article, found, clause, verb, inside)
    if time is None:
        return
    if article.metadata.published and earliest(time.value) > latest(article.metadata.published):
        return  # what lies ahead has not happened yet
    is_vague = article.text[time.start : time.end] in words("openers", kind="time")
    if is_vague and verb.predicate not in _VAGUE:
        return
    for thing, confidence in _things(topics, verb, inside):
        value = time.value.split("/")[0]
        yield _dated(article, thing, verb.predicate, value, time, verb, confidence)


def _time_of(
    article: Article, found: Findings, clause: Clause, verb: DateVerb, inside: list[Mention]
) -> TimeExpression | None:
    """Return the point in time of a verb: in its clause before it, behind 于, or at the head of its sentence."""
    here = within(found.times, clause.span)
    before = [t for t in here if t.end <= verb.start and _POINT.fullmatch(t.value)]
    if before:
        return before[-1]
    for t in here:
        gap = article.text[verb.end : t.start]
        if t.start >= verb.end and gap in ("于", "在", "") and _POINT.fullmatch(t.value):
            return t
        # 推行某工作法3年来: the span opens when the thing started.
        since = article.text[t.start : t.end].endswith("年来") and "/" in t.value
        if t.start >= verb.end and since and any(m.start >= verb.end and m.end == t.start for m in inside):
            return t
    head = within(found.times, Span(clause.sentence.start, clause.span.start))
    opening = [t for t in head if _opens_clause(article.text, t)]
    return opening[-1] if opening and _POINT.fullmatch(opening[-1].value) else None


def _opens_clause(text: str, time: TimeExpression) -> bool:
    return time.start == 0 or text[time.start - 1] in "，。；！？\n“”：从自"


@cache
def _fitting(predicate: str) -> tuple[EntityType, ...]:
    return tuple(EntityType(r["type"]) for r in lexicon("date_things") if r["predicate"] == predicate)


def _things(topics: Topics, verb: DateVerb, inside: list[Mention]) -> Iterator[tuple[Mention, float]]:
    """Yield what a verb's date belongs to: what stands behind the verb, else the clause's subject."""
    types = _fitting(verb.predicate)
    inside = [m for m in inside if m not in topics.clauses[topics.index_at(m.start)].places]  # 在某市起家
    behind = [m for m in inside if m.start >= verb.end and m.type in types and not _is_mere_place(m, verb)]
    if behind and verb.object in ("after", "either"):
        yield behind[0], 0.85
        return
    if verb.object == "after":
        return
    before = [m for m in inside if m.end <= verb.start and m.type in types and not _is_mere_place(m, verb)]
    if before and verb.start - before[-1].end <= 12:
        yield before[-1], 0.85
        return
    if just := topics.just_named(topics.clauses[topics.index_at(verb.start)], types):
        yield just.mention, 0.8
        return
    subject = topics.subject(verb.start, types)
    if subject and subject.confidence >= CARRIED[2] and not _is_mere_place(subject.mention, verb):
        yield subject.mention, subject.confidence - 0.1


def _is_mere_place(m: Mention, verb: DateVerb) -> bool:
    """Tell whether a place only says where: what opens or is set up there is something else (某镇“…队”成立)."""
    if m.type is not EntityType.PLACE or m.kind == "Zone":
        return False
    reach = _JOINS if verb.predicate == "joined" else 0  # 某村去年入选…: the village itself joins a list
    return not 0 <= verb.start - m.end <= reach


def _times_ahead(article: Article, found: Findings) -> list[TimeExpression]:
    """Return the points in time that had not come when the article was printed."""
    published = article.metadata.published
    points = (t for t in found.times if published and _POINT.fullmatch(t.value))
    return [t for t in points if earliest(t.value) > latest(published)]


def _plan(
    article: Article, ahead: Sequence[TimeExpression], topics: Topics, clause: Clause, inside: list[Mention]
) -> Iterator[Fact]:
    """`预计今年8月试运营`: a time that lies ahead, in a sentence that has so far said it plans."""
    times = _times_near(ahead, topics, clause)
    if not times or not _PLAN.search(article.text[clause.sentence.start : clause.span.end]):
        return
    types = _fitting("planned")
    behind = [m for m in inside if m.start >= times[-1].end and m.type in types]
    if behind:
        yield _dated(article, behind[0], "planned", times[-1].value, times[-1], times[-1], 0.8)
    elif (subject := topics.just_named(clause, types) or topics.subject(clause.span.end, types)) and (
        subject.confidence >= CARRIED[2]
    ):
        yield _dated(article, subject.mention, "planned", times[-1].value, times[-1], times[-1], 0.7)


def _times_near(times: Sequence[TimeExpression], topics: Topics, clause: Clause) -> list[TimeExpression]:
    """Return the times that stand in the clause, or are all of the one before (`年底前，街道打算…`)."""
    before = topics.clauses[max(0, topics.index_at(clause.span.start) - 1)]
    opening: list[TimeExpression] = []
    if before is not clause and before.sentence == clause.sentence:
        opening = list(starting(times, before.span.start, before.span.start + 1))
        opening = [t for t in opening if before.span.end - t.end <= 1]
    return [*opening, *within(times, clause.span)]


def _anniversary(article: Article, clause: Clause, found: Findings) -> Iterator[Fact]:
    """`长三角一体化示范区成立三周年`: founded so many years before the publication."""
    year = article.metadata.published[:4]
    for m in _ANNIVERSARY.finditer(article.text, clause.span.start, clause.span.end):
        for thing in [t for t in found.mentions if t.end == m.start() and t.type in _fitting("founded")][:1]:
            years = number(m["years"])
            if year and years:
                value = str(int(year) - int(years))
                end = TimeExpression(m.start(), m.end(), value)
                yield _dated(article, thing, "founded", value, end, end, 0.85)


def _dated(
    article: Article,
    thing: Mention,
    predicate: str,
    value: str,
    time: TimeExpression,
    verb: DateVerb | TimeExpression,
    confidence: float,
) -> Dated:
    anchor = Span(min(time.start, verb.start), max(time.end, verb.end))
    return Dated(
        subject=thing,
        predicate=predicate,
        value=value,
        evidence=passage(article, anchor, thing),
        rule=f"dated.{predicate}",
        confidence=round(confidence, 2),
    )
