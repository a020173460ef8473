"""Persons who take part in a programme: those who lead it, and those whose description says that they do.

In: an article with all mentions. Out: participatesIn facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.in_order import outermost, within
from kg.extract.lists import also_named
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality, verb_uses
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation, Span

_IS_OF = re.compile("都?[是为]“?$")
_BROUGHT_BY = re.compile(
    "”?(?:定向|首批|专门|第[一二三四五六七八九十]批)?(?:请|招|培养|选派|派|聘|选|引进|输送|资助)[^，。]{0,2}的"
)
# 是头一家, 第一批被纳入: among the first of a scheme
_FIRST = re.compile(
    "(?:是|成为)(?:其中)?(?:首批|头一[批家个]|第一[批家个]|首个|首家)(?:试点)?(?=[，。]|$)|(?:首批|头一批|第一批)被?(?:纳入|列入|试点)"
)
# 在某人的带领下: fixed phrase of Chinese reporting.
_LED_BY = re.compile(r"的(?:带领|带动|指导|推动|倡导)下")

# 甲第一个报名, 甲是其中之一: of a scheme that the text has just spoken of.
_SIGNS_UP = re.compile(
    "[^，。；：“”不没未想]{0,6}?(?:报了?名(?!费|表|处|者|通道)|入选(?=[，。；])|参与其中|加入其中|加入进来|被选中|被选派|"
    "是其中(?:之一|的?一[员个名位家]|最[^，。；]{1,5}的一[个名位家]))"
)
# “某”行动吸引了|甲、乙|加入; “某”行动选了|甲、乙|做试点.
_DRAWS = re.compile("[^，。；“”]{0,4}?(?:吸引|带动|汇聚|动员|邀请)了?[^，。；：“”]{0,4}")
_COMES = re.compile("[^，。；]{0,10}?(?:加入|参与|参加|响应)")
_CHOOSES = re.compile("[^，。；“”]{0,6}?(?:首站|首批|先期|试点)?(?:选在|选了|选定|定在|选择|放在|落在|选取)(?:了)?")
_AS_PILOT = re.compile("[^，。；]{0,6}?(?:试点|先试|试行|试水|先行)")
_PILOT_NAME = re.compile(".{0,4}(?:试点|先行|试验|样板)[村镇乡县市区社校点旗]?(?:区|镇|单位|乡镇|社区|企业|学校)?")
_TAKERS = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)


def extract_participation(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield who takes part: `连续7年提供“爱心凉茶”服务的爱心驿站商户代表陈大钧`."""
    if not found.of_type(EntityType.PROGRAMME):
        return
    topics = topics_of(article, found)
    names = outermost(found.mentions)
    for clause in topics.clauses:
        inside = within(names, clause.span)
        yield from _led(article, topics, clause, inside, names)
        yield from _described(article, clause, inside)
        yield from _of_scheme(article, topics, clause, inside)
        yield from _among_first(article, topics, clause, names)
        yield from _signed_up(article, topics, clause, inside, names)
        yield from _drawn(article, clause, inside)
    yield from _as_pilots(article, found)


def _led(
    article: Article, topics: Topics, clause: Clause, inside: list[Mention], names: list[Mention]
) -> Iterator[Fact]:
    """`在…章延举的带领下，万凯以师徒带培推动…`: the leader takes part in what the next clause names."""
    leaders = [m for m in inside if m.type is EntityType.PERSON and _LED_BY.match(article.text, m.end)]
    following = [c for c in topics.in_sentence(clause) if c.span.start > clause.span.start] if leaders else []
    for thing in within(names, following[0].span) if following else ():
        if thing.type is EntityType.PROGRAMME:
            for leader in leaders:
                yield _takes_part(article, leader, thing, 0.75)


def _described(article: Article, clause: Clause, inside: list[Mention]) -> Iterator[Fact]:
    """`参加某某行动的志愿者甲`: a verb with a programme as its object, 的, and a person."""
    if not any(m.type is EntityType.PROGRAMME for m in inside) or not any(m.type is EntityType.PERSON for m in inside):
        return
    for verb in verb_uses(article.text, clause.span, inside):
        if not verb.senses & {"run", "join", "offer"} or verb.modality:
            continue
        things = [m for m in inside if m.type is EntityType.PROGRAMME and m.start >= verb.end]
        persons = [m for m in inside if m.type is EntityType.PERSON and things and m.start >= things[0].end]
        if things and persons and things[0].start - verb.end <= 6:
            between = article.text[things[0].end : persons[0].start]
            if "的" in between:
                yield _takes_part(article, persons[0], things[0], 0.7)
                return


