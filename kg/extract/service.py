"""Whom a programme, platform, product or facility serves: Group mentions and `serves`.

In: an article with all mentions. Out: Group mentions (the text's own noun phrase) and Relation facts. The trap: most
verbs of help have the newspaper's whole world as object; a group counts only where a named thing governs the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.groups import group_mention, group_phrase, users_of
from kg.extract.in_order import outermost, starting, within
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality
from kg.model import Article, EntityType, Fact, Findings, Mention, Span
from kg.vocab import words

_THINGS = (EntityType.PROGRAMME, EntityType.PLATFORM, EntityType.PRODUCT, EntityType.FACILITY)
_PLEASES = re.compile(
    "更?[让令](?P<group>[\u4e00-\u9fff]{2,8}?)(?:更|最)?"
    "(?:踏实|放心|高兴|开心|受益|省心|满意|称心|惊喜|欢喜|方便|安心)的是"
)
_COUNTED = re.compile(r"[\d.万余多]+[户名人家个位]?(?=、)")
_LAUNCHED = (EntityType.PROGRAMME, EntityType.PLATFORM, EntityType.PRODUCT)


def extract_service(article: Article, found: Findings) -> Iterator[Mention | Fact]:
    """Yield groups served: `首创并实施“错时上班制”，满足居民…需求` → “错时上班制” serves 居民."""
    topics = topics_of(article, found)
    things = outermost(m for m in found.mentions if m.type in _THINGS and not m.anaphor)
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    for clause in topics.clauses:
        if clause.paragraph == article.title:
            continue  # a headline helps everyone: 助力企业发展
        for group in _groups(article, clause, names):
            if server := _server(topics, clause, group, things, found):
                yield from _served(article, server, group, 0.75)
        if not clause.subjects:
            for thing, group in users_of(article, topics, clause, things):
                yield from _served(article, thing, group, 0.7)
        if pleased := _PLEASES.match(article.text, clause.span.start, clause.span.end):
            for thing in within(things, clause.span)[:1]:
                if thing.start <= pleased.end() + 1 and group_phrase().fullmatch(pleased["group"]):
                    yield from _served(article, thing, group_mention(article.text, *pleased.span("group")), 0.7)
        for thing in within(things, clause.span):
            if user := _user(article, clause, thing):
                yield from _served(article, thing, user, 0.7)
    for thing in things:
        if named := _group_in_name(article, thing):
            yield from _served(article, thing, named, 0.75)


def _served(article: Article, thing: Mention, group: Mention, confidence: float) -> Iterator[Mention | Fact]:
    yield group
    yield stated(article, thing, "serves", group, rule="service.verb_of_help", confidence=confidence)


def _server(topics: Topics, clause: Clause, group: Mention, things: list[Mention], found: Findings) -> Mention | None:
    """Return the thing that serves: the last one named before the group in this clause or the two before it.

    Further back in the sentence only its subject counts (`…平台设置了双网双平台，…，更有效地服务于党委、政府`).
    """
    near = [c.span.start for c in topics.in_sentence(clause) if c.span.start <= clause.span.start]
    begin = near[-3] if len(near) >= 3 else near[0]
    before = within(things, Span(begin, group.start))
    if before:
        return before[-1]
    behind = [m for m in within(things, Span(group.end, clause.span.end)) if m.type in _LAUNCHED]
    if behind:  # 针对减畜户推出“草畜平衡贷”
        return behind[0]
    pointing = [m for m in starting(found.mentions, begin, group.start) if m.anaphor and m.type in _THINGS]
    if pointing:
        return pointing[-1]
    subject = topics.subject(group.start, _THINGS)
    return subject.mention if subject and subject.confidence >= CARRIED[1] else None


@cache
def _verb_of_help() -> re.Pattern[str]:
    verbs = "|".join(sorted(words("verbs", sense="serve"), key=lambda w: (-len(w), w)))
    # 作为, 成为 and 认为 hold 为 without being it.
    return re.compile(
        f"(?:{verbs}|(?<![作成认称以])为|给|向|针对|对(?=[0-9]))(?:了|于|到|全县|全市|全区|全镇|广大|更多|所有|辖区|当地)*"
        # 覆盖13个乡镇、2900多户林农: the places come first.
        r"(?:[\d.万余多]+[个家][\u4e00-\u9fff]{1,4}、)?"
    )


def _groups(article: Article, clause: Clause, names: list[Mention]) -> Iterator[Mention]:
    """Yield the groups behind the clause's verb of help, all of a list (环卫工人、建筑工人、快递员)."""
    text, span = article.text, clause.span
    verbs = list(_verb_of_help().finditer(text, span.start, span.end))
    taken = [(m.start, m.end) for m in within(names, span)] if verbs else []
    for verb in verbs:
        if any(s < verb.end() and verb.start() < e for s, e in taken) or modality(text, span.start, verb.start()):
            continue
        if verb.group() == "为" and "以" in text[max(span.start, verb.start() - 12) : verb.start()]:
            continue  # 以合作社为单位
        found = list(_listed(text, Span(verb.end(), span.end), taken))
        if found:
            yield from found
            return


