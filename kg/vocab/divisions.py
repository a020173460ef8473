"""The gazetteer: every division of China from province to village, by code, by name and by containment.

In: `divisions.zip`, which `tools/build_divisions.py` derives from the codes of the National Bureau of Statistics
(2023). Out: `Division` records. Provinces to counties (3,300) are read at first use, the 41,000 townships when
one is asked for, villages one prefecture at a time.

Codes have six digits for provinces, prefectures and counties (330000, 330400, 330411), nine for townships and
twelve for villages. The trap: a code is no plain prefix of what lies below it (330000), so ask `contains`.
Names are ambiguous: 朝阳区 is two districts, 和平村 hundreds of villages; lookups by name return them all, and
whoever knows the context chooses.
"""

from __future__ import annotations

import zipfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kg.errors import UnknownNameError, VocabularyError
from kg.vocab.division_names import LEVELS as LEVELS
from kg.vocab.division_names import kind_of as kind_of
from kg.vocab.division_names import short_names
from kg.vocab.division_names import stem as stem

# Code digits that tell levels apart: 33|04|11|104|200.
_DIGITS = 3  # of a village within its township: 330411104|200
_PROVINCE_DIGITS, _PREFECTURE_DIGITS, _COUNTY_DIGITS, _TOWNSHIP_DIGITS = 2, 4, 6, 9


@dataclass(frozen=True, slots=True, order=True)
class Division:
    """One administrative division."""

    code: str
    name: str
    """Full name, `新塍镇`; of a village as people write it, `潘家浜村`."""
    level: int
    """Index into `LEVELS`, 0 for a province."""
    kind: str
    """Province Prefecture County Township Village Community Zone; empty for a farm, prison or company that
    the bureau counts like a township."""
    parent: str
    """Code of the division next above, empty for a province."""


def by_code(code: str) -> Division | None:
    """Return the division with the code, at any level."""
    if len(code) == _COUNTY_DIGITS:
        return _upper().get(code)
    if len(code) == _TOWNSHIP_DIGITS:
        return next(_townships_below(code), None)
    return next((v for v in villages(code[:_TOWNSHIP_DIGITS]) if v.code == code), None)


def by_name(name: str, below: str = "") -> tuple[Division, ...]:
    """Return the divisions down to townships with exactly this full name, within the division `below` if given."""
    found = [*_upper_names().get(name, ()), *(_township(line) for line in _township_names().get(name, ()))]
    return tuple(d for d in found if not below or contains(below, d.code))


def by_short_form(word: str) -> tuple[Division, ...]:
    """Return provinces, prefectures and counties that a short form may mean: 吉林 → the province and the city."""
    return _upper_short_forms().get(word, ())


def resolve(name: str) -> Division | None:
    """Return the one division down to counties that a full or short name means, the largest first: 嘉兴市, 嘉兴.

    >>> resolve("恭城").name
    '恭城瑶族自治县'
    """
    return largest(down_to_counties(name))


def down_to_counties(name: str) -> tuple[Division, ...]:
    """Return the provinces, prefectures and counties that a full or short name may mean."""
    return (*_upper_names().get(name, ()), *by_short_form(name))


def largest(found: Sequence[Division]) -> Division | None:
    """Return the one division of the highest level; None where there are two of it, or nothing."""
    highest = [d for d in found if d.level == min(f.level for f in found)]
    return highest[0] if len({d.code for d in highest}) == 1 else None


def short_forms(division: Division) -> tuple[str, ...]:
    """Return the short forms of a division's name, fullest first: 恭城县 and 恭城, 新塍; none for 赵县."""
    return short_names(division.name, LEVELS[division.level])


def contains(larger: str, smaller: str) -> bool:
    """Tell whether the division with the first code lies above the one with the second, or is the same."""
    return smaller.startswith(prefix(larger))


def prefix(code: str) -> str:
    """Return the digits that the codes of everything within a division begin with: 330000 → 33."""
    if len(code) != _COUNTY_DIGITS:
        return code
    if code.endswith("0000"):
        return code[:_PROVINCE_DIGITS]
    return code[:_PREFECTURE_DIGITS] if code.endswith("00") else code


@lru_cache(maxsize=4096)
def ancestors(code: str) -> tuple[Division, ...]:
    """Return the divisions above, nearest first."""
    above = []
    parent = _parent(code)
    while parent and (division := by_code(parent)):
        above.append(division)
        parent = division.parent
    return tuple(above)


def children(code: str) -> tuple[Division, ...]:
    """Return the divisions next below, in the order of their codes; of a township its villages.

    UnknownNameError for a code of no division.
    """
    division = by_code(code)
    if division is None:
        raise UnknownNameError("division code", code)
    if division.level == LEVELS.index("Township"):
        return villages(code)
    upper = tuple(d for d in _upper().values() if d.parent == code)
    return upper or townships(code)


def upper() -> tuple[Division, ...]:
    """Return all provinces, prefectures and counties, in the order of their codes."""
    return tuple(_upper().values())


@cache
def counties(code: str) -> tuple[Division, ...]:
    """Return all counties within a province or prefecture; of a county itself."""
    county = LEVELS.index("County")
    return tuple(d for d in _upper().values() if d.level == county and contains(code, d.code))


