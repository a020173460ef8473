"""Who lends, donates or invests how much, to whom: Funding facts.

In: an article with mentions and quantities. Out: Funding. The trap: most sums are turnover or investment in one's own
project; a sum counts only with a verb of giving and a named recipient other than the giver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.agents import principal
from kg.extract.clauses import Clause
from kg.extract.evidence import passage, stated
from kg.extract.in_order import outermost, starting, within
from kg.extract.topics import CARRIED, Topics, topics_of
from kg.extract.verbs import modality
from kg.model import Article, EntityType, Fact, Findings, Funding, Mention, Quantity, Span
from kg.vocab import words

_GIVERS = (EntityType.ORGANIZATION, EntityType.PERSON)
_TAKERS = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE, EntityType.PROJECT, EntityType.PROGRAMME)
# 为某村, 向某人, 给某公司, 用于某镇: prepositions and verbs that bring in the recipient.
_TO = re.compile(r"(?:为|向|给|给予|用于|投向|支持|资助|帮助)了?$")
_TO_SOMEBODY = re.compile(r"(?:为|向|给)[\u4e00-\u9fff]{1,5}$")
_TO_SOME_BODY = re.compile(r"(?:向|给)[\u4e00-\u9fff]{1,4}$")  # 给老家某镇, 向困难企业某公司
_GAVE = ("给了", "又给了")  # 没过几天，某银行又给了600万元: to whom the text spoke of
# 为其发放: a pronoun for whom the text was speaking of.
_TO_PRONOUN = re.compile(r"(?:为|向|给|给予)(?:其|他们|她们|他|她|该村|企业)")
# 某人贷到12万元: verbs of borrowing, with the borrower as subject.
_BORROWS = re.compile("贷到|贷了|贷得|贷出|拿到贷款|获得?贷款|申请到")
_TOTAL = re.compile(r"累计|共计|总额|合计|余额|已向|每年")


@dataclass(frozen=True, slots=True)
class _Gift:
    amount: Quantity
    clause: Clause
    verb: Span


def extract_funding(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield fundings: `…银行…为其发放“惠农e贷”100万元` → the bank finances him, 1000000, with the product."""
    money = [q for q in found.quantities if q.unit == "元"]
    if not money:
        return
    topics = topics_of(article, found)
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    for clause in topics.clauses:
        if clause.paragraph != article.title and (gift := _gift(article, money, clause, names)):
            yield from _funding(article, found, topics, gift, names)
        if clause.paragraph != article.title:
            yield from _borrowed(article, money, topics, clause, names)


def _borrowed(
    article: Article, sums: Sequence[Quantity], topics: Topics, clause: Clause, names: list[Mention]
) -> Iterator[Fact]:
    """`某茶农贷到12万元`: the loan comes from the bank that the paragraph spoke of last."""
    money = starting(sums, clause.span.start, clause.span.end)
    verb = _BORROWS.search(article.text, clause.span.start, clause.span.end) if money else None
    if not verb or modality(article.text, clause.span.start, verb.start()):
        return
    taker = topics.subject(verb.start(), _GIVERS)
    banks = [m for m in starting(names, clause.paragraph.start, verb.start()) if m.kind == "Bank"]
    product = next((m for m in within(names, clause.span) if m.type is EntityType.PRODUCT), None)
    if banks and product:
        yield stated(article, banks[-1], "offers", product, rule="funding.product", confidence=0.7)
    if taker and banks and taker.confidence >= CARRIED[1] and taker.mention.kind != "Bank":
        yield Funding(
            funder=banks[-1],
            recipient=taker.mention,
            amount=money[0].value,
            product=product,
            evidence=passage(article, Span(verb.start(), money[0].end), taker.mention, banks[-1]),
            rule="funding.borrowed",
            confidence=0.7,
        )


@cache
def _giving() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words("verbs", sense="fund")), key=lambda w: (-len(w), w))))


def _gift(article: Article, sums: Sequence[Quantity], clause: Clause, names: list[Mention]) -> _Gift | None:
    """Return the first sum of yuan in the clause that a verb of giving stands with."""
    text, span = article.text, clause.span
    money = within(sums, span)
    if not money or _TOTAL.search(text, span.start, money[0].start):
        return None
    taken = [(m.start, m.end) for m in within(names, span)]
    for m in _giving().finditer(text, span.start, span.end):
        inside = any(s < m.end() and m.start() < e for s, e in taken)
        if not inside and not modality(text, span.start, m.start()):
            return _Gift(money[0], clause, Span(m.start(), m.end()))
    return None


