"""Tell for each entity which place it belongs to, so that a reader can ask for a place with everything inside it.

In: the graph. Out: for a place the place right above it, for anything else the place where it stands or works; what has
none is left out. A thing may stand in no place but belong to one that does (a secretary to a committee, a programme
to the town that runs it); then it is at home where that one is. The trap: gazetteer and texts together may state
that a village lies in its town and in its county, or, wrongly read, two places inside each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.graph import KnowledgeGraph, as_edge
from kg.model import EntityType

_INSIDE = frozenset({"within", "locatedIn"})
_BELONGS = frozenset({"holdsPositionIn", "memberOf", "partOf", "participatesIn"})
"""Predicates whose subject is at home where the object is."""
_RUN_BY = frozenset({"implements", "operates", "offers", "issues", "serves"})
"""Predicates whose object is at home where the subject is."""
_STEPS = 4
"""Links followed from a thing to something that has a place; further away little is still meant."""

Offers = Mapping[str, list[str]]


def homes(graph: KnowledgeGraph) -> dict[str, str]:
    """Return entity → place, both identifiers; no chain of places runs in a circle."""
    inside, near = _offers(graph)
    places = {e.id for e in graph.of_type(EntityType.PLACE)}
    parents = _parents({p: [o for o in inside.get(p, ()) if o in places] for p in sorted(places)})
    found = dict(parents)
    others = sorted(graph.entities.keys() - places)
    for entity in others:
        if stated := [o for o in inside.get(entity, ()) if o in places]:
            found[entity] = _deepest(stated, parents)
    for _ in range(_STEPS):
        fresh = {}
        for entity in others:
            if entity not in found:
                offered = (
                    (o if o in places else found.get(o)) for o in [*inside.get(entity, ()), *near.get(entity, ())]
                )
                if home := next(filter(None, offered), None):
                    fresh[entity] = home
        if not fresh:
            break
        found |= fresh
    return found


def _offers(graph: KnowledgeGraph) -> tuple[Offers, Offers]:
    """Return what each entity is said to lie in, and what else it belongs to, the surest statement first."""
    inside: dict[str, list[str]] = defaultdict(list)
    near: dict[str, list[str]] = defaultdict(list)
    for statement in sorted(graph.statements.values(), key=lambda s: (-s.confidence, s.id)):
        if not (edge := as_edge(statement)) or not {edge[0], edge[2]} <= graph.entities.keys():
            continue
        subject, predicate, object_ = edge
        if predicate in _INSIDE:
            inside[subject].append(object_)
        elif predicate in _BELONGS:
            near[subject].append(object_)
        elif predicate in _RUN_BY:
            near[object_].append(subject)
    return inside, near


def _parents(stated: Mapping[str, list[str]]) -> dict[str, str]:
    """Return for each place the innermost of the places that it is said to lie in."""
    chosen: dict[str, str] = {}
    # whoever lies in one place only is settled first: a county known to lie in its city makes the village's choice
    for place, offered in sorted(stated.items(), key=lambda item: (len(item[1]), item[0])):
        sound = [o for o in dict.fromkeys(offered) if o != place and place not in _above(o, chosen)]
        if sound:
            chosen[place] = _deepest(sound, chosen)
    return chosen


def _deepest(places: Iterable[str], parents: Mapping[str, str]) -> str:
    return max(places, key=lambda p: len(_above(p, parents)))


def _above(place: str, parents: Mapping[str, str]) -> list[str]:
    chain = []
    while (place := parents.get(place, "")) and place not in chain:
        chain.append(place)
    return chain
