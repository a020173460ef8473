"""What each clause is about: its explicit subject, or the one carried over from the clauses before.

In: an article and the mentions found so far. Out: `Topics`, which answers "who acts here?" for an offset. The trap:
a speaker is no topic. In `“……。”平湖市委办相关负责人介绍，一方面，出台《…》` the city issues the document, not the
office whose official says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.clauses import ACTORS, TOPICAL, Clause, clauses_of
from kg.extract.in_order import outermost
from kg.extract.kept import keep_last
from kg.model import Article, EntityType, Findings, Mention, Position, Span

# How sure a carried-over subject is, by how far it was carried: the clause itself, its sentence, its paragraph, beyond.
CARRIED = (0.92, 0.85, 0.72, 0.55)
# A subject is carried over one paragraph of somebody's words (`“……。”某人说。`), not further.
_PARAGRAPHS_BACK = 2
_IS = re.compile("[”’]?(?:就|正|便|还|也)?是")


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
        self.clauses: tuple[Clause, ...] = tuple(clauses_of(article, found))
        self._starts = [c.span.start for c in self.clauses]
        paragraphs = list(dict.fromkeys(c.paragraph for c in self.clauses))
        numbers = {paragraph: number for number, paragraph in enumerate(paragraphs)}
        self._paragraphs = [numbers[c.paragraph] for c in self.clauses]
        self._by_sentence: dict[Span, list[Clause]] = {}
        for clause in self.clauses:
            self._by_sentence.setdefault(clause.sentence, []).append(clause)
        self._types = {m.type for c in self.clauses for m in (*c.subjects, *c.modifiers)}
        self.actors = outermost(m for m in found.mentions if m.type in ACTORS and not _is_pronoun(m))
        """Who may act anywhere in the article."""

    def in_sentence(self, clause: Clause) -> list[Clause]:
        """Return the clauses of a clause's sentence, itself among them."""
        return self._by_sentence[clause.sentence]

    def index_at(self, offset: int) -> int:
        """Return the index of the clause in which the offset stands, or of the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def subject(self, offset: int, types: Sequence[EntityType] = ACTORS) -> Subject | None:
        """Return the subject of the clause at `offset`: explicit, or carried over from before; None if unknown."""
        if not self.clauses or self._types.isdisjoint(types):
            return None
        here = self.index_at(offset)
        for i in range(here, -1, -1):
            clause = self.clauses[i]
            if i != here and clause.is_speech:
                continue
            for candidates in (clause.subjects, clause.modifiers):
                fitting = [m for m in candidates if m.type in types and (i != here or m.end <= offset)]
                if fitting:
                    return Subject(tuple(fitting), CARRIED[self._distance(here, i)])
            if clause.is_foreign and clause.sentence == self.clauses[here].sentence:
                return None
            if self._paragraphs[here] - self._paragraphs[i] > _PARAGRAPHS_BACK:
                return None
        return None

    def just_named(self, clause: Clause, types: Sequence[EntityType], is_passive: bool = False) -> Subject | None:
        """Return what the clause before has just brought in, where this one has no subject: `启动“…”行动，在某镇…`.

        Those behind 由 are no subject of a passive clause: `提炼成“…”模式，由甲、乙铺开`.
        """
        if clause.subjects and not is_passive:
            return None
        here = self.index_at(clause.span.start)
        back = [c for c in self.clauses[max(0, here - 6) : here] if c.sentence == clause.sentence]
        while back and not back[-1].names and not back[-1].is_foreign:  # 建设某项目，去年12月开工，上月竣工
            back.pop()
        before = back[-1] if back else None
        if before is None:
            return None
        fitting = [m for m in before.names if m.type in types and before.span.end - m.end <= 1]
        return Subject((fitting[-1],), CARRIED[1]) if fitting else None

    def told_of(self, text: str, clause: Clause, types: Sequence[EntityType]) -> Mention | None:
        """Return what a clause tells of by 是: “某队” of `“某队”是该所拉起来的`, and of `…叫“某队”，是该所拉起来的`."""
        if clause.subjects and clause.subjects[0].type in types:
            return clause.subjects[0] if _IS.match(text, clause.subjects[0].end, clause.span.end) else None
        just = self.just_named(clause, types) if _IS.match(text, clause.span.start, clause.span.end) else None
        return just.mention if just else None

    def _distance(self, here: int, there: int) -> int:
        a, b = self.clauses[here], self.clauses[there]
        if here == there:
            return 0
        if a.sentence == b.sentence:
            return 1
        return 2 if a.paragraph == b.paragraph else 3


def _is_pronoun(m: Mention) -> bool:
    return m.type is EntityType.PERSON and m.anaphor


def topics_of(article: Article, found: Findings) -> Topics:
    """Return the topics of an article; the extractors that ask one after another share one answer."""
    # Only what topics rest on is looked at, so that groups and relations found in between change nothing.
    mentions = tuple(m for m in found.mentions if m.type in TOPICAL)
    posts = tuple(f for f in found.facts if isinstance(f, Position))
    return _shared(article, Findings(mentions=mentions, facts=posts, times=found.times))


@keep_last
def _shared(article: Article, found: Findings) -> Topics:
    return Topics(article, found)