def _behind_owner(text: str, span: Span, taken: list[tuple[int, int]]) -> int:
    """Return where a group begins of which the text says whose it is: 给佛子岭镇的|7家民宿."""
    begin = span.start
    for start, end in taken:
        if start == begin:
            begin = end
    return begin + 1 if begin > span.start and text[begin : begin + 1] == "的" else span.start


def _listed(text: str, span: Span, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    begin = _behind_owner(text, span, taken)
    while g := group_phrase().match(text, begin, span.end):
        start, end = g.span("group")
        if any(s < end and start < e for s, e in taken):
            return
        yield group_mention(text, start, end)
        if counted := _COUNTED.match(text, end, span.end):  # 支持茶农9300余户、茶企117家
            end = counted.end()
        if text.startswith("等", end):
            begin = end + 1  # …、出租车司机等广大户外劳动者: the noun behind 等 sums the list up
        elif end < span.end and text[end] in "、和与":
            begin = end + 1
        else:
            return


# 销售人员只要安装…APP, 居民可通过…平台: verbs of use between a group and a platform.
_USES = re.compile(r"(?:只要|只需|可|可以|能|均可)?(?:安装|使用|登录|打开|通过|扫描|关注)(?:了)?")


_AT = re.compile("(?:还|也|都|均)?(?:可以|能|可)?在[“‘]?")


def _user(article: Article, clause: Clause, thing: Mention) -> Mention | None:
    """Return the group that uses a platform: `销售人员只要安装一键式管控前端应用APP`."""
    if thing.type is not EntityType.PLATFORM:
        return None
    g = group_phrase().match(article.text, clause.span.start, thing.start)
    if (
        g
        and _AT.fullmatch(article.text[g.end() : thing.start])
        and article.text[thing.end : thing.end + 1] in ("上", "里")
    ):
        return group_mention(article.text, *g.span("group"))  # 居民在“…”小程序上提诉求
    if g and _USES.fullmatch(article.text, g.end(), thing.start - (article.text[thing.start - 1] in "“‘")):
        return group_mention(article.text, *g.span("group"))
    return None


def _group_in_name(article: Article, thing: Mention) -> Mention | None:
    """`户外职工爱心驿站` is for 户外职工: a name that opens with a group noun says whom it is for."""
    if thing.type is not EntityType.FACILITY:
        return None
    # A base of a cooperative is not for it: only people are named so.
    opening = thing.start + (article.text[thing.start] in "“‘")
    opening += article.text[opening] in "省市县区镇乡"  # 县|职工服务中心
    g = group_phrase().match(article.text, opening, thing.end - 2)
    is_body = g and g.group("group").endswith(tuple(_BODY_NOUNS))
    return group_mention(article.text, *g.span("group")) if g and not is_body else None


_BODY_NOUNS = ("企业", "合作社", "部门", "单位", "机构", "家庭农场")  # the nouns of groups.tsv that mean bodies
