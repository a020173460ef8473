"""The formats that can be read, one row each: Source → Reading.

Which reader takes a file is told by its first bytes where they are plain (%PDF), else by its suffix; what has neither
is read as text. The trap: a row's function imports its library when it is called, so that a folder of texts loads none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import UnsupportedError
from kg.ingest.readers import html, tables, text
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings

Read = Callable[[Source, Settings], Reading]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format."""

    name: str
    suffixes: tuple[str, ...]
    read: Read
    magic: tuple[bytes, ...] = ()
    """First bytes that no other format begins with."""
    is_isolated: bool = False
    """True where the format is read by a large library in C, or by one that a file can lead astray: it then runs in a
    process that can be ended."""


READERS: tuple[Reader, ...] = (
    Reader("text", (".txt", ".text"), text.read),
    Reader("HTML", (".html", ".htm", ".xhtml", ".shtml"), html.read, is_isolated=True),
    Reader("JSON Lines", (".jsonl", ".ndjson"), tables.read_jsonl),
    Reader("CSV", (".csv", ".tsv"), tables.read_csv),
)
"""Row by row: a name for people, the suffixes, the function."""

_UNSUPPORTED = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "a Word, Excel or PowerPoint file of before 2007",
    b"{\\rtf": "Rich Text",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
}


def is_readable(suffix: str) -> bool:
    """Tell whether there is a reader for files of a suffix, `.pdf`."""
    return suffix.lower() in _by_suffix()


def reader_of(source: Source) -> Reader:
    """Return the reader that takes a file; UnsupportedError for what is known and has none."""
    for magic, what in _UNSUPPORTED.items():
        if source.data.startswith(magic):
            raise UnsupportedError(source.shown, what)
    for row in READERS:
        if row.magic and source.data.startswith(row.magic):
            return row
    suffix = "." + source.name.rpartition(".")[2].lower()
    return _by_suffix().get(suffix, READERS[0])


def named(name: str) -> Reader:
    """Return the row of a name."""
    return next(row for row in READERS if row.name == name)


def _by_suffix() -> dict[str, Reader]:
    return {suffix: row for row in READERS for suffix in row.suffixes}
