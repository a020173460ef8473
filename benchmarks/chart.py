"""Charts as SVG: bars on a scale, and lines through points on logarithmic axes.

In: names and figures. Out: the text of an SVG that holds nothing but itself, and reads well on light and on dark
pages. The traps: an SVG in a page of GitHub's is a picture, which no style of the page reaches, so it carries its own
and asks the reader's system for light or dark; and the width of a text is not known here, so that room is kept for the
longest by counting characters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 800
_LEFT, _RIGHT, _ROW, _BAR = 12, 24, 30, 16
_CHARACTER = 7.2
"""Width of a character of 13 pixels, with room to spare."""
_FORMS = """
:root { color-scheme: light dark }
svg { font: 13px system-ui, -apple-system, "Segoe UI", "Noto Sans CJK SC", sans-serif }
.title { font-size: 16px } .title, .panel { font-weight: 600 } .value { font-variant-numeric: tabular-nums }
.value { stroke-width: 5; stroke-linejoin: round; paint-order: stroke }
.end { text-anchor: end } .middle { text-anchor: middle }
.grid, .axis { stroke-width: 1 } .aim { stroke-width: 2; stroke-dasharray: 5 4 } .line { fill: none; stroke-width: 2 }
"""
_PAPER = (
    "#fff #1f2328 #59636e #d1d9e0 #818b98 #8c959f #0969da #bc4c00",
    "#0d1117 #e6edf3 #9198a1 #2b323b #6e7681 #6e7681 #4493f8 #f0883e",
)
"""Light and dark: page, text, faint text, grid, axis, another's bar, our own, the aim."""
_SERIES = ("#0969da #bc4c00 #1a7f37 #8250df #9a6700 #24292f", "#4493f8 #f0883e #3fb950 #ab7df8 #d29922 #f0f6fc")
"""Light and dark, of one line after the other."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart."""

    name: str
    value: float
    shown: str
    """The figure as it is written at the end of the bar."""
    is_own: bool = True
    """False for what we compare with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    name: str
    x: Sequence[float]
    y: Sequence[float]


@dataclass(frozen=True, slots=True)
class Aim:
    """A line across the bars: what is to be reached."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars on one scale, from 0."""

    title: str
    bars: Sequence[Bar]
    aim: Aim | None = None


def bar_chart(title: str, under: str, panels: Sequence[Panel]) -> str:
    """Return bars in panels, one below the other, each on a scale of its own."""
    parts, y = [], 80.0
    left = _LEFT + max((_wide(bar.name) for panel in panels for bar in panel.bars), default=0) + 12
    for panel in panels:
        drawn, y = _panel(panel, y, left)
        parts += drawn
    return _document(title, under, parts, y)


def _panel(panel: Panel, y: float, left: float) -> tuple[list[str], float]:
    room = WIDTH - left - _RIGHT - max(_wide(bar.shown) for bar in panel.bars) - 8
    top = max([bar.value for bar in panel.bars] + ([panel.aim.value] if panel.aim else []))
    scale = room / top if top else 0.0
    parts = [_text(_LEFT, y, panel.title, "panel")]
    first = y + 14
    for number, bar in enumerate(panel.bars):
        at = first + number * _ROW
        middle, length = at + _ROW / 2, max(bar.value * scale, 1)
        parts.append(_text(left - 12, middle + 4.5, bar.name, "end"))
        parts.append(
            f'<rect class="{"own" if bar.is_own else "bar"}" x="{_n(left)}" y="{_n(middle - _BAR / 2)}" '
            f'width="{_n(length)}" height="{_BAR}" rx="2"/>'
        )
        parts.append(_text(left + length + 8, middle + 4.5, bar.shown, "value"))
    last = first + len(panel.bars) * _ROW
    parts.append(_stroke("axis", left, first, left, last))
    if panel.aim:
        x = left + panel.aim.value * scale
        parts.insert(0, _stroke("aim", x, first, x, last))
        parts.append(_text(min(x, WIDTH - _RIGHT), last + 14, panel.aim.name, "aimed end"))
    return parts, last + (48 if panel.aim else 34)


