"""How full names of divisions are made, and what is left of them in short: strings in, strings out.

The trap: suffixes and names of ethnic groups overlap with proper names. 碑林区 ends in 林区 and is 碑林 in short,
内蒙古 ends in the name of a group and stays whole.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kg.text import Endings
from kg.vocab import lexicon, words

LEVELS = ("Province", "Prefecture", "County", "Township", "Village")
"""From the largest down; a community is of the level of villages, a zone with a code of that of townships."""


@cache
def stem(name: str) -> str:
    """Return the proper part of a division's full name: 恭城 of 恭城瑶族自治县, 新塍 of 新塍镇."""
    ends = [s for s in _suffixes().at(name, len(name)) if len(name) > len(s)]
    if not ends:
        return name
    # The longest suffix that leaves two characters: 浦东新区 is 浦东, yet 碑林区 is 碑林 and 赵县 is 赵.
    suffix = next((s for s in ends if len(name) > len(s) + 1), ends[-1])
    return _without_groups(name.removesuffix(suffix))


def short_names(name: str, level: str) -> tuple[str, ...]:
    """Return a full name without its suffix and its ethnic groups, fullest first; empty if nothing is left.

    恭城瑶族自治县 → 恭城县, 恭城; 新塍镇 → 新塍; 内蒙古自治区 → 内蒙古. One character alone (赵县) is no short form.
    """
    names = list(_nicknames().get(name, ())) if level in LEVELS[: LEVELS.index("Township")] else []
    core = stem(name)
    if core != name and len(core) > 1:
        if (suffix := name[-1]) in "县州旗" and core + suffix != name:
            names.append(core + suffix)
        names.append(core)
    return tuple(names)


@cache
def kind_of(name: str, level: str) -> str:
    """Return the class that a full name's last word shows: 高照街道 → Township, 天星社区 → Community."""
    if level in LEVELS[: LEVELS.index("County")]:
        return level
    if level == "County":  # 浦东新区 is a county, an economic zone that the bureau counts among them is not
        return "Zone" if name.endswith(_long_zone_suffixes()) else level
    for kind in ("Community", "Village") if level == "Village" else ("Township",):
        if name.endswith(_suffixes_of(kind)):
            return kind
    if level == "Village":
        return level
    return "Zone" if name.endswith(tuple(words("zone_suffixes"))) else ""


@cache
def _long_zone_suffixes() -> tuple[str, ...]:
    return tuple(w for w in words("zone_suffixes") if len(w) > 2)  # 下花园区 is a county as well


@cache
def _suffixes_of(level: str) -> tuple[str, ...]:
    return tuple(words("division_suffixes", "suffix", level=level))


@cache
def _suffixes() -> Endings:
    return Endings(words("division_suffixes", "suffix"))


def _without_groups(core: str) -> str:
    """Return 恭城 for 恭城瑶族; two characters stay at least, so 内蒙古 is whole and 东乡族 is 东乡."""
    while group := next((g for g in _groups().at(core, len(core)) if len(core) > len(g) + 1), ""):
        core = core.removesuffix(group)
    return core.removesuffix("族") if len(core) > 2 and core in words("ethnic_groups") else core


@cache
def _groups() -> Endings:
    return Endings(words("ethnic_groups"))


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in lexicon("division_nicknames"):
        found[row["name"]] += (row["word"],)
    return dict(found)
