"""Which body is part of which, and which platform or scheme of which, as names, neighbours and verbs say it.

In: an article with all mentions. Out: partOf facts: `县人民医院|康复中心`, `该行|走马支行`, `某集团旗下的某公司`,
`某所隶属于某局`, `某所组建的“某某”义警队`, `某小程序嵌在某平台里`. The trap: a body that opens another's name need not
be its whole: its party group counts as the place's, and a firm may only bear the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.in_order import outermost, starting, within
from kg.extract.lists import also_named
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality, verb_uses
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation

_BODY = EntityType.ORGANIZATION
_WHOLES = (EntityType.PLATFORM, EntityType.PROGRAMME, EntityType.PROJECT)
# A body of a body by its name: 某医院|医共体总院, 某海关|查检一科; not its party group or a firm named after it.
_UNIT = re.compile(
    ".{1,12}(?:[科站所室院部队组庭处系]|中心|分[局院校店站]|支部|大队|中队|门诊|校区|院区|医共体|实验室|基地)"
)
_NO_UNIT = re.compile("^[纪监]|驻|党|^”")
# 某局|下属的|某所, 某集团|旗下|某公司.
_UNDER = re.compile(
    "(?:下属|旗下|所属|下辖|直属|管辖|名下)的?(?:子公司|企业|公司|单位|机构)?“?|的?(?:全资|控股)?子公司“?"
)
_BELONGS = re.compile("(?:就|也|均|都)?(?:隶属于?|从属于|归属于?|属于)|是")
_IS_UNDER = re.compile("(?:下属|旗下|所属|直属|管辖|下设)的?")
_HAS_UNDER = re.compile("(?:下设|下辖|内设|下属|管辖)(?:有|了)?")
# 某队是某所|去年拉起来的一支队伍, 某所组建的|某队.
_TEAM = re.compile("(?:队|专班|小组|服务团|宣讲团|义警)[”」]?$")
_RAISED = re.compile(
    "(?:今年|去年|前年|20[0-9]{2}年)?(?:[0-9]{1,2}月)?(?:牵头)?(?:拉起来?|组建|成立|组织|设立|创建|抽调|挂牌成立|打造|建立|创办|选派)(?:了|起)?的"
)
_RAISED_ADVERB = re.compile("(?:一支|首支|第一支|全[县市省区]首[支个])?“?")
_EMBEDDED = re.compile(
    "(?:就|已|现已)?(?:嵌入|嵌在|嵌进|接入|并入|搭载在|整合进|整合到|纳入|挂在|上架|归并到|集成在|集成到|内嵌于|依托于)(?:了)?“?"
)
_CONTAINS = re.compile("(?:里|中|上|内|还|也)?(?:包括|包含|涵盖|涵括|由|集成|整合|开设|设有|下设|内设|汇集|囊括)了?“?")
_AS_PART = re.compile("作为[^，。；]{0,3}$")
_PART_NOUN = re.compile(
    "的(?:子项目|子活动|子品牌|子平台|一项|一环|一部分|组成部分|重要内容|重头戏|配套[^，]{2,4}|延伸[^，]{0,4})，"
)


def extract_subordination(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield what is part of what: `石湾派出所隶属于县公安局` → 石湾派出所 partOf 县公安局."""
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    yield from _by_name(article, found)
    for one, other in pairwise(names):
        if other.start - one.end <= _FAR and one.type is other.type:
            yield from _neighbours(article, one, other, names)
    topics = topics_of(article, found)
    for clause in topics.clauses:
        teams = [m for m in within(names, clause.span) if m.type is _BODY and _TEAM.search(m.text)]
        if teams:
            yield from _raised(article, topics, clause, teams[0], names)


_FAR = 16


def _part(article: Article, part: Mention, whole: Mention, rule: str, confidence: float = 0.8) -> Iterator[Relation]:
    if part.label != whole.label:
        yield stated(article, part, "partOf", whole, rule=f"relation.{rule}", confidence=confidence)


