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
from kg.extract.in_order import outermost, starting, within
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality
from kg.model import Article, EntityType, Fact, Findings, Mention, Span
from kg.vocab import words

_THINGS = (EntityType.PROGRAMME, EntityType.PLATFORM, EntityType.PRODUCT, EntityType.FACILITY)
# 减畜户, 养蜂户: households of a kind; 账户, 门户 and counts (三千户) are none.
_HOUSEHOLD = r"(?:(?!等)[\u4e00-\u9fff]){1,3}(?<![账门窗落入开每万千百余多几])户"
_COUNTED = re.compile(r"[\d.万余多]+[户名人家个位]?(?=、)")
_LAUNCHED = (EntityType.PROGRAMME, EntityType.PLATFORM, EntityType.PRODUCT)
# Words before a group's head noun; none begins with a particle or measure word (的, 和, 类, 种).
_MODIFIER = r"(?![的和及与或等类种批了着过])[\u4e00-\u9fff\d]{0,8}?"


def extract_service(article: Article, found: Findings) -> Iterator[Mention | Fact]:
    """Yield groups served: `首创并实施“错时上班制”，满足居民…需求` → “错时上班制” serves 居民."""
    topics = topics_of(article, found)
    things = outermost(m for m in found.mentions if m.type in _THINGS and not m.anaphor)
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    has_app = any(m.type is EntityType.PLATFORM for m in found.mentions)
    for clause in topics.clauses:
        if clause.paragraph == article.title:
            continue  # a headline helps everyone: 助力企业发展
        for group in _groups(article, clause, names):
            if server := _server(topics, clause, group, things, found):
                yield from _served(article, server, group, 0.75)
        app = _app(topics, clause) if has_app and not clause.subjects else None
        if app and (visitor := _visitor(article, clause)):
            yield from _served(article, app, visitor, 0.7)
        for thing in within(things, clause.span):
            if user := _user(article, clause, thing):
                yield from _served(article, thing, user, 0.7)
    for thing in things:
        if named := _group_in_name(article, thing):
            yield from _served(article, thing, named, 0.75)


def _app(topics: Topics, clause: Clause) -> Mention | None:
    """Return the platform that a clause without a subject speaks of."""
    only = (EntityType.PLATFORM,)
    app = topics.just_named(clause, only) or topics.subject(clause.span.end, only)
    return app.mention if app and app.confidence >= CARRIED[1] else None


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
        f"(?:{verbs}|(?<![作成认称以])为|给|向|针对)(?:了|于|到|全县|全市|全区|全镇|广大|更多|所有|辖区|当地)*"
        # 覆盖13个乡镇、2900多户林农: the places come first.
        r"(?:[\d.万余多]+[个家][\u4e00-\u9fff]{1,4}、)?"
    )


@cache
def _group_phrase() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, words("groups")), key=lambda w: (-len(w), w)))
    # A measure word counts only behind a number: the 户 of 户外职工 is none.
    counted = "(?:(?:每|各|\\d[\\d.万余多]*)[户名位家个](?!人))?"
    return re.compile(f"{counted}(?:广大)?(?P<group>(?:{_MODIFIER}(?:{nouns}|{_HOUSEHOLD}))(?:及其家属)?)")


def _groups(article: Article, clause: Clause, names: list[Mention]) -> Iterator[Mention]:
    """Yield the groups behind the clause's verb of help, all of a list (环卫工人、建筑工人、快递员)."""
    text, span = article.text, clause.span
    verbs = list(_verb_of_help().finditer(text, span.start, span.end))
    taken = [(m.start, m.end) for m in within(names, span)] if verbs else []
    for verb in verbs:
        if any(s < verb.end() and verb.start() < e for s, e in taken) or modality(text, span.start, verb.start()):
            continue
        found = list(_listed(text, Span(verb.end(), span.end), taken))
        if found:
            yield from found
            return


def _listed(text: str, span: Span, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    begin = span.start
    while g := _group_phrase().match(text, begin, span.end):
        start, end = g.span("group")
        if any(s < end and start < e for s, e in taken):
            return
        yield _group(text, start, end)
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
_ABLE = re.compile("随时|就能|便能|能|可以?|即可|足不出户|扫码|刷脸|点单|下单")


def _visitor(article: Article, clause: Clause) -> Mention | None:
    """Return who a clause says can do something with what was just named: `有了…系统，家长在手机上随时能看`."""
    g = _group_phrase().match(article.text, clause.span.start, clause.span.end)
    if g and _ABLE.search(article.text, g.end(), clause.span.end):
        return _group(article.text, *g.span("group"))
    return None


def _user(article: Article, clause: Clause, thing: Mention) -> Mention | None:
    """Return the group that uses a platform: `销售人员只要安装一键式管控前端应用APP`."""
    if thing.type is not EntityType.PLATFORM:
        return None
    g = _group_phrase().match(article.text, clause.span.start, thing.start)
    if (
        g
        and _AT.fullmatch(article.text[g.end() : thing.start])
        and article.text[thing.end : thing.end + 1] in ("上", "里")
    ):
        return _group(article.text, *g.span("group"))  # 居民在“…”小程序上提诉求
    if g and _USES.fullmatch(article.text, g.end(), thing.start - (article.text[thing.start - 1] in "“‘")):
        return _group(article.text, *g.span("group"))
    return None


def _group_in_name(article: Article, thing: Mention) -> Mention | None:
    """`户外职工爱心驿站` is for 户外职工: a name that opens with a group noun says whom it is for."""
    if thing.type is not EntityType.FACILITY:
        return None
    # A base of a cooperative is not for it: only people are named so.
    opening = thing.start + (article.text[thing.start] in "“‘")
    g = _group_phrase().match(article.text, opening, thing.end - 2)
    is_body = g and g.group("group").endswith(tuple(_BODY_NOUNS))
    return _group(article.text, *g.span("group")) if g and not is_body else None


_BODY_NOUNS = ("企业", "合作社", "部门", "单位", "机构", "家庭农场")  # the nouns of groups.tsv that mean bodies


def _group(text: str, start: int, end: int) -> Mention:
    return Mention(start, end, text[start:end], EntityType.GROUP, "service.group", confidence=0.7)
