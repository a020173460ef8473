"""Part many things into few groups, so that what is linked with each other stays together.

In: identifiers, sorted, and who is linked with whom. Out: groups of them, each once, in sorted order. Communities come
from Louvain's method after Blondel and others, "Fast unfolding of communities in large networks", 2008, as networkx
has it, with a seed; what has no link inside, or falls into crumbs, is put together by the key that the caller gives.
The trap: a star has no communities, so groups that would leave nearly everything in one are not taken; sorted pieces
are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

Neighbours = Mapping[str, Sequence[str]]
"""For each node those that it is linked with, sorted."""
T = TypeVar("T")

_SEED = 7
_CRUMB = 4
_COMMUNITIES = 40
"""Communities smaller than four things, or than one in forty of all, are no groups of their own."""
_MOST = 0.9
"""Share of all things from which on a community parts nothing."""


def part(things: Sequence[str], neighbours: Neighbours, limit: int, key: Callable[[str], str]) -> list[list[str]]:
    """Return at most `limit` groups of at least two things; what is in no group may stand alone, and fits beside them.

    A group may itself hold more than `limit` things; it is then parted again, and each time has fewer.
    """
    crumb = max(_CRUMB, len(things) // _COMMUNITIES)
    found = [c for c in _communities(things, neighbours) if len(c) >= crumb]
    if any(len(c) > _MOST * len(things) for c in found):
        found = []
    grouped = {thing for c in found for thing in c}
    loose = [thing for thing in things if thing not in grouped]
    if len(found) + len(loose) <= limit:
        return found
    alike: dict[str, list[str]] = defaultdict(list)
    for thing in loose:
        alike[key(thing)].append(thing)
    groups = found + [group for _, group in sorted(alike.items())]
    if len(groups) == 1:
        groups = _pieces(groups[0], limit)
    while len(groups) > limit:
        groups = [[thing for group in piece for thing in group] for piece in _pieces(groups, limit)]
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _communities(things: Sequence[str], neighbours: Neighbours) -> list[list[str]]:
    import networkx as nx  # 0.4 s to import

    number = {thing: i for i, thing in enumerate(things)}  # numbers, since a set of strings has a new order in each run
    links = [
        (i, number[other]) for thing, i in number.items() for other in neighbours.get(thing, ()) if other in number
    ]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from((a, b) for a, b in links if a < b)
    if not links:
        return []
    return sorted(sorted(things[i] for i in found) for found in nx.community.louvain_communities(graph, seed=_SEED))


def _pieces(things: Sequence[T], limit: int) -> list[list[T]]:
    """Cut into pieces of nearly one length: of `limit` at most, or into `limit` pieces where there is too much."""
    count = min(limit, -(-len(things) // limit))
    cuts = [len(things) * i // count for i in range(count + 1)]
    return [list(things[a:b]) for a, b in pairwise(cuts)]