@lru_cache(maxsize=512)
def townships(code: str) -> tuple[Division, ...]:
    """Return all townships within a province, prefecture or county."""
    return tuple(_townships_below(prefix(code)))


@lru_cache(maxsize=512)
def villages(code: str) -> tuple[Division, ...]:
    """Return all villages and communities within a prefecture, county or township."""
    within = prefix(code)
    found: list[Division] = []
    for township, lines in _village_block(code[:_PREFECTURE_DIGITS] + "00").items():
        if township.startswith(within):
            found += (_village(township + line[:_DIGITS], line[_DIGITS:]) for line in lines.splitlines())
    return tuple(found)


def villages_called(code: str, called: str) -> tuple[Division, ...]:
    """Return the villages within a division whose names have this stem: 潘家浜 → 潘家浜村."""
    found = _villages_called(code[:_PREFECTURE_DIGITS] + "00", called)
    return tuple(v for v in found if contains(code, v.code)) if found else ()


@lru_cache(maxsize=32_768)
def _villages_called(prefecture: str, called: str) -> tuple[Division, ...]:
    """Return a prefecture's villages of that stem; asked for each word before 村, most of which name none."""
    alike = _village_lines(prefecture).get(called[:1], "")
    if f"\t{called}" not in alike:
        return ()
    lines = (line.split("\t") for line in alike.splitlines())
    return tuple(_village(code, name) for code, name in lines if name.startswith(called) and stem(name) == called)


@cache
def _village_lines(prefecture: str) -> dict[str, str]:
    """Return a prefecture's villages by the first character of their names, a line for each."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for township, lines in _village_block(prefecture).items():
        for line in lines.splitlines():
            found[line[_DIGITS : _DIGITS + 1]].append(f"{township}{line[:_DIGITS]}\t{line[_DIGITS:]}\n")
    return {first: "".join(lines) for first, lines in found.items()}


def _village(code: str, name: str) -> Division:
    return Division(code, name, LEVELS.index("Village"), kind_of(name, "Village"), code[:_TOWNSHIP_DIGITS])


@cache
def _archive() -> zipfile.ZipFile:
    path = files("kg.vocab").joinpath("divisions.zip")
    try:
        return zipfile.ZipFile(path.open("rb"))
    except (OSError, zipfile.BadZipFile) as error:
        raise VocabularyError(str(path), "the gazetteer is missing or damaged") from error


def _lines(member: str) -> list[str]:
    return _text(member).split("\n")


def _text(member: str) -> str:
    try:
        return _archive().read(member).decode("utf-8")
    except (KeyError, OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise VocabularyError(f"divisions.zip/{member}", "the gazetteer is damaged") from error


def _parent(code: str) -> str:
    if len(code) > _TOWNSHIP_DIGITS:
        return code[:_TOWNSHIP_DIGITS]
    if len(code) > _COUNTY_DIGITS:
        return code[:_COUNTY_DIGITS]  # of 东莞 the township's county digits are the prefecture's code
    for digits in (_PREFECTURE_DIGITS, _PROVINCE_DIGITS):
        above = code[:digits].ljust(_COUNTY_DIGITS, "0")
        if above != code and above in _upper_lines():
            return above
    return ""


@cache
def _upper_lines() -> dict[str, str]:
    return dict(line.split("\t") for line in _lines("divisions.tsv"))


@cache
def _upper() -> dict[str, Division]:
    """Return provinces, prefectures and counties by code."""
    found = {}
    for code, name in _upper_lines().items():
        level = 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
        found[code] = Division(code, name, level, kind_of(name, LEVELS[level]), _parent(code))
    return found


@cache
def _upper_names() -> dict[str, tuple[Division, ...]]:
    found: defaultdict[str, tuple[Division, ...]] = defaultdict(tuple)
    for division in _upper().values():
        found[division.name] += (division,)
    return dict(found)


@cache
def _upper_short_forms() -> dict[str, tuple[Division, ...]]:
    found: defaultdict[str, tuple[Division, ...]] = defaultdict(tuple)
    for division in _upper().values():
        for form in short_forms(division):
            found[form] += (division,)
    return dict(found)


@cache
def _township_lines() -> list[str]:
    return _lines("townships.tsv")


def _township(line: str) -> Division:
    code, name = line.split("\t")
    return Division(code, name, LEVELS.index("Township"), kind_of(name, "Township"), _parent(code))


def _townships_below(digits: str) -> Iterator[Division]:
    lines = _township_lines()
    for i in range(bisect_left(lines, digits), len(lines)):
        if not lines[i].startswith(digits):
            return
        yield _township(lines[i])


@cache
def _township_names() -> dict[str, list[str]]:
    """Return the lines of `townships.tsv` by name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in _township_lines():
        found[line[_TOWNSHIP_DIGITS + 1 :]].append(line)
    return found


@cache  # of all prefectures some 15 MB; to unpack one again takes a millisecond
def _village_block(prefecture: str) -> dict[str, str]:
    """Return a prefecture's villages by township, a line for each: three digits and the name."""
    member = f"villages/{prefecture}.tsv"
    if member not in _members():
        return {}
    sections = (section.partition("\n") for section in _text(member).split("#")[1:])
    return {township: villages_there for township, _, villages_there in sections}


@cache
def _members() -> frozenset[str]:
    return frozenset(_archive().namelist())
