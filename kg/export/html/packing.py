"""Set drawings side by side in a disc, so that little of it stays empty.

In: drawings, each a few points that keep their distances, and the room of each point. Out: a point for each, around
(0, 0). The method is polyomino packing after Freivalds, Dogrusoz and Kikusts, "Disconnected graph layout and the
polyomino packing approach", 2002: each drawing covers cells of a grid, its lines too; the largest comes first, and
each goes as close to the middle as its cells are free. The trap: to look for a free spot from the middle again for each
of many points alike takes time with the square of their number; so each begins where the last of its shape was set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import hypot, sqrt

Point = tuple[float, float]
Box = tuple[float, float]
Cell = tuple[int, int]
Neighbours = Mapping[str, Sequence[str]]

_CELLS = 1200
"""How many cells all boxes together cover, about."""
_FINEST = 9.0


def pack_round(
    drawn: Sequence[Mapping[str, Point]], boxes: Mapping[str, Box], neighbours: Neighbours, aspect: float
) -> dict[str, Point]:
    """Return all points, moved drawing by drawing, so that they fill a disc that is `aspect` times as wide as high."""
    cell = max(_FINEST, sqrt(sum(boxes[n][0] * boxes[n][1] for points in drawn for n in points) / _CELLS))
    shapes = [(points, _middle(points), _cells(points, boxes, neighbours, cell)) for points in drawn]
    shapes.sort(key=lambda shape: (-len(shape[2]), min(shape[0])))
    taken: set[Cell] = set()
    begin: dict[frozenset[Cell], int] = {}
    found: dict[str, Point] = {}
    for points, (mx, my), shape in shapes:
        at, (across, down) = next(
            (number, spot)
            for number, spot in _spots(begin.get(shape, 0), aspect)
            if not any((column + spot[0], row + spot[1]) in taken for column, row in shape)
        )
        begin[shape] = at + 1
        taken.update((column + across, row + down) for column, row in shape)
        found |= {n: (x - mx + across * cell, y - my + down * cell) for n, (x, y) in points.items()}
    return found


def _middle(points: Mapping[str, Point]) -> Point:
    xs, ys = [x for x, _ in points.values()], [y for _, y in points.values()]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _cells(
    points: Mapping[str, Point], boxes: Mapping[str, Box], neighbours: Neighbours, cell: float
) -> frozenset[Cell]:
    """Return the cells, counted from the middle, that the boxes and the lines between them cover."""
    mx, my = _middle(points)
    covered: set[Cell] = set()
    for name, (x, y) in points.items():
        width, height = boxes[name]
        left, right = int((x - mx - width / 2) // cell), int((x - mx + width / 2) // cell)
        top, low = int((y - my - height / 2) // cell), int((y - my + height / 2) // cell)
        covered.update((column, row) for column in range(left, right + 1) for row in range(top, low + 1))
        for other in neighbours[name]:
            if name < other:
                covered.update(_line((x - mx, y - my), (points[other][0] - mx, points[other][1] - my), cell))
    return frozenset(covered)


def _line(start: Point, end: Point, cell: float) -> Iterator[Cell]:
    steps = int(hypot(end[0] - start[0], end[1] - start[1]) / cell) + 1
    for step in range(1, steps):
        share = step / steps
        yield (
            int((start[0] + (end[0] - start[0]) * share) // cell),
            int((start[1] + (end[1] - start[1]) * share) // cell),
        )


def _spots(start: int, aspect: float) -> Iterator[tuple[int, Cell]]:
    """Yield the cells from the middle outwards with their numbers, beginning with a number."""
    radius = 16
    while True:
        spots = _spots_within(radius, aspect)
        for number in range(start, len(spots)):
            yield number, spots[number]
        start = max(start, len(spots))
        radius *= 2


@cache
def _spots_within(radius: int, aspect: float) -> list[Cell]:
    """Return the cells of a disc in the order of their distance from the middle; a smaller disc's are the first."""
    width = int(radius * aspect)
    spots = [
        ((column / aspect) ** 2 + row**2, column, row)
        for column in range(-width, width + 1)
        for row in range(-radius, radius + 1)
    ]
    return [(column, row) for far, column, row in sorted(spots) if far <= radius**2]
