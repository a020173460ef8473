"""Find a place for every node of the picture, when building, so that the page opens still and always looks the same.

In: the graph of connected entities, the others, and the names to leave room for. Out: whole-number coordinates, y
downwards. Components are laid out by stress (each pair as far apart as its shortest path is long) with stochastic
gradient descent after Zheng, Pawar and Goodman, "Graph drawing by stochastic gradient descent", 2018; then names get
room, and components are packed on shelves. Plain Python with a seeded generator: networkx's own layouts need numpy or
scipy, whose sums differ between machines. The trap: every loop runs over a sorted list, never over a set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, exp, hypot, log, sin, sqrt
from random import Random

import networkx as nx

Point = tuple[float, float]
Box = tuple[float, float]

_SEED = 7
_ROUNDS = 30
_PAIRS_FROM_ALL = 400
"""Up to so many nodes in a component every pair counts; beyond, each node with its neighbours and some pivots."""
_PIVOTS = 60
_UNIT = 34.0
"""Picture units to one unit of path length."""
_LINE = 40.0
"""Height that a node takes with its name below it."""
_HUB = 5
"""Links from which on a node counts as one whose name must be seen."""
_ROOM = 1.2
"""Area that a component gets at least, to the sum of its nodes and names."""
_ASPECT = 1.75
_GAP = 56.0


def place(graph: nx.Graph[str], loose: Sequence[str], labels: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return a position for every node of the graph and, in rows below it, for every loose one."""
    parts = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c))
    boxes = {n: _box(labels.get(n, n), graph.degree[n]) for n in graph}
    drawn = [_spread(_widen(_lie_flat(_stress(graph.subgraph(part), part)), boxes), boxes) for part in parts]
    found = _pack(drawn, boxes)
    width = max((x for x, _ in found.values()), default=0.0) - min((x for x, _ in found.values()), default=0.0)
    bottom = max((y for _, y in found.values()), default=0.0)
    found |= _rows(loose, max(width, 640.0), bottom + 1.8 * _GAP)
    return {n: (round(x), round(y)) for n, (x, y) in found.items()}


def _box(label: str, degree: int) -> Box:
    """Return the room that a node takes with its name below it; the names of hubs are printed larger and first."""
    hub = degree >= _HUB
    return 24 + (15.0 if hub else 11.0) * min(len(label), 9), _LINE + (24.0 if hub else 0.0)


def _lengths(graph: nx.Graph[str]) -> dict[tuple[str, str], float]:
    """Return a length for each edge, longer where its ends have many neighbours, so that hubs get room."""
    lengths = {}
    for a, b in sorted(tuple(sorted(edge)) for edge in graph.edges):
        near_a, near_b = set(graph[a]), set(graph[b])
        lengths[a, b] = sqrt(max(2, len(near_a ^ near_b)))
    return lengths


def _targets(graph: nx.Graph[str], nodes: Sequence[str], random: Random) -> list[tuple[int, int, float]]:
    """Return (node, node, distance wanted) for the pairs that the layout minds."""
    weighted: nx.Graph[str] = nx.Graph()
    weighted.add_weighted_edges_from((a, b, length) for (a, b), length in _lengths(graph).items())
    index = {n: i for i, n in enumerate(nodes)}
    pivots = nodes if len(nodes) <= _PAIRS_FROM_ALL else sorted(random.sample(list(nodes), _PIVOTS))
    wanted = {(index[a], index[b]): d["weight"] for a, b, d in sorted(weighted.edges(data=True), key=lambda e: e[:2])}
    for pivot in pivots:
        for other, distance in nx.single_source_dijkstra_path_length(weighted, pivot).items():
            i, j = sorted((index[pivot], index[other]))
            if i != j:
                wanted[i, j] = distance
    return [(i, j, d) for (i, j), d in sorted(wanted.items())]


def _stress(graph: nx.Graph[str], nodes: Sequence[str]) -> dict[str, Point]:
    """Lay out one component so that distances on the page follow distances in the graph."""
    random = Random(_SEED)
    targets = _targets(graph, nodes, random)
    x = [random.uniform(-1, 1) for _ in nodes]
    y = [random.uniform(-1, 1) for _ in nodes]
    longest, shortest = max(d for *_, d in targets), min(d for *_, d in targets)
    fall = log(max(longest**2 / (0.1 * shortest**2), 2.0)) / (_ROUNDS - 1)
    for turn in range(_ROUNDS):
        step = longest**2 * exp(-fall * turn)
        random.shuffle(targets)
        for i, j, wanted in targets:
            dx, dy = x[i] - x[j], y[i] - y[j]
            length = hypot(dx, dy) or 1e-6
            move = min(step / wanted**2, 1.0) * (length - wanted) / (2 * length)
            x[i] -= dx * move
            y[i] -= dy * move
            x[j] += dx * move
            y[j] += dy * move
    return {n: (x[i] * _UNIT, y[i] * _UNIT) for i, n in enumerate(nodes)}


