"""Words that the name of an organization or facility may hold, and those at which it ends.

In: words of a text with jieba's tags; out: whether a name reaches across them, or they make one. The trap: many verbs
stand inside names (管理, 服务, 开发), which `trade_words.tsv` lists, and jieba's dictionary knows no firm's own name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.extract.body_heads import Head, Word, words_of
from kg.model import Span
from kg.text import is_word
from kg.vocab import words as word_set

_LONGEST_MIDDLE = 16
_LOCALIZERS = "中上下前后内外"
"""Behind a place's short name these may begin the proper name of a firm: 江苏|中天科技股份有限公司."""
_ADMIN = "省市县区州旗"
_LATIN = re.compile("[A-Za-z]")
_NUMERAL = re.compile("[0-9一二三四五六七八九十百千万亿两几数多半]")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+|[一二三四五六七八九十\d]+号")
_FUNCTION_TAGS = ("p", "c", "u", "r", "d", "y", "e")
_PROPER_TAGS = ("nr", "ns", "nz")


def is_stop(word: Word) -> bool:
    """Tell whether a name cannot reach across the word."""
    if word.text in word_set("trade_words") or _ORDINAL.fullmatch(word.text):
        return False
    if word.text in stops():
        return True
    if word.tag.startswith(_FUNCTION_TAGS) and len(word.text) == 1:
        return True
    if word.tag in ("c", "p") and not is_word(word.text):  # jieba makes a word of 人及 in 5人及学院
        return True
    if word.tag == "m" and _NUMERAL.search(word.text):
        return True
    # One character tagged as a verb is as often a piece of a firm's name (麒|盛); the stop words hold the real ones.
    return len(word.text) > 1 and word.tag in ("v", "vd", "q", "t", "d", "c", "p") and is_word(word.text)


@cache
def stops() -> frozenset[str]:
    """Return the words at which a name ends: function words, prepositions, verbs that no name holds."""
    listed = (word_set(name) for name in ("boundary_words", "prepositions", "joint_verbs", "name_stops"))
    return frozenset().union(*listed) - word_set("trade_words")


def is_proper(text: str) -> bool:
    """Tell whether a stretch holds a word that no dictionary has, or a name: 万凯, 江小, not 美丽乡村."""
    tokens = words_of(text, Span(0, len(text)))
    rest = [t for t in tokens if t.text not in _generic() and t.text not in word_set("roles")]
    if any(not is_word(t.text) or t.tag in _PROPER_TAGS or _LATIN.search(t.text) for t in rest):
        return True
    # Two characters and more that are cut into single ones make a name: 云|上|菊.
    return len(rest) > 1 and any(len(t.text) == 1 for t in rest) and sum(len(t.text) for t in rest) <= 4


def is_common(text: str) -> bool:
    """Tell whether a stretch has only words that any name may have: 城市, 生态, 小."""
    return len(text) < 2 or all(w.text in _generic() for w in words_of(text, Span(0, len(text))))


@cache
def _generic() -> frozenset[str]:
    return word_set("trade_words") | word_set("name_leads")


def has_only_name_words(text: str, span: Span, head: Head | None = None) -> bool:
    """Tell whether a stretch may stand inside a name (with this head): short, without verbs and function words."""
    words = words_of(text, span)
    allowed = tuple(_LOCALIZERS) if head and head.needs == "formal" else ()
    joins = set()
    if head and head.kind == "Government":
        joins = {b.start for a, b, c in zip(words, words[1:], words[2:], strict=False) if _joins(a, b, c)}
        joins |= {b.start for b in words[1:2] if _joins_goods(words, text[: span.start])}
    stopping = (w for w in words if is_stop(w) and w.start not in joins and w.text not in allowed)
    # 基金会|理事长|丁|二中: a post is no part of a name, but for the last word (书记|工作室).
    of_posts = (w for w in words if w.end < span.end and w.text in posts())
    return span.end - span.start <= _LONGEST_MIDDLE and not any(stopping) and not any(of_posts)


@cache
def posts() -> frozenset[str]:
    """Return the words for posts, which end no body's name: 理事长, 书记."""
    return frozenset(w for w in word_set("roles", kind="post") if w[-1] in "长记席任") - word_set("trade_words")


def _joins(before: Word, word: Word, after: Word) -> bool:
    """Tell whether 和 stands inside an organ's name: 自然资源和规划局, not 公安局和教育局."""
    trades = word_set("trade_words")
    return word.text == "和" and before.text in trades and after.text in trades


def _joins_goods(words: Sequence[Word], before: str) -> bool:
    """Tell whether 和 stands behind the first goods or trade of a place's centre: 县|茶叶|和|特色产业|发展中心."""
    if len(words) < 3 or words[1].text not in ("和", "与") or not before.endswith(tuple(_ADMIN)):
        return False
    goods, after = words[0], words[2]
    is_goods = goods.text in word_set("trade_words") and after.tag[:1] in ("n", "b", "a")
    return is_goods and after.text not in word_set("org_heads", "head")
