"""Persons who take part in a programme: those who lead it, and those whose description says that they do.

In: an article with all mentions. Out: participatesIn facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.in_order import outermost, within
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import verb_uses
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation, Span

# 在某人的带领下: fixed phrase of Chinese reporting.
_IS_OF = re.compile("都?[是为]“?$")
_BROUGHT_BY = re.compile(
    "”?(?:定向|首批|专门|第[一二三四五六七八九十]批)?(?:请|招|培养|选派|派|聘|选|引进|输送|资助)[^，。]{0,2}的"
)
# 是头一家, 第一批被纳入: among the first of a scheme
_FIRST = re.compile(
    "(?:是|成为)(?:其中)?(?:首批|头一[批家个]|第一[批家个]|首个|首家)(?:试点)?(?=[，。]|$)|(?:首批|头一批|第一批)被?(?:纳入|列入|试点)"
)
_LED_BY = re.compile(r"的(?:带领|带动|指导|推动|倡导)下")


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


def _takes_part(article: Article, person: Mention, thing: Mention, confidence: float) -> Relation:
    return stated(article, person, "participatesIn", thing, rule="participation", confidence=confidence)
