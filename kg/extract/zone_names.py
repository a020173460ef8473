"""Find zones: development zones, new areas, parks with an administration: text, context, places → `Name` records.

In: the names of divisions found before. Out: zones that begin with a place (`浏阳经开区`), with a region or with a
name of their own (`秀水新区`), parts of a zone (`浏阳经开区|北园区`), and what later points at them in short. The trap:
where such a name begins: behind a verb (`推进…试验区`), or behind the bureau whose branch has the zone in its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.place_context import FUNCTION, Context, Name, begins, is_generic, is_whole
from kg.text import dictionary_words, is_word, occurrences, tagged
from kg.vocab import lexicon, words

_HAN = "一-鿿"
_HAN_ALONE = re.compile(f"[{_HAN}]*")


def zones(context: Context, places: list[Name]) -> list[Name]:
    """Return zones under their proper names, and under the short form that follows the long one.

    `浏阳经开区` → a zone that begins with a place; `长三角一体化示范区` → with a region; `秀水新区` → with a name.
    """
    found: list[Name] = []
    by_end = {n.end: n for n in places}
    zone_ends = {n.end for n in places if n.kind == "Zone"}
    for m in _zone_words().finditer(context.text):
        if m.end() in by_end:  # 浦东新区 is a county
            continue
        row = _zone_rows()[m[0]]
        start = _part_start(context, m.start(), found)
        if start is None:
            start = _led_start(context, m.start(), by_end, own_name=not row["led"])
        if start is None and (not row["led"] or _is_listed(context, m, zone_ends)):
            start = _free_start(context, m.start(), 10 if row["led"] else 4)
        if start is not None and is_whole(context, start, m.end()):
            found.append(Name(start, m.end(), "place.zone", "Zone"))
            zone_ends.add(m.end())
    found += _repeated(context, found)
    return [*found, *_short_zones(context, found)]


def _part_start(context: Context, end: int, found: list[Name]) -> int | None:
    """Return where a part of the zone just named begins: 宁州经济技术开发区|河口|园区."""
    before = found[-1].end if found else end
    stem = context.text[before:end]
    return before if 1 < len(stem) < 5 and _HAN_ALONE.fullmatch(stem) and not FUNCTION.search(stem) else None


def _repeated(context: Context, found: list[Name]) -> Iterator[Name]:
    """Yield the further occurrences of zones with a name of their own, wherever they stand."""
    covered = {i for n in found for i in range(n.start, n.end)}
    for word in sorted({context.text[n.start : n.end] for n in found}, key=lambda w: (-len(w), w)):
        for start in occurrences(context.text, word):
            stretch = range(start, start + len(word))
            if covered.isdisjoint(stretch) and is_whole(context, start, stretch.stop):
                covered.update(stretch)
                yield Name(start, stretch.stop, "place.zone", "Zone")


def _led_start(context: Context, end: int, by_end: dict[int, Name], own_name: bool) -> int | None:
    """Return where a place or region begins that leads up to the word for the zone, at most ten characters on.

    With `own_name`, a proper name between them is the zone's own: 河北雄安新区 → 雄安新区; 浏阳国家级经开区 is whole.
    """
    starts = [(n.end, n.start) for i in range(end - 10, end + 1) if (n := by_end.get(i))]
    for m in _regions().finditer(context.text, max(0, end - 16), end):
        starts.append((m.end(), m.start()))
    for middle, start in sorted(starts, reverse=True):
        if middle in by_end and by_end[middle].kind in ("Village", "Community"):  # no zone is named for a village
            return None
        between = context.text[middle:end]
        if _BODY_INSIDE.search(between):  # 公安局|某某新区|分局: the zone's name begins behind the bureau's
            return None
        if _HAN_ALONE.fullmatch(between) and not FUNCTION.search(between) and not _begins_with_verb(between):
            return middle if own_name and 1 < len(between) < 5 and not is_generic(between) else start
        return None
    return None


_BODY_INSIDE = re.compile("[局厅]|委员会|公司")  # ends of bodies' names, which no zone's name holds


def _begins_with_verb(between: str) -> bool:
    """Tell whether a zone's name begins further on: 浙江推进…试验区, 海宁兼具…园区."""
    word, tag = tagged(between)[0] if between else ("", "")
    return len(word) > 1 and tag == "v"


def _free_start(context: Context, end: int, longest: int) -> int | None:
    for start in range(end - 2, max(-1, end - longest - 1), -1):
        stem = context.text[start:end]
        if not _HAN_ALONE.fullmatch(stem) or FUNCTION.search(stem):
            return None
        if begins(context, start):
            # long stems (城乡融合发展) only stand in lists of places, and may hold any words
            if _begins_with_verb(stem):  # 推动|经济开发区
                return None
            if longest < 5 and (is_generic(stem) or (len(stem) > 2 and is_word(stem)) or _is_phrase(stem)):
                return None
            return start
    return None


def _is_phrase(stem: str) -> bool:
    """Tell whether words before a zone are two or more and so no name of its own: 公司|位于|高新区."""
    return sum(1 for word in dictionary_words(stem) if len(word) > 1) > 1


def _is_listed(context: Context, m: re.Match[str], zone_ends: set[int]) -> bool:
    """Tell whether a place and 、 stand before: 秀水新区、城乡融合发展试验区先行区."""
    mark = context.text.rfind("、", max(0, m.start() - 11), m.start())
    return mark > 0 and mark in zone_ends


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
