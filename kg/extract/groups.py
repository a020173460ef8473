"""Groups of people whom something serves, as noun phrases; and those who use what a text has just named.

In: a text, or a clause with the topics. Out: Group mentions, with the thing that serves them. The trap: people stand in
every clause; those who open one are served by what was just named only where the clause says that they use it, pay
little or may have it (`推出“某贷”，茶农凭确权证申请`, `某灶开灶，70岁以上老人每餐只交3元`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.clauses import Clause
from kg.extract.in_order import within
from kg.extract.topics import CARRIED, Topics
from kg.model import Article, EntityType, Mention, Span
from kg.vocab import words

# 减畜户, 养蜂户: households of a kind; 账户, 门户 and counts (三千户) are none.
_HOUSEHOLD = r"(?:(?!等)[\u4e00-\u9fff]){1,3}(?<![账门窗落入开单每万千百余多几])户"
# Words before a group's head noun; none begins with a particle or measure word (的, 和, 类, 种).
_MODIFIER = r"(?![的和及与或等类种批了着过由凭以在让对被把从])[\u4e00-\u9fff\d—－-]{0,8}?"
_NUMBER = "[一二两三四五六七八九十百千万余多几\\d.]"
_LEAD = re.compile(
    "(?:目前|如今|现在|眼下|截至目前|今年|已经?|共?有|让|使|当地|全[省市县区镇乡村]|更多|广大|附近|周边|辖区)*"
)
_TO_USE = (EntityType.PLATFORM, EntityType.PROGRAMME, EntityType.PRODUCT, EntityType.FACILITY)
_USES_IT = re.compile(
    "随时|就能|便能|也能|都能|均能|即可|均可|可以|可(?=[凭通在用随])|足不出户|扫码|扫一扫|刷脸|点单|下单|拨打|用上|用得上|受益"
)
_TO_BORROW = (EntityType.PRODUCT, EntityType.PROGRAMME)
_BORROWS_IT = re.compile("申请|凭[^，]{2,}|最高|最多|可[贷借]|贷款|额度|免抵押")
_TO_ENJOY = (EntityType.PROGRAMME, EntityType.FACILITY, EntityType.PRODUCT)
_ENJOYS_IT = re.compile(
    "每[餐顿人户次月]|一日[两三]餐|免费|分文不取|不收[费钱]|不花[一分]*钱|享受|优惠|减免|只[交付收]"
)
_USES = ((_TO_USE, _USES_IT), (_TO_BORROW, _BORROWS_IT), (_TO_ENJOY, _ENJOYS_IT))
_ACTS = re.compile("^[们]?(?:[反说认提表建介]|正在|合办|开展|带着|组织)")  # people who do something else


@cache
def group_phrase() -> re.Pattern[str]:
    """Return the pattern of a group's noun phrase, its own words as the group `group`."""
    nouns = "|".join(sorted(map(re.escape, words("groups")), key=lambda w: (-len(w), w)))
    # A measure word counts only behind a number: the 户 of 户外职工 is none.
    counted = f"(?:(?:每|各|{_NUMBER}+)[户名位家个](?!人))?"
    return re.compile(f"{counted}(?:广大)?(?P<group>(?:{_MODIFIER}(?:{nouns}|{_HOUSEHOLD}))(?:及其家属)?)")


def group_mention(text: str, start: int, end: int) -> Mention:
    """Return a stretch of a text as a Group."""
    return Mention(start, end, text[start:end], EntityType.GROUP, "service.group", confidence=0.7)


@cache
def _helping() -> tuple[str, ...]:
    return tuple(sorted(words("verbs", sense="serve")))


def users_of(
    article: Article, topics: Topics, clause: Clause, things: Sequence[Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """Yield what was just named with those who open the clause and use it: `有了…系统，家长在手机上随时能看`."""
    text, span = article.text, clause.span
    lead = _LEAD.match(text, span.start, span.end)
    phrase = group_phrase().match(text, lead.end() if lead else span.start, span.end)
    if not phrase or _ACTS.search(text[phrase.end() : phrase.end() + 3]):
        return
    if phrase["group"].startswith(_helping()):
        return  # 资助困难职工: a verb and its object
    following = [c.span for c in topics.in_sentence(clause) if c.span.start >= span.end]
    if phrase.end() == span.end and following:
        span = following[0]  # 立案难的老人，还可以拨打“某热线”
    for types, cue in _USES:
        if cue.search(text, phrase.end(), span.end) and (thing := _just_told(topics, clause, span, things, types)):
            yield thing, group_mention(text, *phrase.span("group"))
            return


def _just_told(
    topics: Topics, clause: Clause, span: Span, things: Sequence[Mention], types: tuple[EntityType, ...]
) -> Mention | None:
    """Return the last thing of the types that the sentence has named outside the clause, or what it is about."""
    named = [m for m in within(things, Span(clause.sentence.start, span.end)) if m.type in types]
    named = [m for m in named if m.end <= clause.span.start or m.start >= clause.span.end]
    if named:
        return named[-1]
    subject = topics.subject(clause.span.start, types)
    return subject.mention if subject and subject.confidence >= CARRIED[1] else None
