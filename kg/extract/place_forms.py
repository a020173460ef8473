"""Find villages, communities, towns in short and zones: text, context and the names found so far → `Name` records.

In: the names of larger places. Out: villages and communities of the gazetteer within the counties that the article
is about; those of no gazetteer by form (`石鼓东村`); zones (`浏阳经开区`); towns by their short form (`莲花派出所`).
The trap: where such a name begins. 村 and 社区 end common nouns too (中心村, 未来社区), and nothing parts a name from
the verb before it, so a name known by form alone must begin behind punctuation, an opening word or a larger place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.extract.place_context import FUNCTION, Context, Name, begins, is_generic, is_proper, is_whole
from kg.extract.place_names import COUNTY, TOWNSHIP
from kg.text import dictionary_words, is_word, tagged
from kg.vocab import divisions, lexicon, words
from kg.vocab.divisions import Division

_HAN = "一-鿿"
# 村民 and 村委会 go on with a village's name, 村落 and 村镇 do not; 嘎查村 is a village of herders.
_VILLAGE_END = re.compile(r"嘎查村?|社区|村(?![落镇庄寨级居社干支官])")
_LONGEST = 12


def villages(context: Context, larger: list[Name]) -> list[Name]:
    """Return villages and communities of the gazetteer, and those that only their form shows.

    `在赵镇石鼓东村` → 石鼓东村, behind its town; `走进大位村` → 大位村, behind an opening word.
    """
    known = _villages_in_context(context, larger)
    covered = {i for n in larger if n.rule != "place.short_form" for i in range(n.start, n.end)}
    ends = {name.end for name in larger}
    found: list[Name] = []
    for match in _VILLAGE_END.finditer(context.text):
        name = _known_village(context, match, known, larger) or _formed_village(context, match, ends)
        if name and name.start not in covered and not (found and name.start < found[-1].end):
            found.append(name)
    return [*found, *_repeated(context, found)]


def _villages_in_context(context: Context, larger: list[Name]) -> dict[str, list[Division]]:
    below = {n.code for n in larger if n.division and n.division.level == TOWNSHIP} | set(context.counties)
    found: defaultdict[str, list[Division]] = defaultdict(list)
    for code in sorted(below):
        if not any(code != other and divisions.contains(other, code) for other in below):
            for stem, options in _villages_by_stem(code).items():
                found[stem] += options
    return found


@lru_cache(maxsize=128)
def _villages_by_stem(code: str) -> dict[str, list[Division]]:
    found: defaultdict[str, list[Division]] = defaultdict(list)
    for village in divisions.villages(code):
        found[divisions.stem(village.name)].append(village)
    return found


def _known_village(
    context: Context, match: re.Match[str], known: dict[str, list[Division]], larger: list[Name]
) -> Name | None:
    for start in range(max(0, match.start() - _LONGEST), match.start()):
        stem = context.text[start : match.start()]
        options = known.get(stem) or known.get(stem + match[0])
        before = next((n for n in larger if n.end == start), None)
        if not options or not (before or start in context.bounds):
            continue
        if not before and (stem in words("generic_places") or (len(stem) == 1 and not begins(context, start))):
            continue
        kind = divisions.kind_of(match[0], "Village")
        return Name(start, match.end(), "place.village", kind, _choose_village(context, start, kind, options, larger))
    return None


def _choose_village(
    context: Context, offset: int, kind: str, options: list[Division], larger: list[Name]
) -> Division | None:
    """Return the one village that the nearest town or county before contains, if there is just one."""
    before = [n.code for n in reversed(larger) if n.end <= offset and n.code]
    rest = [n.code for n in larger if n.code]
    for code in [*before, *rest, *([context.home.code] if context.home else [])]:
        inside = [v for v in options if divisions.contains(code, v.code)]
        exact = [v for v in inside if v.kind == kind] or inside
        if len(exact) == 1:
            return exact[0]
    return None


def _formed_village(context: Context, match: re.Match[str], ends: set[int]) -> Name | None:
    """Return a village by form; the nearest place before that can begin it, two to five characters ahead."""
    text = context.text
    word = max((b for b in context.bounds if b <= match.start()), default=0)
    if word < match.start() and is_generic(text[word : match.start()]):  # 乡村, 农村, 山村 are words
        return None
    for start in range(match.start() - 1, max(-1, match.start() - 7), -1):
        stem = text[start : match.start()]
        if not re.fullmatch(f"[{_HAN}]+", stem):
            return None
        chained = start in ends
        if not chained and not (len(stem) > 1 and begins(context, start)):
            continue
        if (chained or (start in context.bounds and len(stem) < 5)) and is_proper(stem, chained):
            return Name(start, match.end(), "place.village_form", divisions.kind_of(match[0], "Village"))
        if chained:
            return None
    return None


def _repeated(context: Context, found: list[Name]) -> Iterator[Name]:
    """Yield the further occurrences of names known by form, wherever they stand."""
    covered = {i for n in found for i in range(n.start, n.end)}
    for word, kind in sorted({(context.text[n.start : n.end], n.kind) for n in found if not n.division}):
        for m in re.finditer(re.escape(word), context.text):
            if not covered & set(range(m.start(), m.end())) and m.start() in context.bounds:
                covered |= set(range(m.start(), m.end()))
                yield Name(m.start(), m.end(), "place.village_form", kind)


def short_towns(context: Context, larger: list[Name]) -> Iterator[Name]:
    """Yield towns named without their suffix, once the article has the full name or the home county has the town.

    `莲花镇…莲花派出所` → 莲花; `北盛冷链物流园` → 北盛 where 北盛镇 lies in the home county and 北盛 is no common word.
    """
    named = {n.code: n.division for n in larger if n.division and n.division.level == TOWNSHIP}
    towns = list(named.values())
    if context.home and context.home.level == COUNTY:
        towns += [t for t in divisions.townships(context.home.code) if t.code not in named and t.kind == "Township"]
    for town in towns:
        stem = divisions.stem(town.name)
        if len(stem) < 2 or stem == town.name:
            continue
        for m in re.finditer(re.escape(stem), context.text):
            if _is_short_town(context, m, in_article=town.code in named):
                yield Name(m.start(), m.end(), "place.short_form", town.kind, town)


# 在东乡、西河、北桥等14个乡镇: what closes the list says that its members are towns.
_TOWN_LIST = re.compile(
    rf"((?:(?!等)[{_HAN}]){{2,6}}(?:、(?:(?!等)[{_HAN}]){{2,4}})+)等?\d*个?(?:乡镇|镇街|乡（镇）|镇（乡）)"
)


def listed_towns(context: Context) -> Iterator[Name]:
    """Yield the towns of a list that 乡镇 closes, if one county of the article has all of them.

    `在官路、石陂、水北等14个乡镇` → 官路镇 and its neighbours, where the article is about their county.
    """
    for m in _TOWN_LIST.finditer(context.text):
        for county in context.counties:
            by_stem = {divisions.stem(t.name): t for t in divisions.townships(county) if t.kind == "Township"}
            items, start = m[1].split("、"), m.start(1)
            first = next((s for s in by_stem if items[0].endswith(s)), "")  # 在官路
            if not first or not all(item in by_stem for item in items[1:]):
                continue
            start += len(items[0]) - len(first)
            for stem in (first, *items[1:]):
                yield Name(start, start + len(stem), "place.short_form", by_stem[stem].kind, by_stem[stem])
                start += len(stem) + 1
            break


def _is_short_town(context: Context, m: re.Match[str], in_article: bool) -> bool:
    if m.start() not in context.bounds or m.end() not in context.bounds or _NOT_SHORT.match(context.text, m.end()):
        return False
    if _bodies().match(context.text, m.end()):
        return True
    common = m[0] in words("ambiguous_places") or (is_word(m[0]) and tagged(m[0])[0][1] != "ns")
    return not common and (in_article or begins(context, m.start()))


# Behind the stem these make another name of it (新塍路, 莲花村) or its full form, which is found elsewhere.
_NOT_SHORT = re.compile(r"[镇乡村路街巷桥江河湖山县市区](?!巷)|社区|街道|大道|小区|苏木|嘎查")


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("local_bodies"), key=lambda w: (-len(w), w))))


def zones(context: Context, places: list[Name]) -> list[Name]:
    """Return zones under their proper names, and under the short form that follows the long one.

    `浏阳经开区` → a zone that begins with a place; `长三角一体化示范区` → with a region; `秀水新区` → with a name.
    """
    found: list[Name] = []
    divisions_end = {n.end for n in places}
    for m in _zone_words().finditer(context.text):
        if m.end() in divisions_end:  # 浦东新区 is a county
            continue
        row = _zone_rows()[m[0]]
        start = _led_start(context, m.start(), places, own_name=not row["led"])
        if start is None and (not row["led"] or _is_listed(context, m, places + found)):
            start = _free_start(context, m.start(), 10 if row["led"] else 4)
        if start is not None and is_whole(context, start, m.end()):
            found.append(Name(start, m.end(), "place.zone", "Zone"))
    return [*found, *_short_zones(context, found)]


def _led_start(context: Context, end: int, places: list[Name], own_name: bool) -> int | None:
    """Return where a place or region begins that leads up to the word for the zone, at most ten characters on.

    With `own_name`, a proper name between them is the zone's own: 河北雄安新区 → 雄安新区; 浏阳国家级经开区 is whole.
    """
    villages_end = {n.end for n in places if n.kind in ("Village", "Community")}  # no zone is named for a village
    starts = [(n.end, n.start) for n in places if end - 10 <= n.end <= end]
    for m in _regions().finditer(context.text, max(0, end - 16), end):
        starts.append((m.end(), m.start()))
    for middle, start in sorted(starts, reverse=True):
        if middle in villages_end:
            return None
        between = context.text[middle:end]
        if re.fullmatch(f"[{_HAN}]*", between) and not FUNCTION.search(between) and not _begins_with_verb(between):
            return middle if own_name and 1 < len(between) < 5 and not is_generic(between) else start
        return None
    return None


def _begins_with_verb(between: str) -> bool:
    """Tell whether a zone's name begins further on: 浙江推进…试验区, 海宁兼具…园区."""
    word, tag = tagged(between)[0] if between else ("", "")
    return len(word) > 1 and tag == "v"


