"""Numbers stated about entities: Article, mentions, quantities and times → Observation.

`截至6月末，贷款余额115亿元` of a named product gives 11500000000 元, 贷款余额, at 2022-06. Order of the rules: an
aligned list (甲、乙分别增长1%、2%), the entity that the number modifies (35岁的李某), then the clause's subject. The
trap: a number inside a name (一村一品示范村) and an amount that a Funding fact holds already are no observations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.about import SAID, SENTENCE, THINGS, Subjects, Topic
from kg.extract.aligned import EACH, aligned_pairs
from kg.extract.changes import changed
from kg.extract.evidence import passage
from kg.extract.in_order import within
from kg.extract.indicators import indicator
from kg.extract.other_numbers import OtherNumbers, is_given
from kg.extract.piece_words import ends_in_preposition
from kg.model import Article, EntityType, Findings, Mention, Observation, Quantity, Span, TimeExpression
from kg.vocab import words

_NO_STATED_TIME = re.compile("[比较与同于]$")  # 比去年增长: last year is what is compared with
_BOUNDS = ("下限", "上限")  # qualifiers of a range, as Quantity has them
_YEARS, _AGE = "年", "岁"  # units of which the rules below speak
_SIZES = ("元", "亩", "平方米")  # units by which projects and farms are sorted
_COUNTED_NOUN = re.compile("[^，。；、]{2,8}")  # 10亿元以上|项目|4个
_MEAN = "平均"  # what makes an age one of many
_OPEN_BOUNDS = ("以上", "以下")  # qualifiers by which people are sorted
_SCENE_TAILS = ("", "份", "前", "底", "间", "期间")  # what may stand between a time and its comma
_FROM_THEN_ON = "起"  # 2020年起，每年拿出50万元 is no figure of 2020
_LATER = ("后", "之后", "以后")  # 28分钟后 says how long the next clause took
_SINCE = ("来", "多来", "间")  # 3年来，服务队… says how long the body of the next clause has been at it
_NEAR = 3  # characters before a number or time that the patterns of its last word need
_PLACE_WORDS = (2, 3, 4)  # lengths of 全村, 全街道 right before a number


_SENT = frozenset(("人", "名", "辆", "艘", "台", "架"))  # measure words of those whom a body sends
_OWNERS = (EntityType.ORGANIZATION, EntityType.FACILITY, EntityType.PERSON)
_TAKING = "给向为对获得收从由"  # 收到某行的5万元: the sum is not the giver's
_DISPOSED = re.compile("[把将]$")  # 把“塘头云检”的备案场扩大到46家
_TAKES_PART = re.compile("试行|推行|用上|加入|接入|参加|参与|开展|纳入|使用|签约|入驻|签下")
_TO = ("至", "到", "—", "——")
_INVESTS = re.compile("投资(?:了|约)?$")


def _between(text: str, before: list[Mention], quantity: Quantity) -> tuple[Mention, Mention] | None:
    """Return the two ends of a way: 毛坪镇至万坪镇的12.3公里."""
    if len(before) < len(("from", "to")) or text[before[-1].end : quantity.start] not in ("", "的"):
        return None
    first, last = before[-2:]
    return (first, last) if text[first.end : last.start] in _TO else None


def _modified(text: str, quantity: Quantity, subjects: Subjects) -> Topic | None:
    """Return the entity that a number stands before: `20个“凉茶”志愿服务点`, `35岁的李某`, `20万平方米的一号厂房`."""
    piece = subjects.piece_at(quantity.start)
    if ends := _between(text, within(subjects.mentions, Span(piece.start, quantity.start)), quantity):
        return Topic(ends, SAID, ends[1].end)
    behind = within(subjects.mentions, Span(quantity.end, piece.end))
    if not behind:
        return None
    first = behind[0]
    gap = text[quantity.end : first.start]
    if gap in ("", "“") and first.type in THINGS:
        return Topic((first,), SAID)
    if quantity.unit == _AGE:
        person = next((m for m in behind if m.type is EntityType.PERSON), None)
        return Topic((person,), SAID) if person and text.startswith("的", quantity.end) else None
    if text.startswith("的", quantity.end):
        return Topic((_head(text, behind),), SAID)
    last = behind[-1]
    is_relative = last.type is EntityType.PERSON and "的" in text[quantity.end : last.start]
    if quantity.unit == _YEARS and is_relative and not subjects.is_said_before(quantity.start):
        return Topic((last,), SAID)  # 连续7年提供服务的商户代表李某
    return None


def _head(text: str, mentions: list[Mention]) -> Mention:
    """Return the last of a run of mentions without punctuation between: 驿站商户代表|李某."""
    head = mentions[0]
    for m in mentions[1:]:
        gap = text[head.end : m.start]
        # …项目在某园区开工: behind a preposition stands another thing.
        is_near = re.fullmatch("[^，。；：、的了]{0,8}", gap) and not ends_in_preposition(gap)
        if head.type is EntityType.PERSON or not is_near:
            break
        head = m
    return head


def _placed(quantity: Quantity, subjects: Subjects) -> Topic | None:
    """Return the entity whose name or stand-in ends right before the number: 全村217户, “…”工作法3年来."""
    if m := subjects.by_end.get(quantity.start):
        is_thing = m.type in THINGS and (quantity.unit == _YEARS or subjects.article.text[m.end - 1] == "”")
        is_body = m.type is EntityType.ORGANIZATION and quantity.unit in _SENT  # 组织“畲娘子”巡逻队|56人上街
        if m.anaphor or is_thing or is_body or (m.type is EntityType.PERSON and quantity.unit == _AGE):
            return Topic((m,), SAID, m.end)
    text = subjects.article.text
    owner = subjects.by_end.get(quantity.start - 1) if text[quantity.start - 1] == "的" else None
    if owner and owner.type in _OWNERS and text[owner.start - 1] not in _TAKING:
        return Topic((owner,), SAID, owner.end)  # 退役军人事务局的9名教官
    for length in _PLACE_WORDS:
        start = quantity.start - length
        reference = subjects.said_at(start) if start >= 0 else None
        if reference and reference.end == quantity.start and reference.mentions[0].type is EntityType.PLACE:
            return Topic(reference.mentions, SAID, reference.end)
    return None


def _disposed(text: str, quantity: Quantity, subjects: Subjects, piece: Span) -> Topic | None:
    """Return what a clause does something to, who does it, or what those counted take part in.

    `把“塘头云检”的备案场扩大到46家`; `1500册是梁某捐的`; `17家养殖场试行“塘头云检”`.
    """
    inside = within(subjects.mentions, piece)
    begin = subjects.opening(piece)
    for m in inside:
        if m.end < quantity.start and text[m.end] == "的" and _DISPOSED.search(text[piece.start : m.start]):
            return Topic((m,), SAID, m.end)
    if begin != quantity.start:
        return None
    if doer := subjects.cleft(piece):
        return Topic((doer,), SAID)
    if members := subjects.members(piece):  # 37名|队员里有满族21人
        return Topic(members.mentions, SENTENCE, quantity.start)
    thing = next((m for m in inside if m.start > quantity.end and m.type in THINGS), None)
    takes_part = thing and _TAKES_PART.search(text, quantity.end, thing.start)
    return Topic((thing,), SENTENCE) if thing and takes_part else None


def _is_age_of_unnamed(text: str, quantity: Quantity, subjects: Subjects, piece: Span) -> bool:
    """Tell whether an age is that of somebody whom the clause does not name: 老人今年82岁."""
    if quantity.unit != _AGE or quantity.qualifier in _OPEN_BOUNDS or subjects.is_said_before(quantity.start):
        return False
    before = text[subjects.opening(piece) : quantity.start]
    return any(noun in before for noun in (*words("collectives"), *words("roles", kind="kin")))


def _is_invested(text: str, quantity: Quantity, piece: Span) -> bool:
    """Tell whether a clause ends in what somebody invests: 甲公司投资1.2亿元，在乙镇建设…项目."""
    return (
        quantity.unit == _SIZES[0]
        and bool(_INVESTS.search(text, piece.start, quantity.start))
        and (quantity.end == piece.end)
    )


def _topic(text: str, quantity: Quantity, subjects: Subjects) -> Topic | None:
    piece = subjects.piece_at(quantity.start)
    is_alone = subjects.opening(piece) == quantity.start and quantity.unit == _YEARS
    is_span = is_alone and text[quantity.end : piece.end] in _SINCE
    if is_span or text[quantity.end : piece.end] in _LATER:
        return subjects.next_topic(quantity.start)
    if quantity.unit == _AGE and subjects.opening(piece) == quantity.start:
        last = subjects.by_end.get(piece.start - 1)  # 年纪最小的是法官助理黄某，24岁
        if last and last.type is EntityType.PERSON:
            return Topic((last,), SAID)
    if _is_age_of_unnamed(text, quantity, subjects, piece):
        return None
    if disposed := _disposed(text, quantity, subjects, piece):
        return disposed
    if _is_invested(text, quantity, piece) and (project := subjects.project_behind(quantity.end)):
        return project
    return _modified(text, quantity, subjects) or _placed(quantity, subjects) or subjects.topic(quantity.start)


def _is_age_of_no_person(text: str, quantity: Quantity, topic: Topic, piece: Span) -> bool:
    """Tell whether an age cannot be that of the subject: 情况相似的小张12岁 behind a school; 平均年龄29岁 can."""
    is_mean = quantity.qualifier in _OPEN_BOUNDS or _MEAN in text[piece.start : quantity.start]
    return quantity.unit == _AGE and topic.mentions[0].type is not EntityType.PERSON and not is_mean


def _counts_subjects(quantity: Quantity, topic: Topic) -> bool:
    """Tell whether a number only counts the listed subjects: 甲园、乙园、丙园开学，三所幼儿园…."""
    return len(topic.mentions) > 1 and quantity.value == len(topic.mentions)


def _is_unaligned(text: str, quantity: Quantity, topic: Topic, piece: Span) -> bool:
    """Tell whether a number of a list cannot be told to belong to one of several subjects."""
    return len(topic.mentions) > 1 and EACH.search(text, piece.start, quantity.start) is not None


def _may_be_about(text: str, quantity: Quantity, topic: Topic, piece: Span) -> bool:
    """Tell whether nothing forbids that the number is about the topic."""
    if _is_age_of_no_person(text, quantity, topic, piece) or _counts_subjects(quantity, topic):
        return False
    return not _is_unaligned(text, quantity, topic, piece)


def _behind_subject(quantity: Quantity, topic: Topic, subjects: Subjects, before: int) -> int:
    return max(subjects.opening(subjects.piece_at(quantity.start)), topic.end, before)


def _begin(quantity: Quantity, topic: Topic, found: Findings, subjects: Subjects, before: int) -> int:
    """Return where the words begin that say what is measured: behind the subject, the time, the number before."""
    begin = _behind_subject(quantity, topic, subjects, before)
    times = [t.end for t in within(found.times, Span(begin, quantity.start))]
    return min(max([begin, *times]), quantity.start)


def _end(text: str, quantity: Quantity, topic: Topic, following: Quantity | None, piece: Span) -> int:
    """Return where the words end that say what is counted: before the next number, before whom a 的 leads to."""
    end = piece.end
    if following and quantity.end <= following.start:
        end = min(end, following.start)
    about = topic.mentions[0].start
    return about if text.startswith("的", quantity.end) and quantity.end < about < end else end


def _is_condition(text: str, quantity: Quantity, following: Quantity | None, piece: Span) -> bool:
    """Tell whether a number only says who is counted: 工作10年以上员工超过35%, 10亿元以上项目4个."""
    if quantity.qualifier not in _OPEN_BOUNDS or following is None or following.start >= piece.end:
        return False
    is_size = quantity.unit in _SIZES and bool(_COUNTED_NOUN.fullmatch(text, quantity.end, following.start))
    return is_size or (quantity.unit == _YEARS and text[quantity.end] != "的")


def _stated_time(article: Article, quantity: Quantity, found: Findings, subjects: Subjects) -> TimeExpression | None:
    """Return the last time that the sentence states for the number: 截至6月末, 今年1至5月."""
    begin, piece = subjects.sentence_start(quantity.start), subjects.piece_at(quantity.start)
    vague = words("time_words", sense="recent")
    stated = (
        t
        for t in reversed(within(found.times, Span(begin, quantity.start + 1)))
        if t.value and (t.start >= piece.start or _sets_scene(article.text, t, found, subjects))
        if article.text.rfind("《", begin, t.start) <= article.text.rfind("》", begin, t.start)  # 《2018—2022年计划》
        if article.text[t.start : t.end] not in vague
        if not _NO_STATED_TIME.search(article.text, max(0, t.start - _NEAR), t.start)
    )
    return next(stated, None)


def _sets_scene(text: str, time: TimeExpression, found: Findings, subjects: Subjects) -> bool:
    """Tell whether a time holds for the clauses behind its own: 今年2月，… and 去年种瓜，…, not 去年6月上线，…."""
    piece = subjects.piece_at(time.start)
    is_stretch = len(time.value) == len("2022") or "/" in time.value
    if text.startswith(_FROM_THEN_ON, time.end):
        return False
    if is_stretch or text[time.end : piece.end] in _SCENE_TAILS:
        return True
    return bool(within(found.quantities, Span(time.end - 1, piece.end)))


def _observed(
    article: Article, quantity: Quantity, topic: Topic, indicator_name: str, found: Findings, subjects: Subjects
) -> Iterator[Observation]:
    piece = subjects.piece_at(quantity.start)
    time = _stated_time(article, quantity, found, subjects)
    bound = quantity.qualifier if quantity.qualifier in _BOUNDS else ""
    for about in topic.mentions:
        near: list[Mention | Span] = [about, *([Span(time.start, time.end)] if time else [])]
        yield Observation(
            evidence=passage(article, Span(piece.start, max(piece.end, quantity.end)), *near),
            rule="observation.subject" if topic.end else "observation.carried",
            confidence=topic.confidence,
            about=about,
            indicator=indicator_name + bound,
            value=quantity.value,
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            time=time.value if time else "",
        )


def extract_observations(article: Article, found: Findings) -> Iterator[Observation]:
    """Yield an observation for each quantity whose entity the text tells.

    `三会村小学有73名学生，近视的11名` gives 73 名 and 11 名 about the school.
    """
    if not found.quantities:
        return
    text, subjects = article.text, Subjects(article, found)
    aligned = {p.quantity: p for p in aligned_pairs(text, subjects, found.quantities)}
    others = OtherNumbers(found, article.title)
    sentence, name, end = -1, "", 0
    for i, quantity in enumerate(found.quantities):
        piece = subjects.piece_at(quantity.start)
        following = found.quantities[i + 1] if i + 1 < len(found.quantities) else None
        if is_given(text, quantity) or others.holds(quantity):
            continue
        if _is_condition(text, quantity, following, piece):
            continue
        if subjects.sentence_start(quantity.start) != sentence:
            sentence, name = subjects.sentence_start(quantity.start), ""
        if pair := aligned.get(quantity):
            topic, name = pair.topic, pair.indicator
        else:
            found_topic = _topic(text, quantity, subjects)
            if found_topic is None or not _may_be_about(text, quantity, found_topic, piece):
                continue
            topic = found_topic
            begin = _begin(quantity, topic, found, subjects, end)
            first = _behind_subject(quantity, topic, subjects, end)
            name = changed(text, first, quantity, found.times, name) or indicator(
                text, begin, quantity, _end(text, quantity, topic, following, piece), name
            )
        end = quantity.end
        yield from _observed(article, quantity, topic, name, found, subjects)
