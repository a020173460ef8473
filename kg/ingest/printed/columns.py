"""The words of a page → its columns in the order in which they are read.

A region is cut along white gutters from top to bottom; where a headline spans them, it is first cut above and below the
headline; else along its widest white band. Cut regions are cut again. The trap: lines of neighbouring columns stand at
one height, so that a white band between two lines crosses all columns: it must never be cut while a gutter can be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from kg.ingest.printed.fragments import Fragment, Line, lines_of

LARGE = 1.25  # times the size of the body: a headline
_GUTTER = 0.7  # times the size of the body
_BAND = 1.0
_ABOVE_HEADLINE = 0.8
ADVERTISEMENT = re.compile(r"[（(【]?\s*(?:公益)?广\s*告\s*[)）】]?")

Region = Sequence[Fragment]
Cut = tuple[float, ...]


def in_reading_order(fragments: Region, body: float) -> list[Line]:
    """Return the lines of a page as a reader goes through them."""
    if not fragments:
        return []
    edges = (min(f.left for f in fragments), max(f.right for f in fragments))
    return _ordered(fragments, body, edges, 0)


def _ordered(region: Region, body: float, column: tuple[float, float], depth: int) -> list[Line]:
    if depth < 60:  # each cut makes regions smaller; a page has a few tens of them above each other
        if parts := _cut(region, _above_headlines(region, body), _ends):
            return [line for part in parts for line in _ordered(part, body, _widened(column, part), depth + 1)]
        if parts := _cut(region, _gutters(region, body), _sides):
            return [line for part in parts for line in _ordered(part, body, _edges(part), depth + 1)]
        parts = _around_headlines(region, body) or _cut(region, _widest(_gaps(region, _ends, _BAND * body)), _ends)
        if parts:
            return [line for part in parts for line in _ordered(part, body, _widened(column, part), depth + 1)]
    return lines_of(region, _widened(column, region))


def _gutters(region: Region, body: float) -> list[tuple[float, float]]:
    """Return where to cut from top to bottom: at all gutters, or first at the one beside which articles lie stacked.

    Two articles of two columns above each other, and a third beside them: the gutter between their columns is open, but
    cutting there would read the left halves of both first.
    """
    gutters = _gaps(region, _sides, _GUTTER * body)
    if len(gutters) > 1:
        opening = [gutter for gutter in gutters if any(map(_is_stack(body), _cut(region, [gutter], _sides)))]
        return _widest(opening) or gutters
    return gutters


def _is_stack(body: float) -> Callable[[Region], bool]:
    """Return a test of whether a region has several columns, and a headline with a white band above it."""

    def test(part: Region) -> bool:
        return bool(_gaps(part, _sides, _GUTTER * body)) and bool(_above_headlines(part, body))

    return test


def _sides(fragment: Fragment) -> tuple[float, float]:
    return fragment.left, fragment.right


def _ends(fragment: Fragment) -> tuple[float, float]:
    return fragment.top, fragment.bottom


def _edges(region: Region) -> tuple[float, float]:
    return min(f.left for f in region), max(f.right for f in region)


def _widened(column: tuple[float, float], region: Region) -> tuple[float, float]:
    left, right = _edges(region)
    return min(column[0], left), max(column[1], right)


def _gaps(region: Region, extent: Callable[[Fragment], tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Return the white stretches along one direction that are at least so wide."""
    gaps = []
    reached = None
    for start, end in sorted(map(extent, region)):
        if reached is not None and start - reached >= least:
            gaps.append((reached, start))
        reached = end if reached is None else max(reached, end)
    return gaps


def _widest(gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [max(gaps, key=lambda gap: (gap[1] - gap[0], -gap[0]))] if gaps else []


def _cut(
    region: Region, gaps: list[tuple[float, float]], extent: Callable[[Fragment], tuple[float, float]]
) -> list[list[Fragment]]:
    """Part a region at the gaps; empty where there are none."""
    if not gaps:
        return []
    at = [(start + end) / 2 for start, end in gaps]
    bounds = [float("-inf"), *at, float("inf")]
    parts = [[f for f in region if low <= extent(f)[0] < high] for low, high in pairwise(bounds)]
    return [part for part in parts if part] if sum(map(bool, parts)) > 1 else []


def _above_headlines(region: Region, body: float) -> list[tuple[float, float]]:
    """Return the white bands that cross the whole region right above a headline: there an article begins below others.

    A short headline leaves the gutters below it open to the top, so that these bands come before the gutters.
    """
    tops = [f.top for f in region if f.size >= LARGE * body or ADVERTISEMENT.fullmatch(f.text)]
    return [
        band
        for band in _gaps(region, _ends, _ABOVE_HEADLINE * body)
        if any(abs(top - band[1]) < 0.5 * body for top in tops)
    ]


def _around_headlines(region: Region, body: float) -> list[list[Fragment]]:
    """Cut above and below the headlines that span the gutters of the text below them."""
    text = [f for f in region if f.size < LARGE * body]
    gutters = _gaps(text, _sides, _GUTTER * body)
    spanning = [f for f in region if f.size >= LARGE * body and any(f.left < b and f.right > a for a, b in gutters)]
    bands = [gap for gap in _gaps(region, _ends, 0.0) if any(_touches(f, gap, body) for f in spanning)]
    return _cut(region, bands, _ends)


def _touches(headline: Fragment, band: tuple[float, float], body: float) -> bool:
    """Tell whether a white band lies right above or right below a headline."""
    return abs(headline.top - band[1]) < 0.5 * body or abs(headline.bottom - band[0]) < 0.5 * body
