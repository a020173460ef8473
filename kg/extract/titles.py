"""Cut the titles before a name, or behind a copula, into single ones: `县委常委、县纪委书记`.

In: a text and where the titles end (and, behind a copula, begin); out: one `Title` for each, in text order. The trap:
、 also joins things that are no titles, so the cut stops, from right to left, at the first piece that ends in no
role; and quotation marks inside a body's name (`“护苗行动”专班副组长`) are no boundary while those of speech are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.roles import Role, before_gloss, role_before

_BOUNDARY = "。！？；：，\n—"
_PAIRS = {"”": "“", "）": "（", "》": "《", "’": "‘", ")": "("}
# What joins two posts of one holder: 主任兼党支部书记.
_JOINTS = re.compile(r"、|兼任?|以及|暨")
_LONGEST = 60


class Title(NamedTuple):
    """One title: a stretch of text that ends in a role."""

    start: int
    end: int
    role: Role


def titles_before(text: str, end: int, least: int = 0) -> list[Title]:
    """Return the titles that end at the offset, where a name begins, none from before the least offset.

    `县委常委、县纪委书记、县监委主任田宏涛`, at 田: three titles.
    """
    while end and text[end - 1] in " 　":
        end -= 1
    end = before_gloss(text, end)
    return titles_within(text, _start_of_phrase(text, end, max(least, end - _LONGEST)), end)


def titles_within(text: str, start: int, end: int) -> list[Title]:
    """Return the titles of a stretch, those from its end back to the first piece that is none."""
    titles: list[Title] = []
    for piece_start, piece_end in reversed(_pieces(text, start, end)):
        role = role_before(text, piece_end)
        if role is None or role.start < piece_start:
            break
        titles.append(Title(piece_start, piece_end, role))
    return titles[::-1]


def _start_of_phrase(text: str, end: int, least: int) -> int:
    """Walk back to where the phrase begins, over pairs of marks that belong to a name."""
    i = end
    while i > least:
        mark = text[i - 1]
        if mark in _BOUNDARY or mark in _PAIRS.values():
            break
        if mark in _PAIRS:
            opening = text.rfind(_PAIRS[mark], least, i - 1)
            if opening < 0 or (mark == "”" and text[i - 2] in _BOUNDARY + "…"):
                break
            i = opening
        else:
            i -= 1
    return i


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces, begin = [], start
    for joint in _JOINTS.finditer(text, start, end):
        inside = text[start : joint.start()]
        if all(inside.count(opening) == inside.count(closing) for closing, opening in _PAIRS.items()):
            pieces.append((begin, joint.start()))
            begin = joint.end()
    return [*pieces, (begin, end)]
