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
from dataclasses import dataclass
from functools import cache

from kg.text import dictionary_words, is_word, tagged
from kg.vocab import divisions, lexicon, words
from kg.vocab.divisions import Division

COUNTY, TOWNSHIP = divisions.LEVELS.index("County"), divisions.LEVELS.index("Township")


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that names a place."""

    start: int
    end: int
    rule: str
    kind: str
    division: Division | None = None

    @property
    def code(self) -> str:
        """The division's code, empty while unresolved."""
        return self.division.code if self.division else ""


@dataclass(frozen=True, slots=True)
class Context:
    """What an article is about, as far as places go."""

    text: str
    bounds: frozenset[int]
    """Offsets at which a dictionary word begins or ends."""
    home: Division | None
    codes: frozenset[str]
    """Codes of home and of all divisions named in full."""

    @property
    def counties(self) -> tuple[str, ...]:
        """Codes of the counties whose towns may be named: mentioned ones, home, or all of a home prefecture."""
        found = {c for c in self.codes if (d := divisions.by_code(c)) and d.level == COUNTY}
        if self.home and self.home.level == 1:
            found |= {d.code for d in divisions.counties(self.home.code)} or {self.home.code}
        return tuple(sorted(found))

    def rank(self, division: Division, before: Name | None) -> int:
        """Return how near a division lies to what the article is about, 0 nearest."""
        if before and before.code and before.code != division.code and divisions.contains(before.code, division.code):
            return 0
        if division.code in self.codes:
            return 1
        above = [d.code for d in divisions.ancestors(division.code)]
        home = [d.code for d in (self.home, *divisions.ancestors(self.home.code))] if self.home else []
        if division.code in home or (home and home[0] in above):
            return 2
        if set(above) & {c for c in self.codes if not c.endswith("0000")}:
            return 3
        if len(home) > 1 and home[1] in above:
            return 4
        return 5 if set(above) & self.codes or (home and home[-1] in above) else 6


def context_of(text: str, home: Division | None) -> Context:
    """Return the context: where words begin, the home, and the divisions that the text names in full."""
    bounds, offset = {0}, 0
    for word in dictionary_words(text):
        offset += len(word)
        bounds.add(offset)
    blank = Context(text, frozenset(bounds), home, frozenset({home.code} if home else ()))
    codes = set(blank.codes)
    for start, end, found in _scan(text, _upper_index()):
        word = text[start:end]
        if (
            len({d.code for d in found}) == 1
            and found[0].name == word
            and len(word) > 2
            and is_whole(blank, start, end)
        ):
            codes.add(found[0].code)
    return Context(text, blank.bounds, home, frozenset(codes))


def gazetteer_names(context: Context) -> list[Name]:
    """Return the names of provinces to towns in a text, each with the division that it means.

    `张先生是嘉兴平湖钟埭镇的种植大户` → 嘉兴 (嘉兴市), 平湖 (平湖市, just behind the city it lies in), 钟埭镇.
    """
    towns = _index(d for c in context.counties for d in divisions.townships(c))
    names: list[Name] = []
    offset = 0
    while offset < len(context.text) - 1:
        before = names[-1] if names and names[-1].end == offset else None
        name = _town_at(context, offset, before, towns) or _upper_at(context, offset, before)
        if name:
            names.append(name)
        offset = name.end if name else offset + 1
    return names


def _upper_at(context: Context, offset: int, before: Name | None) -> Name | None:
    for end, found in _matches(context.text, offset, _upper_index()):
        word = context.text[offset:end]
        full = tuple(d for d in found if d.name == word)
        if full and is_whole(context, offset, end) and _may_be_full(context, offset, word, full, before):
            division = _choose(context, full, before)
            return Name(offset, end, "place.gazetteer", division.kind if division else full[0].kind, division)
        if full and len(full) == len(found):
            continue
        if old := _old_name(context, offset, end, found, before):
            return old
        if _is_short_form(context, offset, end) and _may_be_short(context, offset, end, found, before):
            return _named(context, offset, end, "place.short_form", found, before)
    return None


def _may_be_full(context: Context, offset: int, word: str, full: tuple[Division, ...], before: Name | None) -> bool:
    """Tell whether a full name is one here: 赵县 and 会同县 need more than the characters (县纪委会同县财政局)."""
    if len(word) > 2 and divisions.stem(word) not in words("ambiguous_places"):
        return True
    return _is_near(context, full, before, 2) or (len(word) > 2 and begins(context, offset))


def _town_at(context: Context, offset: int, before: Name | None, towns: Index) -> Name | None:
    for end, found in _matches(context.text, offset, towns):
        full = tuple(d for d in found if d.name == context.text[offset:end] and d.kind)
        if full and is_whole(context, offset, end) and (len(full[0].name) > 2 or before or begins(context, offset)):
            return _named(context, offset, end, "place.gazetteer", full, before)
    if before and before.division and before.division.level <= COUNTY:  # the county may be new to the context
        below = _index(divisions.townships(before.code)) if before.division.level == COUNTY else {}
        for end, found in _matches(context.text, offset, below):
            if context.text[offset:end] == found[0].name and found[0].kind:
                return _named(context, offset, end, "place.gazetteer", found, before)
    return _known_town(context, offset, before)


_TOWN = re.compile(r"[一-鿿]{2,6}?(?:镇|乡|街道|苏木)")  # forms of a town's name, division_suffixes.tsv


