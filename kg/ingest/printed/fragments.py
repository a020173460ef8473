"""Printed words with their place on a page: what the readers of PDF and of pictures give to `kg.ingest.printed`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words on one line, in one size; lengths in the page's own unit, downwards from its top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Height of a character."""

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its words and its height."""

    fragments: tuple[Fragment, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    column: tuple[float, float] = (0.0, 0.0)
    """Left and right edge of the column that it stands in."""


def body_size(fragments: Iterable[Fragment]) -> float:
    """Return the size that half of a page's characters have at most, 0 where there are none."""
    sizes = sorted((f.size, len(f.text)) for f in fragments)
    half = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        half -= count
        if half <= 0:
            return size
    return 0.0


def lines_of(fragments: Sequence[Fragment], column: tuple[float, float]) -> list[Line]:
    """Put the fragments of one column together that stand at one height, from top to bottom."""
    lines: list[Line] = []
    for fragment in sorted(fragments, key=lambda f: (f.middle, f.left)):
        above = lines[-1] if lines else None
        if (
            above
            and above.top <= fragment.middle <= above.bottom
            and fragment.middle - (above.top + above.bottom) / 2 < (0.4 * min(fragment.size, above.size))
        ):
            lines[-1] = _beside(above, fragment)
        else:
            lines.append(
                Line(fragment.text, fragment.left, fragment.top, fragment.right, fragment.bottom, fragment.size, column)
            )
    return lines


def _beside(line: Line, fragment: Fragment) -> Line:
    """Add a fragment to a line, before or after it; a wide gap between them is a space."""
    before = fragment.left < line.left
    gap = line.left - fragment.right if before else fragment.left - line.right
    space = " " if gap > 0.6 * max(line.size, fragment.size) else ""
    text = fragment.text + space + line.text if before else line.text + space + fragment.text
    is_longer = len(fragment.text) > len(line.text)
    return replace(
        line,
        text=text,
        left=min(line.left, fragment.left),
        right=max(line.right, fragment.right),
        top=min(line.top, fragment.top),
        bottom=max(line.bottom, fragment.bottom),
        size=fragment.size if is_longer else line.size,
    )
