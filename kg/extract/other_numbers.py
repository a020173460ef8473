"""Numbers that are no figures of anything: they point back, belong to a name, or are stated as something else.

In: an article's findings and a number. Out: whether it says something else than what is measured. The trap: a title
often repeats the sum of a loan that the text states.
"""

from __future__ import annotations

import re

from kg.extract.in_order import covering, outermost
from kg.model import EntityType, Findings, Funding, Quantity, Span

_NEAR = 3  # characters before a number that the patterns of its last word need
_PERSON_UNITS = frozenset("个名位")  # the measure words of people
# 这5名选手, 该3家企业: a number of what was counted before. 年产10万吨材料生产基地: a number in a project's name.
_POINTED = re.compile("[这那该此]$")
_OUTPUT = re.compile("年产$")
_PROJECT = re.compile("[^，。；、的]{2,20}?(?:项目|基地|生产线)")


def is_given(text: str, quantity: Quantity) -> bool:
    """Tell whether a number only points back or names what it stands in: 这16个项目, 年产10万吨材料生产基地."""
    if _POINTED.search(text, max(0, quantity.start - _NEAR), quantity.start):
        return True
    is_output = _OUTPUT.search(text, max(0, quantity.start - _NEAR), quantity.start)
    return bool(is_output and _PROJECT.match(text, quantity.end))


class OtherNumbers:
    """Which numbers of an article say something else than a figure."""

    def __init__(self, found: Findings, title: Span | None) -> None:
        self._names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
        self._persons = {m.start for m in found.mentions if m.type is EntityType.PERSON}
        self._fundings = [f for f in found.facts if isinstance(f, Funding)]
        self._title = title

    def holds(self, quantity: Quantity) -> bool:
        """Tell whether a number belongs to a name, to persons just counted (两个李某), or to a Funding fact.

        A title that says the sum again (农商行授信30亿元支持柑橘产业) says it of the same loan.
        """
        name = covering(self._names, quantity.start)
        if name and quantity.end <= name.end:
            return True
        if quantity.unit in _PERSON_UNITS and quantity.end in self._persons:
            return True
        span = Span(quantity.start, quantity.end)
        given = [f for f in self._fundings if f.amount == quantity.value]
        return any(f.evidence.covers(span) or (self._title and self._title.covers(span)) for f in given)
