"""The formats that can be read, one row each: Source → Reading.

Which reader takes a file is told by its first bytes where they are plain (%PDF), else by its suffix; what has neither
is read as text. The trap: a row's function imports its library when it is called, so that a folder of texts loads none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.errors import InputError, UnknownNameError, UnsupportedError
from kg.ingest.readers import docx, epub, html, markdown, pdf, picture, tables, text, warc, zipped
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings

Read = Callable[[Source, Settings], Reading]
Unpack = Callable[[Source, zipped.Budget], Iterator[Source | InputError]]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format."""

    name: str
    suffixes: tuple[str, ...]
    read: Read | None = None
    unpack: Unpack | None = None
    """In place of `read`, for archives: yields what is in it, for other readers."""
    magic: tuple[bytes, ...] = ()
    """First bytes that no other format begins with."""
    is_isolated: bool = False
    """True where the format is read by a large library in C, or by one that a file can lead astray: it then runs in a
    process that can be ended."""


READERS: tuple[Reader, ...] = (
    Reader("text", (".txt", ".text"), text.read),
    Reader("HTML", (".html", ".htm", ".xhtml", ".shtml"), html.read, is_isolated=True),
    Reader("Markdown", (".md", ".markdown"), markdown.read, is_isolated=True),
    Reader("Word", (".docx",), docx.read, is_isolated=True),
    Reader("PDF", (".pdf",), pdf.read, magic=(b"%PDF-",), is_isolated=True),
    Reader(
        "picture",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"),
        picture.read,
        magic=(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*"),
        is_isolated=True,
    ),
    Reader("EPUB", (".epub",), epub.read, is_isolated=True),
    Reader("JSON Lines", (".jsonl", ".ndjson"), tables.read_jsonl),
    Reader("CSV", (".csv", ".tsv"), tables.read_csv),
    Reader("web archive", (".warc", ".warc.gz"), unpack=warc.unpacked, magic=(b"WARC/1.",)),
    Reader("ZIP", (".zip",), unpack=zipped.unpacked),
)
"""Row by row: a name for people, the suffixes, the function."""

_ZIP = b"PK\3\4"
_INSIDE = {b"word/": "Word", b"mimetypeapplication/epub+zip": "EPUB"}  # near the start of what is ZIP inside

_UNSUPPORTED = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "a Word, Excel or PowerPoint file of before 2007",
    b"{\\rtf": "Rich Text",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
}


_IN_ARCHIVE = 1_000
_MARKED = (_ZIP, *_UNSUPPORTED, *(magic for row in READERS for magic in row.magic))


def is_readable(name: str) -> bool:
    """Tell whether there is a reader for files of a name, by its suffix."""
    return _by_suffix(name) is not None


def slow_ones(names: Iterable[str]) -> int:
    """Count the files that are read in processes of their own, by their suffixes; an archive may hold any number."""
    rows = (_by_suffix(name) for name in names)
    return sum(_IN_ARCHIVE if row.unpack else row.is_isolated for row in rows if row)


def reader_of(source: Source) -> Reader:
    """Return the reader that takes a file; UnsupportedError for what is known and has none."""
    if not source.data.startswith(_MARKED):
        return _by_suffix(source.suffix) or _by_suffix(source.name) or READERS[0]
    for magic, what in _UNSUPPORTED.items():
        if source.data.startswith(magic):
            raise UnsupportedError(source.shown, what)
    for row in READERS:
        if source.data.startswith(row.magic or (b"\xff\xff\xff\xff",)):
            return row
    return _zipped(source)


def named(name: str) -> Reader:
    """Return the row of a name; UnknownNameError where there is none."""
    for row in READERS:
        if row.name == name:
            return row
    raise UnknownNameError("reader", name, (row.name for row in READERS))


def _by_suffix(name: str) -> Reader | None:
    name = name.lower()
    for row in READERS:
        if name.endswith(row.suffixes):
            return row
    return None


def _zipped(source: Source) -> Reader:
    """Tell apart what is ZIP inside, by its first member or by its suffix."""
    head = source.data[:4096]
    for sign, name in _INSIDE.items():
        if sign in head:
            return named(name)
    row = _by_suffix(source.name)
    if row and row.name in _INSIDE.values():
        return row
    if source.name.lower().endswith((".xlsx", ".pptx", ".odt", ".ofd")):
        raise UnsupportedError(source.shown, f"a file of the kind {source.name.rpartition('.')[2].upper()}")
    return named("ZIP")