def _by_name(article: Article, found: Findings) -> Iterator[Relation]:
    """`县人民医院康复中心`: a unit whose name opens with that of a body which the article names."""
    bodies = {m.text: m for m in reversed(found.mentions) if m.type is _BODY and not m.anaphor and len(m.text) > 2}
    said = {f.subject.label for f in found.facts if isinstance(f, Relation) and f.predicate == "partOf"}
    for unit in bodies.values():
        if unit.label in said:
            continue
        for n in range(len(unit.text) - 2, 2, -1):
            whole, rest = bodies.get(unit.text[:n]), unit.text[n:]
            if whole and _UNIT.fullmatch(rest) and not _NO_UNIT.search(rest):
                yield from _part(article, unit, whole, "unit_by_name")
                break


def _neighbours(article: Article, one: Mention, other: Mention, names: Sequence[Mention]) -> Iterator[Relation]:
    """`该行|走马支行`, `某集团旗下的某公司`, `某所隶属于某局`, `某小程序嵌在某平台里`, `某行动包括甲、乙`."""
    text, gap = article.text, article.text[one.end : other.start]
    if modality(text, max(0, one.start - 2), other.start) or modality(text, one.end, other.start):
        return
    if one.type is _BODY:
        is_own = gap == "" and one.anaphor and not other.anaphor  # 该局|第二税务所
        is_customs = gap == "隶属" and other.text.endswith(
            "海关"
        )  # 湛江海关隶属徐闻海关: how customs houses are called
        if is_own or is_customs or _UNDER.fullmatch(gap):
            yield from _part(article, other, one, "under")
        elif _HAS_UNDER.fullmatch(gap):
            yield from (f for m in _listed(text, other, names) for f in _part(article, m, one, "under"))
        elif _BELONGS.fullmatch(gap) and (gap != "是" or _IS_UNDER.match(text, other.end)):
            yield from _part(article, one, other, "under")
    elif one.type in _WHOLES:
        if _EMBEDDED.fullmatch(gap):
            yield from _part(article, one, other, "embedded")
        elif _CONTAINS.fullmatch(gap) and not ("由" in gap and "组成" not in text[other.end : other.end + 40]):
            yield from (f for m in _listed(text, other, names) for f in _part(article, m, one, "contained"))
        elif _AS_PART.search(text, max(0, one.start - 6), one.start) and _PART_NOUN.fullmatch(gap):
            yield from _part(article, other, one, "as_part")


def _listed(text: str, first: Mention, names: Sequence[Mention]) -> list[Mention]:
    """Return the names of a list: `“甲”“乙”和丙`, by 、 and 和 or by quotation marks alone."""
    group: list[Mention] = []
    for m in starting(names, first.start, first.end + 80):
        if m.type is not first.type or (group and not re.fullmatch("[、和与及”“]{0,3}", text[group[-1].end : m.start])):
            break
        group.append(m)
    return group


def _raised(
    article: Article, topics: Topics, clause: Clause, team: Mention, names: Sequence[Mention]
) -> Iterator[Relation]:
    """`某所成立“某某”义警队`, `某所组建的某队`, `某队是某所拉起来的`: a team is part of the one body that raised it."""
    text, inside = article.text, within(names, clause.span)
    at = inside.index(team)
    before, behind = inside[:at], inside[at + 1 :]
    if behind and behind[0].type is _BODY and text[team.end : behind[0].start] in ("是", "就是"):
        if _RAISED.match(text, behind[0].end):
            yield from _part(article, team, behind[0], "raised")
        return
    if before and before[-1].type is _BODY and _RAISED.fullmatch(text, before[-1].end, team.start):
        yield from _part(article, team, before[-1], "raised")
        return
    verbs = [v for v in verb_uses(text, clause.span, inside) if "found" in v.senses and v.end <= team.start]
    if not verbs or verbs[-1].modality or not _RAISED_ADVERB.fullmatch(text, verbs[-1].end, team.start):
        return
    subject = topics.subject(verbs[-1].start, (_BODY, EntityType.PLACE))
    joined = also_named(text, subject.mention.start, inside) if subject else []
    if subject is None or subject.confidence < CARRIED[1] or len(subject.mentions) > 1 or len(joined) > 1:
        return
    if subject.mention.type is _BODY and "由" not in text[clause.span.start : team.start]:
        yield from _part(article, team, subject.mention, "raised", subject.confidence - 0.1)
