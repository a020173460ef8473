"""Find villages, communities and towns in short: text, context and the names found so far → `Name` records.

In: the names of larger places. Out: villages and communities of the gazetteer within the counties that the article
is about; those of no gazetteer by form (`石鼓东村`); towns by their short form (`莲花派出所`).
The trap: where such a name begins. 村 and 社区 end common nouns too (中心村, 未来社区), and nothing parts a name from
the verb before it, so a name known by form alone must begin behind punctuation, an opening word or a larger place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.place_context import Context, Name, begins, is_generic, is_proper
from kg.extract.place_names import COUNTY, TOWNSHIP
from kg.text import is_word, occurrences, tagged
from kg.vocab import divisions, lexicon, words
from kg.vocab.divisions import Division

_HAN = "一-鿿"
# 村民 and 村委会 go on with a village's name, 村落 and 村镇 do not; 嘎查村 is a village of herders.
_VILLAGE_END = re.compile(r"嘎查村?|社区|村(?![落镇庄寨级居社干支官务])")
_COMMITTEE = ("村委", "村民", "村党", "村监", "村级", "村集体")
"""Begin words behind a village's name."""
_LONGEST = 12


def villages(context: Context, larger: list[Name]) -> list[Name]:
    """Return villages and communities of the gazetteer, and those that only their form shows.

    `在赵镇石鼓东村` → 石鼓东村, behind its town; `走进大位村` → 大位村, behind an opening word.
    """
    known = _around(context, larger)
    by_end = {n.end: n for n in reversed(larger)}
    # 莲花 in 莲花村 is no town, but 山西 in 山西柳泉村 is the province.
    sure = [n for n in larger if n.rule != "place.short_form" or (n.division and n.division.level < 1)]
    covered = {i for n in sure for i in range(n.start, n.end)}
    # 山西|杏花村酒业: no village is named right behind its province.
    ends = {n.end for n in larger if not (n.division and n.division.level < COUNTY and n.rule == "place.short_form")}
    found: list[Name] = []
    for match in _VILLAGE_END.finditer(context.text):
        if _is_title(context.text, match):
            continue
        name = _known_village(context, match, known, larger, by_end) or _transcribed_village(context, match, ends)
        name = name or _formed_village(context, match, ends)
        if name and name.start not in covered and not (found and name.start < found[-1].end):
            found.append(name)
    return [*found, *_repeated(context, found)]


def _is_title(text: str, match: re.Match[str]) -> bool:
    """Tell whether a name is quoted whole, so that it is what a place may be called for merit: 争创“红旗社区”."""
    opened = text.rfind("“", max(0, match.start() - _LONGEST), match.start())
    return opened >= 0 and text.startswith("”", match.end()) and "”" not in text[opened : match.start()]


def _around(context: Context, larger: list[Name]) -> list[str]:
    """Return the codes of the counties and towns of the article that lie in no other of them."""
    below = {n.code for n in larger if n.division and n.division.level == TOWNSHIP} | set(context.counties)
    return [c for c in sorted(below) if not any(c != other and divisions.contains(other, c) for other in below)]


def _known_village(
    context: Context,
    match: re.Match[str],
    known: list[str],
    larger: list[Name],
    by_end: dict[int, Name],
) -> Name | None:
    for start in range(max(0, match.start() - _LONGEST), match.start()):
        before = by_end.get(start)
        if not (before or start in context.bounds):
            continue
        stem = context.text[start : match.start()]
        options = _called(known, stem) or _called(known, stem + match[0])
        if not options:
            continue
        if not before and (stem in words("generic_places") or (len(stem) == 1 and not begins(context, start))):
            continue
        kind = divisions.kind_of(match[0], "Village")
        return Name(start, match.end(), "place.village", kind, _choose_village(context, start, kind, options, larger))
    return None


def _called(known: list[str], name: str) -> list[Division]:
    return [village for code in known for village in divisions.villages_called(code, name)]


def _choose_village(
    context: Context, offset: int, kind: str, options: list[Division], larger: list[Name]
) -> Division | None:
    """Return the one village that the nearest town or county before contains, if there is just one."""
    town = next((n for n in larger if n.end == offset and n.division and n.division.level == TOWNSHIP), None)
    if town and not any(divisions.contains(town.code, v.code) for v in options):
        return None  # the text says in which town it lies, so the one that the gazetteer knows is a namesake
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
    if text.startswith(_COMMITTEE, match.start()) and text[match.start() - 1] in "村区":  # 赤夸村|村委会
        return None
    word = next(i for i in range(match.start(), -1, -1) if i in context.bounds)
    if word < match.start() and is_generic(text[word : match.start()]):  # 乡村, 农村, 山村 are words
        return None
    for start in range(match.start() - 1, max(-1, match.start() - 7), -1):
        stem = text[start : match.start()]
        if not "一" <= text[start] <= "鿿":
            return None
        chained = start in ends
        if not chained and not (len(stem) > 1 and begins(context, start)):
            continue
        if (chained or (start in context.bounds and len(stem) < 5)) and is_proper(stem, chained):
            return Name(start, match.end(), "place.village_form", divisions.kind_of(match[0], "Village"))
        if chained:
            return None
    return None


