"""Initials: the large first character of an article, set into its first lines. Fragments in, fragments out.

The traps: an initial has the size of a headline, and the lines beside it begin further right as an indented line does;
and OCR misses one that is a single stroke (一), or its quotation mark, so that the lines beside it tell its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.ingest.printed.fragments import Fragment

_LARGE = 1.8  # times the body's size: it takes two lines at least
_MAX_LENGTH = 2  # characters: 昨 or “昨
_FIRST_INDENT = 2.0  # characters by which its line begins a paragraph
_WIDTH = (2.4, 7.5)  # characters of the body: more than an indent, at most an initial of four lines or one with “
_MOST_LINES = 4
_PITCH = 1.8  # characters from one line to the next at most
_LEVEL = 0.4  # characters by which lines that begin at one edge may differ


def initials_set(fragments: Sequence[Fragment], body: float) -> list[Fragment]:
    """Put each initial before the first of the lines beside it, and these where they would begin without it."""
    kept = list(fragments)
    for initial in fragments:
        if initial.size < _LARGE * body or len(initial.text) > _MAX_LENGTH:
            continue
        beside = sorted((f for f in kept if _is_beside(f, initial, body)), key=lambda f: f.top)
        if len(beside) < 2:
            continue
        first, others = beside[0], beside[1:]
        kept = [f for f in kept if f is not initial and not any(f is b for b in beside)]
        left = initial.left + _FIRST_INDENT * body
        kept.append(replace(first, text=initial.text + first.text, left=min(left, first.left)))
        kept += [replace(f, left=initial.left) for f in others]
    return kept


@dataclass(frozen=True, slots=True)
class Place:
    """Where an initial stands, whatever is seen of it."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, fragment: Fragment) -> bool:
        """Tell whether a fragment stands there for the greater part."""
        width = min(self.right, fragment.right) - max(self.left, fragment.left)
        is_level = self.top < fragment.middle < self.bottom
        return is_level and width > (fragment.right - fragment.left) / 2


def places_of_initials(fragments: Sequence[Fragment], body: float) -> list[Place]:
    """Return where lines leave room for an initial: some begin at one edge, the next one further left."""
    lines = sorted((f for f in fragments if f.size < _LARGE * body), key=lambda f: f.top)
    found = (_place_beside(number, lines, body) for number in range(len(lines)))
    words = [f for f in lines if len(f.text) > _MAX_LENGTH]  # a large “ is often taken for two characters
    return [place for place in found if place and not any(map(place.holds, words))]


def _place_beside(number: int, lines: Sequence[Fragment], body: float) -> Place | None:
    """Return the place left of a line, of those below it that begin with it, and above the first that does not."""
    first = lines[number]
    stack = [first]
    if any(_begins_below(line, first, body) for line in lines[:number]):
        return None
    below = [line for line in lines[number + 1 :] if line.left < first.right and line.right > first.left + body]
    for line, after in zip_longest(below, below[1:]):
        if line.middle - stack[-1].middle > _PITCH * body:
            return None
        if _begins_below(stack[-1], line, body):
            stack.append(line)
            continue
        # The line right below may begin a paragraph, so that the next one tells the edge.
        edge = min(line.left, after.left) if after and after.middle - line.middle < _PITCH * body else line.left
        is_initial = 1 < len(stack) <= _MOST_LINES and _WIDTH[0] * body <= first.left - edge <= _WIDTH[1] * body
        return Place(edge, first.top, first.left, stack[-1].bottom) if is_initial else None
    return None


def _begins_below(above: Fragment, line: Fragment, body: float) -> bool:
    """Tell whether a line is the next one, and begins at the same edge."""
    is_next = 0.5 * body < line.middle - above.middle <= _PITCH * body
    return is_next and abs(line.left - above.left) < _LEVEL * body


def _is_beside(line: Fragment, initial: Fragment, body: float) -> bool:
    is_body = line.size < _LARGE * body
    is_right = -0.3 * body < line.left - initial.right < 1.2 * body
    return is_body and is_right and initial.top - 0.5 * body < line.middle < initial.bottom + 0.2 * body
