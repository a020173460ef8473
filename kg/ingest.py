"""Read files and folders: Path → Document, with what a sidecar file says about it.

In: paths as the user named them. Out: documents sorted by (source, sha256), and the errors of the inputs that
could not be read. The trap: any order of the same paths must give the same documents, so a file that is reached
twice counts once, and two different files of one source name are both renamed after their content. And a file's name
is bytes: an archive packed on Chinese Windows leaves names in GB18030.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.errors import (
    BinaryInputError,
    EmptyFolderError,
    EmptyInputError,
    EncodingError,
    InputError,
    MissingInputError,
    SidecarError,
)
from kg.model import Document, Metadata

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_MIN_COMMON_SHARE = 0.75  # real text has > 0.95 here; Big5, Shift-JIS and broken UTF-8 read as GB18030 < 0.6
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_TOML_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_SIDECAR_KEYS = ("published", "newspaper", "home")


@dataclass(frozen=True, slots=True)
class _Input:
    """One file to read."""

    path: Path
    source: str


def read_paths(paths: Iterable[Path | str]) -> tuple[list[Document], list[InputError]]:
    """Read files, and every readable file of folders; one bad input never stops the others."""
    documents: list[Document] = []
    failures: list[InputError] = []
    for item in _inputs(paths, failures):
        try:
            documents.append(_read_document(item))
        except InputError as error:
            failures.append(error)
    return _distinguished(documents), sorted(failures, key=lambda e: (e.path, str(e)))


def read_text(path: Path) -> str:
    """Return a plain-text file's characters, read as UTF-8 or GB18030, with `\\n` as its line ends."""
    return _decoded(path, path.read_bytes())