def _transcribed_village(context: Context, match: re.Match[str], ends: set[int]) -> Name | None:
    """Return a 嘎查 by the characters that transcribe Mongolian, 和 and 的 among them: 某某苏木|呼和淖尔|嘎查."""
    if not match[0].startswith("嘎查"):
        return None
    starts = []
    for start in range(match.start() - 1, max(-1, match.start() - _LONGEST), -1):
        if context.text[start] not in _transcribing():
            break
        starts.append(start)
    chained = next((s for s in starts if s in ends), None)
    free = next((s for s in reversed(starts) if begins(context, s) and match.start() - s > 1), None)
    begin = chained if chained is not None else free
    return None if begin is None else Name(begin, match.end(), "place.village_form", "Village")


@cache
def _transcribing() -> frozenset[str]:
    return frozenset(c for r in lexicon("name_elements") if r["language"] != "ii" for c in r["element"])


def _repeated(context: Context, found: list[Name]) -> Iterator[Name]:
    """Yield the further occurrences of names known by form, wherever they stand."""
    covered = {i for n in found for i in range(n.start, n.end)}
    for word, kind in sorted({(context.text[n.start : n.end], n.kind) for n in found if not n.division}):
        for start in occurrences(context.text, word):
            stretch = range(start, start + len(word))
            if covered.isdisjoint(stretch) and start in context.bounds:
                covered.update(stretch)
                yield Name(start, stretch.stop, "place.village_form", kind)


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
        if context.home and stem == divisions.stem(context.home.name):
            town = context.home  # 静海 is the district, not its town 静海镇
        for start in occurrences(context.text, stem):
            if _is_short_town(context, start, stem, in_article=town.code in named):
                yield Name(start, start + len(stem), "place.short_form", town.kind, town)


# 在东乡、西河、北桥等14个乡镇: what closes the list says that its members are towns.
_TOWNS = re.compile("乡镇|镇街|乡（镇）|镇（乡）")
_TOWN_LIST = re.compile(rf"((?:(?!等)[{_HAN}]){{2,6}}(?:、(?:(?!等)[{_HAN}]){{2,4}})+)等?\d*个?(?:{_TOWNS.pattern})")


def listed_towns(context: Context) -> Iterator[Name]:
    """Yield the towns of a list that 乡镇 closes, if one county of the article has all of them.

    `在官路、石陂、水北等14个乡镇` → 官路镇 and its neighbours, where the article is about their county.
    """
    for m in _town_lists(context.text):
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


def _town_lists(text: str) -> Iterator[re.Match[str]]:
    """Yield the lists that a word for towns closes; the lines without one are not searched."""
    end = 0
    while closing := _TOWNS.search(text, end):
        begin = text.rfind("\n", 0, closing.start()) + 1
        line_end = text.find("\n", begin)
        end = line_end if line_end >= 0 else len(text)
        yield from _TOWN_LIST.finditer(text, begin, end)


def _is_short_town(context: Context, start: int, stem: str, in_article: bool) -> bool:
    end = start + len(stem)
    if in_article and context.text.endswith(_THAT_BODY, 0, start) and _bodies().match(context.text, end):
        return True  # 该行|走马|支行: jieba joins 行走
    if start not in context.bounds or end not in context.bounds or _NOT_SHORT.match(context.text, end):
        return False
    if _bodies().match(context.text, end):
        return True
    common = stem in words("ambiguous_places") or (is_word(stem) and tagged(stem)[0][1] != "ns")
    return not common and (in_article or begins(context, start))


_THAT_BODY = ("该行", "该局", "该院", "该公司", "该集团")
# Behind the stem these make another name of it (新塍路, 莲花村) or its full form, which is found elsewhere.
_NOT_SHORT = re.compile(
    r"[镇乡村路街巷桥江河湖山县市区](?!巷)|社区|街道|大道|小区|苏木|嘎查|[\d一二三四五六七八九十]+号"
)


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("local_bodies"), key=lambda w: (-len(w), w))))
