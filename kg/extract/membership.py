"""Verbs by which a person or body belongs to a body or is taken into it, and by which a body is made up of others.

In: an article with all mentions. Out: memberOf facts: `王某加入“暖心”志愿服务队`, `联盟由甲、乙组成`, `甲、乙组成联盟`,
`带领某队的是王某`. The trap: a body behind 参加 or 来自 may only describe what follows (`参加县教育局的会议`), so the
clause must end with it, or a person stand behind its 的.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.in_order import outermost, starting, within
from kg.extract.lists import also_named
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality
from kg.model import Article, EntityType, Fact, Findings, Mention, Position, Span

_BODY = EntityType.ORGANIZATION
_MEMBERS = (EntityType.PERSON, EntityType.ORGANIZATION)
_JOINS = re.compile(
    "(?:加入|报名加入|参加|报名参加|加盟|入职|进入|考入|考进|供职于|就职于|任职于|受聘于|来自于?|进了|调到|调入|分到)(?:到|了|过)?$"
)
_ONLY_PERSONS = re.compile("(?:入职|进入|考入|考进|供职于|就职于|任职于|受聘于|来自于?|进了|调到|调入|分到)了?$")
_WORKS = re.compile("工作(?![组站室专])|任教|上班|当(?:了[^，。]{1,4}年)?(?:医生|护士|老师|教师|民警|法官)")
_ENDS = re.compile("(?:[，。；！、”）]|$|[之以]?后|时(?!代)|(?:已|至今)|工作)")
_MADE_UP = re.compile(
    "(?:[0-9一二三四五六七八九十多余]+[家个名方]?(?:单位|部门|企业|机构)?|等)?[^，。；]{0,4}(?:组成|构成)"
)
_MAKES_UP = re.compile("(?:共同|联合|携手|抱团)?(?:组成|结成|组建成?|建起|抱团成立|发起成立)了?(?:一[个支])?$")
_TAKES_IN = re.compile("(?:吸纳|吸收|聚集|汇集|汇聚|集结|囊括|招募|召集)了?")
_LEADS = re.compile("(?:带着|带领|率领|领着|率)(?:着|了)?$")
_TEAM = re.compile("(?:队|专班|小组|团|突击队|工作组|工作队)[”」]?$")
_IS_LED = re.compile("的(?:就|正)?是[^，。；：“”是]{0,12}")
_UNION = re.compile(
    "(?:联盟|联合体|联调室|联合会|协会|商会|中心|工作室|队|专班|小组|团|联合社|共同体|[组会盟社])[”」]?$"
)
_WHO = "[^，。；：！？“”、是]{0,10}"
_AND = re.compile(f"(?:、|和|与|及|以及){_WHO}")
_AMONG = re.compile("[里中]，")
_EXTREME = re.compile("(?:是)?(?:年[龄纪]|资历)?最[^，。；]{1,3}(?:的|，|。|$)|年[龄纪]最")


def extract_membership(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield who belongs to what by a verb: `王秀芹加入了“暖心”志愿服务队` → 王秀芹 memberOf “暖心”志愿服务队."""
    topics = topics_of(article, found)
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    bodies = [m for m in names if m.type is _BODY]
    posts = {(f.person.label, f.body.label) for f in found.facts if isinstance(f, Position) and f.body}
    for clause in topics.clauses if bodies else ():
        for body in within(bodies, clause.span):
            for member in _members(article, topics, clause, body, names):
                if member.label != body.label and (member.label, body.label) not in posts:
                    yield stated(article, member, "memberOf", body, rule="relation.membership", confidence=0.8)


def _members(
    article: Article, topics: Topics, clause: Clause, body: Mention, names: Sequence[Mention]
) -> Sequence[Mention]:
    text = article.text
    begin, quote = clause.span.start, body.start
    if modality(text, begin, quote):
        return ()
    if joins := _JOINS.search(text, begin, quote):
        if modality(text, begin, joins.start()):
            return ()
        only_persons = _ONLY_PERSONS.search(text, begin, quote) is not None
        return _joining(text, topics, clause, joins.start(), body, names, only_persons)
    if text[quote - 1] == "在" and _WORKS.match(text, body.end):
        return _subject(topics, quote, (EntityType.PERSON,))
    if _LEADS.search(text, begin, quote) and _TEAM.search(body.text):
        if led := _IS_LED.match(text, body.end):
            return [m for m in starting(names, body.end, led.end() + 1) if m.type is EntityType.PERSON][:1]
        return _subject(topics, quote, (EntityType.PERSON,))
    return _composed(text, topics, clause, body, names)


def _joining(
    text: str,
    topics: Topics,
    clause: Clause,
    verb: int,
    body: Mention,
    names: Sequence[Mention],
    only_persons: bool,
) -> Sequence[Mention]:
    """Return who joins: behind 的 (`来自某局的某人`), else the subject, of persons also the one named right before."""
    types = (EntityType.PERSON,) if only_persons else _MEMBERS
    if text[body.end : body.end + 1] == "的":
        behind = [m for m in starting(names, body.end + 1, body.end + 8) if m.type is EntityType.PERSON]
        return behind[:1] if behind and re.fullmatch(_WHO, text[body.end + 1 : behind[0].start]) else ()
    if not _ENDS.match(text, body.end):
        return ()
    before = [m for m in within(names, Span(clause.span.start, verb)) if m.type in types]
    if before and verb - before[-1].end <= 8:
        return before[-1:] if before[-1] not in clause.subjects else clause.subjects
    return _subject(topics, verb, types)


def _subject(topics: Topics, at: int, types: tuple[EntityType, ...]) -> Sequence[Mention]:
    subject = topics.subject(at, types)
    return subject.mentions if subject and subject.confidence >= CARRIED[1] else ()


def _composed(text: str, topics: Topics, clause: Clause, body: Mention, names: Sequence[Mention]) -> Sequence[Mention]:
    """Return of whom a body consists: `联盟由甲、乙组成`, `甲、乙组成联盟`, `某队吸纳了甲`, `某队里，甲年纪最大`."""
    if not _UNION.search(body.text):
        return ()
    if text.startswith("由", body.end):
        members = also_named(text, body.end + 1, starting(names, body.end + 1, clause.sentence.end))
        return members if members and _MADE_UP.match(text, members[-1].end) else ()
    if _MAKES_UP.search(text, clause.span.start, body.start):
        subject = topics.subject(body.start, (_BODY,))
        return subject.mentions if subject and len(subject.mentions) > 1 and subject.confidence >= CARRIED[1] else ()
    if taken := _TAKES_IN.match(text, body.end):
        return _listed(text, taken.end(), within(names, Span(taken.end(), clause.sentence.end)))
    if among := _AMONG.match(text, body.end):
        after = [m for m in starting(names, among.end(), among.end() + 8) if m.type is EntityType.PERSON]
        return after[:1] if after and _EXTREME.match(text, after[0].end) else ()
    return ()


def _listed(text: str, begin: int, names: Sequence[Mention]) -> list[Mention]:
    """Return the members listed from an offset, each with what he is before his name."""
    group: list[Mention] = []
    for m in names:
        first = not group and re.fullmatch(_WHO, text[begin : m.start])
        if m.type not in _MEMBERS or not (first or (group and _AND.fullmatch(text, group[-1].end, m.start))):
            break
        group.append(m)
    return group
