"""Who gets the money: the recipient of a gift or loan.

In: a gift, its giver, the topics and names of the article. Out: the recipient with a confidence, or nobody. The trap:
the recipient is often not in the clause (`某支行放了5000万元贷款` to the company that the paragraph is about), and
where the clause has an unnamed one (`给其中8家放贷`), nobody named is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.clauses import Clause
from kg.extract.in_order import within
from kg.extract.lists import also_named
from kg.extract.topics import Subject, Topics
from kg.model import Article, EntityType, Findings, Mention, Position, Quantity, Span
from kg.vocab import words

_TAKERS = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE, EntityType.PROJECT, EntityType.PROGRAMME)
_DONEES = (EntityType.PROGRAMME, EntityType.PROJECT, EntityType.ORGANIZATION, EntityType.PLACE)
_BORROWERS = (EntityType.ORGANIZATION, EntityType.PERSON)
# 为某村, 向某人, 给某公司, 用于某镇: prepositions and verbs that bring in the recipient.
_TO = re.compile(r"(?:为|向|给|给予|用于|投向|支持|资助|帮助)了?$")
_TO_SOMEBODY = re.compile(r"(?:为|向|给)[\u4e00-\u9fff]{1,5}$")
_TO_SOME_BODY = re.compile(r"(?:向|给)[\u4e00-\u9fff]{1,4}$")  # 给老家某镇, 向困难企业某公司
_GAVE = ("给了", "又给了")  # 没过几天，某银行又给了600万元: to whom the text spoke of
_SET_UP = re.compile("(?:设立|成立|建立|建起|修建|新建)了?[“]?$")
# 为其发放: a pronoun for whom the text was speaking of; 其中8家 is nobody named.
_TO_PRONOUN = re.compile(
    r"(?:为|向|给|给予)(?P<pronoun>其(?![中他余])|他(?!们)|她(?!们)|他们|她们|该村|村里|企业|公司|厂里)"
)
_ONE_PERSON = ("他", "她")
# Somebody gets it who has no name: 给1260户村民, 其中8家; or it is spent on one's own (投资, 投入).
_TO_ANYONE = re.compile(r"(?:为|向|给|对)(?![了出])|用于|其中|[户家]|人均|投资|投入")


@dataclass(frozen=True, slots=True)
class Gift:
    """A sum that somebody gives."""

    amount: Quantity
    clause: Clause
    verb: Span
    listed: tuple[Quantity, ...]
    """The sum, and those listed behind it."""
    is_part: bool = False
    """A first part of what the clause before promised: `给某公司授信2亿元，首笔6000万元到账`."""


def recipient(
    article: Article, found: Findings, topics: Topics, gift: Gift, names: list[Mention], giver: Mention | None
) -> Subject | None:
    """Return the recipient: behind 为 or 用于 in this clause or the next two, else whom the text spoke of before."""
    text, begin, verb = article.text, gift.clause.span.start, gift.verb.start
    later = [c for c in topics.in_sentence(gift.clause) if c.span.start >= begin]
    opened = gift.clause.sentence.start if gift.is_part else begin
    reach = Span(opened, later[min(2, len(later) - 1)].span.end)
    for m in within(names, reach):
        if m.type in _TAKERS and m != giver and is_introduced(text, m):
            return Subject(_all_of(text, m, names), 0.9)
    pronoun = _TO_PRONOUN.search(text, begin, max(verb, gift.amount.start))
    if giver is not None and giver.start > gift.amount.start and not pronoun:
        owed = (EntityType.ORGANIZATION,) if giver.kind == "Bank" else _DONEES
        return _spoken_of(article, found, topics, gift, names, giver, owed, 0.8)
    if pronoun or gift.verb.of(text) in _GAVE:
        one = bool(pronoun) and pronoun["pronoun"] in _ONE_PERSON if pronoun else False
        types = (EntityType.PERSON,) if one else (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANIZATION)
        return _spoken_of(article, found, topics, gift, names, giver, types, 0.8)
    is_said = giver is not None and gift.clause.span.covers(giver)
    for m in within(names, reach) if is_said else ():
        if m.type in _TAKERS and m.start > gift.amount.end and _SET_UP.search(text, gift.amount.end, m.start):
            return Subject((m,), 0.7)
    if giver is None or not is_said or _TO_ANYONE.search(text, begin, gift.clause.span.end):
        return None
    if sites := [p for c in later[:2] for p in c.places if p.start > gift.amount.end]:
        return Subject((sites[0],), 0.65)  # 捐资20万元，在某社区建起…
    if giver.kind == "Bank" and not gift.verb.of(text).startswith("捐") and _is_the_sum(text, gift, names):
        taker = _spoken_of(article, found, topics, gift, names, giver, _BORROWERS, 0.65)
        return _firm_of(found, taker) if taker else None
    return None


def _is_the_sum(text: str, gift: Gift, names: list[Mention]) -> bool:
    """Tell whether the verb's object is the sum: `放了5000万元贷款`, `发放“某贷”300万元`, not `贷款控制在2亿元`."""
    if gift.verb.start > gift.amount.start:
        return True
    between = Span(gift.verb.end, gift.amount.start)
    named = "".join(m.text for m in within(names, between))
    return len(between.of(text)) - len(named) <= 3


