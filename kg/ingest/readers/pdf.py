"""PDF: the words of its text layer with their places, put together as a printed page; without one, by OCR.

The traps: a character's nominal size says little, since the page may be scaled; the box around 一 is as low as its
stroke, so that the baseline tells the height; and PDF has no lines: characters belong together by where they stand.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from kg.errors import DamagedError, EmptyInputError, HostileError, InputError, ReaderMissingError
from kg.ingest.alive import still_reading
from kg.ingest.decoding import cleaned, common_share
from kg.ingest.printed import Fragment, PrintedPage, read_pages
from kg.ingest.readers.ocr import MAX_SIDE, read_picture
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings

MAX_PAGES = 2_000
MAX_CHARACTERS = 200_000  # of one page; a full newspaper page has 10,000
_DOTS = 200  # an inch, at which a scanned page is looked at
_GAP = 1.0  # characters; a wider one parts two fragments
_ABOVE = 0.86  # of a character's height stands above the baseline
_SPACE = 0.15  # characters: the space of a Chinese font has 0.22 and more
_BREAKS = ("", "\n", "\r", "\x02", "\ufffe")
_MIN_COMMON = 0.5  # share of common characters; a true layer has 0.95
_MIN_LAYER = 20  # characters; with fewer the page is a picture with a stamp


def read(source: Source, settings: Settings) -> Reading:
    """Read a PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise HostileError(source.shown, "it is locked with a password") from error
        raise DamagedError(source.shown, str(error)) from error
    if len(document) > MAX_PAGES:
        raise HostileError(source.shown, f"{len(document):,} pages, more than {MAX_PAGES:,}")
    pages: list[PrintedPage] = []
    unread: list[InputError] = []
    for number in range(len(document)):
        try:
            pages.append(_page(source, document[number]))
        except pypdfium2.PdfiumError as error:
            unread.append(DamagedError(source.shown, str(error), f"page {number + 1}"))
        except ReaderMissingError as error:
            unread.append(ReaderMissingError(source.shown, error.detail, f"page {number + 1}"))
        still_reading()
    return _reading(source, pages, unread)


def _reading(source: Source, pages: list[PrintedPage], unread: list[InputError]) -> Reading:
    """Put pages together; where some are pictures that cannot be read, the others are read and those are told."""
    text, metadata = read_pages(pages)
    if not text.text.strip():
        raise unread[0] if unread else EmptyInputError(source.shown)
    return Reading((source.document(text.text, metadata, text.titles),), tuple(unread))


def _page(source: Source, page: Any) -> PrintedPage:
    width, height = page.get_size()
    layer = page.get_textpage()
    count = layer.count_chars()
    if count > MAX_CHARACTERS:
        raise HostileError(source.shown, f"{count:,} characters on one page")
    fragments = tuple(_once(_fragments(_characters(layer, count, _upright(page)))))
    if (count < _MIN_LAYER and _has_pictures(page)) or _is_garbled(fragments):
        scale = min(_DOTS / 72, MAX_SIDE / max(width, height))
        return read_picture(page.render(scale=scale).to_numpy(), source.shown)
    shown = tuple(f for f in fragments if 0 <= f.middle <= height and f.left < width and f.right > 0)
    return PrintedPage(shown, width, height)


def _upright(page: Any) -> Callable[[float, float], tuple[float, float]]:
    """Return what turns a place in the file into one on the page as it is shown, from its upper left corner."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, Callable[[float, float], tuple[float, float]]] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[page.get_rotation()]


def _is_garbled(fragments: Sequence[Fragment]) -> bool:
    """Tell whether the layer is no text: many a PDF says which glyph it draws, and not which character that is."""
    text = "".join(f.text for f in fragments)
    return len(text) >= _MIN_LAYER and common_share(text) < _MIN_COMMON


def _once(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """Leave out what is drawn again at the same place, as a shadow or to look bold."""
    seen: set[tuple[str, int, int]] = set()
    for f in fragments:
        column, row = round(f.left / f.size * 2), round(f.middle / f.size * 2)
        if not any((f.text, column + x, row + y) in seen for x in (-1, 0, 1) for y in (-1, 0, 1)):
            seen.add((f.text, column, row))
            yield f


def _has_pictures(page: Any) -> bool:
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    baseline: float
    right: float
    size: float


@dataclass(slots=True)
class _Run:
    characters: list[_Character]
    size: float

    def takes(self, character: _Character) -> bool:
        """Tell whether a character stands right behind, at the same height and in the same size."""
        last = self.characters[-1]
        gap = character.left - last.right
        is_level = abs(character.baseline - last.baseline) < 0.3 * self.size
        return is_level and -0.7 < gap / self.size < _GAP and abs(character.size - self.size) < 0.1 * self.size

    def _spaced(self) -> str:
        """Return the text; a space beside Han counts only where it is wider than the justified line's others."""
        printed = [c for c in self.characters if not c.text.isspace()]
        gaps = [after.left - before.right for before, after in pairwise(printed)]
        usual = median(gaps) if gaps else 0.0
        text, last = "", None
        for c in self.characters:
            if not c.text.isspace():
                is_apart = text[-1:].isspace() and last and (c.left - last.right < usual + _SPACE * self.size)
                is_han = last and not (last.text.isascii() and c.text.isascii())
                text, last = (text.rstrip() if is_apart and is_han else text) + c.text, c
            elif text and not text[-1].isspace():
                text += " "
        return text

    def fragment(self) -> Fragment:
        """Return it as a fragment."""
        text = self._spaced()
        right = max(c.right for c in self.characters)
        baseline = self.characters[0].baseline
        top, bottom = baseline - _ABOVE * self.size, baseline + (1 - _ABOVE) * self.size
        return Fragment(text.strip(), self.characters[0].left, top, right, bottom, self.size)


def _characters(
    layer: Any, count: int, place: Callable[[float, float], tuple[float, float]]
) -> Iterator[_Character | None]:
    """Yield the characters of a page in the order in which they are drawn; None for a break between them."""
    from pypdfium2 import raw

    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    for i in range(count):
        code = raw.FPDFText_GetUnicode(layer, i)
        text = cleaned(chr(code)) if 0 < code < 0x110000 else ""
        if text in _BREAKS or not raw.FPDFText_GetCharOrigin(layer, i, x, y):
            yield None
            continue
        raw.FPDFText_GetMatrix(layer, i, matrix)
        raw.FPDFText_GetLooseCharBox(layer, i, box)
        size = max(0.1, raw.FPDFText_GetFontSize(layer, i) * math.hypot(matrix.b, matrix.d))
        left, baseline = place(x.value, y.value)
        is_wide = unicodedata.east_asian_width(text) in "WF"
        right = left + size if is_wide else max(left, place(box.left, box.bottom)[0], place(box.right, box.top)[0])
        yield _Character(text, left, baseline, right, size)


def _fragments(characters: Iterator[_Character | None]) -> Iterator[Fragment]:
    run: _Run | None = None
    for character in characters:
        if character is not None and character.text.isspace():  # often made up, without a place of its own
            if run:
                run.characters.append(replace(run.characters[-1], text=" "))
            continue
        if character is not None and run and run.takes(character):
            run.characters.append(character)
            continue
        if run and (fragment := run.fragment()).text:
            yield fragment
        run = _Run([character], character.size) if character else None
    if run and (fragment := run.fragment()).text:
        yield fragment
