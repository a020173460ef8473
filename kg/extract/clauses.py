"""The clauses of an article, each with its explicit subjects.

In: an article and the mentions found so far. Out: `Clause` records in text order. The trap: the first name of a clause
is often not its subject but describes it: the company of `该公司投资8.6亿元的…项目`, the body of `某镇党委副书记某人`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.in_order import outermost, starting, within
from kg.model import Article, EntityType, Findings, Mention, Position, Span, TimeExpression
from kg.text import clauses, sentences
from kg.vocab import words

ACTORS = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.FACILITY, EntityType.PERSON)
TOPICAL = (
    *ACTORS,
    EntityType.PROGRAMME,
    EntityType.PLATFORM,
    EntityType.PROJECT,
    EntityType.PRODUCT,
    EntityType.POLICY,
)
_COPULA = re.compile("[是为]")  # 张某是某镇的…: what follows 是 is no head of the subject
_GAP = re.compile(r"[、和与及]|以及|等|“|”")
_BRACKETS = re.compile(r"（[^）]*）")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its explicit subjects (several when they are listed)."""

    span: Span
    sentence: Span
    paragraph: Span
    subjects: tuple[Mention, ...]
    is_speech: bool
    """Names a speaker: does not set the topic."""
    is_foreign: bool
    """Has a subject of its own that names no entity (志愿者们还…)."""
    places: tuple[Mention, ...] = ()
    """Where it happens: the places behind 在 (在浏阳经开区…)."""
    modifiers: tuple[Mention, ...] = ()
    """What describes the subject: the body whose official it is, the company whose project. It is the subject where
    the head is of no fitting type."""
    names: tuple[Mention, ...] = ()
    """All that may be a topic and stands in the clause."""


def clauses_of(article: Article, found: Findings) -> Iterable[Clause]:
    """Yield the clauses of title, paragraphs and captions."""
    posts: defaultdict[Mention, list[Span]] = defaultdict(list)
    for fact in found.facts:
        if isinstance(fact, Position):
            posts[fact.person].append(fact.evidence)
    topical = [m for m in outermost(found.mentions) if m.type in TOPICAL]  # not the province of 海南省劳动模范
    for paragraph in article.bodies():
        for sentence in sentences(article.text, paragraph):
            for span in clauses(article.text, sentence):
                inside = within(topical, span)
                outside = [m for m in inside if not _is_gloss(article.text, span, m)]
                subjects, modifiers = _subjects(article.text, span, outside, found.times, posts)
                yield Clause(
                    span,
                    sentence,
                    paragraph,
                    subjects,
                    is_speech=_is_speech(article.text, span),
                    is_foreign=not subjects and _is_foreign(article.text, span),
                    places=_sites(article.text, inside),
                    modifiers=modifiers,
                    names=tuple(inside),
                )


def _is_gloss(text: str, span: Span, m: Mention) -> bool:
    """Tell whether a name stands in brackets: the short form in `某公司（下称“某某”）投资的项目`."""
    opened = text.rfind("（", span.start, m.start)
    return opened >= 0 and text.find("）", opened, m.start) < 0


def _sites(text: str, inside: list[Mention]) -> tuple[Mention, ...]:
    """Return the places that stand behind 在, the innermost of a chain."""
    sites = []
    for i, m in enumerate(inside):
        if m.type is EntityType.PLACE and text[max(0, m.start - 1) : m.start] == "在":
            group, _ = _juxtaposed(text, inside, i)
            sites += [n for n in group if n.type is EntityType.PLACE]
    return tuple(sites)


_Group = tuple[Mention, ...]
_Posts = Mapping[Mention, Sequence[Span]]
"""Where the posts of each person are stated."""


def _subjects(
    text: str, span: Span, inside: list[Mention], times: Sequence[TimeExpression], posts: _Posts
) -> tuple[_Group, _Group]:
    """Return a clause's subjects, and what describes them."""
    begin = _after_openers(text, span, times) if inside else span.start
    skipped = 0
    for i, m in enumerate(inside):
        if i < skipped:
            continue
        before = text[begin : m.start]
        if not _may_precede_subject(before):
            return (), ()
        group, skipped = _juxtaposed(text, inside, i)
        if not _ends_in_preposition(text, span, m, before):
            head = _holder(span, group, inside[skipped:], posts) or _head(text, span, group, inside[skipped:])
            return ((head,), group) if head else (group, ())
    return (), ()


