"""The names of any text, without overlap among persons, places, facilities and organizations.

In: an article, or one line of any text. Out: its mentions in text order. The trap: what a graph needs and what a
tagger's user expects differ. `海盐县公安局` is one name here, while the graph also has the county; and on news of any
kind the tagger is right more often than rules made for local papers, so here the rules add to the tagger.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.in_order import outermost
from kg.extract.learned_names import learned_names
from kg.model import Article, EntityType, Findings, Mention

_TAGGED = (EntityType.PERSON, EntityType.PLACE, EntityType.FACILITY, EntityType.ORGANIZATION)


def _added(names: list[Mention], others: Iterable[Mention]) -> list[Mention]:
    """Return the names and those of the others that overlap none of them."""
    taken = {i for m in names for i in range(m.start, m.end)}
    return [*names, *(m for m in others if taken.isdisjoint(range(m.start, m.end)))]


def flat_names(article: Article, found: Findings) -> list[Mention]:
    """Return an article's names, given what the rules found; pointers back such as 该镇 are none."""
    named = [m for m in found.mentions if not m.anaphor and m.type is not EntityType.GROUP]
    by_place = {(m.start, m.end, m.type): m for m in named}
    tagged = [by_place.get((m.start, m.end, m.type), m) for m in learned_names(article)]
    of_rules = outermost(m for m in named if m.type in _TAGGED)
    others = outermost(m for m in named if m.type not in _TAGGED)
    return sorted([*_added(tagged, of_rules), *others], key=lambda m: (m.start, -m.end))