def _known_town(context: Context, offset: int, before: Name | None) -> Name | None:
    """Return a town of any county whose name begins where a name may begin."""
    if not (before or begins(context, offset)) or not (m := _TOWN.match(context.text, offset)):
        return None
    if not is_whole(context, offset, m.end()):
        return None
    county = before.code if before and before.division and before.division.level == COUNTY else ""
    if renamed := _renamed_town(context, m[0], (county,) if county else context.counties):
        return _named(context, offset, m.end(), "place.old_name", renamed, before)
    found = tuple(d for d in divisions.by_name(m[0], county) if d.level == TOWNSHIP)
    if found:
        return _named(context, offset, m.end(), "place.gazetteer", found, before)
    if county and is_proper(divisions.stem(m[0])):
        return Name(offset, m.end(), "place.town_form", "Township")
    return None


def _renamed_town(context: Context, name: str, counties: Iterable[str]) -> tuple[Division, ...]:
    """Return the town that has become a 街道 or 镇 since: 钟埭镇 for 钟埭街道; empty unless it is one."""
    stem = divisions.stem(name)
    towns = [t for c in counties for t in divisions.townships(c) if t.kind == "Township"]
    same = tuple(t for t in towns if len(stem) > 1 and divisions.stem(t.name) == stem)
    return same if len(same) == 1 and same[0].name != name else ()


def _old_name(context: Context, start: int, end: int, found: tuple[Division, ...], before: Name | None) -> Name | None:
    """Return a county under its former name: 綦江县 for 綦江区."""
    if context.text[end : end + 1] not in tuple("县市区") or context.text[start:end] in words("ambiguous_places"):
        return None
    counties = tuple(d for d in found if d.level == COUNTY and divisions.stem(d.name) == context.text[start:end])
    if not counties or not is_whole(context, start, end + 1):
        return None
    if len(counties) > 1 and not _is_near(context, counties, before, 4):
        return None
    return _named(context, start, end + 1, "place.old_name", counties, before)


def _may_be_short(context: Context, start: int, end: int, found: tuple[Division, ...], before: Name | None) -> bool:
    """Tell whether a short form may be used for one of the divisions in this context."""
    word = context.text[start:end]
    if _is_near(context, found, before, 0):
        return True
    if word in words("ambiguous_places"):
        return _is_near(context, found, before, 1) and begins(context, start)
    if any(d.level < COUNTY for d in found) or _is_near(context, found, before, 4):
        return True
    if not begins(context, start) or context.text[start - 1 : start] in tuple("“‘「《"):
        return False  # a far county is named like a brand is (“金阳管家”), so only where a name begins, unquoted
    return len(found) == 1 and found[0].kind == "County" and not found[0].name.endswith("区") and is_word(word)


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


def begins(context: Context, offset: int) -> bool:
    """Tell whether a name that only its form shows may begin here: behind punctuation or an opening word."""
    if offset == 0 or not "一" <= context.text[offset - 1] <= "鿿":
        return True
    return offset in context.bounds and context.text.endswith(_openers(), max(0, offset - 2), offset)


def is_whole(context: Context, start: int, end: int) -> bool:
    """Tell whether a full name is whole: not cut out of longer words, 平湖市 in 平湖市场 is not."""
    if start not in context.bounds:
        return False
    return not _collision().match(context.text, end - 1)


def _is_short_form(context: Context, start: int, end: int) -> bool:
    """Tell whether the text at a short form can be one: whole words, no street, no other division's name."""
    text = context.text
    if start not in context.bounds or _street().match(text, end) or _LONGER.match(text, end):
        return False
    if end in context.bounds:
        return True
    rest = min(b for b in context.bounds if b > end) - end  # 长沙银行 may be one word, 大理石 is no place
    return rest > 1 and is_word(text[end : end + rest])


# A suffix of a lower level behind a short form makes another place's name of both: 莲花村, 平湖街道.
_LONGER = re.compile(
    r"(?:镇(?!党|政|域|区|村|级)|乡(?!村|镇|亲|贤|愁|土|情|音)|街道|村(?!级|社|干|镇|庄|落)|社区|嘎查|苏木)"
)


# Function words inside a stretch show that it is no single name.
FUNCTION = re.compile(r"[的了和与及在是为有各每全该本把将被到从对向这那个们后前来去等由让可所]")


def is_proper(stem: str) -> bool:
    """Tell whether the words before 村, 社区 or 镇 can be a proper name: no function word, common noun or verb."""
    if FUNCTION.search(stem) or is_generic(stem):
        return False
    if len(stem) > 1 and is_word(stem) and stem not in words("ambiguous_places"):
        return False
    return not any(len(word) > 1 and tag[0] in "vd" for word, tag in tagged(stem))


def is_generic(stem: str) -> bool:
    """Tell whether the words before a suffix make a common noun of it: 中心, 未来, 国家级."""
    return stem in words("generic_places") or stem.endswith(_generic_ends())


@cache
def _generic_ends() -> tuple[str, ...]:
    return tuple(w for w in words("generic_places") if len(w) > 1)


@cache
def _street() -> re.Pattern[str]:
    return re.compile("|".join(r["pattern"] for r in lexicon("street_words")))


@cache
def _collision() -> re.Pattern[str]:
    rows = lexicon("suffix_collisions")
    return re.compile("|".join(r["word"] + (f"(?![{r['unless']}])" if r["unless"] else "") for r in rows))


@cache
def _openers() -> tuple[str, ...]:
    return tuple(words("place_openers"))


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


@cache
def _upper_index() -> Index:
    return _index(divisions.upper(), short=True)


def _matches(text: str, offset: int, index: Index) -> Iterator[tuple[int, tuple[Division, ...]]]:
    for name, found in index.get(text[offset : offset + 2], ()):
        if text.startswith(name, offset):
            yield offset + len(name), found


def _scan(text: str, index: Index) -> Iterator[tuple[int, int, tuple[Division, ...]]]:
    for offset in range(len(text) - 1):
        for end, found in _matches(text, offset, index):
            yield offset, end, found