def _head(text: str, span: Span, group: _Group, behind: list[Mention]) -> Mention | None:
    """Return the head of a relative clause: `该公司投资8.6亿元的…项目在园区开工` is about the project."""
    for m in behind[:1]:
        between = text[group[-1].end : m.start]
        is_topic = span.end - m.end >= 2 or (between == "的" and text[m.end : m.end + 1] == "，")  # 某镇的某公司，…
        if between.endswith("的") and not _COPULA.search(between) and is_topic and text[m.end] != "的":
            return m
    return None


def _holder(span: Span, group: _Group, behind: list[Mention], posts: _Posts) -> Mention | None:
    """Return the person whose post opens the clause: 马强 of `佳荣里街道党工委副书记马强牵头的…`."""
    persons = [m for m in behind if m.type is EntityType.PERSON and m.end < span.end]
    for p in persons[:1]:
        if any(stated.start <= group[-1].end and stated.end >= p.end for stated in posts.get(p, ())):
            return p
    return None


def _after_openers(text: str, span: Span, times: Sequence[TimeExpression]) -> int:
    begin, moved = span.start, True
    while moved:
        moved = False
        for t in starting(times, begin, begin + 1):
            if t.end <= span.end:
                begin, moved = t.end, True
        if m := _openers().match(text, begin, span.end):
            begin, moved = m.end(), True
    return begin


@cache
def _openers() -> re.Pattern[str]:
    alternatives = "|".join(sorted(map(re.escape, words("openers")), key=len, reverse=True))
    return re.compile(f"(?:[“‘”’]|{alternatives})[，、]?")


@cache
def _prepositions() -> re.Pattern[str]:
    alternatives = "|".join(sorted(map(re.escape, words("prepositions")), key=len, reverse=True))
    return re.compile(f"(?:{alternatives})了?$")


def _may_precede_subject(before: str) -> bool:
    """Tell whether words can stand before a subject: a short opening, a preposition, a modifier in 的; no verb."""
    if before.endswith(("是", "成为")):  # 是海南省劳动模范: what 是 brings in is no subject
        return False
    if len(before) <= 1 or before.endswith("的") or _prepositions().search(before):
        return True
    return len(before) <= 4 and not _verbs().search(before)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words("verbs")), key=len, reverse=True)))


def _ends_in_preposition(text: str, span: Span, m: Mention, before: str) -> bool:
    return bool(_prepositions().search(before)) or text[max(span.start, m.start - 1) : m.start] in words("prepositions")


def _juxtaposed(text: str, mentions: list[Mention], first: int) -> tuple[tuple[Mention, ...], int]:
    """Return the subject that opens a run of mentions, and where the run ends.

    The subject is the last of a chain (`秀洲区|新塍镇`) or all of a list (`西村乡、七贤镇`).
    """
    group, last, i = [mentions[first]], mentions[first], first + 1
    for i in range(first + 1, len(mentions) + 1):
        if i == len(mentions):
            break
        m = mentions[i]
        gap = _BRACKETS.sub("", text[last.end : m.start])
        if gap == "" and (last.type is EntityType.PLACE or (last.anaphor and m.type is last.type)):
            group[-1] = m
        elif gap and len(gap) <= 3 and not _GAP.sub("", gap) and m.type == last.type:
            group.append(m)
        else:
            break
        last = m
    return tuple(group), i


@cache
def _speech() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, words("speech_verbs")), key=len, reverse=True))
    return re.compile(f"(?:{verbs})(?:了|道|记者|我们)?[，：。]?$")


@cache
def _longest_speech() -> int:
    return max(map(len, words("speech_verbs"))) + len("记者，")


def _is_speech(text: str, span: Span) -> bool:
    said = span.of(text).rstrip("”’")
    return _speech().search(said[-_longest_speech() :]) is not None or (
        said.startswith("据") and said.endswith(("介绍", "透露", "统计"))
    )


@cache
def _foreign() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, words("collectives")), key=len, reverse=True))
    # A noun for people or bodies near the clause's start, with an adverb or verb behind it, not an object's 的.
    return re.compile(f"^.{{0,8}}?(?:{nouns})(?<!我们)(?![的、和])")


def _is_foreign(text: str, span: Span) -> bool:
    head = span.of(text)
    m = _foreign().match(head)
    if not m or _prepositions().search(head[:1]):
        return False
    return not _verbs().search(m.group())
