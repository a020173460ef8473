"""What a number measures that changed from one year to another: 收入从2015年的5万元增长到2021年的150万元.

In: a text, where a number's words begin, the times. Out: the name that both numbers share. The trap: between the
noun that is measured and the number stands a year, and behind the first number the verb of the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.in_order import within
from kg.extract.indicators import indicator
from kg.model import Quantity, Span, TimeExpression

_FROM, _TO = "从由自", "到至"  # the grammar of 从…到…
_LINKS = ("", "的")  # what may stand between a year and its number


def changed(text: str, begin: int, quantity: Quantity, times: Sequence[TimeExpression], before: str) -> str:
    """Name what a number of 从…到… measures; empty where the number is none of the kind.

    `村集体收入从2015年的5万元增长到2021年的150万元` gives 村集体收入 for both.
    """
    year = next(reversed(within(times, Span(begin + 1, quantity.start))), None)
    if year is None or text[year.end : quantity.start] not in _LINKS:
        return ""
    lead = text[year.start - 1]
    if lead in _TO:
        return before
    if lead in _FROM:
        start = year.start - 1
        name = indicator(text, begin, replace(quantity, start=start, end=start), start)
        return name if name != text[start:start] else ""
    return ""