def read_text_file(path: Path) -> str:
    """Return a plain-text file's characters; InputError where there is none to read."""
    if path.is_dir() or not path.exists():
        raise MissingInputError(_spelt(path)) if not path.exists() else InputError(_spelt(path), "a folder, not a file")
    try:
        return read_text(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def read_stream(stream: BinaryIO, name: str) -> str:
    """Return what a stream holds, decoded as a file is; its name is for the error."""
    return _decoded(Path(name), stream.read())


READERS: dict[str, Callable[[Path], str]] = {".txt": read_text}
"""Reader by suffix. Folders are searched for these; a file that the user names is read as text if it has another."""


def read_sidecar(path: Path) -> Metadata:
    """Read a `.meta.toml`; a key or value that it may not hold raises SidecarError with its line."""
    data = path.read_bytes()
    text = _decoded(path, data) if data.strip() else ""  # all keys are optional, so an empty sidecar says nothing
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = _TOML_LINE.search(message)
        place = f"line {line[1] if line else len(text.splitlines())}"  # without one, the end of the file is meant
        raise SidecarError(_spelt(path), _TOML_LINE.sub("", message), place) from error
    for key, value in table.items():
        if problem := _sidecar_problem(key, value):
            raise SidecarError(_spelt(path), problem, _place_of(key, text))
    return Metadata(**{key: str(value).strip() for key, value in table.items()})


def _sidecar_problem(key: str, value: object) -> str:
    if key not in _SIDECAR_KEYS:
        return f"unknown key {key}"
    if key == "published" and type(value) is datetime.date:
        return ""
    if not isinstance(value, str):
        return f"{key} must be text in quotation marks"
    if key == "published" and not _is_iso_date(value.strip()):
        return f"published must be a year, month or day such as 2022-07, not {value!r}"
    return ""


def _is_iso_date(value: str) -> bool:
    if not _ISO_DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _place_of(key: str, toml: str) -> str:
    found = re.search(rf"^\s*[\[\"']*{re.escape(key)}\b", toml, re.MULTILINE)
    return f"line {toml.count(chr(10), 0, found.end()) + 1}" if found else ""


def _inputs(paths: Iterable[Path | str], failures: list[InputError]) -> Iterator[_Input]:
    """Yield each file once: one that is reached by several of the paths takes its longest source."""
    by_file: dict[Path, list[_Input]] = defaultdict(list)
    for path in map(Path, paths):
        try:
            for item in _files_of(path, failures):
                by_file[item.path.resolve()].append(item)
        except InputError as error:
            failures.append(error)
        except OSError as error:  # even to ask whether a path exists may be forbidden, or its name be too long
            failures.append(_unreadable(path, error))
    for items in by_file.values():
        yield min(items, key=lambda i: (-i.source.count("/"), i.source, str(i.path)))


def _files_of(path: Path, failures: list[InputError]) -> list[_Input]:
    if not path.exists():
        raise MissingInputError(_spelt(path))
    if path.is_file():
        return [_Input(path, _spelt(path.name))]
    if not path.is_dir():
        raise InputError(_spelt(path), "neither a file nor a folder")
    locked: list[InputError] = []
    found = [_Input(file, _spelt(file.relative_to(path).as_posix())) for file in _walk(path, locked)]
    failures += locked
    if not found and not locked:
        raise EmptyFolderError(_spelt(path), f"no {' or '.join(sorted(READERS))} file in it")
    return found


def _walk(folder: Path, locked: list[InputError]) -> Iterator[Path]:
    """Yield the readable files below a folder; no hidden ones, and none that a link leads out of it for.

    Folders that may not be looked into are added to `locked`.
    """
    root = folder.resolve()

    def note(error: OSError) -> None:
        locked.append(_unreadable(Path(error.filename), error))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            is_wanted = not name.startswith(".") and file.suffix.lower() in READERS
            if is_wanted and file.is_file() and file.resolve().is_relative_to(root):
                yield file


def _read_document(item: _Input) -> Document:
    path = item.path
    try:
        text = READERS.get(path.suffix.lower(), read_text)(path)
        sidecar = path.with_name(path.stem + ".meta.toml")
        metadata = read_sidecar(sidecar) if sidecar.is_file() else Metadata()
        return Document(item.source, text, hashlib.sha256(path.read_bytes()).hexdigest(), metadata)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(_spelt(path), error.strerror or str(error))


def _spelt(path: Path | str) -> str:
    """Return a path as text that can be written anywhere, its bytes read as UTF-8 or GB18030."""
    data = os.fsencode(path)
    return _as_utf8(data) or _as_gb18030(data) or data.decode("utf-8", "replace")


def _decoded(path: Path, data: bytes) -> str:
    if not data.strip():
        raise EmptyInputError(_spelt(path))
    if b"\0" in data or len(data.translate(None, _CONTROLS)) < 0.99 * len(data):
        raise BinaryInputError(_spelt(path))
    text = _as_utf8(data) or _as_gb18030(data)
    if text is None:
        raise EncodingError(_spelt(path))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyInputError(_spelt(path))
    return text


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _as_gb18030(data: bytes) -> str | None:
    """Decode, unless too few of the characters are ones that modern Chinese uses.

    Almost any bytes are valid GB18030, so that validity alone would garble Big5 and damaged UTF-8.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [c for c in text if not c.isascii()]
    common = sum(map(_is_common, foreign))
    return text if common >= _MIN_COMMON_SHARE * len(foreign) else None


def _is_common(character: str) -> bool:
    """Tell whether GB 2312 holds it among its signs (rows 1–9) or its 3,755 most frequent Han (rows 16–55)."""
    code = character.encode("gb2312", errors="ignore")
    return bool(code) and (code[0] <= 0xA9 or 0xB0 <= code[0] <= 0xD7)


def _distinguished(documents: Iterable[Document]) -> list[Document]:
    """Sort; drop copies of one source and content; give different contents of one source different names."""
    unique = sorted({(d.source, d.sha256): d for d in documents}.values(), key=lambda d: (d.source, d.sha256))
    contents: dict[str, int] = defaultdict(int)
    for document in unique:
        contents[document.source] += 1
    renamed = (d if contents[d.source] == 1 else replace(d, source=_renamed(d)) for d in unique)
    return sorted(renamed, key=lambda d: (d.source, d.sha256))


def _renamed(document: Document) -> str:
    source = PurePosixPath(document.source)
    return str(source.with_name(f"{source.stem}~{document.sha256[:8]}{source.suffix}"))
