"""Firms that are named without 公司: a proper core and a trade word (`麒盛科技`, `耀矽光电`), and national bodies.

In: a text and a stretch of it; out: spans of such names. The trap: most phrases that end in a trade word name no firm
(农业科技, 现代物流), so the core must be a word that jieba's dictionary does not have, and the text must treat the
name as a firm: an office behind it (`…光电副总裁`), a list, or the same name a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from kg.extract.body_heads import words_of
from kg.extract.in_order import starting
from kg.extract.name_words import is_stop
from kg.model import Mention, Span
from kg.text import is_word
from kg.vocab import words as word_set

_LONGEST_PLACE = 40
_CORE = (2, 4)
"""Length of a proper core in characters."""
_NO_CORE = re.compile("政府$|委员会$|^[省市县区州校院]{2}$")
"""Words that end or make up a body, not a firm: 人民政府|科技合作, 县校|科技合作."""
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@cache
def _national() -> re.Pattern[str]:
    names = sorted(word_set("national_bodies"), key=lambda n: (-len(n), n))
    return re.compile("|".join(map(re.escape, names)))


@cache
def _trades() -> re.Pattern[str]:
    trades = word_set("trade_words", **{"class": "suffix"})
    return re.compile("|".join(sorted(map(re.escape, trades), key=len, reverse=True)))


@cache
def firm_signs() -> re.Pattern[str]:
    signs = word_set("firm_signs")
    return re.compile("|".join(sorted(map(re.escape, signs), key=len, reverse=True)))


def find_national_bodies(text: str, span: Span, places: Sequence[Mention]) -> Iterator[Span]:
    """Yield banks and state firms known all over the country, with a place's name right before (嘉兴农行)."""
    for m in _national().finditer(text, span.start, span.end):
        near = reversed(starting(places, m.start() - _LONGEST_PLACE, m.start()))
        yield Span(next((p.start for p in near if p.end == m.start()), m.start()), m.end())


def firm_names(text: str, spans: Iterable[Span], places: Iterable[Mention]) -> frozenset[str]:
    """Return firms' short names: `据悉，麒盛科技不断探索` has 麒盛科技 if the text has it again."""
    place_ends = {p.end for p in places}
    names = set()
    for span in spans:
        for m in _trades().finditer(text, span.start, span.end):
            if core := _core_before(text, span, m.start(), place_ends):
                name = text[core.start : m.end()]
                listed = text[core.start - 1 : core.start] == "、" or text[m.end() : m.end() + 1] == "、"
                listed = listed and not is_word(core.of(text))  # 海洋生物医药、冷链物流 are trades
                if listed or firm_signs().match(text, m.end()) or text.count(name) > 1:
                    names.add(name)
    return frozenset(names)


def find_names(text: str, span: Span, names: frozenset[str]) -> Iterator[Span]:
    """Yield where any of the names stands, the longest first; jieba does not cut an unknown name alike everywhere."""
    if names:
        yield from (Span(m.start(), m.end()) for m in _any_of(names).finditer(text, span.start, span.end))


@lru_cache(maxsize=1)  # asked for each paragraph of an article
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))))


def _core_before(text: str, span: Span, end: int, place_ends: set[int]) -> Span | None:
    begin = max(span.start, end - _CORE[1] - 2)
    begin = next((i for i in range(end - 1, begin, -1) if i in place_ends), begin)
    while begin < end and not all(_HAN.match(c) for c in text[begin:end]):
        begin += 1
    words = words_of(text, Span(begin, end))
    core: list[int] = []
    for word in reversed(words):
        if is_stop(word) or word.text in word_set("name_leads"):
            break
        core.insert(0, word.start)
    if not core:
        return None
    found = Span(core[0], end)
    parts = [w for w in words if w.start >= found.start]
    if _NO_CORE.search(found.of(text)):
        return None
    is_new = all(not is_word(w.text) or len(w.text) == 1 or w.tag in ("nz", "nt") for w in parts)
    return found if is_new and _CORE[0] <= found.end - found.start <= _CORE[1] else None
