"""Who lends, donates or invests how much, to whom: Funding facts.

In: an article with mentions and quantities. Out: Funding. The trap: most sums are turnover or investment in one's own
project; a sum counts only with a verb of giving and a named recipient other than the giver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.agents import principal
from kg.extract.clauses import Clause
from kg.extract.evidence import passage, stated
from kg.extract.in_order import outermost, starting, within
from kg.extract.recipients import Gift, is_introduced, recipient
from kg.extract.topics import CARRIED, Subject, Topics, topics_of
from kg.extract.verbs import modality
from kg.model import Article, EntityType, Fact, Findings, Funding, Mention, Quantity, Span
from kg.vocab import words

_GIVERS = (EntityType.ORGANIZATION, EntityType.PERSON)
# 某人贷到12万元: verbs of borrowing, with the borrower as subject.
_BORROWS = re.compile("贷到|贷了|贷得|贷出|拿到|借到|批下来|批到|获得?贷款|申请到|获贷|领到|借了|借出|贷出")
_GOT = ("拿到", "领到", "借了", "借到")  # says that it is a loan only where the paragraph spoke of one
_LOAN = re.compile("贷|授信")
# 共1200万元，头一笔300万元: sums that go on from the verb of borrowing
_GOES_ON = re.compile("(?:一?共|合计|总共|共计|头一?笔|首笔|第[一二三四五]笔|其中)[^，。]{0,4}?$")
# 给某公司授信2亿元，首笔贷款6000万元上月到账: of a credit line only what was paid out is money given
_PART = re.compile(
    "(?:首笔|头一?笔|第一笔|首批|首期)[^，。]{0,6}?[0-9.]+[万亿]*元[^，。]{0,8}?(?:到账|放款|发放|下来|到位)"
)
# 捐了10万元, 各出15万元: a short verb right before the sum.
_HANDED = re.compile(
    "(?:捐|拨|补|奖|垫|掏|捐助|(?<=[各先人也又再还次共])出|放|发|跟进|追加|补贴|投了|给)(?:了|出|款|给|来|下)*$"
)
# 剩下的200万元由某行接了过去, 是某会拨的: the sum stands in the clause before.
_IS_GIVEN = re.compile("是[^，。]{2,30}(?:拨|捐|给|出|贷|放|投|补)的")
_EACH = re.compile("各|分别|均|都")
_TOTAL = re.compile(r"累计|共计|总额|合计|余额|已向|每年")


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
    money = list(starting(sums, clause.span.start, clause.span.end)[:1])
    verb = _BORROWS.search(article.text, clause.span.start, clause.span.end)
    if verb and not money:
        money = _following(article.text, sums, topics, clause)
    if not verb or not money or modality(article.text, clause.span.start, verb.start()):
        return
    taker = topics.subject(verb.start(), _GIVERS)
    banks = [m for m in starting(names, clause.paragraph.start, verb.start()) if m.kind == "Bank"]
    if verb.group() in _GOT and not (banks and _LOAN.search(article.text, banks[-1].end, clause.span.end)):
        return
    product = _product(article.text, clause, names)
    if banks and product:
        yield stated(article, banks[-1], "offers", product, rule="funding.product", confidence=0.7)
    for sum_ in money if taker and banks else ():
        if taker and taker.confidence >= CARRIED[1] and taker.mention.kind != "Bank":
            yield Funding(
                funder=banks[-1],
                recipient=taker.mention,
                amount=sum_.value,
                product=product,
                evidence=passage(article, Span(verb.start(), sum_.end), taker.mention, banks[-1]),
                rule="funding.borrowed",
                confidence=0.7,
            )


def _following(text: str, sums: Sequence[Quantity], topics: Topics, clause: Clause) -> list[Quantity]:
    """Return the sums that the next clauses tell of one act: `先后贷到三笔款，共1200万元，头一笔300万元买了…`."""
    later = [c.span for c in topics.in_sentence(clause) if c.span.start > clause.span.start]
    found: list[Quantity] = []
    for span in later[:2]:
        found += [q for q in within(sums, span)[:1] if _GOES_ON.search(text, span.start, q.start)]
    return found


def _product(text: str, clause: Clause, names: list[Mention]) -> Mention | None:
    """Return the product by which a clause's money is lent, not the one of `“某贷”之外的贷款`."""
    products = (m for m in within(names, clause.span) if m.type is EntityType.PRODUCT)
    return next((m for m in products if text[m.end : m.end + 2] not in ("之外", "以外")), None)


@cache
def _giving() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words("verbs", sense="fund")), key=lambda w: (-len(w), w))))


