"""Say which place 全县, 我市, 该镇 or 县委 means: article, findings and an offset → a Place mention.

In: the article (its sidecar may name the home place) and the places found so far. Out: the mention that stands for
the place of the asked level. The trap: 市 may be a prefecture, a county-level city or a municipality, 区 a district
or an autonomous region; which one it is depends on what the article is about, so ask with the printed character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from kg.extract.kept import keep_last
from kg.model import Article, EntityType, Findings, Mention, Metadata
from kg.vocab import divisions
from kg.vocab.chains import last_of_chain
from kg.vocab.divisions import Division

# What the character of a level may stand for, likeliest first; a class and how names of it end.
_LEVELS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "省": (("Province", ("省",)),),
    "市": (("County", ("市",)), ("Prefecture", ("市",)), ("Province", ("市",))),
    "州": (("Prefecture", ("州",)),),
    "盟": (("Prefecture", ("盟",)),),
    "县": (("County", ("县",)),),
    "区": (("County", ("区",)), ("Zone", ("区",)), ("Province", ("自治区",))),
    "旗": (("County", ("旗",)),),
    "镇": (("Township", ("镇",)),),
    "乡": (("Township", ("乡",)),),
    "街道": (("Township", ("街道",)),),
    "苏木": (("Township", ("苏木",)),),
    "村": (("Village", ("村",)),),
    "嘎查": (("Village", ("嘎查", "嘎查村")),),
    "社区": (("Community", ("社区",)),),
}
_LIST_MARKS = ("、", "和")
_NEWSPAPER = re.compile(r"(.{2,8}?)(?:日报|晚报|晨报|时报|都市报|新闻|报)$")  # ways to name a newspaper


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an article names and is at home in."""

    places: tuple[Mention, ...]
    home: Division | None
    above: tuple[str, ...]
    """Codes of the home division and of those above it."""
    fitting: dict[tuple[str, str], tuple[Mention, ...]] = field(default_factory=dict)
    """What has been asked for: the places of a level and kind."""

    def of_kind(self, level: str, kind: str, endings: tuple[str, ...]) -> tuple[Mention, ...]:
        """Return the places that a character for a level may mean where it stands for a kind, by where they end."""
        if (level, kind) not in self.fitting:
            fitting = self._fitting(level, kind, endings)
            self.fitting[level, kind] = tuple(sorted(fitting, key=lambda m: (m.end, -m.start)))
        return self.fitting[level, kind]

    def _fitting(self, level: str, kind: str, endings: tuple[str, ...]) -> list[Mention]:
        fitting = [m for m in self.places if m.kind == kind and _full_name(m).endswith(endings)]
        if kind == "County" and level == "市":  # 全市 in a district's or county's news is the city above it
            is_upper = self.home is not None and self.home.level < 2
            fitting = [m for m in fitting if m.code in self.above or not self.above or is_upper]
            fitting = _unless_listed(fitting, self.places, self.above)
        own = [m for m in fitting if m.code and m.code in self.above]
        return own or fitting


@keep_last
def _scope_of(metadata: Metadata, mentions: tuple[Mention, ...]) -> _Scope:
    home = _home(metadata)
    above = (home.code, *(d.code for d in divisions.ancestors(home.code))) if home else ()
    return _Scope(tuple(m for m in mentions if m.type is EntityType.PLACE and not m.anaphor), home, above)


def home_division(article: Article) -> Division | None:
    """Return the division that the newspaper belongs to: the sidecar's `home`, else the newspaper's own name.

    `home = "嘉兴市"` → 嘉兴市; `newspaper = "嘉兴日报"` → the same; None where the sidecar tells neither.
    """
    return _home(article.metadata)


@lru_cache(maxsize=128)
def _home(metadata: Metadata) -> Division | None:
    if division := last_of_chain(metadata.home.strip()):
        return division
    if m := _NEWSPAPER.match(metadata.newspaper.strip()):
        return divisions.resolve(m[1])
    return None


def place_in_scope(article: Article, findings: Findings, offset: int, level: str) -> Mention | None:
    """Return the place that a word like 全县 at the offset points at, None if the article names none of its level.

    `level` is the character that the text prints (省 市 州 盟 县 区 旗 镇 乡 街道 苏木 村 嘎查 社区). Preferred, in
    order: for 省, 市, 县, 区, 旗 the home division or one above it; the nearest mention before; the most frequent one.

    `永新镇三会村小学…由12家机构包干全区68所学校`, home 綦江区, level 区 → the mention of 綦江区.
    """
    scope = _scope_of(article.metadata, findings.mentions)
    for kind, endings in _LEVELS.get(level, ()):
        if fitting := scope.of_kind(level, kind, endings):
            before = fitting[: bisect_right(fitting, offset, key=attrgetter("end"))]
            if before:
                return next((m for m in reversed(before) if not _is_listed(article.text, m)), before[-1])
            is_own = fitting[0].code and fitting[0].code in scope.above
            return min(fitting, key=lambda m: m.start) if is_own else _most_frequent(fitting)
    return None


def _is_listed(text: str, place: Mention) -> bool:
    """Tell whether a place is one of several: 院东头镇、泉庄镇、诸葛镇分别有…; 镇里 afterwards means none of them."""
    return text[place.start - 1 : place.start] in _LIST_MARKS or text[place.end : place.end + 1] in _LIST_MARKS


def _full_name(mention: Mention) -> str:
    division = divisions.by_code(mention.code) if mention.code else None
    return division.name if division else mention.label


def _unless_listed(fitting: list[Mention], places: Sequence[Mention], above: Sequence[str]) -> list[Mention]:
    """Return no county-level city where the article's home is the prefecture that it names itself."""
    prefectures = {m.code for m in places if m.kind == "Prefecture" and m.code in above}
    own = [m for m in fitting if m.code in above]
    return own if prefectures else fitting


def _most_frequent(mentions: Sequence[Mention]) -> Mention:
    count = Counter(m.code or m.label for m in mentions)
    return max(mentions, key=lambda m: (count[m.code or m.label], -m.start))
