"""Word (DOCX): paragraphs in their order, those in tables and text boxes too, headings by their style.

The trap: Word keeps a text box twice, once for programs of before 2010; the second one is left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import DamagedError, EmptyInputError
from kg.ingest.decoding import cleaned
from kg.ingest.readers.headings import Block, page_of
from kg.ingest.readers.zipped import opened
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_TITLES = ("title", "标题")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# A part that lacks or is no XML of its kind; then one that cannot be unpacked, or only with a password (RuntimeError).
_LACKING = (KeyError, TypeError, ValueError, AttributeError, SyntaxError)
_PACKED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


def read(source: Source, settings: Settings) -> Reading:
    """Read a Word file."""
    import docx
    from docx.oxml.exceptions import XmlchemyError

    opened(source).close()  # is it an archive, and one that does no harm?
    try:
        page = page_of(list(_blocks(docx.Document(io.BytesIO(source.data)))))
    except RecursionError:
        raise
    except (*_LACKING, *_PACKED, XmlchemyError) as error:
        raise DamagedError(source.shown, f"no Word file: {error}"[:200]) from error
    if not page.text.strip():
        raise EmptyInputError(source.shown)
    return Reading((source.document(page.text, titles=page.titles, is_wrapped=False),))


def _blocks(document: WordDocument) -> Iterator[Block]:
    names = {style.style_id: style.name or "" for style in document.styles}
    for paragraph in document.element.body.iter(f"{_W}p"):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            level = _level(names.get(paragraph.style or "", ""))
            for line in cleaned("".join(_parts(paragraph))).split("\n"):
                yield Block(line, level)


def _parts(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph, without that of a text box which is anchored in it."""
    for part in paragraph.iter(f"{_W}t", *_BREAKS):
        if next(part.iterancestors(f"{_W}p")) is paragraph:
            yield _BREAKS.get(part.tag) or part.text or ""


def _level(style: str) -> int:
    """Return the level of a style's heading: its title is above all, 0 for a paragraph."""
    if style.lower() in _TITLES:
        return 1
    found = _HEADING.fullmatch(style)
    return 1 + int(found[1]) if found else 0