def _of_scheme(article: Article, topics: Topics, clause: Clause, inside: list[Mention]) -> Iterator[Fact]:
    """`他是“银铃”计划请来的先生`: whom a scheme has brought or trains takes part in it."""
    text = article.text
    for thing in inside:
        is_of = thing.type is EntityType.PROGRAMME and _IS_OF.search(text, clause.span.start, thing.start)
        if not is_of or not _BROUGHT_BY.match(text, thing.end, clause.span.end):
            continue
        if "都" in is_of.group():
            before = [c for c in topics.in_sentence(clause) if c.span.start < clause.span.start]
            persons = [m for c in before for m in c.names if text[m.start - 1] == "叫" and m.type is EntityType.PERSON]
        else:
            subject = topics.subject(clause.span.start + 1, (EntityType.PERSON,))
            persons = list(subject.mentions) if subject and subject.confidence >= CARRIED[2] else []
        for person in persons:
            yield _takes_part(article, person, thing, 0.7)


def _among_first(article: Article, topics: Topics, clause: Clause, names: list[Mention]) -> Iterator[Fact]:
    """`石桥子镇是头一批试点`: one of the first to join what the paragraph has just spoken of."""
    m = _FIRST.search(article.text, clause.span.start, clause.span.end)
    told = [n for n in within(names, Span(clause.paragraph.start, clause.span.start)) if n.type is EntityType.PROGRAMME]
    subject = topics.subject(m.start(), (EntityType.PLACE, EntityType.ORGANIZATION)) if m and told else None
    if subject and subject.confidence >= CARRIED[0]:
        for taker in subject.mentions:
            yield _takes_part(article, taker, told[-1], 0.65)


def _signed_up(
    article: Article, topics: Topics, clause: Clause, inside: list[Mention], names: list[Mention]
) -> Iterator[Fact]:
    """`启动“银龄”计划，招募教师45名。王某第一个报名`: who joins what the sentence before has spoken of."""
    takers = list(clause.subjects) if clause.subjects and clause.subjects[-1].type in _TAKERS[:2] else []
    if not takers or not _SIGNS_UP.match(article.text, takers[-1].end, clause.span.end):
        return
    if any(m.type is EntityType.PROGRAMME for m in inside):
        return
    begin = max(clause.paragraph.start, article.text.rfind("。", 0, max(0, clause.sentence.start - 1)))
    told = [m for m in within(names, Span(begin, clause.span.start)) if m.type is EntityType.PROGRAMME]
    for taker in takers if told else ():
        yield _takes_part(article, taker, told[-1], 0.7)


def _drawn(article: Article, clause: Clause, inside: list[Mention]) -> Iterator[Fact]:
    """`“健康敲门”行动吸引了甲医院、乙医院加入`, `“健康敲门”行动选了甲镇、乙乡做试点`."""
    text = article.text
    for thing, first in pairwise(inside):
        if thing.type is not EntityType.PROGRAMME or first.type not in _TAKERS:
            continue
        listed = also_named(text, first.start, inside)
        if not listed or modality(text, thing.end, first.start):
            continue
        draws = _DRAWS.fullmatch(text, thing.end, first.start) and _COMES.match(text, listed[-1].end)
        chooses = _CHOOSES.fullmatch(text, thing.end, first.start) and _AS_PILOT.match(text, listed[-1].end)
        for taker in listed if draws or chooses else ():
            yield _takes_part(article, taker, thing, 0.75)


def _as_pilots(article: Article, found: Findings) -> Iterator[Fact]:
    """`某县被列为“雁苗”计划先行县`: who bears the rank of a pilot takes part in the scheme that it names."""
    schemes = {m.label: m for m in reversed(found.of_type(EntityType.PROGRAMME)) if not m.anaphor}
    for fact in found.facts:
        if isinstance(fact, Relation) and fact.predicate == "recognizedAs" and not fact.status:
            name = fact.object.label
            scheme = next((m for label, m in schemes.items() if name.startswith(label)), None)
            if scheme and _PILOT_NAME.fullmatch(name[len(scheme.label) :]):
                yield _takes_part(article, fact.subject, scheme, 0.7)


def _takes_part(article: Article, person: Mention, thing: Mention, confidence: float) -> Relation:
    return stated(article, person, "participatesIn", thing, rule="participation", confidence=confidence)