def line_chart(title: str, under: str, across: str, up: str, lines: Sequence[Line]) -> str:
    """Return lines on logarithmic axes, where what grows with a power is straight."""
    left, right, top, bottom = 64.0, WIDTH - 190.0, 92.0, 470.0
    xs, ys = [x for line in lines for x in line.x], [y for line in lines for y in line.y]
    across_by, up_by = _Scale(xs, left, right), _Scale(ys, bottom, top)
    parts = [_text(12, 72, up, "faint"), _text((left + right) / 2, bottom + 40, across, "faint middle")]
    for tick in up_by.ticks():
        parts += (_stroke("grid", left, up_by(tick), right, up_by(tick)),)
        parts.append(_text(left - 8, up_by(tick) + 4.5, _plain(tick), "end value"))
    for tick in sorted(set(xs)):
        parts += (_stroke("grid", across_by(tick), top, across_by(tick), bottom),)
        parts.append(_text(across_by(tick), bottom + 20, _plain(tick), "middle value"))
    parts += (_stroke("axis", left, bottom, right, bottom), _stroke("axis", left, top, left, bottom))
    places = _apart([up_by(line.y[-1]) for line in lines], 18)
    for number, (line, place) in enumerate(zip(lines, places, strict=True)):
        colour = number % len(_SERIES[0].split())
        points = [(across_by(x), up_by(y)) for x, y in zip(line.x, line.y, strict=True)]
        parts.append(f'<polyline class="line s{colour}" points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in points)}"/>')
        parts += (f'<circle class="f{colour}" cx="{_n(x)}" cy="{_n(y)}" r="3.5"/>' for x, y in points)
        parts.append(_text(right + 12, place + 4.5, line.name, f"f{colour}"))
    return _document(title, under, parts, bottom + 60)


class _Scale:
    """A logarithmic scale from one place to another, with a little room on both sides."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        self.low, self.high = min(values) / 1.25, max(values) * 1.25
        self._first, self._last = first, last

    def __call__(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self._first + share * (self._last - self._first)

    def ticks(self) -> Iterator[float]:
        """Yield the powers of ten on it, or where they are few 1, 2 and 5 of each."""
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        steps = (1,) if len(powers) > 4 else (1, 2, 5)
        ticks = (step * 10.0**power for power in powers for step in steps)
        yield from (tick for tick in ticks if self.low <= tick <= self.high)


def _apart(places: Sequence[float], distance: float) -> list[float]:
    """Return places moved as far as it takes for each to be so far from the next, in the order given."""
    moved: dict[int, float] = {}
    below = -math.inf
    for number in sorted(range(len(places)), key=lambda n: (places[n], n)):
        moved[number] = below = max(places[number], below + distance)
    return [moved[number] for number in range(len(places))]


def _colours(paper: str, series: str) -> str:
    page, text, faint, grid, axis, bar, own, aim = paper.split()
    lines = "\n".join(f".s{n} {{ stroke: {c} }} .f{n} {{ fill: {c} }}" for n, c in enumerate(series.split()))
    return (
        f"svg {{ background: {page} }} .value {{ stroke: {page} }} text {{ fill: {text} }} .faint {{ fill: {faint} }}\n"
        f".grid {{ stroke: {grid} }} .axis {{ stroke: {axis} }} .bar {{ fill: {bar} }} .own {{ fill: {own} }}\n"
        f".aim {{ stroke: {aim} }} .aimed {{ fill: {aim} }}\n{lines}\n"
    )


def _style() -> str:
    light, dark = map(_colours, _PAPER, _SERIES)
    return f"{_FORMS}{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _document(title: str, under: str, parts: Sequence[str], height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" width="{WIDTH}" '
        f'height="{_n(height)}" role="img">\n<title>{escape(title)}</title>\n<style>{_style()}</style>\n'
        f"{_text(12, 28, title, 'title')}\n{_text(12, 48, under, 'faint')}\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}">{escape(words)}</text>'


def _stroke(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'


def _wide(words: str) -> float:
    return sum(_CHARACTER * (2 if ord(c) > 0x2E80 else 1) for c in words)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _n(value: float) -> str:
    """Return a coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
