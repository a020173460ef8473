"""Pictures of pages (PNG, JPEG, TIFF, WebP), read by OCR.

The trap: a picture says itself how large it is, and a few bytes can say a hundred thousand pixels square; so its head
is read and judged before any pixel is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kg.errors import DamagedError, EmptyInputError, HostileError, ReaderMissingError
from kg.ingest.alive import still_reading
from kg.ingest.printed import PrintedPage, read_pages
from kg.ingest.readers.ocr import INSTALL, MAX_SIDE, is_installed, read_picture
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings

MAX_PIXELS = 120_000_000  # a newspaper page at 400 dots an inch has 50 million
MAX_FRAMES = 500


def read(source: Source, settings: Settings) -> Reading:
    """Read the pages of a picture file."""
    if not is_installed():
        raise ReaderMissingError(source.shown, INSTALL)
    text, metadata = read_pages(_pages(source))
    if not text.text.strip():
        raise EmptyInputError(source.shown, "no words in the picture")
    return Reading((source.document(text.text, metadata, text.titles),))


def _pages(source: Source) -> Iterator[PrintedPage]:
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit holds, which names the file
    try:
        with Image.open(io.BytesIO(source.data), formats=("PNG", "JPEG", "TIFF", "WEBP")) as picture:
            frames = getattr(picture, "n_frames", 1)
            if frames > MAX_FRAMES:
                raise HostileError(source.shown, f"{frames:,} pages, more than {MAX_FRAMES}")
            for number in range(frames):
                picture.seek(number)
                yield read_picture(np.asarray(_fitting(source, picture)), source.shown)
                still_reading()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedError(source.shown, "no picture that can be decoded") from error


def _fitting(source: Source, picture: Any) -> Any:
    """Return a frame in colours, no larger than what is read at once."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise HostileError(source.shown, f"it says that it has {width:,} by {height:,} pixels")
    frame = picture.convert("RGB")
    frame.thumbnail((MAX_SIDE, MAX_SIDE))
    return frame