def _free_start(context: Context, end: int, longest: int) -> int | None:
    for start in range(end - 2, max(-1, end - longest - 1), -1):
        stem = context.text[start:end]
        if not re.fullmatch(f"[{_HAN}]+", stem) or FUNCTION.search(stem):
            return None
        if begins(context, start):
            # long stems (城乡融合发展) only stand in lists of places, and may hold any words
            if longest < 5 and (is_generic(stem) or (len(stem) > 2 and is_word(stem)) or _is_phrase(stem)):
                return None
            return start
    return None


def _is_phrase(stem: str) -> bool:
    """Tell whether words before a zone are two or more and so no name of its own: 公司|位于|高新区."""
    return sum(1 for word in dictionary_words(stem) if len(word) > 1) > 1


def _is_listed(context: Context, m: re.Match[str], places: list[Name]) -> bool:
    """Tell whether a place and 、 stand before: 秀水新区、城乡融合发展试验区先行区."""
    mark = context.text.rfind("、", max(0, m.start() - 11), m.start())
    return mark > 0 and any(n.end == mark and n.kind == "Zone" for n in places)


def _short_zones(context: Context, found: list[Name]) -> Iterator[Name]:
    """Yield 开发区 for 嘉善县开发区, once the long form is there; and 开发区 with a gloss, 开发区（惠民街道）."""
    taken = {i for n in found for i in range(n.start, n.end)}
    last = {next(w for w in _zone_rows() if context.text[n.start : n.end].endswith(w)) for n in found}
    for m in _zone_words().finditer(context.text):
        if m.start() in taken or not begins(context, m.start()):
            continue
        if m[0] in last and m[0] != "园区":  # 园区 alone points back like 该镇, it is no name
            yield Name(m.start(), m.end(), "place.zone_short", "Zone")
        elif re.match(f"[（(][{_HAN}]{{1,5}}(?:街道|镇|乡)[）)]", context.text[m.end() : m.end() + 9]):
            yield Name(m.start(), m.end(), "place.zone_gloss", "Zone")


@cache
def _zone_rows() -> dict[str, dict[str, str]]:
    return {r["word"]: r for r in sorted(lexicon("zone_suffixes"), key=lambda r: (-len(r["word"]), r["word"]))}


@cache
def _zone_words() -> re.Pattern[str]:
    words_of_zones = "|".join(map(re.escape, _zone_rows()))
    return re.compile(f"(?:{words_of_zones})(?!先行区|示范区|片区|[域划间块])")


@cache
def _regions() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("regions"), key=lambda w: (-len(w), w))))
