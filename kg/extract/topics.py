"""What each clause is about: its explicit subject, or the one carried over from the clauses before.

In: an article and the mentions found so far. Out: `Topics`, which answers "who acts here?" for an offset. The trap:
a speaker is no topic. In `“……。”平湖市委办相关负责人介绍，一方面，出台《…》` the city issues the document, not the
office whose official says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.model import Article, EntityType, Findings, Mention, Position, Span
from kg.text import clauses, sentences
from kg.vocab import words

ACTORS = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.FACILITY, EntityType.PERSON)
_TOPICAL = (
    *ACTORS,
    EntityType.PROGRAMME,
    EntityType.PLATFORM,
    EntityType.PROJECT,
    EntityType.PRODUCT,
    EntityType.POLICY,
)
# How sure a carried-over subject is, by how far it was carried: the clause itself, its sentence, its paragraph, beyond.
CARRIED = (0.92, 0.85, 0.72, 0.55)
# A subject is carried over one paragraph of somebody's words (`“……。”某人说。`), not further.
_PARAGRAPHS_BACK = 2
_COPULA = re.compile("[是为]")  # 张某是某镇的…: what follows 是 is no head of the subject
_GAP = re.compile(r"[、和与及]|以及|等|（[^）]*）|“|”")


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


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a clause is about, and how sure that is."""

    mentions: tuple[Mention, ...]
    confidence: float

    @property
    def mention(self) -> Mention:
        """The first of them."""
        return self.mentions[0]


class Topics:
    """The clauses of one article and their subjects."""

    def __init__(self, article: Article, found: Findings) -> None:
        self.clauses: tuple[Clause, ...] = tuple(_clauses(article, found))
        self._starts = [c.span.start for c in self.clauses]

    def index_at(self, offset: int) -> int:
        """Return the index of the clause in which the offset stands, or of the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def subject(
        self, offset: int, types: Sequence[EntityType] = ACTORS, *, carry_foreign: bool = False
    ) -> Subject | None:
        """Return the subject of the clause at `offset`: explicit, or carried over from before; None if unknown.

        `carry_foreign` looks past a subject that names no entity (县财政每年列支…).
        """
        if not self.clauses:
            return None
        here = self.index_at(offset)
        for i in range(here, -1, -1):
            clause = self.clauses[i]
            if i != here and clause.is_speech:
                continue
            for candidates in (clause.subjects, clause.modifiers):
                fitting = tuple(m for m in candidates if m.type in types and (i != here or m.end <= offset))
                if fitting:
                    return Subject(fitting, CARRIED[self._distance(here, i)])
            if clause.is_foreign and clause.sentence == self.clauses[here].sentence and not carry_foreign:
                return None
            if self._paragraphs_between(here, i) > _PARAGRAPHS_BACK:
                return None
        return None

    def just_named(self, clause: Clause, types: Sequence[EntityType]) -> Subject | None:
        """Return what the clause before has just brought in, where this one has no subject: `启动“…”行动，在某镇…`."""
        here = self.index_at(clause.span.start)
        before = self.clauses[here - 1] if here else None
        if clause.subjects or before is None or before.sentence != clause.sentence:
            return None
        fitting = [m for m in before.names if m.type in types and before.span.end - m.end <= 1]
        return Subject((fitting[-1],), CARRIED[1]) if fitting else None

    def _distance(self, here: int, there: int) -> int:
        a, b = self.clauses[here], self.clauses[there]
        if here == there:
            return 0
        if a.sentence == b.sentence:
            return 1
        return 2 if a.paragraph == b.paragraph else 3

    def _paragraphs_between(self, here: int, there: int) -> int:
        return len({c.paragraph for c in self.clauses[there : here + 1]}) - 1


def topics_of(article: Article, found: Findings) -> Topics:
    """Return the topics of an article; the extractors that ask one after another share one answer."""
    # Only what topics rest on is looked at, so that groups and relations found in between change nothing.
    mentions = tuple(m for m in found.mentions if m.type in _TOPICAL)
    posts = tuple(f for f in found.facts if isinstance(f, Position))
    return _shared(article, Findings(mentions=mentions, facts=posts, times=found.times))


@lru_cache(maxsize=1)
def _shared(article: Article, found: Findings) -> Topics:
    return Topics(article, found)


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that lie inside no other, in text order."""
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or m.end > kept[-1].end:
            kept.append(m)
    return kept


def _clauses(article: Article, found: Findings) -> Iterable[Clause]:
    topical = outermost(m for m in found.mentions if m.type in _TOPICAL)
    for paragraph in article.bodies():
        for sentence in sentences(article.text, paragraph):
            for span in clauses(article.text, sentence):
                inside = [m for m in topical if span.covers(m)]
                subjects, modifiers = _subjects(article.text, span, inside, found)
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


def _sites(text: str, inside: list[Mention]) -> tuple[Mention, ...]:
    """Return the places that stand behind 在, the innermost of a chain."""
    sites = []
    for i, m in enumerate(inside):
        if m.type is EntityType.PLACE and text[max(0, m.start - 1) : m.start] == "在":
            group, _ = _juxtaposed(text, inside, i)
            sites += [n for n in group if n.type is EntityType.PLACE]
    return tuple(sites)


_Group = tuple[Mention, ...]


def _subjects(text: str, span: Span, inside: list[Mention], found: Findings) -> tuple[_Group, _Group]:
    """Return a clause's subjects, and what describes them."""
    begin = _after_openers(text, span, found)
    skipped = 0
    for i, m in enumerate(inside):
        if i < skipped:
            continue
        before = text[begin : m.start]
        if not _may_precede_subject(before):
            return (), ()
        group, skipped = _juxtaposed(text, inside, i)
        if not _ends_in_preposition(text, span, m, before):
            head = _holder(span, group, inside[skipped:], found) or _head(text, span, group, inside[skipped:])
            return ((head,), group) if head else (group, ())
    return (), ()


def _head(text: str, span: Span, group: _Group, behind: list[Mention]) -> Mention | None:
    """Return the head of a relative clause: `该公司投资8.6亿元的…项目在园区开工` is about the project."""
    for m in behind[:1]:
        between = text[group[-1].end : m.start]
        if between.endswith("的") and not _COPULA.search(between) and span.end - m.end >= 2 and text[m.end] != "的":
            return m
    return None


def _holder(span: Span, group: _Group, behind: list[Mention], found: Findings) -> Mention | None:
    """Return the person whose post opens the clause: 马强 of `佳荣里街道党工委副书记马强牵头的…`."""
    persons = [m for m in behind if m.type is EntityType.PERSON and m.end < span.end]
    for p in persons[:1]:
        posts = [f for f in found.facts if isinstance(f, Position) and f.person == p]
        if any(f.evidence.start <= group[-1].end and f.evidence.end >= p.end for f in posts):
            return p
    return None


def _after_openers(text: str, span: Span, found: Findings) -> int:
    begin, moved = span.start, True
    while moved:
        moved = False
        for t in found.times:
            if t.start == begin and t.end <= span.end:
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
        gap = text[last.end : m.start]
        if gap == "" and last.type is EntityType.PLACE:
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
    return re.compile(f"(?:{verbs})(?:了|道|记者|我们)?[，：。]?$|^据.*(?:介绍|透露|统计)$")


def _is_speech(text: str, span: Span) -> bool:
    return bool(_speech().search(span.of(text).rstrip("”’")))


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
