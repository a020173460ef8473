"""Which entity a number is about: the subject of its clause, said or carried over, or what it stands before.

In: an article and its mentions. Out: `Subjects`, asked by offset. Clauses are cut inside quoted
speech too (`“已实施两轮计划，覆盖46名员工。”`). The trap: what a clause brings in (推出“…贷”，最高可贷30万元) is what
the next clause speaks of, not the one who brought it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.indicators import helping_words
from kg.extract.references import Reference, is_reference_word, reference_at
from kg.extract.topics import outermost
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.text import sentences
from kg.vocab import words

TOPICAL = frozenset(EntityType) - {EntityType.HONOUR, EntityType.POLICY, EntityType.GROUP}
_CUT = re.compile("[，；：。！？—\n]+[”’]?")
_OPEN, _CLOSE = "（(", "）)"
_CHAIN_GAP = re.compile("[^，。；：的了和与、]{0,10}")  # 村种植户 in 新合村种植户周先生
_OPENING = 4  # characters that may stand before a clause's subject without being known
_DIGIT = re.compile("[0-9]")
_BROUGHT_TAIL = re.compile("[”’）)]*[^，。的了在0-9（）]{0,6}(?:（[^）]*）)?[”’]*$")  # “…”专项监督（以下简称“…”）
_LIST_GAP = re.compile("[、和与及]")
_GLOSS = re.compile("（[^）]*）")
# How sure a subject is: said in the clause, brought in before, carried within the sentence, the paragraph, beyond.
SAID, BROUGHT, SENTENCE, PARAGRAPH, BEYOND = 0.85, 0.75, 0.75, 0.65, 0.5


@dataclass(frozen=True, slots=True)
class Topic:
    """What a clause is about and how sure that is."""

    mentions: tuple[Mention, ...]
    confidence: float
    end: int = 0
    """Where the words end that name it in the clause itself; 0 if it was carried over."""


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    sentence: int
    paragraph: int
    is_caption: bool


def _alternatives(name: str, column: str = "word", **only: str) -> str:
    return "|".join(sorted(map(re.escape, words(name, column, **only)), key=lambda w: (-len(w), w)))


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(f"(?:[“‘”’]|{_alternatives('openers')}|{helping_words('adverb')})")


@cache
def _preposition() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives('prepositions')})了?$")


@cache
def _by() -> re.Pattern[str]:
    return re.compile(f"(?:{helping_words('by')})$")


@cache
def _where() -> re.Pattern[str]:
    return re.compile(f"(?<![以之])(?:{helping_words('where')})$")


@cache
def _for() -> re.Pattern[str]:
    return re.compile(f"(?:{helping_words('for')})")


@cache
def _brings() -> re.Pattern[str]:
    return re.compile(f"(?:{helping_words('brings')})(?:了|起)?(?:[^，。、；0-9]{{0,6}})?$")


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives('speech_verbs', kind='speech')})(?:道|记者)?$")


class Subjects:
    """The pieces of an article between commas and what each is about."""

    def __init__(self, article: Article, found: Findings) -> None:
        self.article, self.found = article, found
        self.mentions = outermost(m for m in found.mentions if m.type in TOPICAL)
        self._pieces = list(_pieces(article))
        self._starts = [p.span.start for p in self._pieces]
        self._said = [self._explicit(p.span) for p in self._pieces]
        self._brought = [self._introduced(p.span) for p in self._pieces]

    def piece_at(self, offset: int) -> Span:
        """Return the piece between commas in which the offset stands."""
        return self._pieces[self._index(offset)].span

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence of the offset begins; a semicolon does not end it."""
        first = here = self._index(offset)
        while here > 0 and self._pieces[here - 1].paragraph == self._pieces[first].paragraph:
            is_same = self._pieces[here - 1].sentence == self._pieces[here].sentence
            if not is_same and self.article.text[self._pieces[here - 1].span.end] != "；":
                break
            here -= 1
        return self._pieces[here].span.start

    def opening(self, piece: Span) -> int:
        """Return where a piece begins in earnest, behind 截至6月末, 目前, 其中."""
        return self._after_openers(piece)

    def is_said_before(self, offset: int) -> bool:
        """Tell whether the clause names its subject before the offset."""
        own = self._said[self._index(offset)]
        return own is not None and own.end <= offset

    def said_at(self, offset: int) -> Reference | None:
        """Return what a word at the offset points back to: 全村 in 走遍全村217户."""
        return reference_at(self.article, self.found, self.mentions, offset)

    def topic(self, offset: int) -> Topic | None:
        """Return what the clause at the offset is about, None where the text has not said it."""
        here = self._index(offset)
        own = self._said[here]
        piece = self._pieces[here]
        if own and own.end <= offset and self.article.text[own.end : offset] != "等":  # 李某等9名老人
            return Topic(own.mentions, SAID, own.end)
        return self._carried_topic(here, piece) or self._beneficiary(piece.span, offset)

    def next_topic(self, offset: int) -> Topic | None:
        """Return what the clause behind the offset's is about: 28分钟后，网格员李某赶到."""
        after = self._index(offset) + 1
        said = self._said[after] if after < len(self._pieces) else None
        return Topic(said.mentions, SAID) if said else None

    def _beneficiary(self, piece: Span, offset: int) -> Topic | None:
        """Return who the clause says something is done for: 一年为公司省下46万元."""
        for m in _for().finditer(self.article.text, piece.start, offset):
            if reference := self.said_at(m.end()):
                return Topic(reference.mentions, SENTENCE, reference.end)
        return None

    def _carried_topic(self, here: int, piece: _Piece) -> Topic | None:
        for i in range(here - 1, -1, -1):
            before = self._pieces[i]
            if before.paragraph != piece.paragraph and (piece.is_caption or before.paragraph == 0):
                return None
            if brought := self._brought[i]:
                return Topic((brought,), min(BROUGHT, self._carried(before, piece)))
            if said := self._said[i]:
                return Topic(said.mentions, self._carried(before, piece))
        return None

    def _carried(self, before: _Piece, piece: _Piece) -> float:
        if before.sentence == piece.sentence:
            return SENTENCE
        return PARAGRAPH if before.paragraph == piece.paragraph else BEYOND

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def _explicit(self, span: Span) -> Reference | None:
        """Return the subject that a piece names: the entity or pronoun that it opens with."""
        words_said = self.article.text[span.start : span.end].rstrip("”’")
        if _speech().search(words_said) or _where().search(words_said):
            return None
        begin = self._after_openers(span)
        inside = [m for m in self._inside(span) if begin <= m.start]
        first = inside[0] if inside else None
        if first is None or first.start > begin:
            if reference := reference_at(self.article, self.found, self.mentions, begin):
                return reference
            if first is None or not self._may_open(begin, first):
                return None
        subject = self._chain(inside)
        is_apposition = subject.end == span.end and self.article.text[span.start - 1] == "—"
        return None if is_apposition else subject

    def _inside(self, span: Span) -> list[Mention]:
        """Return the mentions of a piece, without those of a gloss: （以下简称“…”）."""
        glosses = [Span(m.start(), m.end()) for m in _GLOSS.finditer(self.article.text, span.start, span.end)]
        inside = [m for m in self.mentions if span.start <= m.start and m.end <= span.end]
        return [m for m in inside if not any(g.covers(m) for g in glosses)]

    def _may_open(self, begin: int, mention: Mention) -> bool:
        """Tell whether the words before a mention leave it the subject: a title (网格员李某), a modifier in 的."""
        before = self.article.text[begin : mention.start]
        if any(p.search(before) for p in (_preposition(), _by())) or _preposition().search(before[:1]):
            return False
        if before.endswith("的"):
            return True
        if _DIGIT.search(before):
            return False
        if mention.type is EntityType.PERSON and before.endswith(_roles()):
            return True
        return len(before) <= _OPENING and not _verb().search(before)

    def _after_openers(self, span: Span) -> int:
        begin = span.start
        starts = {t.start: t.end for t in self.found.times}
        named = {m.start for m in self.mentions}
        while begin < span.end:
            is_named = begin in named or is_reference_word(self.article.text, begin)
            m = None if is_named else _opener().match(self.article.text, begin, span.end)
            if begin in starts:
                begin = starts[begin]
            elif m:
                begin = m.end()
            else:
                break
        return begin

    def _chain(self, inside: Sequence[Mention]) -> Reference:
        """Return the subject that a run of mentions ends in: 甲镇乙村种植户周先生; all of a list: 甲镇、乙镇."""
        text = self.article.text
        group, last = [inside[0]], inside[0]
        for m in inside[1:]:
            gap = _GLOSS.sub("", text[last.end : m.start])
            if gap == "" and last.type is not EntityType.PERSON:
                group[-1] = m
            elif _LIST_GAP.fullmatch(gap) and m.type is last.type:
                group.append(m)
            elif m.type is EntityType.PERSON and last.type is not m.type and _is_title(gap):
                group = [m]
            else:
                break
            last = m
        return Reference(group[0].start, last.end, tuple(group))

    def _introduced(self, span: Span) -> Mention | None:
        """Return the one thing that a piece brings in at its end: 推出“…贷”."""
        text = self.article.text
        inside = self._inside(span)
        if not inside or not _BROUGHT_TAIL.match(text, inside[-1].end, span.end):
            return None
        last = inside[-1]
        is_listed = len(inside) > 1 and text[inside[-2].end : last.start] in ("、", "和", "与", "")
        if is_listed or last.type is EntityType.PLACE or not _brings().search(text, span.start, last.start):
            return None
        return last


