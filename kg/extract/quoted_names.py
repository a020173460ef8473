"""Which quotations are names of initiatives: evidence added up for each quoted core over the whole article.

In: an article and earlier findings; out: `Name` records (type, full form, other occurrences). The trap: Chinese
news quotes slogans, metaphors, coinages and single words as freely as names; no single cue decides, so cues are
weighed: a head noun behind or inside, the verb before, a list of names, repetition, and what speaks against.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.defined_names import DEFINED, definition
from kg.extract.head_nouns import Head, head_before, head_behind, head_within
from kg.extract.in_order import covering, outermost
from kg.extract.quotations import Quotation, naming_verbs
from kg.model import EntityType, Mention, Span
from kg.text import folded, occurrences
from kg.vocab import lexicon

THRESHOLD = 2.25
"""A core with at least this much evidence is a name."""
# Weights: one strong cue and one weak cue pass the threshold together, a strong head noun alone does, a strong verb
# before a core of four characters or more just does; two weak cues need repetition.
_HEAD = {DEFINED: 3.0, "strong": 3.0, "weak": 1.0, "none": -2.0}
_HEAD_INSIDE = {"strong": 1.5, "weak": 0.75, "none": -2.0}
_VERB = {"strong": 1.75, "weak": 0.75}
_DISTANT_VERB = 0.6
"""Factor for a verb with words between it and the quotation."""
_LIST, _REPEATED, _CODE, _LONG, _PROPER, _FRAME, _PART, _SHOWN = 1.0, 0.75, 0.5, 0.5, 0.75, 1.0, 2.25, 0.75
_ATTRIBUTE, _COMMA, _ENUMERATION, _QUALITY, _ADDED_UP = -1.0, -2.0, -0.75, -3.0, -1.0

# 三亮四不签, 1+N, 五小: a name built on numbers.
_CODE_LIKE = re.compile(
    r"[一二两三四五六七八九十百千万].*[一二两三四五六七八九十百千万]|^[一二三四五六七八九十]\w|\d|[+＋]N"
)
# 保姆式, 动态化: a quality, not a name; 的, 了 and the like at the end of a core as well.
_QUALITY_END = re.compile(r"(?:(?<!模)式|化|型|性|感|(?<!制)度|的|了|吗|呢)$")
# “一个小程序”, “一张图”: counted things, no names.
_ARTICLE = re.compile(r"^一(?:[个张部条根本套幅份]|[家名位](?!一))")
# 传统“坐商”模式: how it used to be done.
_OLD_BEFORE = re.compile(r"(?:传统|以往|过去|旧|老)的?$")
_SENTENCE_LIKE = re.compile(r"[。！？!?；…：]|，$|^，")
# 以“…”为抓手: the quotation is what the work is built on.
_AS_MEANS = re.compile(r"^[^，。；]{0,8}为(?:抓手|载体|依托|平台|纽带|牵引)")
# “甲”是“乙”活动的一环: what is part of a scheme is a scheme.
_PART_OF_BEHIND = re.compile(r"^[^，。；“”]{0,3}是[^，。；]{2,24}的(?:一环|一部分|组成部分|重要内容|子品牌|缩影之一)")
# “夏季行动”开展以来: the verb behind says that it was started.
_STARTED_BEHIND = re.compile(
    r"^(?:自|于|在)?[^，。；“”]{0,8}?(?:开展|启动|实施|推行|上线|运行|推出|开通|启用)(?:以来|后|至今|了|，)"
)
# “暖冬行动”已覆盖万人: what reaches people is carried out.
_REACHES_BEHIND = re.compile(r"^(?:[已累计共]{0,4})(?:覆盖|惠及|服务|吸引|发放|受理|办结|解决|开展)")
# 定时+分段: things put together, no name by itself.
_SUM = re.compile(r"[\u4e00-\u9fff]{2,}[+＋][\u4e00-\u9fff]{2,}")
# “自助餐”式服务: the quotation describes how.
_LIKE_BEHIND = re.compile(r"^(?:式|型|化|般|级|范儿|味)")
# “小燕子课堂”。这个公益|课堂: the noun inside is pointed back at.
_POINTED = r"[。，](?:这|该)[个项款堂场种]?[^，。“”]{0,4}"
# 首笔“光伏贷”: what has a first one is a kind with a name.
_FIRST = re.compile(r"首[笔单张批个家例款届期]$")
_MEASURED = re.compile(r"^[一二三四五六七八九十两\d]+[个名位条项支场类套款]")
_EVENTS = ("活动", "行动", "大赛", "论坛")  # what takes place; 平台 behind them is meant as an occasion
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LOAN = "贷"
"""What ends so in quotation marks is a bank's product, whatever stands around it: 放了150万元“商户贷”."""
_SHORTEST_LOAN = 2
_BARE_LENGTH = 4
"""A core this long is recognized without quotation marks too."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a core stands."""

    start: int
    end: int
    """End of the core with its closing quotation mark."""
    head: Head | None
    score: float
    quoted: bool
    verb: str
    inside: EntityType | None = None
    """Type of the head noun within the core."""
    glossed: bool = False
    """True where a gloss in brackets stands between it and the head noun: the name ends before the gloss."""

    def full_end(self) -> int:
        """Where the name ends with its head noun."""
        named = self.head and self.head.type and self.head.strength != "none" and not self.glossed
        return self.head.end if self.head and named and not self.repeats_head else self.end

    @property
    def repeats_head(self) -> bool:
        """Tell whether the noun behind only repeats the one inside: “种业贷”贷款."""
        return self.head is not None and self.head.type is EntityType.PRODUCT and self.inside is EntityType.PRODUCT


