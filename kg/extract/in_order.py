"""Records in text order, asked by place: by bisection, so that a long article takes no longer per clause.

In: mentions, quantities or times sorted by where they start, as `Findings` has them. Out: those at a place, in the
same order. The trap: records may nest, so the ends of sorted ones are not sorted, unless they are `outermost`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from kg.model import Mention, Quantity, Span, TimeExpression

Record = TypeVar("Record", Mention, Quantity, TimeExpression)
_start = attrgetter("start")


def starting(records: Sequence[Record], begin: int, end: int) -> Sequence[Record]:
    """Return the records that start at `begin` or behind it, and before `end`."""
    first = behind = bisect_left(records, begin, key=_start)
    while behind < len(records) and records[behind].start < end:  # mostly a few, so a second search takes longer
        behind += 1
    return records[first:behind]


def within(records: Sequence[Record], span: Span) -> list[Record]:
    """Return the records that lie inside a span."""
    end, found = span.end, []
    for at in range(bisect_left(records, span.start, key=_start), len(records)):
        record = records[at]
        if record.start >= end:
            break
        if record.end <= end:
            found.append(record)
    return found


def covering(names: Sequence[Mention], offset: int) -> Mention | None:
    """Return which of the outermost mentions an offset stands in."""
    at = bisect_right(names, offset, key=_start) - 1
    return names[at] if at >= 0 and offset < names[at].end else None


def is_part(mention: Mention, names: Sequence[Mention]) -> bool:
    """Tell whether a mention lies inside a longer one of the outermost."""
    whole = covering(names, mention.start)
    return whole is not None and mention.end <= whole.end and mention.span != whole.span


def are_in_one(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether a stretch lies in one of the spans, which do not overlap and are in text order."""
    at = bisect_right(spans, start, key=_start) - 1
    return at >= 0 and end <= spans[at].end


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Return of mentions in text order those that lie inside no other."""
    kept: list[Mention] = []
    end = -1
    for m in mentions:
        if m.end > end:
            kept.append(m)
            end = m.end
    return kept
