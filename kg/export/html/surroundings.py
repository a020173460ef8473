"""Tell for each entity the place on whose map it is drawn: its home, or else the place that most of it has to do with.

In: the graph and who is linked with whom. Out: entity → place for all that can be put somewhere. The trap: what is
spoken of everywhere (留守老人) must not be drawn in the one town that happens to name it most; so a thing goes
to the innermost place that holds more than half of what it is linked with, which may be a whole province, or nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.export.html.homes import homes
from kg.graph import KnowledgeGraph
from kg.model import EntityType

_ROUNDS = 3
"""How far, in links, a thing may stand from whatever has a home."""

Chain = tuple[str, ...]
"""A place and all that lie around it, the innermost first."""


def surroundings(graph: KnowledgeGraph, neighbours: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return entity → place; a place is put only where it is said to lie."""
    found = homes(graph)
    places = [e.id for e in graph.of_type(EntityType.PLACE)]
    chains = _chains(places, found)
    wanted = sorted(graph.entities.keys() - found.keys() - chains.keys())
    for _ in range(_ROUNDS):
        fresh = {}
        for entity in wanted:
            near = (other if other in chains else found.get(other, "") for other in neighbours.get(entity, ()))
            if entity not in found and (place := _common((p for p in near if p), chains)):
                fresh[entity] = place
        found |= fresh
    return found | _named_at({e for e in wanted if e not in neighbours}, graph, found, chains)


def _named_at(
    wanted: set[str], graph: KnowledgeGraph, found: Mapping[str, str], chains: Mapping[str, Chain]
) -> dict[str, str]:
    """Return entity → the place where the articles play that name it or are signed by it, for what nothing links."""
    scenes: dict[str, list[str]] = defaultdict(list)
    for _, article in sorted(graph.articles.items()):
        named = {m.entity for m in article.mentions}
        seen = wanted & named.union(article.authors, article.photographers)
        if seen:
            places = (e if e in chains else found.get(e, "") for e in sorted(named))
            if place := _common((p for p in places if p), chains):
                for entity in seen:
                    scenes[entity].append(place)
    common = ((entity, _common(places, chains)) for entity, places in sorted(scenes.items()))
    return {entity: place for entity, place in common if place}


def _common(places: Iterable[str], chains: Mapping[str, Chain]) -> str:
    """Return the innermost place that holds more than half of the places given, or an empty string."""
    counts = Counter(places)
    total = counts.total()
    if len(counts) == 1:
        return next(iter(counts))
    around: Counter[str] = Counter()
    for place, times in counts.items():
        for each in chains[place]:
            around[each] += times
    holding = [place for place, times in around.items() if 2 * times > total]
    return max(holding, key=lambda place: len(chains[place]), default="")


def _chains(places: Sequence[str], home: Mapping[str, str]) -> dict[str, Chain]:
    chains: dict[str, Chain] = {}
    for place in places:
        above = [place]
        while above[-1] not in chains and above[-1] in home:
            above.append(home[above[-1]])
        for each in reversed(above):
            if each not in chains:
                chains[each] = (each, *chains.get(home.get(each, ""), ()))
    return chains