@dataclass(frozen=True, slots=True)
class Name:
    """A core that was judged to be a name."""

    core: str
    type: EntityType
    kind: str
    full: Span
    """Its fullest form."""
    others: tuple[Span, ...]
    """All other places where it stands."""
    score: float


@cache
def slogans() -> dict[str, str]:
    """Return what stands in quotation marks without being a name: folded words and their kind."""
    return {folded(r["word"]): r["kind"] for r in lexicon("slogans")}


def quoted_names(text: str, found: Sequence[Quotation], proper: Iterable[Mention]) -> list[Name]:
    """Return the names among the quotations; `proper` are the mentions found so far.

    `推行“三亮四不签”工作法` gives the Programme “三亮四不签”工作法; `打通“最后一公里”` gives nothing.
    """
    mentions = tuple(proper)
    taken = {m.span for m in mentions} | {Span(m.start - 1, m.end + 1) for m in mentions}
    starts = {m.start for m in mentions if m.type is EntityType.PLACE} | {
        q.start + 1
        for q in found
        if q.core.startswith("中国")  # 中国 is no place of the gazetteer
    }
    groups: dict[str, list[Quotation]] = defaultdict(list)
    larger = outermost(mentions)
    for q in found:
        around = covering(larger, q.start)
        if q.span not in taken and not (around and q.end <= around.end):
            groups[text[q.edition : q.start] + q.key].append(q)
    names = [n for group in groups.values() if (n := _judge(text, group, starts))]
    return sorted(names, key=lambda n: n.full.start)


def _judge(text: str, group: list[Quotation], starts: set[int]) -> Name | None:
    core = group[0].core
    known = slogans().get(group[0].key, "")
    if len(group[0].key) < 2 or core.endswith(_awards()) or (known and known != "method"):
        return None
    places = [_occurrence(text, q, starts) for q in group]
    places = _own(places + _bare_occurrences(text, core, group))
    if known and not any(o.head and o.head.strength == "strong" for o in places):
        return None
    repeated = _REPEATED if len(places) > 1 or text.count(core) > 1 else 0.0
    best = max(places, key=lambda o: o.score)
    if best.score + repeated < THRESHOLD:
        return None
    type_, kind = _type(core, best)
    if type_ is None:
        return None
    fits = [o for o in places if o.head and o.head.type is type_ and o.full_end() > o.end and not _in_list(o, group)]
    first = max(
        fits, key=lambda o: (o.head is not None and o.head.strength == "strong", o.quoted, -o.start), default=None
    )
    full = Span(first.start, first.full_end()) if first else Span(places[0].start, places[0].end)
    others = tuple(_span(o, type_, group) for o in places if o.start != full.start)
    return Name(core, type_, kind, full, others, best.score + repeated)


@cache
def _awards() -> tuple[str, ...]:
    """Return how awards end: “劳动奖章” is given, not run."""
    return tuple(r["word"] for r in lexicon("honour_words") if r["class"] == "award" and len(r["word"]) > 1)


def _own(places: list[Occurrence]) -> list[Occurrence]:
    """Leave out where the core names a team or a place, if elsewhere it surely names an initiative.

    `“田园管家”团队和“田园管家”小程序`: the Platform is ours, the team is not.
    """
    ours = [o for o in places if o.head and o.head.strength == "strong" and o.head.type and not o.head.is_elsewhere]
    return [o for o in places if not (ours and o.head and o.head.is_elsewhere)]


def _span(place: Occurrence, type_: EntityType, group: list[Quotation]) -> Span:
    """Take the head noun with a later occurrence too, where it surely says the same type."""
    same = place.head and place.head.type is type_ and place.head.strength == "strong"
    return Span(place.start, place.full_end() if same and not _in_list(place, group) else place.end)


def _in_list(place: Occurrence, group: list[Quotation]) -> bool:
    return any(q.head_of_list for q in group if q.edition == place.start)