def _all_of(text: str, first: Mention, names: list[Mention]) -> tuple[Mention, ...]:
    """Return a recipient with those listed behind it; of `河南乡的某合作社` it is the cooperative."""
    members = also_named(text, first.start, names)
    behind = [m for m in names if m.start == members[-1].end + 1 and text[members[-1].end] == "的"]
    is_owner = members[-1].type is EntityType.PLACE and behind and behind[0].type is EntityType.ORGANIZATION
    return (*members[:-1], behind[0]) if is_owner else tuple(members)


def is_introduced(text: str, m: Mention) -> bool:
    """Tell whether 为 or 向 brings a recipient in, perhaps with a word for what he is: `向茶农某人发放…`."""
    if _TO.search(text[max(0, m.start - 3) : m.start]):
        return True
    before = text[max(0, m.start - 7) : m.start]
    return bool((_TO_SOMEBODY if m.type is EntityType.PERSON else _TO_SOME_BODY).search(before))


def _clerks(found: Findings) -> set[Mention]:
    """Return those who work for a bank: its 客户经理 brings the loan and gets none."""
    posts = [f for f in found.facts if isinstance(f, Position)]
    return {f.person for f in posts if f.body and f.body.kind == "Bank"}


def _firm_of(found: Findings, taker: Subject) -> Subject:
    """Return the company of which the borrower is an official: the bank lends to it, not to its 董事长."""
    for fact in found.facts:
        is_his = isinstance(fact, Position) and fact.person.label == taker.mention.label
        if is_his and isinstance(fact, Position) and fact.body and fact.body.kind == "Company":
            return Subject((fact.body,), taker.confidence)
    return taker


def _spoken_of(
    article: Article,
    found: Findings,
    topics: Topics,
    gift: Gift,
    names: list[Mention],
    giver: Mention | None,
    types: tuple[EntityType, ...],
    confidence: float,
) -> Subject | None:
    """Return whom 其 means: going back clause by clause, its subject, or the last name in it, that is not the giver."""
    clerks = _clerks(found)
    for clause in reversed(topics.clauses[: topics.index_at(gift.clause.span.start)]):
        if clause.paragraph != gift.clause.paragraph:
            continue
        fitting = [m for m in clause.subjects if m.type in types and not _is_same(m, giver) and m not in clerks]
        inside = [m for m in within(names, clause.span) if m.type in types and not _is_same(m, giver)]
        inside = [m for m in inside if m not in clerks]
        inside = [m for m in inside if article.text[max(0, m.start - 2) : m.start] not in words("joining")]
        if fitting or inside:
            return Subject(((fitting or inside)[-1],), confidence)
    return None


def _is_same(mention: Mention, giver: Mention | None) -> bool:
    if giver is None:
        return False
    ends = {(giver.start, giver.end), giver.antecedent} - {None}
    is_part = mention.text in giver.text or giver.text in mention.text
    return is_part or mention.antecedent in ends or (mention.start, mention.end) in ends or mention.kind == "Bank"
