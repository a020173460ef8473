"""Which quotations are names of initiatives: evidence added up for each quoted core over the whole article.

In: an article and earlier findings; out: `Name` records (type, full form, other occurrences). The trap: Chinese
news quotes slogans, metaphors, coinages and single words as freely as names; no single cue decides, so cues are
weighed: a head noun behind or inside, the verb before, a list of names, repetition, and what speaks against.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.defined_names import DEFINED
from kg.extract.head_nouns import head_behind, head_within
from kg.extract.in_order import covering, outermost
from kg.extract.name_evidence import HEAD_WEIGHTS, NO_HOUSE, REPEATED, Occurrence, read_occurrence
from kg.extract.quotations import Quotation, naming_verbs
from kg.model import EntityType, Mention, Span
from kg.text import folded, occurrences
from kg.vocab import lexicon

THRESHOLD = 2.25
"""A core with at least this much evidence is a name."""
_EVENTS = ("活动", "行动", "大赛", "论坛")  # what takes place; 平台 behind them is meant as an occasion
# What ends so is held (开设“碳汇学堂”), built (建起…) or a digital thing (上线“职工之家”): the verb says which.
_HALLS = ("堂", "校", "市", "厅", "场", "屋", "家", "站", "馆", "亭")
_BUILT = (EntityType.FACILITY, EntityType.PLATFORM)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BARE_LENGTH = 4
"""A core this long is recognized without quotation marks too."""


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
    places = [read_occurrence(text, q, starts) for q in group]
    places = _own(places + _bare_occurrences(text, core, group))
    if known and not any(o.head and o.head.strength == "strong" for o in places):
        return None
    repeated = REPEATED if len(places) > 1 or text.count(core) > 1 else 0.0
    best = max(places, key=lambda o: o.score)
    if best.score + repeated < THRESHOLD:
        return None
    # Where one place has the head noun, it says what all are, whatever is said of the others.
    telling = max(places, key=lambda o: (o.head is not None and o.head.strength in ("strong", DEFINED), o.score))
    type_, kind = _type(core, telling if telling.score >= THRESHOLD else best)
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
    if head and head is inside and head.type is EntityType.FACILITY and NO_HOUSE.search(core):
        return None, ""
    is_vague = head is inside and head is not None and (head.strength == "weak" or head.word.endswith(_HALLS))
    if is_vague and _hint(best) in _BUILT:
        return EntityType(_hint(best)), ""
    if head:
        is_ours = not head.is_elsewhere or head.strength == DEFINED
        return (head.type, head.kind) if is_ours else (None, "")
    return EntityType(_hint(best) or EntityType.PROGRAMME), ""


def _hint(place: Occurrence) -> str:
    return place.hint or (naming_verbs()[place.verb]["type"] if place.verb else "")


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
            score = HEAD_WEIGHTS[head.strength] if head and head.type and not head.is_elsewhere else 0.0
            result.append(Occurrence(span.start, span.end, head, score, False, ""))
    return result
