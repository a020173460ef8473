"""Give the readings of the characters that names are written with, for search by pinyin and by initials.

In: names. Out: character → its readings without tone, the commonest first. Nothing is written for each name: a page
looks up a name's characters as one types. The trap: most keyboards have no ü, which people type as v or as u.
"""

from __future__ import annotations

from collections.abc import Iterable

_CHINESE = range(0x3400, 0x323B0)
_COMMON = 4
"""Readings kept of one character; what follows is found in dictionaries alone."""


def readings(names: Iterable[str]) -> dict[str, str]:
    """Return for each Chinese character of the names its readings, separated by spaces; sorted."""
    from pypinyin import Style, pinyin  # 0.1 s to import

    found = {}
    for character in sorted({c for name in names for c in name if ord(c) in _CHINESE}):
        sounds = [s for read in pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") for s in read]
        typed = dict.fromkeys(t for s in sounds[:_COMMON] for t in _typed(s))
        if typed:
            found[character] = " ".join(typed)
    return found


def _typed(sound: str) -> tuple[str, ...]:
    return (sound.replace("ü", "v"), sound.replace("ü", "u")) if "ü" in sound else (sound,)
