"""Find a place for every node of the picture, when building, so that the page opens still and always looks the same.

In: which things are linked, and the room that each wants. Out: coordinates, y downwards.
Components are laid out one by one (`stress`); then names get room, and components are packed on shelves.
The trap: every loop runs over a sorted list, never over a set.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import atan2, cos, sin, sqrt
from statistics import median_low

from kg.export.html.stress import MOVES, Neighbours, lay_out

Point = tuple[float, float]
Box = tuple[float, float]

_UNIT = 34.0
"""Picture units to one unit of path length."""
_LINE = 40.0
"""Height that a node takes with its name below it."""
_HUB = 5
"""Links from which on a node counts as one whose name must be seen."""
_GAP = 56.0
_CHECKS = 200
"""How many pairs are looked at for each node of a component, at most, while nodes are pushed apart."""
_TALL = 2.5
"""Boxes so many times as high as the usual one are looked at beside all others: for them no grid would be fine."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How things are laid out, and what that may cost."""

    aspect: float
    """Width to height."""
    room: float
    """Area that a component gets at least, to the sum of its nodes and names."""
    patience: float
    """Two that overlap move apart by their overlap divided by this: the more, the more rounds it takes, all gentler."""
    moves: int
    """How often any two are moved to their distance."""
    checks: int
    """How many pairs are looked at in any component, however small."""


_PAGE = Manner(aspect=1.75, room=1.2, patience=4, moves=MOVES, checks=100_000)


def place(neighbours: Neighbours, loose: Sequence[str], labels: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return a position for every linked node and, in rows below them, for every loose one."""
    boxes = {n: room_of(labels.get(n, n), len(near)) for n, near in neighbours.items()}
    found = _pack(draw_parts(neighbours, boxes, _PAGE), boxes)
    width = max((x for x, _ in found.values()), default=0.0) - min((x for x, _ in found.values()), default=0.0)
    bottom = max((y for _, y in found.values()), default=0.0)
    found |= _rows(loose, max(width, 640.0), bottom + 1.8 * _GAP)
    return {n: (round(x), round(y)) for n, (x, y) in found.items()}


def draw_parts(neighbours: Neighbours, boxes: Mapping[str, Box], manner: Manner) -> list[dict[str, Point]]:
    """Return a drawing of each connected component, the largest first: each point is the middle of a box.

    `neighbours` names every box.
    """
    drawn = lay_out(_components(neighbours), neighbours, manner.moves)
    return [_spread(_widen(_lie_flat(_scaled(points)), boxes, manner), boxes, manner) for points in drawn]


def _components(neighbours: Neighbours) -> list[list[str]]:
    """Return the nodes of each connected component, sorted; the largest first."""
    parts: list[list[str]] = []
    seen: set[str] = set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:  # which grows meanwhile
            fresh = [other for other in neighbours[node] if other not in seen]
            seen.update(fresh)
            part += fresh
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def _scaled(points: dict[str, complex]) -> dict[str, Point]:
    return {n: (p.real * _UNIT, p.imag * _UNIT) for n, p in points.items()}


def room_of(label: str, degree: int) -> Box:
    """Return the room that a node takes with its name below it; the names of hubs are printed larger and first."""
    hub = degree >= _HUB
    return 24 + (15.0 if hub else 11.0) * min(len(label), 9), _LINE + (24.0 if hub else 0.0)


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


def _widen(points: dict[str, Point], boxes: Mapping[str, Box], manner: Manner) -> dict[str, Point]:
    """Stretch a drawing: across where it is too narrow for names, both ways where it has too little room."""
    # Two nodes, or three in a row, have no height; the room of a name is the least that is drawn.
    width = max(_LINE, max(x for x, _ in points.values()) - min(x for x, _ in points.values()))
    height = max(_LINE, max(y for _, y in points.values()) - min(y for _, y in points.values()))
    across = min(max(manner.aspect * height / width, 1.0), 1.9)
    needed = manner.room * sum(boxes[n][0] * boxes[n][1] for n in points)
    both = max(1.0, sqrt(needed / (width * across * height)))
    return {n: (x * across * both, y * both) for n, (x, y) in points.items()}


def _spread(points: dict[str, Point], boxes: Mapping[str, Box], manner: Manner) -> dict[str, Point]:
    """Push nodes apart until no two of them, each with its name, lie on each other; or nearly so where many do."""
    x, y = ([p[axis] for p in points.values()] for axis in (0, 1))
    width, height = ([boxes[n][axis] / 2 for n in points] for axis in (0, 1))
    usual = median_low(height)
    tall = dict.fromkeys(i for i, high in enumerate(height) if high > _TALL * usual)
    low = [i for i in range(len(points)) if i not in tall]
    cell = 2 * max(width[i] for i in low), 2 * max(height[i] for i in low)
    moved = set(range(len(points)))
    checks = max(manner.checks, _CHECKS * len(points))
    while moved and checks > 0:
        pairs = [(a, b) for a in tall for b in range(len(x)) if (a in moved or b in moved) and (b > a or b not in tall)]
        pairs += _close(x, y, cell, moved, low)
        checks -= len(pairs)
        moved = set()
        for a, b in pairs:
            over_x = width[a] + width[b] - abs(x[b] - x[a])
            if over_x <= 0.5:
                continue
            over_y = height[a] + height[b] - abs(y[b] - y[a])
            if over_y <= 0.5:
                continue
            # part them along the axis on which they overlap less
            along, over = (x, over_x) if over_x < over_y else (y, over_y)
            shift = over / manner.patience if (along[a], a) < (along[b], b) else -over / manner.patience
            along[a] -= shift
            along[b] += shift
            moved.update((a, b))
    return dict(zip(points, zip(x, y, strict=True), strict=True))


def _close(
    x: Sequence[float], y: Sequence[float], cell: Box, restless: Container[int], nodes: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of nodes that may overlap now: of one cell of a grid, or of two that touch, if one has moved."""
    cells: dict[tuple[int, int], list[int]] = {}
    alive: set[tuple[int, int]] = set()
    for node in nodes:
        at = int(x[node] // cell[0]), int(y[node] // cell[1])
        cells.setdefault(at, []).append(node)
        if node in restless:
            alive.add(at)
    for (column, row), here in sorted(cells.items()):
        awake = (column, row) in alive
        if awake:
            yield from combinations(here, 2)
        for other in ((column, row + 1), (column + 1, row - 1), (column + 1, row), (column + 1, row + 1)):
            if other in cells and (awake or other in alive):
                yield from product(here, cells[other])


def _pack(drawn: Sequence[dict[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Set the drawings side by side on shelves, the largest first, to a page wider than high."""
    sizes = [_extent(points, boxes) for points in drawn]
    area = sum((right - left + _GAP) * (low - top + _GAP) for left, top, right, low in sizes)
    page = max([sqrt(area * _PAGE.aspect), *(right - left for left, _, right, _ in sizes)], default=0.0)
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
