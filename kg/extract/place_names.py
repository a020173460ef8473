"""Find names of divisions that the gazetteer knows, down to towns: text and context → `Name` records.

In: an article's text and the context that its metadata and its own full names give. Out: `Name`s with the division
that each means. The trap: a short form (平湖, 白银, 莲花) is often an everyday word, a street or part of another
name, so it counts only where the words around it are whole (`bounds`), nothing behind makes a street of it, and
the context knows the place: the home county, a full name elsewhere in the article, the larger place just before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate

from kg.extract.place_context import Context, Name, begins, is_proper, is_short_form, is_whole
from kg.text import dictionary_words, is_word
from kg.vocab import divisions, words
from kg.vocab.divisions import Division

COUNTY, TOWNSHIP = divisions.LEVELS.index("County"), divisions.LEVELS.index("Township")


def context_of(text: str, home: Division | None) -> Context:
    """Return the context: where words begin, the home, and the divisions that the text names in full."""
    bounds = frozenset(accumulate(map(len, dictionary_words(text)), initial=0))
    index = _upper_index()
    upper = tuple(i for i in range(len(text) - 1) if text[i : i + 2] in index)
    blank = Context(text, bounds, home, frozenset({home.code} if home else ()), upper)
    codes = set(blank.codes)
    for start in upper:
        for end, found in _matches(text, start, index):
            if len(found) == 1 and _shows_context(blank, start, end, found):
                codes.add(found[0].code)
    return Context(text, bounds, home, frozenset(codes), upper, _counties(home, codes))


def _counties(home: Division | None, codes: set[str]) -> tuple[str, ...]:
    found = {c for c in codes if (d := divisions.by_code(c)) and d.level == COUNTY}
    if home and home.level == 1:
        found |= {d.code for d in divisions.counties(home.code)} or {home.code}  # 东莞 has no counties
    return tuple(sorted(found))


def _shows_context(context: Context, start: int, end: int, found: tuple[Division, ...]) -> bool:
    """Tell whether a match tells what the article is about: a full name, or the short form of a prefecture."""
    word = context.text[start:end]
    if found[0].name == word:
        return is_whole(context, start, end) and _may_be_full(context, start, word, found, None)
    is_town = context.home is not None and word in _towns_by_stem(context.home.code)  # 三沙 in 霞浦县 is 三沙镇
    known = found[0].level < COUNTY and word not in words("ambiguous_places") and not is_town
    return known and is_short_form(context, start, end)


def gazetteer_names(context: Context) -> list[Name]:
    """Return the names of provinces to towns in a text, each with the division that it means.

    `张先生是嘉兴平湖钟埭镇的种植大户` → 嘉兴 (嘉兴市), 平湖 (平湖市, just behind the city it lies in), 钟埭镇.
    """
    towns = _town_index(context.counties)
    names: list[Name] = []
    end = 0
    for offset in _possible_starts(context, towns):
        if offset < end:
            continue
        name = _name_at(context, offset, names[-1] if names and end == offset else None, towns)
        name = name or (_listed_town(context, offset) if names and _is_next(context, names[-1], offset) else None)
        while name:  # behind a name, one of the county just named may follow that no index of the article has
            names.append(name)
            end = name.end
            name = _name_at(context, end, name, towns) if end < len(context.text) - 1 else None
    return names


def _possible_starts(context: Context, towns: Index) -> list[int]:
    """Return where a larger place, one of the towns, or a town by its form may begin, in text order."""
    text = context.text
    starts = {*context.upper, *(i for i in range(len(text) - 1) if text[i : i + 2] in towns)}
    for m in _TOWN_END.finditer(text):
        starts.update(range(max(0, m.start() - _LONGEST_TOWN), m.start() - 1))
    return sorted(starts)


def _name_at(context: Context, offset: int, before: Name | None, towns: Index) -> Name | None:
    return _town_at(context, offset, before, towns) or _upper_at(context, offset, before)


def _upper_at(context: Context, offset: int, before: Name | None) -> Name | None:
    for end, found in _matches(context.text, offset, _upper_index()):
        word = context.text[offset:end]
        full = tuple(d for d in found if d.name == word)
        whole = full and (is_whole(context, offset, end, before) or _town_follows(context, end, full))
        if whole and _may_be_full(context, offset, word, full, before):
            division = _choose(context, full, before)
            return Name(offset, end, "place.gazetteer", division.kind if division else full[0].kind, division)
        if full and len(full) == len(found):
            continue
        if old := _old_name(context, offset, end, found, before):
            return old
        if is_short_form(context, offset, end, before) and _may_be_short(context, offset, end, found, before):
            return _named(context, offset, end, "place.short_form", found, before)
    return None


def _town_follows(context: Context, end: int, full: tuple[Division, ...]) -> bool:
    """Tell whether a town of the county stands right behind: 古田县城东街道 is no 县城 of 古田."""
    towns = _town_index(tuple(d.code for d in full if d.level == COUNTY))
    return any(context.text[end:stop] == found[0].name for stop, found in _matches(context.text, end, towns))


def _may_be_full(context: Context, offset: int, word: str, full: tuple[Division, ...], before: Name | None) -> bool:
    """Tell whether a full name is one here: 赵县 and 会同县 need more than the characters (县纪委会同县财政局)."""
    if len(word) > 2 and divisions.stem(word) not in words("ambiguous_places"):
        return True
    if len(word) == 2:  # 莒县, but not 和县 in 镇和县
        alone = len(full) == 1 and word.endswith("县") and word[0] not in words("place_openers")
        return _is_near(context, full, before, 2) or (alone and begins(context, offset))
    if word.endswith("区"):  # 老城区 is a district of one city, a common noun in all others
        return _is_near(context, full, before, 4)
    return _is_near(context, full, before, 2) or begins(context, offset)


def _town_at(context: Context, offset: int, before: Name | None, towns: Index) -> Name | None:
    for end, found in _matches(context.text, offset, towns):
        full = tuple(d for d in found if d.name == context.text[offset:end] and d.kind and not _is_bare_zone(d))
        if (
            full
            and is_whole(context, offset, end, before)
            and (len(full[0].name) > 2 or before or begins(context, offset))
        ):
            return _named(context, offset, end, "place.gazetteer", full, before)
    if before and before.division and before.division.level <= COUNTY:  # the county may be new to the context
        below = _town_index((before.code,)) if before.division.level == COUNTY else {}
        for end, found in _matches(context.text, offset, below):
            if context.text[offset:end] == found[0].name and found[0].kind and not _is_bare_zone(found[0]):
                return _named(context, offset, end, "place.gazetteer", found, before)
    return _known_town(context, offset, before)


def _is_bare_zone(division: Division) -> bool:
    """Tell whether the gazetteer calls a zone by no name of its own: 经济技术开发区, found by form with its county."""
    return division.name in words("zone_suffixes")


_TOWN_END = re.compile("镇(?!银行)|乡|街道|苏木")  # 村镇|银行; forms of a town's name, division_suffixes.tsv
_LONGEST_TOWN = 6
_TOWN = re.compile(rf"[一-鿿]{{2,{_LONGEST_TOWN}}}?(?:{_TOWN_END.pattern})")


def _known_town(context: Context, offset: int, before: Name | None) -> Name | None:
    """Return a town of any county whose name begins where a name may begin."""
    if not (before or begins(context, offset)) or not (m := _TOWN.match(context.text, offset)):
        return None
    if not is_whole(context, offset, m.end(), before):
        return None
    county = before.code if before and before.division and before.division.level == COUNTY else ""
    if renamed := _renamed_town(context, m[0], (county,) if county else context.counties):
        return _named(context, offset, m.end(), "place.old_name", renamed, before)
    found = tuple(d for d in divisions.by_name(m[0], county) if d.level == TOWNSHIP)
    if found:
        return _named(context, offset, m.end(), "place.gazetteer", found, before)
    if county and m[0][0] not in "省市县区镇乡" and is_proper(divisions.stem(m[0]), chained=True):
        return Name(offset, m.end(), "place.town_form", "Township")
    return None


def _is_next(context: Context, last: Name, offset: int) -> bool:
    """Tell whether an offset is where the next town of a list stands."""
    return last.end == offset - 1 and last.kind == "Township" and context.text[last.end] == "、"


def _listed_town(context: Context, offset: int) -> Name | None:
    """Return a town that no gazetteer has, named in a list behind one that it has: 官屯镇、|南楼街道."""
    found = _TOWN.match(context.text, offset)
    if found and is_whole(context, offset, found.end()) and is_proper(divisions.stem(found[0]), chained=True):
        return Name(offset, found.end(), "place.town_form", "Township")
    return None


def _renamed_town(context: Context, name: str, counties: Iterable[str]) -> tuple[Division, ...]:
    """Return the town that has become a 街道 or 镇 since: 钟埭镇 for 钟埭街道; empty unless it is one."""
    stem = divisions.stem(name)
    found = (t for c in counties for t in _towns_by_stem(c).get(stem, ())) if len(stem) > 1 else ()
    same = tuple(t for t in found if t.kind == "Township")
    return same if len(same) == 1 and same[0].name != name else ()


def _old_name(context: Context, start: int, end: int, found: tuple[Division, ...], before: Name | None) -> Name | None:
    """Return a county under its former name: 綦江县 for 綦江区."""
    if context.text[end : end + 1] not in tuple("县市区") or context.text[start:end] in words("ambiguous_places"):
        return None
    counties = tuple(d for d in found if d.level == COUNTY and divisions.stem(d.name) == context.text[start:end])
    if not counties or not is_whole(context, start, end + 1, before):
        return None
    if not _is_near(context, counties, before, 2) and not (len(counties) == 1 and begins(context, start)):
        return None
    return _named(context, start, end + 1, "place.old_name", counties, before)


def _may_be_short(context: Context, start: int, end: int, found: tuple[Division, ...], before: Name | None) -> bool:
    """Tell whether a short form may be used for one of the divisions in this context."""
    word = context.text[start:end]
    if _is_near(context, found, before, 0):
        return True
    if word in words("ambiguous_places"):
        names_bank = len(found) == 1 and not before and _RURAL_BANK.match(context.text, end)
        return bool(names_bank or _is_near(context, found, before, 1)) and begins(context, start)
    if _is_near(context, found, before, 4):
        return True
    if context.home and word in _towns_by_stem(context.home.code):
        return False  # 三沙 in 霞浦县 is its town 三沙镇, no city far away
    if any(d.level < COUNTY for d in found):
        return True
    if not begins(context, start) or context.text[start - 1 : start] in tuple("“‘「《"):
        return False  # a far county is named like a brand is (“金阳管家”), so only where a name begins, unquoted
    if _is_town_here(context, word) or _ZONE_AHEAD.match(context.text, end):
        return False  # 临江新区 is named for no far county
    return len(found) == 1 and found[0].kind == "County" and not found[0].name.endswith("区") and is_word(word)


# Banks of a county, which bear its name even where it is an everyday word: 石门|农商银行.
_RURAL_BANK = re.compile("农商银?行|农村(?:商业|合作)银行|农村信用|农信社|农信联社|村镇银行")
_ZONE_AHEAD = re.compile("新区|新城|开发区|高新区|经开区")


def _is_town_here(context: Context, stem: str) -> bool:
    """Tell whether a stem names a town of the counties at hand or one that the text has in full: 临江 for 临江镇."""
    if any(f"{stem}{suffix}" in context.text for suffix in ("镇", "乡", "街道")):
        return True
    return any(stem in _towns_by_stem(c) for c in context.counties)


@lru_cache(maxsize=128)
def _towns_by_stem(county: str) -> dict[str, list[Division]]:
    found: defaultdict[str, list[Division]] = defaultdict(list)
    for town in divisions.townships(county):
        found[divisions.stem(town.name)].append(town)
    return dict(found)


def _is_near(context: Context, found: Iterable[Division], before: Name | None, rank: int) -> bool:
    return any(context.rank(d, before) <= rank for d in found)


def _named(context: Context, start: int, end: int, rule: str, found: tuple[Division, ...], before: Name | None) -> Name:
    division = _choose(context, found, before)
    return Name(start, end, rule, division.kind if division else found[0].kind, division)


def _choose(context: Context, found: tuple[Division, ...], before: Name | None) -> Division | None:
    """Return the division that a name means here: the nearest, of those the largest, None if that is not one."""
    ranked = sorted((context.rank(d, before), d.level, d.code, d) for d in found)
    if len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]:
        return None
    return ranked[0][3]


Index = dict[str, list[tuple[str, tuple[Division, ...]]]]


def _index(items: Iterable[Division], short: bool = False) -> Index:
    """Return names by their first two characters, longest first."""
    by_name: defaultdict[str, list[Division]] = defaultdict(list)
    for division in items:
        for name in (division.name, *(divisions.short_forms(division) if short else ())):
            by_name[name].append(division)
    index: Index = defaultdict(list)
    for name in sorted(by_name, key=lambda n: (-len(n), n)):
        index[name[:2]].append((name, tuple(by_name[name])))
    return dict(index)


@lru_cache(maxsize=128)
def _town_index(counties: tuple[str, ...]) -> Index:
    return _index(d for c in counties for d in divisions.townships(c))


@cache
def _upper_index() -> Index:
    return _index(divisions.upper(), short=True)


def _matches(text: str, offset: int, index: Index) -> Iterator[tuple[int, tuple[Division, ...]]]:
    for name, found in index.get(text[offset : offset + 2], ()):
        if text.startswith(name, offset):
            yield offset + len(name), found
