"""Lists of names: which of the names behind a word are its members.

In: a text, an offset, the outermost mentions. Out: mentions in text order. The trap: `甲市乙县、丙市丁县` lists two
counties, each behind the city that it lies in.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import EntityType, Mention

_BETWEEN = "、和与及以"  # what parts the members of a list: 甲、乙和丙, 以及


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