def _funding(article: Article, found: Findings, topics: Topics, gift: _Gift, names: list[Mention]) -> Iterator[Fact]:
    giver, confidence = _giver(article, found, topics, gift, names)
    taker = _taker(article, topics, gift, names, giver)
    if giver is None or taker is None or giver == taker:
        return
    product = next((m for m in within(names, gift.clause.span) if m.type is EntityType.PRODUCT), None)
    anchor = Span(min(gift.verb.start, gift.amount.start), max(gift.verb.end, gift.amount.end))
    if product and giver.type is EntityType.ORGANIZATION:
        yield stated(article, giver, "offers", product, rule="funding.product", confidence=confidence - 0.1)
    yield Funding(
        funder=giver,
        recipient=taker,
        amount=gift.amount.value,
        product=product,
        evidence=passage(article, anchor, taker, giver),
        rule="funding",
        confidence=round(confidence - 0.1, 2),
    )


def _giver(
    article: Article, found: Findings, topics: Topics, gift: _Gift, names: list[Mention]
) -> tuple[Mention | None, float]:
    """Return the giver: behind 是 (`其中1500万元是长沙银行浏阳支行给的技改贷款`), else the clause's subject."""
    for m in within(names, Span(gift.clause.span.start, gift.verb.start)):
        is_before_verb = m.type in _GIVERS
        if is_before_verb and article.text[gift.amount.end : m.start] == "是":
            return m, 0.85
        if is_before_verb and gift.verb.start - m.end <= 1 and not _is_introduced(article.text, m):
            return principal(m, found), 0.9
    subject = topics.subject(gift.verb.start, _GIVERS)
    bank = topics.subject(gift.verb.start, (EntityType.ORGANIZATION,))
    # 某支行客户经理某人…发放贷款: the bank lends, not its official. A donor gives on his own.
    if subject and bank and bank.mention.kind == "Bank" and bank.confidence >= subject.confidence:
        subject = bank
    if subject is None or subject.confidence < CARRIED[2]:
        return None, 0.0
    return principal(subject.mention, found), subject.confidence


def _taker(
    article: Article, topics: Topics, gift: _Gift, names: list[Mention], giver: Mention | None
) -> Mention | None:
    """Return the recipient: behind 为 or 用于 in this clause or the next two, else whom the text spoke of before."""
    later = [c for c in topics.in_sentence(gift.clause) if c.span.start >= gift.clause.span.start]
    end = later[min(2, len(later) - 1)].span.end
    for m in within(names, Span(gift.clause.span.start, end)):
        if m.type in _TAKERS and m != giver and _is_introduced(article.text, m):
            return m
    begin, verb = gift.clause.span.start, gift.verb.start
    by_pronoun = _TO_PRONOUN.search(article.text, begin, verb) or gift.verb.of(article.text) in _GAVE
    is_relative = giver is not None and giver.start > gift.amount.start
    if by_pronoun or is_relative:
        return _spoken_of(article, topics, gift, names, giver)
    return None


def _is_introduced(text: str, m: Mention) -> bool:
    """Tell whether 为 or 向 brings a recipient in, perhaps with a word for what he is: `向茶农某人发放…`."""
    if _TO.search(text[max(0, m.start - 3) : m.start]):
        return True
    before = text[max(0, m.start - 7) : m.start]
    return bool((_TO_SOMEBODY if m.type is EntityType.PERSON else _TO_SOME_BODY).search(before))


def _spoken_of(
    article: Article, topics: Topics, gift: _Gift, names: list[Mention], giver: Mention | None
) -> Mention | None:
    """Return whom 其 means: going back clause by clause, its subject, or the last name in it, that is not the giver."""
    is_relative = giver is not None and giver.start > gift.amount.start
    types = (
        (EntityType.ORGANIZATION,) if is_relative else (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANIZATION)
    )
    for clause in reversed(topics.clauses[: topics.index_at(gift.clause.span.start)]):
        if clause.paragraph != gift.clause.paragraph:
            continue
        fitting = [m for m in clause.subjects if m.type in types and not _is_same(m, giver)]
        inside = [m for m in within(names, clause.span) if m.type in types and not _is_same(m, giver)]
        inside = [m for m in inside if article.text[max(0, m.start - 2) : m.start] not in words("joining")]
        if fitting or inside:
            return (fitting or inside)[-1]
    return None


def _is_same(mention: Mention, giver: Mention | None) -> bool:
    if giver is None:
        return False
    ends = {(giver.start, giver.end), giver.antecedent} - {None}
    is_part = mention.text in giver.text or giver.text in mention.text
    return is_part or mention.antecedent in ends or (mention.start, mention.end) in ends
