"""A picture of a page → its words with their places, by RapidOCR; needs the extra `kg[ocr]`, and asks no network.

In: pixels. Out: a PrintedPage, turned upright where it was scanned askew by a few degrees. The traps: what is
recognized has no spaces, so that those between the names of a byline are told by the places of its characters; and the
height of a box says little about the size of its print, so that the size is what a character has of its width.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

from kg.errors import ReaderMissingError
from kg.ingest.printed import Fragment, PrintedPage
from kg.ingest.printed.fragments import body_size
from kg.ingest.printed.initials import Place, places_of_initials
from kg.text import occurrences
from kg.vocab import words
from kg.workers import cores

MAX_SIDE = 4000  # pixels; a whole newspaper page at 200 dots an inch
INSTALL = "OCR: pip install 'kg-local-governance[ocr]'"
_SHORT = 45  # characters: a byline, in which spaces part the names; in justified lines they mean nothing
_SPACE = 0.18  # of a character, by which the gap at a space is wider than the others
_WIDE_SPACE = 0.3  # of a character: where some gaps are twice as wide, those are the spaces
_PRINT = 0.9  # of a box's height is taken by the print at most
_SURE = 0.5  # confidence under which a line is left out
_VERY_SURE = 0.9  # confidence from which an initial is taken for what it looks like
_MARGIN = 0.2  # of a character, by which an initial stands apart from the lines beside it
_INITIAL = re.compile("[“‘「『《（]?[\u4e00-\u9fff]")
_MIN_TILTED = 8  # characters: shorter lines tell no angle
_MIN_ANGLE = 0.001  # radians

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Word:
    """A line as recognized, with the corners of its box from the upper left one on."""

    text: str
    corners: tuple[Point, Point, Point, Point]


def is_installed() -> bool:
    """Tell whether pictures can be read."""
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_picture(pixels: Any, shown: str) -> PrintedPage:
    """Return the words of a picture; ReaderMissingError without the library or its models."""
    if not is_installed():
        raise ReaderMissingError(shown, INSTALL)
    try:
        found = _engine()(pixels, use_det=True, use_rec=True)  # it goes on with what the last call said
    except PermissionError as error:  # it would fetch what its package lacks
        raise ReaderMissingError(shown, "OCR: its models are not installed with it") from error
    height, width = pixels.shape[:2]
    if found.txts is None:
        return PrintedPage((), width, height)
    places = found.word_results or [()] * len(found.txts)
    lines = zip(found.txts, found.boxes, found.scores, places, strict=True)
    found_words = [_Word(_spaced(text, at), _corners(box)) for text, box, score, at in lines if score >= _SURE]
    angle = _angle(found_words)
    upright = [_fragment(word, (math.cos(-angle), math.sin(-angle))) for word in found_words if word.text.strip()]
    return PrintedPage(tuple(_with_initials(upright, pixels, angle)), width, height)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": MAX_SIDE,
            "Global.use_cls": False,  # whole pages stand upright; it turns short lines upside down
            "Global.return_word_box": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": _own_cores or cores(),  # else those of the whole machine
        }
    )


def use_cores(count: int) -> None:
    """Let one page be read by so many cores, before the first is read; other processes take the others."""
    global _own_cores
    _own_cores = count


_own_cores = 0


def _corners(box: Any) -> tuple[Point, Point, Point, Point]:
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return a, b, c, d


def _spaced(text: str, places: Sequence[Any]) -> str:
    """Put the spaces back into a byline, where the gap between two characters is wider than usual."""
    if len(text) > _SHORT or len(places) != len(text) or not any(role in text for role in _roles()):
        return text
    boxes = [(min(p[0] for p in at[2]), max(p[0] for p in at[2])) for at in places]
    gaps = [after[0] - before[1] for before, after in pairwise(boxes)]
    if len(gaps) < 3:
        return text
    width = median(right - left for left, right in boxes)
    least = max(median(gaps) + _SPACE * width, min(max(gaps) / 2, _WIDE_SPACE * width))
    whole = {at for role in _roles() for start in occurrences(text, role) for at in range(start + 1, start + len(role))}
    is_apart = (gap > least and at not in whole for at, gap in enumerate(gaps, start=1))
    return text[0] + "".join(f" {c}" if apart else c for c, apart in zip(text[1:], is_apart, strict=True))


@cache
def _roles() -> frozenset[str]:
    return frozenset(role for role in words("byline_roles") if len(role) > 1)


def _angle(words: Sequence[_Word]) -> float:
    """Return the angle at which most lines of a page run, by which it has to be turned."""
    angles = [
        math.atan2(right[1] - left[1], right[0] - left[0])
        for word in words
        if len(word.text) >= _MIN_TILTED
        for left, right in [word.corners[:2]]
    ]
    angle = median(angles) if angles else 0.0
    return angle if abs(angle) > _MIN_ANGLE else 0.0


def _with_initials(fragments: Sequence[Fragment], pixels: Any, angle: float) -> list[Fragment]:
    """Look once more where there is room for an initial: alone, it is read with its mark, and be it a single stroke."""
    kept = list(fragments)
    body = body_size(kept)
    for place in places_of_initials(kept, body):
        text = _read_alone(_cut_out(pixels, place, angle, round(_MARGIN * body)))
        if _INITIAL.fullmatch(text):
            right, size = place.right - _MARGIN * body, _PRINT * (place.bottom - place.top)
            kept = [f for f in kept if not place.holds(f)]
            kept.append(Fragment(text, place.left, place.top, right, place.bottom, size))
    return kept


def _cut_out(pixels: Any, place: Place, angle: float, margin: int) -> Any:
    """Return the pixels of a place on the upright page, without what is printed to the right of it."""
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(x, y) for x in (place.left - margin, place.right - margin) for y in (place.top, place.bottom)]
    turned = [(x * cos - y * sin, x * sin + y * cos) for x, y in corners]
    left, right = (max(0, round(f(x for x, _ in turned))) for f in (min, max))
    top, bottom = (max(0, round(f(y for _, y in turned))) for f in (min, max))
    return pixels[top:bottom, left:right]


def _read_alone(pixels: Any) -> str:
    """Return what a few pixels say, taken for one line; empty where they say nothing for sure."""
    if not pixels.size:
        return ""
    found = _engine()(pixels, use_det=False, use_cls=False, use_rec=True)
    return str(found.txts[0]) if found.txts and found.scores[0] >= _VERY_SURE else ""


def _fragment(word: _Word, turn: tuple[float, float]) -> Fragment:
    cos, sin = turn
    turned = [(x * cos - y * sin, x * sin + y * cos) for x, y in word.corners]
    left, right = (turned[0][0] + turned[3][0]) / 2, (turned[1][0] + turned[2][0]) / 2
    top, bottom = (turned[0][1] + turned[1][1]) / 2, (turned[2][1] + turned[3][1]) / 2
    size = _size(word.text, right - left, bottom - top)
    middle = (top + bottom) / 2
    return Fragment(word.text, left, middle - size / 2, right, middle + size / 2, size)


def _size(text: str, width: float, height: float) -> float:
    """Return the size of the print: the width of a Chinese character, in a line of some, at most the box's height."""
    units = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)  # A: “ ” — …
    return min(width / units, _PRINT * height) if units >= 3 else 0.85 * height
