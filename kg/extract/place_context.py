"""What an article is about as far as places go, and whether a stretch of its text can be a place's name.

In: an article's text with the offsets where dictionary words begin. Out: answers to those who look for names. The
trap: Chinese has no spaces, so a name ends and begins where the words around it do: 平湖市 is no name in 平湖市场,
长沙 is none in 长沙路, and 村 behind 中心 makes a common noun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import count

from kg.extract.person_names import surname_at
from kg.extract.roles import role_before
from kg.text import is_word, tagged
from kg.vocab import divisions, lexicon, words
from kg.vocab.divisions import Division


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
    upper: tuple[int, ...] = ()
    """Offsets at which the name of a county or a larger place may begin."""
    counties: tuple[str, ...] = ()
    """Codes of the counties whose towns may be named: mentioned ones, home, or all of a home prefecture."""

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


def begins(context: Context, offset: int) -> bool:
    """Tell whether a name that only its form shows may begin here: behind punctuation or an opening word."""
    if offset == 0 or not "一" <= context.text[offset - 1] <= "鿿":
        return offset == 0 or not context.text[offset - 1].isalnum()  # 14名大学生村官
    return offset in context.bounds and context.text.endswith(_openers(), max(0, offset - 3), offset)


def is_whole(context: Context, start: int, end: int, before: Name | None = None) -> bool:
    """Tell whether a full name is whole: not cut out of longer words, 平湖市 in 平湖市场 is not."""
    if start not in context.bounds and not before:  # 上海市浦东新区 is one word of the dictionary
        return False
    return not _collision().match(context.text, end - 1)


def is_short_form(context: Context, start: int, end: int, before: Name | None = None) -> bool:
    """Tell whether the text at a short form can be one: whole words, no street, no other division's name."""
    text = context.text
    if start > 1 and surname_at(text, start - 1) == text[start - 1] and role_before(text, start - 1):
        return False  # 副主任李|保山
    if _is_in_person(text, start, end):
        return False
    if (start not in context.bounds and not before) or _street().match(text, end) or _LONGER.match(text, end):
        return False
    if end in context.bounds or _collision().match(text, end):
        return True
    tail = text[end : next(i for i in count(end + 1) if i in context.bounds)]
    # 长沙银行 may be one word, 大理石 is no place
    return len(tail) > 1 and (is_word(tail) or tail.endswith(_HEADS))


def _is_in_person(text: str, start: int, end: int) -> bool:
    """Tell whether a short form only begins a name: 黄平|辉书记, or 黄平|辉 where a post announces it."""
    name = text[start : end + 1]
    if end - start != _SURNAME_AND_ONE or surname_at(text, start) != text[start] or name[-1:] in _ADMIN:
        return False
    if text.startswith(_forms_of_address(), end + 1):
        return True
    return any(role_before(text, m.start()) for m in re.finditer(re.escape(name), text))


@cache
def _forms_of_address() -> tuple[str, ...]:
    return tuple(sorted(w for w in words("roles", kind="post") if len(w) == len("书记") and w[-1] in "长记席任"))


_SURNAME_AND_ONE = 2
_ADMIN = tuple("省市县区州盟旗镇乡村街")
# 合肥工业大学 is one word of the dictionary: what ends so behind a short form makes a body's name of both.
_HEADS = ("大学", "学院", "银行", "医院")
# A suffix of a lower level behind a short form makes another place's name of both: 莲花村, 平湖街道.
_LONGER = re.compile(
    r"(?:镇(?!党|政|域|区|村|级)|乡(?!村|镇|亲|贤|愁|土|情|音)|街道|村(?!级|社|干|镇|庄|落)|社区|嘎查|苏木)"
)


# Function words inside a stretch show that it is no single name.
FUNCTION = re.compile(r"[的了着她他它和与及在是为有各每全该本把将被到从对向这那个们后前来去等由让可所设辖给不没就]")


def is_proper(stem: str, chained: bool = False) -> bool:
    """Tell whether the words before 村, 社区 or 镇 can be a proper name: no function word, common noun or verb.

    Right behind a larger place (`chained`) a word of the dictionary may be one: 库山乡双泉村.
    """
    if FUNCTION.search(stem) or is_generic(stem):
        return False
    if _NUMERALS.fullmatch(stem):  # 一村一品, 一人包一村
        return False
    if not chained and len(stem) > 1 and is_word(stem) and not _may_name(stem):
        return False
    # jieba tags words that it makes up itself: 赤夸 is no verb
    return not any(len(word) > 1 and tag[0] in "vd" and is_word(word) for word, tag in tagged(stem))


_LONGEST_PEOPLE = 4
_NUMERALS = re.compile("[一二两三几每各多双百千万]|[一每].{0,3}一")


def _may_name(stem: str) -> bool:
    """Tell whether a word of the dictionary may name a village as well: one for another place, 阳泉|村."""
    return stem in words("ambiguous_places") or tagged(stem)[0][1] in ("ns", "nr")


def is_generic(stem: str) -> bool:
    """Tell whether the words before a suffix make a common noun of it: 中心, 未来, 国家级."""
    is_people = len(stem) < _LONGEST_PEOPLE and stem.endswith("族")  # 傣族|村民
    return is_people or stem in words("generic_places") or stem.endswith(_generic_ends())


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
