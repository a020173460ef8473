"""Head nouns of organizations and facilities (`org_heads.tsv`), where they stand in a text.

In: a text and a stretch of it; out: every head noun that ends there as a word, longest first, left to right. The
trap: a short head is often the beginning of another word (`局面`, `中心城区`, `县委员会`), so a head counts only
where jieba ends a word too, or where what follows is a role (`支部委员`, `工会主席`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from kg.model import EntityType, Span
from kg.text import Endings, is_word, tagged, words
from kg.vocab import lexicon
from kg.vocab import words as word_set

_LEVELS = tuple("省市县区州盟旗镇乡村")
"""委 alone is a head only behind one of these: 县委, 市委组织部."""
_PLACE_WORDS = "头边旁内里上下前后口处"
"""Localizers that jieba joins to a head: 桥头, 站前."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun in a text, with what its row in the lexicon says."""

    start: int
    end: int
    word: str
    type: EntityType | None
    """None: what ends so is no body (手机银行)."""
    kind: str
    needs: str
    unit: str
    level: str


class Word(NamedTuple):
    """A word of a text with jieba's tag."""

    start: int
    end: int
    text: str
    tag: str


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {r["head"]: r for r in lexicon("org_heads")}


@cache
def _endings() -> Endings:
    return Endings(_rows())


# 佛子岭水库|管理处, 县渔船渔港|服务中心: the body that keeps a facility is named whole.
_KEPT_BY = re.compile("(?:管理|服务|运营|养护|建设|投资)(?:中心|处|站|局|所|委员会|[^，。；、]{0,6}公司)")


@cache
def _last_character() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(_endings().last_characters)))}]")


def words_of(text: str, span: Span) -> list[Word]:
    """Return the words of a stretch, with offsets of the text."""
    out, at = [], span.start
    for word, tag in tagged(span.of(text)):
        out.append(Word(at, at + len(word), word, tag))
        at += len(word)
    return out


def find_heads(text: str, span: Span) -> Iterator[Head]:
    """Yield the head nouns in a stretch that end a word."""
    candidates = list(_candidates(text, span))
    edges = list(accumulate(map(len, words(span.of(text))), initial=span.start)) if candidates else []
    # 二中 in 第二中学 ends no word, so it must not take the place of 中学.
    for found in _leftmost_longest(c for c in candidates if _ends_word(text, c.end, edges)):
        row = _rows()[found.of(text)]
        kind = EntityType(row["type"]) if row["type"] else None
        if kind is EntityType.FACILITY and _KEPT_BY.match(text, found.end, span.end):
            continue
        yield Head(found.start, found.end, row["head"], kind, row["kind"], row["needs"], row["unit"], row["level"])


def _candidates(text: str, span: Span) -> Iterator[Span]:
    """Yield the longest head at each place where one ends. Looking at last characters is faster than one pattern."""
    for m in _last_character().finditer(text, span.start, span.end):
        starts = (m.end() - len(head) for head in _endings().at(text, m.end()))
        start = next((i for i in starts if i >= span.start), None)
        if start is not None and (text[start] != "委" or text[start - 1 : start] in _LEVELS):
            yield Span(start, m.end())


def _leftmost_longest(spans: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start >= end:
            yield span
            end = span.end


def _ends_word(text: str, end: int, edges: list[int]) -> bool:
    """Tell whether a head noun ends with a word; `edges` are the offsets at which words begin and end."""
    at = bisect_left(edges, end)
    if edges[at] == end:
        return True
    across = text[edges[at - 1] : edges[at]]
    if not is_word(across):  # 农业农村|厅发: jieba joins what is no word
        return True
    if across.startswith("副"):  # 管理|副局长 is no 副局
        return False
    rest = text[end : edges[at]]
    if rest in word_set("prepositions"):  # 分行|为助力…: jieba joins 行为
        return True
    return rest in _PLACE_WORDS or rest in word_set("roles") or rest[0] in "长副"  # 局长, 局副局长