def _lie_flat(points: dict[str, Point]) -> dict[str, Point]:
    """Turn a drawing so that its longer axis lies across the page, which is wider than high."""
    count = len(points)
    mx, my = sum(x for x, _ in points.values()) / count, sum(y for _, y in points.values()) / count
    xx = sum((x - mx) ** 2 for x, _ in points.values())
    yy = sum((y - my) ** 2 for _, y in points.values())
    xy = sum((x - mx) * (y - my) for x, y in points.values())
    angle = -0.5 * atan2(2 * xy, xx - yy)
    c, s = cos(angle), sin(angle)
    return {n: ((x - mx) * c - (y - my) * s, (x - mx) * s + (y - my) * c) for n, (x, y) in points.items()}


def _widen(points: dict[str, Point], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Stretch a drawing: across where it is too narrow for names, both ways where it has too little room."""
    # Two nodes, or three in a row, have no height; the room of a name is the least that is drawn.
    width = max(_LINE, max(x for x, _ in points.values()) - min(x for x, _ in points.values()))
    height = max(_LINE, max(y for _, y in points.values()) - min(y for _, y in points.values()))
    across = min(max(_ASPECT * height / width, 1.0), 1.9)
    needed = _ROOM * sum(boxes[n][0] * boxes[n][1] for n in points)
    both = max(1.0, sqrt(needed / (width * across * height)))
    return {n: (x * across * both, y * both) for n, (x, y) in points.items()}


def _spread(points: dict[str, Point], boxes: Mapping[str, Box], rounds: int = 60) -> dict[str, Point]:
    """Push nodes apart until no two of them, each with its name, lie on each other."""
    xs = {n: p[0] for n, p in points.items()}
    ys = {n: p[1] for n, p in points.items()}
    widest, tallest = max(boxes[n][0] for n in points), max(boxes[n][1] for n in points)
    for _ in range(rounds):
        moved = False
        order = sorted(xs, key=lambda n: (xs[n], n))
        for at, a in enumerate(order):
            for b in order[at + 1 :]:
                if xs[b] - xs[a] > widest:
                    break
                if abs(ys[b] - ys[a]) < tallest:
                    moved |= _part(a, b, xs, ys, boxes)
        if not moved:
            break
    return {n: (xs[n], ys[n]) for n in points}


def _part(a: str, b: str, xs: dict[str, float], ys: dict[str, float], boxes: Mapping[str, Box]) -> bool:
    """Move two nodes apart along the axis on which they overlap less; tell whether they did overlap."""
    over_x = (boxes[a][0] + boxes[b][0]) / 2 - abs(xs[b] - xs[a])
    over_y = (boxes[a][1] + boxes[b][1]) / 2 - abs(ys[b] - ys[a])
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    along, over = (xs, over_x) if over_x < over_y else (ys, over_y)
    shift = over / 4 if (along[a], a) < (along[b], b) else -over / 4
    along[a] -= shift
    along[b] += shift
    return True


def _pack(drawn: Sequence[dict[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Set the drawings side by side on shelves, the largest first, to a page wider than high."""
    sizes = [_extent(points, boxes) for points in drawn]
    area = sum((right - left + _GAP) * (low - top + _GAP) for left, top, right, low in sizes)
    page = max([sqrt(area * _ASPECT), *(right - left for left, _, right, _ in sizes)], default=0.0)
    found: dict[str, Point] = {}
    x = y = shelf = 0.0
    for points, (left, top, right, low) in zip(drawn, sizes, strict=True):
        if x and x + right - left > page:
            x, y, shelf = 0.0, y + shelf + _GAP / 2, 0.0
        found |= {n: (px - left + x, py - top + y) for n, (px, py) in points.items()}
        x += right - left + _GAP / 2
        shelf = max(shelf, low - top)
    return found


def _extent(points: Mapping[str, Point], boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[n][0] / 2 for n, (x, _) in points.items()),
        min(y - boxes[n][1] / 2 for n, (_, y) in points.items()),
        max(x + boxes[n][0] / 2 for n, (x, _) in points.items()),
        max(y + boxes[n][1] / 2 for n, (_, y) in points.items()),
    )


def _rows(loose: Iterable[str], width: float, top: float) -> dict[str, Point]:
    """Set nodes without a link in even rows, a name's width apart."""
    column = 220.0
    columns = max(1, int(width // column))
    return {n: ((i % columns + 0.5) * column, top + i // columns * 1.5 * _LINE) for i, n in enumerate(loose)}
