"""Noun phrases that end in a head noun: candidates for names without quotation marks.

In: a text and the mentions found in it; out: `NounPhrase` records. The trap: Chinese marks no word or phrase
boundary, so the phrase is walked leftwards from its head noun, word by word, up to a function word, a verb,
a punctuation mark or an organization's full name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kg.extract.in_order import starting
from kg.model import EntityType, Mention, Span
from kg.text import sentences, tagged
from kg.vocab import Row, lexicon, words

_PROPER = (EntityType.PLACE, EntityType.ORGANIZATION, EntityType.FACILITY)
_LONGEST = 28
_QUOTED_PART = 8
"""A quotation this long may stand within a name: 村级农户“三资”管理平台."""
_FULL_NAME = re.compile(r"(?:公司|集团|局|委|政府|办|中心|委员会)$")
_NAME_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]+(?:[0-9.]+)?")
# Nouns that make something else of a head noun before them: 项目经理, 项目部, 平台经济.
_CONTINUES = re.compile(r"部|群|组|办|库|处|经理|公司|中心|团队|经济|化|性|度|式")
# Tags of jieba at which a name ends: adverbs, prepositions, conjunctions, particles, pronouns, numbers.
_CLOSED_TAGS = re.compile(r"d|p|c|u\w*|r|y|z|e|o|q|m|mq")
# Tags of what may stand before a verb within a name: 老旧小区|改造.
_VERBAL_TAGS = ("v", "d", "vd", "ad")
_ADVERBS = ("d", "ad")
# 三年行动, 百日攻坚: a span of time that is part of a name.
_PERIOD = re.compile(r"[一二三四五六七八九十百千]+[年日天期]")
_OUTPUT = re.compile(r"年产[\d.]+[\u4e00-\u9fff]{1,4}$")
# 2024夏季…行动: a year without 年 belongs to the name.
_YEAR = re.compile(r"20\d\d")
_LEVELS = ("全省", "全市", "全县", "全区", "全国", "全镇", "全乡", "全村", "我省", "我市", "我县", "我区")


class Token(NamedTuple):
    """A word with its place."""

    start: int
    end: int
    word: str
    tag: str


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A head noun with the modifiers before it."""

    start: int
    end: int
    head: Row
    """Row of `plain_heads.tsv`."""
    modifiers: tuple[str, ...]
    proper: bool
    """True where a found mention or Latin letters stand in it."""
    before: tuple[str, ...]
    """The words before it, nearest first, up to a punctuation mark."""
    sentence: Span

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def distinctive(self) -> int:
        """How many of its modifiers are more than a description."""
        return sum(1 for m in self.modifiers if m not in words("generic_modifiers"))


@cache
def _heads() -> dict[str, tuple[Row, ...]]:
    table: dict[str, tuple[Row, ...]] = {}
    for row in lexicon("plain_heads"):
        table[row["word"]] = (*table.get(row["word"], ()), row)
    return table


@cache
def _any_head() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _heads())))


@cache
def _last_characters() -> frozenset[str]:
    return frozenset(word[-1] for word in _heads())


@cache
def _boundaries() -> dict[str, str]:
    return {r["word"]: r["class"] for r in lexicon("boundary_words")}


class Names:
    """The names found in an article, as far as noun phrases ask for them."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        proper = [m for m in mentions if m.type in _PROPER]
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        for m in proper:
            self._words[m.text[0]].add(m.text)
        self.places = [m for m in mentions if m.type is EntityType.PLACE]
        self.place_spans = {(m.start, m.end) for m in self.places}
        self.by_end: dict[int, Mention] = {}
        for m in proper:
            if m.end not in self.by_end:  # in text order, so the longest comes first
                self.by_end[m.end] = m
        self.in_person = {i for m in mentions if m.type is EntityType.PERSON for i in range(m.start, m.end)}

    def stand_in(self, text: str, start: int, end: int) -> bool:
        """Tell whether the words of a name stand in a stretch of text."""
        return any(text.startswith(word, i, end) for i in range(start, end) for word in self._words.get(text[i], ()))


def noun_phrases(text: str, within: Span, names: Names) -> Iterator[NounPhrase]:
    """Yield the noun phrases of a paragraph that end in a head noun of `plain_heads.tsv` and have a modifier.

    `县里上线了智慧灌溉调度平台` gives 智慧灌溉调度平台 with 了 and 上线 before it.
    """
    last_characters = _last_characters()
    for sentence in sentences(text, within):
        if not _any_head().search(text, sentence.start, sentence.end):
            continue
        tokens = _tokens(text, sentence, names.places)
        for i, token in enumerate(tokens):
            if text[token.end - 1] not in last_characters or (
                i + 1 < len(tokens) and _CONTINUES.fullmatch(tokens[i + 1].word)
            ):
                continue
            for first, rows in _head_at(text, tokens, i):
                start, proper = _walk_left(text, tokens, first, names)
                head = Span(tokens[first].start, token.end - len(rows[0]["word"]))
                modifiers = tuple(t.word for t in tokens if start <= t.start and t.end <= head.start)
                if (start, tokens[first].start) in names.place_spans:
                    continue  # 临江新区|项目建设: a place alone names no project
                if head.end > head.start:  # a head noun that ends a word: 车贷
                    modifiers += (head.of(text),)
                # the firm may be named elsewhere only: 兰钧|新能源项目
                proper = proper or names.stand_in(text, start, head.end)
                for row in rows if modifiers else ():
                    yield NounPhrase(start, token.end, row, modifiers, proper, _before(tokens, start), sentence)


def _tokens(text: str, sentence: Span, places: Sequence[Mention]) -> list[Token]:
    """Cut a sentence into words; a place's name ends a word: 永丰县|城乡, not 永丰|县城|乡."""
    near = starting(places, sentence.start, sentence.end)
    cuts = sorted({m.end for m in near if m.end < sentence.end})
    tokens, position = [], sentence.start
    for begin, end in pairwise([sentence.start, *cuts, sentence.end]):
        for word, tag in tagged(text[begin:end]):
            tokens.append(Token(position, position + len(word), word, tag))
            position += len(word)
    return tokens


