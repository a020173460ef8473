"""Lists that go with lists: `甲镇、乙镇收入同比分别增长18.3%、15.7%` → which number belongs to which item.

In: an article's text, its subjects and quantities. Out: one pair a number. The items are either entities, which
share what is measured, or things measured, which share an entity. The trap: only equally long lists are aligned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from kg.extract.about import SAID, Subjects, Topic
from kg.extract.in_order import starting
from kg.model import Mention, Quantity, Span
from kg.vocab import words

EACH = re.compile("分别")  # the word that aligns two lists
_BETWEEN = re.compile("[、，和与及]{1,2}")
_ITEM_BREAKS = (re.compile("、"), re.compile("、|以及|[和与及]"))
_TO_NUMBER = 8  # characters that a verb between 分别 and the first number may have: 增长, 达到


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of an aligned list, what it is about and what it measures."""

    quantity: Quantity
    topic: Topic
    indicator: str


@cache
def _manner() -> re.Pattern[str]:
    listed = sorted(map(re.escape, words("number_words", sense="manner")), key=lambda w: (-len(w), w))
    return re.compile(f"(?:{'|'.join(listed)})+$")


@cache
def _links() -> frozenset[str]:
    return words("number_words", sense="link")


def aligned_pairs(text: str, subjects: Subjects, quantities: Sequence[Quantity]) -> Iterator[Pair]:
    """Yield the pairs of all aligned lists.

    `刑事、治安警情分别下降24.7%、10.8%` gives 刑事下降 24.7 and 治安警情下降 10.8 of the clause's subject.
    """
    for each in EACH.finditer(text):
        run = _run(text, each.end(), quantities)
        if len(run) < 2:
            continue
        span = subjects.piece_at(each.start())
        list_span = Span(min(subjects.opening(span), each.start()), each.start())
        if subjects.opening(span) >= each.start():
            yield from _shared_out(text, subjects, each.end(), run)
        elif items := _items(text, list_span, len(run)):
            verb = text[each.end() : run[0].start].strip()
            yield from _paired(text, subjects, items, run, "" if verb in _links() else verb)


def _run(text: str, begin: int, quantities: Sequence[Quantity]) -> list[Quantity]:
    run: list[Quantity] = []
    for i in range(bisect_left(quantities, begin, key=attrgetter("start")), len(quantities)):
        q = quantities[i]
        gap = text[run[-1].end if run else begin : q.start]
        if _BETWEEN.fullmatch(gap) if run else len(gap) <= _TO_NUMBER and not re.search("[，。；]", gap):
            run.append(q)
        else:
            break
    return run


def _items(text: str, within: Span, count: int) -> list[Span]:
    """Cut the list before 分别 into as many items as there are numbers; nothing if it has another length."""
    for breaks in _ITEM_BREAKS:
        items, begin = [], within.start
        for m in breaks.finditer(text, within.start, within.end):
            items.append(Span(begin, m.start()))
            begin = m.end()
        items.append(Span(begin, within.end))
        if len(items) == count:
            return items
    return []


def _paired(text: str, subjects: Subjects, items: list[Span], run: list[Quantity], verb: str) -> Iterator[Pair]:
    named = [_mention_at(subjects.mentions, item) for item in items]
    last = items[-1]
    manner = _manner().search(text[last.start : last.end])
    end = last.start + manner.start() if manner else last.end
    how = (manner[0] if manner else "") + verb
    if all(named):
        shared = text[named[-1].end if named[-1] else last.start : end]
        for quantity, mention in zip(run, named, strict=True):
            if mention:
                yield Pair(quantity, Topic((mention,), SAID, mention.end), shared + how)
        return
    topic = subjects.topic(items[0].end)
    if topic is None:
        return
    for i, (quantity, item) in enumerate(zip(run, items, strict=True)):
        begin = max(item.start, topic.end) if i == 0 else item.start
        name = text[begin : end if i == len(items) - 1 else item.end].strip("“”‘’的")
        yield Pair(quantity, topic, name + how)


def _shared_out(text: str, subjects: Subjects, begin: int, run: list[Quantity]) -> Iterator[Pair]:
    """Yield the pairs of numbers whose list stands in a clause before: 甲镇、乙镇照着学，分别建成食堂9个、7个."""
    topic = subjects.topic(begin)
    if topic is None or len(topic.mentions) != len(run):
        return
    name = text[begin : run[0].start]
    for quantity, mention in zip(run, topic.mentions, strict=True):
        yield Pair(quantity, Topic((mention,), topic.confidence), name)


def _mention_at(mentions: Sequence[Mention], item: Span) -> Mention | None:
    return next((m for m in starting(mentions, item.start, item.start + 2) if m.end <= item.end), None)
