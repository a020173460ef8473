"""Initials: the large first character of an article, set into its first lines. Fragments in, fragments out.

The trap: an initial has the size of a headline, and the lines beside it begin further right as an indented line does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.ingest.printed.fragments import Fragment

_LARGE = 1.8  # times the body's size: it takes two lines at least
_MAX_LENGTH = 2  # characters: 昨 or “昨
_FIRST_INDENT = 2.0  # characters by which its line begins a paragraph


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


def _is_beside(line: Fragment, initial: Fragment, body: float) -> bool:
    is_body = line.size < _LARGE * body
    is_right = -0.3 * body < line.left - initial.right < 1.2 * body
    return is_body and is_right and initial.top - 0.5 * body < line.middle < initial.bottom + 0.2 * body
