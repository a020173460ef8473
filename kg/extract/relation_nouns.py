"""Nouns that say what one named thing is to another: `甲的大徒弟乙`, `乙是甲的会员单位`, `甲的成员包括乙、丙`.

In: an article with all mentions; the nouns in `relation_nouns.tsv`. Out: Relation facts (mentors, memberOf,
participatesIn, partOf). The trap: the noun takes two, its holder (the one in front of 的) and its bearer, and which of
them the sentence leaves out differs: `甲有徒弟三名，大徒弟叫乙` has the holder as its subject, `乙，25岁，甲的徒弟` the
bearer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.in_order import covering, outermost, within
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality
from kg.model import Article, EntityType, Fact, Findings, Mention, Span
from kg.vocab import lexicon


@dataclass(frozen=True, slots=True)
class RelationNoun:
    """What a noun states of its holder and its bearer."""

    predicate: str
    bears_subject: bool
    holders: frozenset[EntityType]
    bearers: frozenset[EntityType]
    is_bare: bool
    """Its holder may be whom the text speaks of."""


# Between the holder and the noun: 旗下的全资, 的第三个, 请来的, 去年收的.
_OF = re.compile("(?:旗下|下属|下辖|所属)?的?[^，。；：、！？“”是有在和与让给把被]{0,10}")
_HAS_OF = re.compile("旗下|下属|所属|的|^$")
# From the noun to who bears it: 叫, 包括, 里年纪最大的是, 56名，其中最年长的, 有两名，一个是.
_NUMBER = "(?:有?[0-9一二两三四五六七八九十几]+[余多]?[名位个家人])?"
_MOST = "(?:年[龄纪]|资历|资格)?最[^，。；是]{1,6}的?"
_IS = re.compile(
    f"”?(?:[里中]?{_NUMBER}，?(?:其中|{_MOST}(?=[是叫就\u4e00-\u9fff])|一[个名位](?=[是叫]))(?:{_MOST})?)?"
    "(?:就|都|正|分别|也)?(?:是|叫作|叫|名叫|为|有|包括|：)?"
)
_BY_NAME = re.compile("[^，。；：！？“”、是有在对向把被让由给]{0,12}")
_AND = re.compile("[、和与及]|以及|，?还有|，(?:一[个名位]|另一[个名位])(?:是|叫)")
# The clause ends with the noun: 乙是甲的徒弟, 乙是甲的会员单位之一.
_ENDS = re.compile("”?(?:之一|中的一[个名员家]|里的一[个名员家])?(?:[，。；！？：”]|$)")
_COPULA = re.compile("(?:是|成为|成了|当上了?|作为|入选|列为|定为|选为|为)(?:了)?[^，。；]{0,10}$")
_COUNTED = re.compile("[0-9一二两三四五六七八九十几]+[余多]?[名位个家]$")
_CONFIDENCE = 0.8


def extract_noun_relations(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield what such nouns state: `绿源公司是县蔬菜协会的会员单位` → 绿源公司 memberOf 县蔬菜协会."""
    hits = list(_pattern().finditer(article.text))
    if not hits:
        return
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    topics = topics_of(article, found)
    owners: dict[tuple[str, str], Mention | None] = {}  # of 大徒弟甲、二徒弟乙 the second is no pupil of the first
    for hit in hits if topics.clauses else ():
        clause = topics.clauses[topics.index_at(hit.start())]
        if covering(names, hit.start()) or hit.end() > clause.span.end or clause.paragraph == article.title:
            continue
        for noun in _nouns()[hit.group()]:
            at = Span(hit.start(), hit.end())
            holder = _holder(article.text, names, clause, at, noun)
            if modality(article.text, clause.span.start, holder.start if holder else at.start):
                continue
            for said, bearer in _pairs(article, topics, names, clause, at, noun, holder, owners):
                owner = said if said is holder else owners.get((noun.predicate, said.label), said)
                owners[noun.predicate, bearer.label] = owner
                if owner is None:
                    continue
                one, other = (bearer, owner) if noun.bears_subject else (owner, bearer)
                if one.label != other.label:
                    yield stated(article, one, noun.predicate, other, rule="relation.noun", confidence=_CONFIDENCE)