def _type(core: str, best: Occurrence) -> tuple[EntityType | None, str]:
    """Choose the type: the head noun behind, then the one inside, then the verb's hint; None: someone else's."""
    inside = head_within(core)
    head = best.head if best.head and best.head.type else None
    if inside and inside.is_elsewhere and not (head and head.strength in ("strong", DEFINED)):
        return None, ""
    is_event = inside and inside.type is EntityType.PROGRAMME and head and head.type is EntityType.PLATFORM
    if is_event and inside and inside.word in _EVENTS:  # “助农月活动”平台: an occasion, nothing digital
        return inside.type, inside.kind
    if inside and inside.type and (head is None or (head.strength == "weak" and inside.strength == "strong")):
        head = inside
    if head:
        is_ours = not head.is_elsewhere or head.strength == DEFINED
        return (head.type, head.kind) if is_ours else (None, "")
    hint = naming_verbs()[best.verb]["type"] if best.verb else ""
    return EntityType(hint or EntityType.PROGRAMME), ""


def _bare_occurrences(text: str, core: str, group: list[Quotation]) -> list[Occurrence]:
    """Find the core without quotation marks, where it is long enough to be no everyday word."""
    if len(_HAN.findall(core)) < _BARE_LENGTH:
        return []
    inside = [q.span for q in group]
    result = []
    for start in occurrences(text, core):
        span = Span(start, start + len(core))
        if not any(s.covers(span) for s in inside):
            head = head_behind(text, span.end)
            score = _HEAD[head.strength] if head and head.type and not head.is_elsewhere else 0.0
            result.append(Occurrence(span.start, span.end, head, score, False, ""))
    return result


def _occurrence(text: str, q: Quotation, starts: set[int]) -> Occurrence:
    q = _with_attribute(text, q)
    score = _score_around(text, q) + _score_inside(q)
    if q.start + 1 in starts:
        score += _PROPER
    inside = head_within(q.core)
    if inside and re.match(_POINTED + re.escape(inside.word), text[q.end : q.end + 16]):
        score += _SHOWN
    glossed = text.startswith("（", q.end)
    return Occurrence(q.edition, q.end, q.head, score, True, q.verb, inside.type if inside else None, glossed)


def _with_attribute(text: str, q: Quotation) -> Quotation:
    """Let 的 stand between a quotation and its head noun for projects only: “一带三园”的文旅融合项目."""
    if q.head is None and text.startswith("的", q.end):
        head = head_behind(text, q.end + 1)
        if head and head.type is EntityType.PROJECT:
            return replace(q, head=head)
    if q.head is None and (head := head_before(text, q.edition, q.end)):
        return replace(q, head=head)
    if (q.head is None or q.head.type is None) and (head := definition(text, q.start, q.end)):
        return replace(q, head=head)
    return q


def _score_around(text: str, q: Quotation) -> float:
    """Weigh what stands before and behind the quotation."""
    behind = text[q.end : q.end + 40]
    score = _score_head(q) + _score_verb(q)
    if text.startswith("以", q.edition - 1) and _AS_MEANS.match(behind):
        score += _FRAME
    if _FIRST.search(text, max(0, q.edition - 4), q.edition):
        score += _FRAME
    if _LIKE_BEHIND.match(behind) or _OLD_BEFORE.search(text, max(0, q.edition - 4), q.edition):
        score += _QUALITY
    if _PART_OF_BEHIND.match(behind):
        score += _PART
    # 老路子——“云溪模式”: a dash introduces a name.
    if _STARTED_BEHIND.match(behind) or _REACHES_BEHIND.match(behind) or text.endswith("——", 0, q.edition):
        score += _SHOWN
    if text.startswith("的", q.list_end) and not q.head:
        score += _ATTRIBUTE
    return score


def _score_head(q: Quotation) -> float:
    if q.head is None:
        return _LIST / 2 if q.members > 1 else 0.0
    return _HEAD[q.head.strength] + (_LIST if q.head_of_list and q.head.type else 0.0)


def _score_verb(q: Quotation) -> float:
    strength = naming_verbs()[q.verb]["strength"] if q.verb else ""
    near = not _MEASURED.sub("", q.gap)  # 配一名“…”: a measure word is no distance
    return _VERB.get(strength, 0.0) * (1 if near else _DISTANT_VERB)


def _score_inside(q: Quotation) -> float:
    """Weigh the form of the core itself."""
    score = 0.0
    if inside := head_within(q.core):
        score += _HEAD_INSIDE[inside.strength] if not inside.is_elsewhere else _HEAD_INSIDE["strong"]
        if inside.type is EntityType.PRODUCT and inside.word.endswith(_LOAN) and len(q.core) > _SHORTEST_LOAN:
            score += _SHOWN
    if _CODE_LIKE.search(q.core):
        score += _CODE
    if len(q.key) >= _BARE_LENGTH:
        score += _LONG
    if "，" in q.core:
        score += _COMMA
    if q.core.count("、") and not q.head:
        score += _ENUMERATION * q.core.count("、")
    if _SUM.search(q.core):
        score += _ADDED_UP
    if _ARTICLE.search(q.core) or _QUALITY_END.search(q.core) or _SENTENCE_LIKE.search(q.core):
        score += _QUALITY
    return score
