"""Lists of names: which of the names behind a word are its members.

In: a text, an offset, the outermost mentions. Out: mentions in text order. The trap: `甲市乙县、丙市丁县` lists two
counties, each behind the city that it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.in_order import outermost
from kg.model import EntityType, Mention

_BETWEEN = "、和与及以"  # what parts the members of a list: 甲、乙和丙, 以及

# 同批上榜的还有甲、乙: those named behind it share what the clause before says.
LIKEWISE = re.compile("(?:入选|上榜|入围|获评|获批|获奖|当选|加入|列入)的(?:还|另外?)有")


def likewise(text: str, offset: int, mentions: Sequence[Mention]) -> list[Mention]:
    """Return those of whom the sentence goes on to say the same: `甲市入选…，同批上榜的还有乙市、丙市`."""
    end = min((i for c in "。；！？\n" if (i := text.find(c, offset)) >= 0), default=len(text))
    m = LIKEWISE.search(text, offset, end)
    return also_named(text, m.end(), outermost(x for x in mentions if x.start >= m.end())) if m else []


def also_named(text: str, offset: int, names: Sequence[Mention]) -> list[Mention]:
    """Return the members of the list that begins at an offset, of a chain of places the last one."""
    members: list[Mention] = []
    end = offset
    for m in names:
        if m.start < offset:
            continue
        gap = text[end : m.start]
        if gap == "" and members and members[-1].type is EntityType.PLACE:
            members[-1] = m
        elif all(c in _BETWEEN for c in gap):
            members.append(m)
        else:
            break
        end = m.end
    return members
