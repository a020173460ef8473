"""What names and their neighbours state without a verb.

In: an article with all mentions. Out: Relation facts: `新塍镇“爱心凉茶”志愿服务` (the town runs it, it takes place
there), `运河社区未来社区项目` (lies in the community), `兰钧新能源项目` (the company's),
`“惠农e贷”作为该行…产品` (the bank's).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.evidence import passage
from kg.extract.in_order import outermost, starting, within
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation, Span
from kg.text import clauses, sentences

_RUN = (EntityType.PROGRAMME, EntityType.PROJECT)
_RUN_OR_SOLD = (*_RUN, EntityType.PRODUCT)
# What the body that opens a thing's name does to it: 某行掌上银行 is run by the bank, 某某项目 by the company.
_CALLED_AFTER = {
    EntityType.PROJECT: "implements",
    EntityType.PLATFORM: "operates",
    EntityType.PRODUCT: "offers",
}
_BODIES = (EntityType.ORGANIZATION, EntityType.PLACE)
# （简称“某某”） or （下称…） may stand between a company's name and its project's.
_GLOSS = re.compile(r"(?:（[^）]{2,20}）)?的?")
# 某贷作为该行服务…的拳头产品, 某贷是该行的特色产品: the copula and the class noun.
_PRODUCT_OF = re.compile(r"(?:作为|是)")
_PRODUCT_NOUN = re.compile(r"产品|贷款|业务")
# 在某某考核中, 在某某大赛上: an occasion in which the clause's subject takes part.
_OCCASION = re.compile(r"[”’]?(?:结对|启动|颁奖|总结)?(?:仪式|活动|现场)?(?:中|上)")


def extract_named_relations(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield what names state by their form and by standing next to each other."""
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    yield from _inside_names(article, found.mentions)
    yield from _neighbours(article, names)
    for paragraph in article.bodies():
        for sentence in sentences(article.text, paragraph):
            inside = within(names, sentence)
            yield from _products(article, sentence, inside)
            yield from _occasions(article, sentence, inside)


def _inside_names(article: Article, mentions: Sequence[Mention]) -> Iterator[Fact]:
    """`运河社区未来社区项目` locatedIn 运河社区; 兰钧 implements `兰钧新能源项目`."""
    bodies: dict[str, Mention] = {}
    for m in mentions:
        if m.type is EntityType.ORGANIZATION and len(m.text) > 1 and not m.anaphor:
            bodies.setdefault(m.text, m)
    for thing in mentions:
        if thing.type not in _CALLED_AFTER:
            continue
        for inner in _openings(thing, mentions, bodies):
            if inner.type is EntityType.PLACE and thing.type is EntityType.PROJECT:
                yield _relation(article, thing, "locatedIn", inner, "naming.place_in_name", thing.span)
            elif inner.type is EntityType.ORGANIZATION:
                yield _relation(article, inner, _CALLED_AFTER[thing.type], thing, "naming.body_in_name", thing.span)


def _openings(thing: Mention, mentions: Sequence[Mention], bodies: dict[str, Mention]) -> list[Mention]:
    """Return what a name opens with: mentions inside it, else a body named elsewhere (农行|掌上银行)."""
    inside = [m for m in starting(mentions, thing.start, thing.start + 1) if m.end < thing.end]
    if inside:
        return inside
    longest_first = range(len(thing.text) - 1, 1, -1)
    return [bodies[thing.text[:n]] for n in longest_first if thing.text[:n] in bodies][:1]


def _neighbours(article: Article, names: Sequence[Mention]) -> Iterator[Fact]:
    """`新塍镇“爱心凉茶”志愿服务`: a body right before a programme runs it; if a place, it takes place there."""
    for body, thing in pairwise(names):
        gap = article.text[body.end : thing.start]
        if body.type not in _BODIES or thing.type not in _RUN_OR_SOLD or not _GLOSS.fullmatch(gap):
            continue
        if thing.type is EntityType.PRODUCT:  # 某行的“鳗苗贷”; what a town grows is nobody's product
            if body.type is EntityType.ORGANIZATION:
                yield _relation(article, body, "offers", thing, "naming.neighbours", Span(body.start, thing.end))
            continue
        if gap.endswith("的") and body.type is EntityType.PLACE:
            continue
        span = Span(body.start, thing.end)
        yield _relation(article, body, "implements", thing, "naming.neighbours", span)
        if body.type is EntityType.PLACE:
            yield _relation(article, thing, "locatedIn", body, "naming.neighbours", span)


def _products(article: Article, sentence: Span, names: Sequence[Mention]) -> Iterator[Fact]:
    """`“惠农e贷”作为该行服务农民朋友创业就业的拳头产品`: the bank offers the product."""
    for product, body in pairwise(names):
        if product.type is not EntityType.PRODUCT or body.type is not EntityType.ORGANIZATION:
            continue
        clause = next((c for c in clauses(article.text, sentence) if c.covers(body)), sentence)
        rest = article.text[body.end : clause.end]
        if _PRODUCT_OF.fullmatch(article.text[product.end : body.start]) and _PRODUCT_NOUN.search(rest):
            span = Span(product.start, clause.end)
            yield _relation(article, body, "offers", product, "naming.product_of", span)


def _occasions(article: Article, sentence: Span, names: Sequence[Mention]) -> Iterator[Fact]:
    """`在嘉兴市金融机构服务乡村振兴考核评估中，该行…`: the body takes part in the programme."""
    for thing, actor in pairwise(names):
        behind = _OCCASION.match(article.text, thing.end)
        if thing.type is not EntityType.PROGRAMME or not behind or behind.end() > actor.start:
            continue
        gap = article.text[behind.end() : actor.start]
        taker = _person_of(article, actor, names)
        if gap.strip("，") == "" and taker:
            span = passage(article, taker, thing)
            yield _relation(article, taker, "participatesIn", thing, "naming.occasion", span)


def _person_of(article: Article, actor: Mention, names: Sequence[Mention]) -> Mention | None:
    """Return the person whose post the body opens (`天星社区年轻干部俞栋华说`), else the body."""
    for m in names:
        is_near = m.type is EntityType.PERSON and actor.end <= m.start <= actor.end + 12
        if is_near and not re.search("[，。；、]", article.text[actor.end : m.start]):
            return m
    return actor if actor.type in (EntityType.ORGANIZATION, EntityType.PERSON) else None


def _relation(
    article: Article, subject: Mention, predicate: str, target: Mention, rule: str, evidence: Span
) -> Relation:
    return Relation(subject=subject, predicate=predicate, object=target, evidence=evidence, rule=rule, confidence=0.8)
