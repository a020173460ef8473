"""The records of this stage: a file's bytes, what a reader makes of them, and what is told of each file.

No I/O. The trap: the records of a reader that runs in a process of its own come back as JSON, never pickled: a reader
that a hostile file has taken over could pickle code. `to_json` and `from_json` are the only way between the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from kg import errors
from kg.errors import InputError
from kg.model import Document, Metadata, Span


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file, or of one member of an archive."""

    name: str
    """What `Document.source` will be: the path below the folder that the user named, then the member's."""
    data: bytes
    path: str = ""
    """What an error names: the path as the user can find it."""
    sidecar: bytes = b""
    """What stands beside it in its archive as `.meta.toml`."""
    suffix: str = ""
    """The suffix that it should have, where its name has none and its source tells the format."""

    @property
    def shown(self) -> str:
        """The path that a message names."""
        return self.path or self.name

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def document(
        self, text: str, metadata: Metadata | None = None, titles: Iterable[Span] = (), is_wrapped: bool = True
    ) -> Document:
        """Return a document of this source."""
        return Document(self.name, text, self.sha256, metadata or Metadata(), tuple(titles), is_wrapped)

    def member(self, name: str, data: bytes) -> Source:
        """Return a part of this source that has a name of its own."""
        return Source(f"{self.name}/{name}", data, f"{self.shown}/{name}")


@dataclass(frozen=True, slots=True)
class FileNote:
    """What was done with one file, for the report."""

    source: str
    reader: str
    """Name of its row in READERS; empty where none took it."""
    documents: int = 0
    note: str = ""
    """Why it was passed over, or what was chosen in doubt."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: documents, the errors of what could not be read, and what is doubtful."""

    documents: tuple[Document, ...] = ()
    failures: tuple[InputError, ...] = ()
    warnings: tuple[InputError, ...] = ()
    files: tuple[FileNote, ...] = field(default=())

    def with_note(self, note: FileNote) -> Reading:
        """Return it with what was done to one more file."""
        return Reading(self.documents, self.failures, self.warnings, (*self.files, note))


def joined(readings: Iterable[Reading]) -> Reading:
    """Return several readings as one, in their order."""
    parts = list(readings)
    return Reading(
        tuple(d for part in parts for d in part.documents),
        tuple(f for part in parts for f in part.failures),
        tuple(w for part in parts for w in part.warnings),
        tuple(n for part in parts for n in part.files),
    )


def to_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as what JSON can hold."""
    return {
        "documents": [asdict(d) for d in reading.documents],
        "failures": [error_to_json(e) for e in reading.failures],
        "warnings": [error_to_json(e) for e in reading.warnings],
        "files": [asdict(n) for n in reading.files],
    }


def from_json(value: Any) -> Reading:
    """Return the reading that `to_json` wrote; ValueError where it did not write this."""
    try:
        return Reading(
            tuple(_document(d) for d in value["documents"]),
            tuple(error_from_json(e) for e in value["failures"]),
            tuple(error_from_json(e) for e in value["warnings"]),
            tuple(FileNote(**n) for n in value["files"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no reading: {error!r}") from error


def _document(value: dict[str, Any]) -> Document:
    text, metadata = value["text"], Metadata(**value["metadata"])
    titles = tuple(Span(**span) for span in value["titles"])
    words = (value["source"], text, value["sha256"], metadata.published, metadata.newspaper, metadata.home)
    if not all(isinstance(word, str) for word in words) or not isinstance(value["is_wrapped"], bool):
        raise ValueError("no document")
    if not all(type(s.start) is type(s.end) is int and 0 <= s.start <= s.end <= len(text) for s in titles):
        raise ValueError("a headline outside of its text")
    return Document(value["source"], text, value["sha256"], metadata, titles, value["is_wrapped"])


def error_to_json(error: InputError) -> dict[str, str]:
    """Return an error as what JSON can hold."""
    return {"type": type(error).__name__, "path": error.path, "detail": error.detail, "place": error.place}


def error_from_json(value: dict[str, str]) -> InputError:
    """Return the error that a reader's process told of; one of a kind that is not known is a plain InputError.

    ValueError where `error_to_json` did not write this.
    """
    try:
        kind = getattr(errors, str(value["type"]), InputError)
        told = str(value["path"]), str(value["detail"]), str(value["place"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"no error: {error!r}") from error
    if not (isinstance(kind, type) and issubclass(kind, InputError)):
        kind = InputError
    return kind(*told)
