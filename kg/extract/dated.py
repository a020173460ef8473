"""Dates of things: started, founded, opened, completed, joined, planned.

In: an article with all mentions and resolved time expressions. Out: Dated facts. The trap: a time at the head of a
sentence holds for its later clauses too (`去年3月，针对…问题，修武县委组织部启动…工程`), but a plan is no event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.clauses import TOPICAL, Clause
from kg.extract.evidence import passage
from kg.extract.in_order import outermost, starting, within
from kg.extract.lists import LIKEWISE, also_named
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality
from kg.iso import earliest, latest
from kg.model import Article, Dated, EntityType, Fact, Findings, Mention, Span, TimeExpression
from kg.numerals import number
from kg.vocab import lexicon, words

_POINT = re.compile(r"\d{4}(?:-\d\d){0,2}")
_PLAN = re.compile("预计|计划|将|拟|推迟到|延期到|有望|力争|争取|打算")  # words that look ahead, see modality.tsv
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")  # 10月28日至30日: an event starts on its first day
_UNVEILED = ("揭牌", "挂牌")  # a base is opened so, a body founded
_JOINS = 10
_VAGUE = ("completed", "opened", "founded", "joined")  # 近日竣工 dates an event, 近日推行 only a report
_RELATIVE = ("的", "建设的")
_ENDS_SENTENCE = re.compile("(?:说起|讲起|谈起|开始)?")
# 计划明年春茶开采前，在某村建成…: a term that a clause ends in holds for the next one.
_TERM = re.compile("[^，]{0,8}[前后内时间底]|")
_DEADLINE = re.compile("之?前|以前")  # 10月前推广到某镇: by then
_LEGISLATES = re.compile("提请|审议|出台|印发|发布|公布|颁布|施行|实施|制定|修订")
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
        yield from _likewise(article, found, clause, inside)


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
    if _is_ahead(article, time):
        # 二期今年9月动工 in a text of April: what lies ahead is planned, with or without a word for it.
        planned = DateVerb(verb.start, verb.end, "planned", verb.object)
        for thing, confidence in _things(article.text, topics, planned, inside):
            yield _dated(article, thing, "planned", time.value.split("/")[0], time, verb, confidence - 0.1)
        return
    is_vague = article.text[time.start : time.end] in words("openers", kind="time")
    if is_vague and verb.predicate not in _VAGUE:
        return
    for thing, confidence in _things(article.text, topics, verb, inside):
        value = time.value.split("/")[0]
        yield _dated(article, thing, verb.predicate, value, time, verb, confidence)


def _is_ahead(article: Article, time: TimeExpression) -> bool:
    published = article.metadata.published
    return bool(published) and earliest(time.value) > latest(published)


def _time_of(
    article: Article, found: Findings, clause: Clause, verb: DateVerb, inside: list[Mention]
) -> TimeExpression | None:
    """Return the point in time of a verb: in its clause before it, behind 于, or at the head of its sentence."""
    here = within(found.times, clause.span)
    before = [t for t in here if t.end <= verb.start and (_POINT.fullmatch(t.value) or _DAYS.fullmatch(t.value))]
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
    if article.text.startswith(_RELATIVE, verb.end):
        return None  # 4月22日，由某中心开发的平台…: the time is that of the sentence's own verb
    opening = [t for t in head if _opens_clause(article.text, t) or _is_told(article.text, clause.sentence, t)]
    opening = opening or _told_before(article, found, clause)
    is_known = opening and (_POINT.fullmatch(opening[-1].value) or _DAYS.fullmatch(opening[-1].value))
    return opening[-1] if is_known else None


def _is_told(text: str, sentence: Span, time: TimeExpression) -> bool:
    """Tell whether a sentence opens by telling the time: `转机出在2020年10月，乡党委…`."""
    return time.start - sentence.start <= 6 and text[time.end : time.end + 1] == "，" and text[time.start - 1] in "在于"


def _told_before(article: Article, found: Findings, clause: Clause) -> list[TimeExpression]:
    """Return the time in which the sentence before ends: `转机出在去年3月。某县民政局发起…`."""
    end = clause.sentence.start - 1
    if end <= clause.paragraph.start or article.text[end] != "。":
        return []
    return [t for t in starting(found.times, end - 16, end) if _ENDS_SENTENCE.fullmatch(article.text, t.end, end)]


def _opens_clause(text: str, time: TimeExpression) -> bool:
    return time.start == 0 or text[time.start - 1] in "，。；！？\n“”：从自）"


@cache
def _fitting(predicate: str) -> tuple[EntityType, ...]:
    return tuple(EntityType(r["type"]) for r in lexicon("date_things") if r["predicate"] == predicate)


def _things(text: str, topics: Topics, verb: DateVerb, inside: list[Mention]) -> Iterator[tuple[Mention, float]]:
    """Yield what a verb's date belongs to: what stands behind the verb, else the clause's subject."""
    types = (EntityType.PERSON,) if verb.object == "person" else _fitting(verb.predicate)
    if verb.predicate == "founded" and text[verb.start : verb.start + 2] in _UNVEILED:
        types = tuple(t for t in types if t is not EntityType.FACILITY)
    inside = [m for m in inside if m not in topics.clauses[topics.index_at(m.start)].places]  # 在某市起家
    behind = [m for m in inside if m.start >= verb.end and m.type in types and not _is_mere_place(m, verb)]
    if behind and verb.object in ("after", "either"):
        yield behind[0], 0.85
        return
    if verb.object == "after":
        return
    here = topics.clauses[topics.index_at(verb.start)]
    if text[verb.end : verb.end + 1] in ("的", "") and (told := topics.told_of(text, here, TOPICAL)):
        if told.type in types:
            yield told, 0.85
        return
    before = [m for m in inside if m.end <= verb.start and m.type in types and not _is_mere_place(m, verb)]
    before = [m for m in before if text[max(0, m.start - 2) : m.start].rstrip("“‘")[-1:] not in ("在", "于")]
    if before and verb.start - before[-1].end <= 12 and not _has_head(text, before[-1], verb):
        yield before[-1], 0.85
        return
    if just := topics.just_named(here, types):
        yield just.mention, 0.8
        return
    subject = topics.subject(verb.start, types)
    if subject and (subject.mention in here.modifiers or _has_head(text, subject.mentions[-1], verb)):
        return
    if subject and subject.confidence >= CARRIED[2] and not _is_mere_place(subject.mention, verb):
        yield subject.mention, subject.confidence - 0.1


def _has_head(text: str, m: Mention, verb: DateVerb) -> bool:
    """Tell whether a name only describes a noun: the bodies of `甲、乙共建的基地在某镇揭牌`."""
    return "的" in text[m.end : verb.start] and "，" not in text[m.end : verb.start]


def _is_mere_place(m: Mention, verb: DateVerb) -> bool:
    """Tell whether a place only says where: what opens or is set up there is something else (某镇“…队”成立)."""
    if m.type is not EntityType.PLACE:
        return False
    # 某村去年入选…: the village itself joins a list; 某新区正式揭牌, but not 某新区零工市场揭牌
    reach = _JOINS if verb.predicate == "joined" else 2 * (m.kind == "Zone")
    return not 0 <= verb.start - m.end <= reach


def _times_ahead(article: Article, found: Findings) -> list[TimeExpression]:
    """Return the points in time that had not come when the article was printed."""
    published = article.metadata.published
    points = (_term(article.text, t) for t in found.times) if published else ()
    return [t for t in points if _POINT.fullmatch(t.value) and _is_ahead(article, t)]


def _term(text: str, time: TimeExpression) -> TimeExpression:
    """Return the end of a stretch that something is to be done before: 三季度前 is by September."""
    is_term = "/" in time.value and text[time.end : time.end + 1] == "前"
    return TimeExpression(time.start, time.end, time.value.rpartition("/")[2]) if is_term else time


def _plan(
    article: Article, ahead: Sequence[TimeExpression], topics: Topics, clause: Clause, inside: list[Mention]
) -> Iterator[Fact]:
    """`预计今年8月试运营`: a time that lies ahead, in a sentence that has so far said it plans."""
    times = _times_near(article.text, ahead, topics, clause)
    says_so = times and _PLAN.search(article.text, clause.sentence.start, clause.span.end)
    if not times or not (says_so or _DEADLINE.match(article.text, times[-1].end)):
        return
    types = _fitting("planned")
    if not _LEGISLATES.search(article.text, times[-1].end, clause.span.end):
        types = tuple(t for t in types if t is not EntityType.POLICY)  # 印发《…》，力争到2025年…: not of the document
    behind = [m for m in inside if m.start >= times[-1].end and m.type in types]
    if behind:
        yield _dated(article, behind[0], "planned", times[-1].value, times[-1], times[-1], 0.8)
    elif (subject := topics.just_named(clause, types) or topics.subject(clause.span.end, types)) and (
        subject.confidence >= CARRIED[2]
    ):
        yield _dated(article, subject.mention, "planned", times[-1].value, times[-1], times[-1], 0.7)


def _times_near(text: str, times: Sequence[TimeExpression], topics: Topics, clause: Clause) -> list[TimeExpression]:
    """Return the times that stand in the clause, or in which the one before ends (`年底前，街道打算…`)."""
    before = topics.clauses[max(0, topics.index_at(clause.span.start) - 1)]
    opening: list[TimeExpression] = []
    if before is not clause and before.sentence == clause.sentence:
        opening = within(times, before.span)
        opening = [t for t in opening if _TERM.fullmatch(text, t.end, before.span.end)]
    return [*opening, *within(times, clause.span)]


def _likewise(article: Article, found: Findings, clause: Clause, inside: list[Mention]) -> Iterator[Fact]:
    """`3月，甲市入选…，同批上榜的还有乙市、丙市`: those named behind joined at the same time."""
    m = LIKEWISE.search(article.text, clause.span.start, clause.span.end) if inside else None
    verb = DateVerb(m.start(), m.end(), "joined", "after") if m else None
    time = _time_of(article, found, clause, verb, inside) if verb else None
    for thing in also_named(article.text, verb.end, inside) if verb and time else ():
        if thing.type in _fitting("joined") and time and verb:
            yield _dated(article, thing, "joined", time.value.split("/")[0], time, verb, 0.8)


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