def _gift(article: Article, sums: Sequence[Quantity], clause: Clause, names: list[Mention]) -> Gift | None:
    """Return the first sum of yuan in the clause that a verb of giving stands with."""
    text, span = article.text, clause.span
    money = within(sums, span)
    if not money:
        return _given_before(text, sums, clause)
    total = _TOTAL.search(text, span.start, money[0].start)
    if total and not (total.group() == "每年" and "捐" in text[span.start : money[0].start]):
        return None
    part = _PART.search(text, span.start, span.end)
    if part and part.start() <= money[0].start < part.end():
        return Gift(money[0], clause, Span(part.end() - 2, part.end()), (money[0],), is_part=True)
    taken = [(m.start, m.end) for m in within(names, span)]
    for m in _giving().finditer(text, span.start, span.end):
        inside = any(s < m.end() and m.start() < e for s, e in taken)
        if not inside and not modality(text, span.start, m.start()):
            return Gift(money[0], clause, Span(m.start(), m.end()), _listed(text, money))
    handed = _HANDED.search(text, max(span.start, money[0].start - 6), money[0].start)
    if handed and not modality(text, span.start, handed.start()):
        return Gift(money[0], clause, Span(handed.start(), handed.end()), _listed(text, money))
    return None


def _listed(text: str, money: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the sums that are listed from the first one on: 15万元、8万元."""
    run = [money[0]]
    for q in money[1:]:
        if text[run[-1].end : q.start] != "、":
            break
        run.append(q)
    return tuple(run)


def _given_before(text: str, sums: Sequence[Quantity], clause: Clause) -> Gift | None:
    """Return the sum of the clause before of which this one says who gave it: `头一笔30万元，是某会拨的`."""
    given = _IS_GIVEN.match(text, clause.span.start, clause.span.end)
    before = starting(sums, max(clause.sentence.start, clause.span.start - 24), clause.span.start) if given else ()
    if not given or not before or "，" in text[before[-1].end : clause.span.start - 1]:
        return None
    return Gift(before[-1], clause, Span(given.end() - 2, given.end()), (before[-1],))


def _funding(article: Article, found: Findings, topics: Topics, gift: Gift, names: list[Mention]) -> Iterator[Fact]:
    giver, confidence = _giver(article, found, topics, gift, names)
    taker = recipient(article, found, topics, gift, names, giver)
    if giver is None or taker is None or giver in taker.mentions:
        return
    product = _product(article.text, gift.clause, names)
    anchor = Span(min(gift.verb.start, gift.amount.start), max(gift.verb.end, gift.amount.end))
    if product and giver.type is EntityType.ORGANIZATION:
        yield stated(article, giver, "offers", product, rule="funding.product", confidence=confidence - 0.1)
    for each, to, amount in _shares(article.text, topics, gift, giver, taker):
        yield Funding(
            funder=each,
            recipient=to,
            amount=amount.value,
            product=product,
            evidence=passage(article, anchor, to, each),
            rule="funding",
            confidence=round(min(confidence - 0.1, taker.confidence), 2),
        )


def _shares(
    text: str, topics: Topics, gift: Gift, giver: Mention, taker: Subject
) -> Iterator[tuple[Mention, Mention, Quantity]]:
    """Yield who gave whom how much: `甲、乙各出15万元、8万元`, `向丙村、丁村分别投放260万元、175万元`."""
    subject = topics.subject(gift.verb.start, _GIVERS)
    givers = subject.mentions if subject and giver in subject.mentions else (giver,)
    begin = min(gift.amount.start, gift.verb.start, givers[-1].end)
    if not _EACH.search(text, begin, gift.amount.start):
        yield giver, taker.mention, gift.amount
        return
    pairs = [(g, t) for g in givers for t in taker.mentions]
    sums = gift.listed if len(gift.listed) == len(pairs) else (gift.amount,) * len(pairs)
    for (each, to), amount in zip(pairs, sums, strict=True):
        yield each, to, amount


def _giver(
    article: Article, found: Findings, topics: Topics, gift: Gift, names: list[Mention]
) -> tuple[Mention | None, float]:
    """Return the giver: behind 是 (`其中1500万元是长沙银行浏阳支行给的技改贷款`), else the clause's subject."""
    for m in within(names, Span(gift.clause.span.start, gift.verb.start)):
        is_before_verb = m.type in _GIVERS
        if is_before_verb and article.text[gift.amount.end : m.start] == "是":
            return m, 0.85
        if is_before_verb and gift.verb.start - m.end <= 1 and not is_introduced(article.text, m):
            return principal(m, found), 0.9
    subject = topics.subject(gift.verb.start, _GIVERS)
    bank = topics.subject(gift.verb.start, (EntityType.ORGANIZATION,))
    # 某支行客户经理某人…发放贷款: the bank lends, not its official. A donor gives on his own.
    if subject and bank and bank.mention.kind == "Bank" and bank.confidence >= subject.confidence:
        subject = bank
    if subject is None or subject.confidence < CARRIED[2]:
        return None, 0.0
    return principal(subject.mention, found), subject.confidence