def _head_at(text: str, tokens: list[Token], last: int) -> Iterator[tuple[int, tuple[Row, ...]]]:
    """Yield the longest head noun that ends with a word, with the index of the word in which it begins."""
    end = tokens[last].end
    for first in range(max(0, last - 2), last + 1):
        if rows := _heads().get(text[tokens[first].start : end]):
            yield first, rows
            return
    for length in range(len(tokens[last].word) - 1, 0, -1):
        rows = _heads().get(tokens[last].word[-length:])
        if (rows and length > 1) or (rows and rows[0]["rule"] == "loan"):
            yield last, rows
            return


def _walk_left(text: str, tokens: list[Token], first: int, names: Names) -> tuple[int, bool]:
    """Return where the phrase begins and whether it holds a proper name."""
    begin, proper, i = first, False, first - 1
    while i >= 0 and tokens[first].end - tokens[i].start <= _LONGEST:
        if name := names.by_end.get(tokens[i].end):
            if _FULL_NAME.search(name.text) and name.type is EntityType.ORGANIZATION:
                return tokens[begin].start, True
            while i > 0 and tokens[i].start > name.start:
                i -= 1
            begin, proper = i, True
            break
        if tokens[i].word in "”’" and (opening := _opening(tokens, i)) is not None:
            i = begin = opening
        elif (
            not names.in_person.isdisjoint(range(tokens[i].start, tokens[i].end))
            or tokens[i].word == text[tokens[first].start : tokens[first].end]
        ):
            break  # 张伦宣布|项目开工, 已投产项目|水产食品项目
        elif _is_part(tokens, i, names):
            proper = proper or tokens[i].word.isascii()
            begin = i
        else:
            break
        i -= 1
    while begin < first and tokens[begin].word in _LEVELS:
        begin += 1
    if output := _OUTPUT.search(text, tokens[0].start, tokens[begin].start):
        return output.start(), True
    if begin < first and begin > 0 and _YEAR.fullmatch(tokens[begin - 1].word):
        return tokens[begin - 1].start, proper
    return tokens[begin].start, proper


def _opening(tokens: list[Token], closing: int) -> int | None:
    """Return the index of the quotation mark that opens a short quotation."""
    for i in range(closing - 1, -1, -1):
        if tokens[closing].end - tokens[i].start > _QUOTED_PART:
            return None
        if tokens[i].word in "“‘":
            return i
    return None


def _is_part(tokens: list[Token], i: int, names: Names) -> bool:
    word = tokens[i].word
    kind = _boundaries().get(word)
    if tokens[i].tag == "v" and i > 0 and tokens[i - 1].tag in _ADVERBS:
        return False  # 仔细|询问|企业项目: a verb with an adverb is what somebody does
    if kind is None:
        open_class = not _CLOSED_TAGS.fullmatch(tokens[i].tag) or _PERIOD.fullmatch(word)
        return bool(open_class and _NAME_WORD.fullmatch(word))
    if kind == "both" and i > 0 and tokens[i].start not in names.by_end:
        before = tokens[i - 1]
        if _boundaries().get(before.word) == "both":  # 营商环境|优化|提升
            return _is_part(tokens, i - 1, names)
        nominal = before.tag not in _VERBAL_TAGS and before.word not in _boundaries()
        return nominal and bool(_NAME_WORD.fullmatch(before.word))
    return False


def _before(tokens: list[Token], start: int) -> tuple[str, ...]:
    result: list[str] = []
    for token in reversed([t for t in tokens if t.end <= start]):
        if token.word in "，。；：！？“”":
            break
        result.append(token.word)
    return tuple(result)
