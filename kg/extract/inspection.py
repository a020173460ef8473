"""Who inspects whom where the verb is not right before the inspected: `被某局约谈`, `接受某组巡察`, `在某市巡视`.

In: the clauses of an article. Out: `inspects` relations. The trap: the actor stands behind the verb as often as before
it (`收到某巡察组的反馈意见`), and where somebody only goes to (`到某公司调研`) is not inspected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.in_order import outermost, within
from kg.extract.lists import also_named
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import VerbUse, modality, verb_uses
from kg.model import Article, EntityType, Fact, Findings, Mention, Span
from kg.vocab import words

_INSPECTED = (EntityType.ORGANIZATION, EntityType.PLACE)
_BY = ("被", "遭", "受到", "接受", "接受了", "经", "受")
_RECEIVES = re.compile("(?:收到|接到|拿到)了?$")
_PAPER = re.compile("的?[^，。；]{0,8}(?:反馈|整改|监督意见|巡察意见|督查通报|问题清单|处罚)")
# Verbs that inspect only in the passive, or with a body as their object: 被某局责令整改.
_FOUND_OUT = re.compile(
    "[^，。；]{0,6}?(?:查处|约谈|责令|处罚|罚款|罚了|立案|通报|点名|查了|查封|叫停|督办|巡察|巡视|审计|检查|督查|督导|抽查|抽检|暗访)"
)
# 审了某公司的账, 查某公司的账.
_ACCOUNTS = re.compile("[审查]了?$")
_ACCOUNTS_OF = re.compile("的?账")
_GOES = re.compile("(?:来到|走进|前往|赶到|赴|到|进驻|深入|走访|去|进|在|对|向)(?:了)?$")
_LOOKS = "inspect"


def extract_inspections(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield who inspects whom: `清河公司被县市场监管局约谈` → 县市场监管局 inspects 清河公司."""
    if not found.of_type(EntityType.ORGANIZATION) or not _any().search(article.text):
        return
    topics = topics_of(article, found)
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    for clause in topics.clauses:
        if not _any().search(article.text, clause.span.start, clause.span.end):
            continue
        inside = within(names, clause.span)
        yield from _passive(article, topics, clause, inside, names)
        yield from _accounts(article, topics, clause, inside)
        verbs = [v for v in verb_uses(article.text, clause.span, inside) if _LOOKS in v.senses and not v.modality]
        if verbs:
            yield from _visited(article, topics, clause, verbs[-1], names)


@cache
def _any() -> re.Pattern[str]:
    """Return what a clause of interest holds: most of an article's clauses need no look at their verbs."""
    verbs = sorted(words("verbs", sense="inspect") | {"反馈", "整改", "意见", "通报", "查", "审", "罚", "处罚", "责令"})
    return re.compile("|".join(verbs))


def _inspects(article: Article, inspector: Mention, inspected: Mention, confidence: float) -> Iterator[Fact]:
    if inspector.label != inspected.label:
        yield stated(article, inspector, "inspects", inspected, rule="relation.inspection", confidence=confidence)


def _passive(
    article: Article, topics: Topics, clause: Clause, inside: Sequence[Mention], names: Sequence[Mention]
) -> Iterator[Fact]:
    """`甲公司被某局约谈`, `某局接受某组巡察`, `收到某组的反馈意见`, `经某局检查，甲公司…`."""
    text = article.text
    for body in inside:
        begin = clause.span.start
        if body.type is not EntityType.ORGANIZATION or modality(text, begin, body.start - 1):
            continue
        by = next((w for w in _BY if text.endswith(w, begin, body.start)), "")
        received = _RECEIVES.search(text, begin, body.start) and _PAPER.match(text, body.end)
        if not received and not (by and _FOUND_OUT.match(text, body.end, clause.span.end)):
            continue
        if by == "经":
            later = [c for c in topics.in_sentence(clause) if c.span.start > clause.span.start][:1]
            subjects = [m for c in later for m in (*c.modifiers, *c.subjects) if m.type in _INSPECTED]
        else:
            subject = topics.subject(body.start, _INSPECTED)
            subjects = list(subject.mentions) if subject and subject.confidence >= CARRIED[1] else []
        for inspected in subjects[:3]:
            yield from _inspects(article, body, inspected, 0.8)


def _accounts(article: Article, topics: Topics, clause: Clause, inside: Sequence[Mention]) -> Iterator[Fact]:
    """`县审计局派人审了某公司的账`."""
    text = article.text
    for body in inside:
        looked = _ACCOUNTS.search(text, clause.span.start, body.start)
        if body.type is EntityType.ORGANIZATION and looked and _ACCOUNTS_OF.match(text, body.end):
            subject = topics.subject(looked.start(), (EntityType.ORGANIZATION,))
            if subject and subject.confidence >= CARRIED[1] and not modality(text, clause.span.start, looked.start()):
                yield from _inspects(article, subject.mention, body, 0.8)


def _visited(
    article: Article, topics: Topics, clause: Clause, verb: VerbUse, names: Sequence[Mention]
) -> Iterator[Fact]:
    """`省委第八巡视组在平湖巡视`, `某局走进某公司，检查…`: where an inspection goes is what is inspected."""
    text = article.text
    subject = topics.subject(verb.start, (EntityType.ORGANIZATION,))
    is_official = bool(clause.subjects) and clause.subjects[0].type is EntityType.PERSON  # 副局长某人到某县检查
    if subject is None or subject.confidence < CARRIED[1] or is_official:
        return
    begin = max(subject.mentions[-1].end, clause.span.start)
    visited = _gone_to(text, names, Span(begin, verb.start))
    if not visited and not within(names, Span(verb.end, clause.span.end)):
        before = [c for c in topics.in_sentence(clause) if c.span.end <= clause.span.start][-1:]
        for earlier in before:
            start = max(earlier.span.start, subject.mentions[-1].end)
            gone = _gone_to(text, names, Span(start, earlier.span.end))
            visited = gone if gone and earlier.span.end - gone[-1].end <= 1 else []
    for inspected in visited:
        for inspector in subject.mentions:
            if inspected not in subject.mentions:
                yield from _inspects(article, inspector, inspected, subject.confidence - 0.1)


def _gone_to(text: str, names: Sequence[Mention], span: Span) -> list[Mention]:
    """Return the bodies or places that a stretch says somebody goes to, of a chain the last, of a list all."""
    inside = within(names, span)
    for m in inside:
        goes = _GOES.search(text, span.start, m.start) if m.type in _INSPECTED else None
        if goes and not modality(text, max(0, span.start - 1), goes.start()):
            return [n for n in also_named(text, m.start, inside) if n.type in _INSPECTED]
    return []