@cache
def _nouns() -> dict[str, tuple[RelationNoun, ...]]:
    nouns: dict[str, tuple[RelationNoun, ...]] = {}
    for r in lexicon("relation_nouns"):
        holders = frozenset(map(EntityType, r["holders"].split(",")))
        bearers = frozenset(map(EntityType, r["bearers"].split(",")))
        noun = RelationNoun(r["predicate"], r["bearer"] == "subject", holders, bearers, bool(r["bare"]))
        nouns[r["word"]] = (*nouns.get(r["word"], ()), noun)
    return nouns


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _nouns()), key=lambda w: (-len(w), w))))


def _holder(text: str, names: Sequence[Mention], clause: Clause, at: Span, noun: RelationNoun) -> Mention | None:
    """Return the name whose noun it is: 甲 of 甲的大徒弟, 甲会员企业."""
    before = within(names, Span(clause.span.start, at.start))
    last = before[-1] if before else None
    if last is None or last.type not in noun.holders:
        return None
    gap = text[last.end : at.start]
    return last if _OF.fullmatch(gap) and _HAS_OF.search(gap) else None


def _pairs(
    article: Article,
    topics: Topics,
    names: Sequence[Mention],
    clause: Clause,
    at: Span,
    noun: RelationNoun,
    holder: Mention | None,
    owners: dict[tuple[str, str], Mention | None],
) -> Iterator[tuple[Mention, Mention]]:
    """Yield (holder, bearer)."""
    text = article.text
    if holder and _is_said_of_subject(text, clause, holder, at):
        subject = topics.subject(holder.start, tuple(noun.bearers))
        if subject and subject.confidence >= CARRIED[1]:
            yield from ((holder, m) for m in subject.mentions)
            return
    bearers = _behind(text, names, clause, at, noun)
    if bearers and holder is None and noun.is_bare:
        holder = _spoken_of(topics, names, clause, at, tuple(noun.holders))
    if holder:
        yield from ((holder, m) for m in bearers)
    elif noun.is_bare:
        owners.update({(noun.predicate, m.label): None for m in bearers})


def _is_said_of_subject(text: str, clause: Clause, holder: Mention, at: Span) -> bool:
    """Tell whether a clause ends with the noun, as what its subject is: `乙是甲的徒弟`, `乙，25岁，甲的徒弟`."""
    if not _ENDS.match(text, at.end):
        return False
    is_apposition = text[holder.start - 1] == "，" and text.startswith("的", holder.end)
    return is_apposition or _COPULA.search(text, clause.span.start, holder.start) is not None


def _spoken_of(
    topics: Topics, names: Sequence[Mention], clause: Clause, at: Span, types: tuple[EntityType, ...]
) -> Mention | None:
    """Return whose the noun is, named before it: `甲收了三名徒弟`, `成立“乙”，队员有…`, or the subject."""
    if before := [m for m in within(names, Span(clause.span.start, at.start)) if m.type in types]:
        return before[-1]
    owner = topics.just_named(clause, types) or topics.subject(at.start, types)
    return owner.mention if owner and owner.confidence >= CARRIED[2] else None


def _behind(text: str, names: Sequence[Mention], clause: Clause, at: Span, noun: RelationNoun) -> list[Mention]:
    """Return those behind the noun who bear it: `成员包括甲、乙`, `徒弟里年纪最大的是62岁的甲`."""
    link = _IS.match(text, at.end)
    begin = link.end() if link else at.end
    after = within(names, Span(begin, clause.sentence.end))
    fitting = [m for m in after if m.type in noun.bearers]
    if not fitting or not _BY_NAME.fullmatch(text, begin, fitting[0].start):
        return []
    group = [fitting[0]]
    for m in fitting[1:]:
        gap = _AND.match(text, group[-1].end, m.start)
        if not gap or not _BY_NAME.fullmatch(text, gap.end(), m.start):
            break
        group.append(m)
    return group
