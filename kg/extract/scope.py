"""Say which place 全县, 我市, 该镇 or 县委 means: article, findings and an offset → a Place mention.

In: the article (its sidecar may name the home place) and the places found so far. Out: the mention that stands for
the place of the asked level. The trap: 市 may be a prefecture, a county-level city or a municipality, 区 a district
or an autonomous region; which one it is depends on what the article is about, so ask with the printed character.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.model import Article, EntityType, Findings, Mention
from kg.vocab import divisions
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
_NEWSPAPER = re.compile(r"(.{2,8}?)(?:日报|晚报|晨报|时报|都市报|新闻|报)$")  # ways to name a newspaper


def home_division(article: Article) -> Division | None:
    """Return the division that the newspaper belongs to: the sidecar's `home`, else the newspaper's own name.

    `home = "嘉兴市"` → 嘉兴市; `newspaper = "嘉兴日报"` → the same; None where the sidecar tells neither.
    """
    home = article.metadata.home.strip()
    for start in range(len(home) - 1):  # 北京市西城区: the last of a chain
        if division := divisions.resolve(home[start:]):
            return division
    if m := _NEWSPAPER.match(article.metadata.newspaper.strip()):
        return divisions.resolve(m[1])
    return None


def place_in_scope(article: Article, findings: Findings, offset: int, level: str) -> Mention | None:
    """Return the place that a word like 全县 at the offset points at, None if the article names none of its level.

    `level` is the character that the text prints (省 市 州 盟 县 区 旗 镇 乡 街道 苏木 村 嘎查 社区). Preferred, in
    order: for 省, 市, 县, 区, 旗 the home division or one above it; the nearest mention before; the most frequent one.

    `永新镇三会村小学…由12家机构包干全区68所学校`, home 綦江区, level 区 → the mention of 綦江区.
    """
    places = [m for m in findings.of_type(EntityType.PLACE) if not m.anaphor]
    home = home_division(article)
    above = [home.code, *(d.code for d in divisions.ancestors(home.code))] if home else []
    for kind, endings in _LEVELS.get(level, ()):
        fitting = [m for m in places if m.kind == kind and _full_name(m).endswith(endings)]
        if kind == "County" and level == "市":  # 全市 in a district's or county's news is the city above it
            fitting = [m for m in fitting if m.code in above or not above or (home and home.level < 2)]
            fitting = _unless_listed(fitting, places, above)
        if own := [m for m in fitting if m.code and m.code in above]:
            return _nearest(own, offset)
        if fitting:
            return _nearest([m for m in fitting if m.end <= offset], offset) or _most_frequent(fitting)
    return None


def _full_name(mention: Mention) -> str:
    division = divisions.by_code(mention.code) if mention.code else None
    return division.name if division else mention.label


def _unless_listed(fitting: list[Mention], places: list[Mention], above: list[str]) -> list[Mention]:
    """Return no county-level city where the article's home is the prefecture that it names itself."""
    prefectures = {m.code for m in places if m.kind == "Prefecture" and m.code in above}
    own = [m for m in fitting if m.code in above]
    return own if prefectures else fitting


def _nearest(mentions: list[Mention], offset: int) -> Mention | None:
    before = [m for m in mentions if m.end <= offset]
    if before:
        return max(before, key=lambda m: (m.end, -m.start))
    return min(mentions, key=lambda m: m.start, default=None)


def _most_frequent(mentions: list[Mention]) -> Mention:
    count = Counter(m.code or m.label for m in mentions)
    return max(mentions, key=lambda m: (count[m.code or m.label], -m.start))
