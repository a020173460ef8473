"""What a text says a name in quotation marks to be: “幸福灶”是村里的食堂, 叫“淠河哨兵”的志愿服务队.

In: a text and a quotation without a head noun of its own. Out: the head noun that defines it, elsewhere in its
sentence or in the next. The trap: the definition stands behind a copula, a verb of naming or a pointing word, and the
name ends before it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.head_nouns import Head, head_behind, head_ending, head_within

DEFINED = "defined"
"""Strength of a head noun that a definition gives."""
# “橘乡义警”是该所去年拉起来的一支群防群治队伍，
_COPULA = re.compile("(?:也|就|正)?是([^，。；：“”\n]{2,40})(?=[，。；：—])")
# 钱是从“工惠码”上来的。这个小程序由县总工会……
_TAKEN_UP = re.compile("[^，。；：“”\n]{0,16}[，。](?:这|该|它是|这是)一?[个项款种支家座类笔份条场]?")
_CALLED = re.compile("(?:叫|叫做|叫作|名为|名叫|取名|起名|称为|名曰)$")
# 同样叫“暖新”的，还有一支队伍
_NAMESAKE = re.compile("的?，(?:还)?有([^，。；：“”\n]{2,16})(?=[，。；：])")
_LONGEST_CALL = 2
_CALLED_AFTER = re.compile(
    "，?(?:就|也|它|给它)?(?:叫|叫做|叫作|名为|名叫|取名叫?|取名为|起名叫?|命名为|称为|名曰|唤作)$"
)
_LONGEST_CALL_AFTER = 7
_SHORTEST = len("“工惠码”")  # “服务” is an everyday word, whatever the next sentence says


def definition(text: str, start: int, end: int) -> Head | None:
    """Return the noun by which a text defines the quotation between the offsets, marks included.

    `“幸福灶”是村里的食堂，` → 食堂 (Facility).
    """
    found = _where_called(text, start, end) or _before_called(text, start, end)
    if found is None and end - start >= _SHORTEST:
        found = _behind_copula(text, end) or _of_namesake(text, start, end) or _where_taken_up(text, end)
    return replace(found, end=end, strength=DEFINED) if found and found.type and found.strength == "strong" else None


def _behind_copula(text: str, end: int) -> Head | None:
    defined = _COPULA.match(text, end)
    return head_within(defined[1]) if defined else None


def _where_called(text: str, start: int, end: int) -> Head | None:
    is_called = _CALLED.search(text, max(0, start - _LONGEST_CALL), start) is not None
    return head_behind(text, end + 1) if is_called and text.startswith("的", end) else None


def _before_called(text: str, start: int, end: int) -> Head | None:
    """`开了间茶馆，叫“听雨人家”`, `有个小程序叫“村事通”`: the noun stands before the verb of naming."""
    inside = head_within(text[start + 1 : end - 1])
    if inside and inside.strength == "strong":  # 该项目名为“…改造计划”: its own last word says more
        return None
    called = _CALLED_AFTER.search(text, max(0, start - _LONGEST_CALL_AFTER), start)
    found = head_ending(text, called.start(), end) if called else None
    # 办法叫“六联动”: what is no name for itself is one where it is called so
    return replace(found, strength="strong") if found and found.type and found.strength == "weak" else found


def _of_namesake(text: str, start: int, end: int) -> Head | None:
    if _CALLED.search(text, max(0, start - _LONGEST_CALL), start) is None:
        return None
    other = _NAMESAKE.match(text, end)
    return head_within(other[1]) if other else None


def _where_taken_up(text: str, end: int) -> Head | None:
    pointed = _TAKEN_UP.match(text, end)
    return head_behind(text, pointed.end()) if pointed else None