def _is_title(gap: str) -> bool:
    return bool(_CHAIN_GAP.fullmatch(gap)) and not _verb().search(gap) and not _preposition().search(gap)


@cache
def _roles() -> tuple[str, ...]:
    return tuple(sorted(words("roles")))


@cache
def _verb() -> re.Pattern[str]:
    listed = words("verbs") | words("speech_verbs", kind="speech")
    return re.compile("|".join(sorted((re.escape(w) for w in listed if len(w) > 1), key=len, reverse=True)))


def _pieces(article: Article) -> Iterator[_Piece]:
    """Yield the stretches between commas and stops, outside brackets, of title, paragraphs and captions."""
    text, sentence = article.text, 0
    title = 1 if article.title is None else 0
    for n, body in enumerate(article.bodies(), start=title):
        is_caption = body in article.captions
        for found in sentences(text, body):
            sentence += 1
            for span in _cut(text, found):
                yield _Piece(span, sentence, n, is_caption)


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    begin, depth = sentence.start, 0
    i = sentence.start
    while i < sentence.end:
        depth += (text[i] in _OPEN) - (text[i] in _CLOSE)
        m = _CUT.match(text, i, sentence.end) if depth <= 0 else None
        if m:
            if begin < i:
                yield Span(begin, i)
            begin = i = m.end()
        else:
            i += 1
    if begin < sentence.end:
        yield Span(begin, sentence.end)
