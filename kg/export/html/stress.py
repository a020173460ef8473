"""Lay out connected components so that distances on the page follow distances in the graph.

In: who is linked with whom. Out: a point for each, in units of one link. Each pair shall be as far apart as its
shortest path is long; the sum of what is missing, the stress, is made small by stochastic gradient descent after Zheng,
Pawar and Goodman, "Graph drawing by stochastic gradient descent", 2018. Plain Python with a seeded generator: layouts
of networkx need numpy or scipy, whose sums differ between machines.
The trap: every loop runs over a sorted list, never over a set; and all pairs of a large component would take time
with the square of its size, so there each node minds its neighbours and some pivots, fewer the more nodes there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from math import exp, log, sqrt
from random import Random

Neighbours = Mapping[str, Sequence[str]]
"""For each node those that it is linked with, sorted."""
Pair = tuple[int, int, float]
"""Two nodes by number, and how far apart they want to be."""

_SEED = 7
_ROUNDS = 30
"""Twice as many as the authors take: that shows a little in a small picture, where it costs nothing."""
_FEWEST_ROUNDS = 8
MOVES = 300_000
"""Rounds times pairs in all components together, as long as that allows the fewest rounds."""
_CUTS = 7
"""A new order for each round: all pairs are shuffled once, then dealt out onto so many heaps; shuffling them again and
again would take as long as moving them."""
_PAIRS_FROM_ALL = 160
"""Up to so many nodes in a component every pair counts."""
_PIVOTS = 40
_FEWEST_PIVOTS = 10
_PIVOT_PAIRS = 40_000
"""Pairs with a pivot that a component has at most, unless it has so many nodes that the fewest pivots make more."""


def lay_out(parts: Sequence[Sequence[str]], neighbours: Neighbours, moves: int = MOVES) -> list[dict[str, complex]]:
    """Return a drawing of each component, whose nodes are sorted; a point is x + y·i."""
    drawn = []
    generators = [Random(_SEED) for _ in parts]
    wanted = [pairs_of(part, neighbours, random, moves) for part, random in zip(parts, generators, strict=True)]
    rounds = max(_FEWEST_ROUNDS, min(_ROUNDS, moves // max(1, sum(map(len, wanted)))))
    for part, pairs, random in zip(parts, wanted, generators, strict=True):
        drawn.append(dict(zip(part, _descend(len(part), pairs, rounds, random), strict=True)))
    return drawn


def _descend(count: int, pairs: list[Pair], rounds: int, random: Random) -> list[complex]:
    """Move the two ends of one pair after the other, less from round to round."""
    x = [random.uniform(-1, 1) for _ in range(count)]
    y = [random.uniform(-1, 1) for _ in range(count)]
    points = [complex(*point) for point in zip(x, y, strict=True)]
    longest = max((d for *_, d in pairs), default=1.0)
    shortest = min((d for *_, d in pairs), default=1.0)
    random.shuffle(pairs)
    fall = log(max(longest**2 / (0.1 * shortest**2), 2.0)) / (rounds - 1)
    for turn in range(rounds):
        step = longest**2 * exp(-fall * turn)
        pairs = [pair for first in range(_CUTS) for pair in pairs[first::_CUTS]]
        for i, j, wanted in pairs:
            apart = points[i] - points[j]
            length = abs(apart) or 1e-6
            square = wanted * wanted
            missing = length - wanted if step >= square else step / square * (length - wanted)
            move = apart * (missing / (2 * length))
            points[i] -= move
            points[j] += move
    return points


def pairs_of(nodes: Sequence[str], neighbours: Neighbours, random: Random, moves: int = MOVES) -> list[Pair]:
    """Return the pairs that the layout minds, sorted: all of them if there are moves enough to do so."""
    links = _links(nodes, neighbours)
    affordable = moves // _FEWEST_ROUNDS
    if len(nodes) <= _PAIRS_FROM_ALL and len(nodes) ** 2 <= 2 * affordable:
        far = [_distances(node, links) for node in range(len(nodes))]
        return [(i, j, far[j][i]) for i in range(len(nodes)) for j in range(i + 1, len(nodes))]
    count = max(_FEWEST_PIVOTS, min(_PIVOTS, min(_PIVOT_PAIRS, affordable) // len(nodes)))
    wanted = {(i, j): length for i, near in enumerate(links) for j, length in near if i < j}
    for pivot in sorted(random.sample(range(len(nodes)), count)):
        for other, distance in enumerate(_distances(pivot, links)):
            if other != pivot:
                wanted[min(pivot, other), max(pivot, other)] = distance
    return [(i, j, distance) for (i, j), distance in sorted(wanted.items())]


def _links(nodes: Sequence[str], neighbours: Neighbours) -> list[list[tuple[int, float]]]:
    """Return each node's links with their lengths, longer where the ends have many neighbours: hubs get room."""
    number = {node: i for i, node in enumerate(nodes)}
    near = [set(neighbours[node]) for node in nodes]
    return [
        [(number[b], sqrt(max(2, len(near[i] ^ near[number[b]])))) for b in neighbours[a]] for i, a in enumerate(nodes)
    ]


def _distances(start: int, links: Sequence[Sequence[tuple[int, float]]]) -> list[float]:
    """Return the length of the shortest path from one node to each, after Dijkstra."""
    found = [-1.0] * len(links)
    reached = [(0.0, start)]
    while reached:
        distance, node = heappop(reached)
        if found[node] < 0:
            found[node] = distance
            for other, length in links[node]:
                if found[other] < 0:
                    heappush(reached, (distance + length, other))
    return found
