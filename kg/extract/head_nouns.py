"""Head nouns: what kind of thing a name means, read off the noun that ends it.

In: a text and a place in it; out: the head noun of the phrase that begins there (`“…”监督平台` → 平台) or that
ends a quoted core (`“…贷”` → 贷). The trap: the noun phrase behind a quotation often runs on into the predicate
(`“…”机制破解难题`), so it is walked word by word and ends at the first function word, verb or punctuation mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.model import EntityType
from kg.text import Endings, is_word, words
from kg.vocab import lexicon
from kg.vocab import words as word_set

_AT_ONCE = (6, 5, 4, 3)
_FUSED = "由与跟被让把将"
"""Prepositions that jieba joins to what it does not know: 平台|由县. (Closed class, hence not in a lexicon.)"""
_REACH = 26
"""Characters looked at behind a quotation."""
_FIRST_HEAD_WITHIN = 14
"""The first head noun begins no further behind the quotation than this: `智慧用电安全监管服务平台`."""
_NEXT_HEAD_WITHIN = 2
"""A further head noun replaces it only if it follows at once: 监督平台, 服务点."""
_SOFTWARE = ("程序", "APP", "系统", "平台", "软件", "公众号")
"""How the nouns end that a platform's name follows: 微信小程序“…”; 专区 and 码 stand behind it."""
_SHOPS = (
    "民宿",
    "茶馆",
    "饭店",
    "餐馆",
    "餐厅",
    "书店",
    "客栈",
    "酒店",
    "咖啡馆",
    "酒馆",
    "农家乐",
    "山庄",
    "农庄",
    "超市",
    "市场",
)
"""Houses whose name stands behind what they are: 茶馆“听雨轩”."""
# Letters, digits and Han characters; everything else ends a noun phrase.
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]+")


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun found in a text."""

    word: str
    type: EntityType | None
    """None: what ends so is no entity."""
    kind: str
    strength: str
    """strong, weak or none: how surely it makes a name of what stands before it."""
    end: int
    """Where it ends in the text."""

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether the name belongs to the extractor of organizations."""
        return self.type is EntityType.ORGANIZATION


@cache
def _table(column: str) -> dict[str, tuple[EntityType | None, str, str]]:
    return {
        r["word"]: (EntityType(r["type"]) if r["type"] else None, r["kind"], r[column])
        for r in lexicon("head_nouns")
        if r[column]
    }


@cache
def _endings(column: str) -> Endings:
    return Endings(_table(column))


def _longest(phrase: str, column: str, end: int) -> Head | None:
    for word in _endings(column).at(phrase, len(phrase)):
        return Head(word, *_table(column)[word], end)
    return None


def head_within(core: str) -> Head | None:
    """Return the head noun that ends a quoted core; its `end` counts in the core.

    `富农快贷` → 快贷 (Product); `晨光支部` → 支部 (Organization).
    """
    found = _longest(core, "inside", len(core))
    return found if found and len(found.word) < len(core) else None


def is_boundary(word: str) -> bool:
    """Tell whether a noun phrase ends before the word: function words, verbs, digits, punctuation."""
    is_copula = len(word) == len("早是") and word.endswith("是")  # 早是, 正是, 都是: an adverb with its copula
    is_fused = word.startswith(tuple(_FUSED)) and not is_word(word)
    return word in word_set("boundary_words") or is_copula or is_fused or not _WORD.fullmatch(word)


def _breaks(word: str, at_start: bool) -> bool:
    """Let a verb that is as often part of a name stand within a phrase (睡眠创新项目), not begin it."""
    return is_boundary(word) and not (not at_start and word in word_set("boundary_words", **{"class": "both"}))


def head_behind(text: str, start: int) -> Head | None:
    """Return the head noun of the phrase that begins at `start`, right behind a quotation.

    `“阳光账本”监督平台上线后` → 平台; `“红马甲”志愿服务点` → 服务点 (Facility); `“最后一公里”问题` → 问题 (no entity).
    """
    found = _at_once(text, start)
    position = start
    for word in words(text[start : start + _REACH]):
        head = _longest(text[start : position + len(word)], "behind", position + len(word))
        completes = head is not None and len(head.word) > len(word)  # 服务|点
        known = completes or (position == start and word in _table("behind"))
        if _breaks(word, position == start) and not known:
            break
        position += len(word)
        if head is None or len(head.word) < min(2, len(word)):  # 信贷 is not 贷, 标准化 not 化
            continue
        begins = position - len(head.word)
        if begins - start > _FIRST_HEAD_WITHIN and found is None:
            break
        if found is None or begins - found.end <= _NEXT_HEAD_WITHIN:
            found = _stronger(found, head)
    return found


def _at_once(text: str, start: int) -> Head | None:
    """Return the long head noun that follows at once, wherever words are cut: 微信|群因|无人维护, 培养|计划."""
    for length in _AT_ONCE:
        word = text[start : start + length]
        row = _table("behind").get(word) if len(word) == length else None
        if row and row[0] and row[2] == "strong":
            return Head(word, *row, start + length)
    return None


def head_ending(text: str, at: int, end: int) -> Head | None:
    """Return the noun that ends at an offset and that a name up to `end` is said to be: 开了间|茶馆|，叫“…”."""
    return _longest(text[max(0, at - 8) : at], "behind", end)


def head_before(text: str, start: int, end: int) -> Head | None:
    """Return the noun that a quotation from `start` to `end` is in apposition to: 微信小程序“…”, 贷款产品“…”."""
    found = _longest(text[max(0, start - 8) : start], "behind", end)
    if found is None or found.strength != "strong" or found.word == "牌子":  # a firm is called by its 牌子 as well
        return None
    is_software = found.type is EntityType.PLATFORM and found.word.endswith(_SOFTWARE)
    return found if is_software or found.type is EntityType.PRODUCT or found.word in _SHOPS else None


def _stronger(old: Head | None, new: Head) -> Head:
    """Keep a strong head before a weak or empty one behind it: 机制建设 stays 机制."""
    if old and old.strength == "strong" and new.strength != "strong" and len(new.word) <= new.end - old.end:
        return old
    return new
