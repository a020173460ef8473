"""Draw clusters inside each other: each is a disc, and what it shows lies within, down to the single entity.

In: the clusters, who is linked with whom, and labels. Out: disc and coordinates of each, whole numbers, y downwards, so
that all entities together are a map on which every cluster's own picture is found again, only smaller. Each picture is
laid out alone, with room for names, then shrunk into the disc that its parent has for it.
The trap: how much it was shrunk differs from cluster to cluster, so `unit` tells it: whoever shows one cluster alone
divides distances by it, and has the room for names again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt

from kg.export.html.clusters import Cluster
from kg.export.html.packing import pack_round
from kg.export.html.placement import Manner, Point, draw_parts, room_of
from kg.export.html.stress import MOVES, Neighbours

_MANNER = Manner(aspect=1.2, room=1.8, patience=2.2, moves=MOVES, checks=100_000)
_MANNER_OF_MANY = replace(_MANNER, moves=60_000, checks=60_000)
"""For pictures without clusters in them, of which there are thousands."""
_SMALLEST, _LARGEST = 34.0, 130.0
"""Radius of the discs in a picture; the largest cluster in it has the largest."""
_DOT = 16.0
"""Radius of an entity, to its disc's rim."""
_MARGIN = 24.0
_STEPS = 30
"""Steps taken to find the middle of a picture."""
_FINEST = 0.25
"""Map units to a picture unit in the cluster that is shrunk most: less, and entities would share a whole number."""


@dataclass(frozen=True, slots=True)
class Disc:
    """Where a cluster is on the map."""

    x: int
    y: int
    r: int
    unit: float
    """Map units to one unit of the cluster's own picture, in which a name takes about 80 by 40."""


@dataclass(frozen=True, slots=True)
class _Picture:
    points: dict[str, Point]
    """Around the middle."""
    radii: dict[str, float]
    radius: float


def nest(
    clusters: Sequence[Cluster], neighbours: Neighbours, labels: Mapping[str, str]
) -> tuple[list[Disc], dict[str, tuple[int, int]]]:
    """Return the disc of each cluster, in their order, and the position of each entity."""
    links = _links_shown(clusters, neighbours)
    sizes = {c.id: c.size for c in clusters}
    pictures = {c.id: _picture(c, links[c.id], labels, sizes) for c in clusters}
    exact: dict[str, tuple[float, float, float]] = {"": (0.0, 0.0, 1.0)}
    for c in clusters:  # each stands after its parent
        if c.id:
            exact[c.id] = _shrunk(c, exact[c.parent], pictures)
    scale = _FINEST / min(unit for *_, unit in exact.values())
    discs, positions = [], {}
    for c in clusters:
        x, y, unit = (scale * value for value in exact[c.id])
        picture = pictures[c.id]
        discs.append(Disc(round(x), round(y), round(unit * picture.radius), round(unit, 4)))
        for member in c.members:
            px, py = picture.points[member]
            positions[member] = round(x + unit * px), round(y + unit * py)
    return discs, positions


def _shrunk(
    c: Cluster, parent: tuple[float, float, float], pictures: Mapping[str, _Picture]
) -> tuple[float, float, float]:
    """Return middle and unit of a cluster, whose picture fills the disc that its parent's picture has for it."""
    x, y, unit = parent
    around = pictures[c.parent]
    px, py = around.points[c.id]
    return x + unit * px, y + unit * py, unit * around.radii[c.id] / pictures[c.id].radius


def _links_shown(clusters: Sequence[Cluster], neighbours: Neighbours) -> dict[str, dict[str, set[str]]]:
    """Return for each cluster which of the things that it shows are linked, themselves or by what is in them."""
    parents = {c.id: c.parent for c in clusters}
    inside = {member: c.id for c in clusters for member in c.members}
    depth = {"": 0}
    for c in clusters[1:]:
        depth[c.id] = depth[c.parent] + 1
    links: dict[str, dict[str, set[str]]] = {c.id: defaultdict(set) for c in clusters}
    for entity, others in neighbours.items():
        for other in others:
            if entity < other:
                a, b, at, to = entity, other, inside[entity], inside[other]
                while at != to:
                    if depth[at] >= depth[to]:
                        a, at = at, parents[at]
                    else:
                        b, to = to, parents[to]
                links[at][a].add(b)
                links[at][b].add(a)
    return links


def _picture(
    c: Cluster, links: Mapping[str, set[str]], labels: Mapping[str, str], sizes: Mapping[str, int]
) -> _Picture:
    """Lay out what a cluster shows."""
    things = sorted((*c.members, *c.children))
    near = {thing: sorted(links.get(thing, ())) for thing in things}
    largest = max((sizes[child] for child in c.children), default=1)
    radii = dict.fromkeys(c.members, _DOT)
    radii |= {d: _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(sizes[d] / largest) for d in c.children}
    boxes = {m: room_of(labels[m], len(near[m])) for m in c.members}
    boxes |= {child: (2 * radii[child] + _DOT, 2 * radii[child] + _DOT) for child in c.children}
    manner = _MANNER if c.children else _MANNER_OF_MANY
    points = pack_round(draw_parts(near, boxes, manner), boxes, near, manner.aspect)
    mx, my = _middle(points, radii)
    points = {t: (x - mx, y - my) for t, (x, y) in points.items()}
    return _Picture(points, radii, _MARGIN + max(hypot(*points[t]) + radii[t] for t in things))


def _middle(points: Mapping[str, Point], radii: Mapping[str, float]) -> Point:
    """Return the middle of nearly the smallest disc that holds all, after Badoiu and Clarkson.

    Each step goes towards what is farthest away, each time by less.
    """
    x = y = 0.0
    for step in range(2, _STEPS):
        far = max(points, key=lambda t: hypot(points[t][0] - x, points[t][1] - y) + radii[t])
        x += (points[far][0] - x) / step
        y += (points[far][1] - y) / step
    return x, y
