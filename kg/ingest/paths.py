"""Paths as the user named them → the files to read, each once, with the name that it will have as a source.

The trap: any order of the same paths must give the same sources, so a file that is reached twice counts once; and a
link that leads out of a folder is not followed: whoever sends an archive could read the receiver's files with one.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import EmptyFolderError, InputError, MissingInputError
from kg.ingest.names import spelt
from kg.ingest.reading import FileNote
from kg.output import STATE, written

SETTINGS = "kg.toml"
_SIDE = ".meta.toml"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    path: Path
    source: str
    """Path below the folder that the user named; the file's name where a file was named."""
    root: Path
    """The folder whose `kg.toml` holds for it."""


@dataclass(slots=True)
class Inputs:
    """The files to read, what cannot be looked at, and what is passed over."""

    files: list[Input] = field(default_factory=list)
    failures: list[InputError] = field(default_factory=list)
    skipped: list[FileNote] = field(default_factory=list)


def find_inputs(paths: Iterable[Path | str], is_wanted: Callable[[Path], bool]) -> Inputs:
    """Return each file once: one that is reached by several of the paths takes its longest source."""
    found = Inputs()
    by_file: dict[Path, list[Input]] = defaultdict(list)
    for path in map(Path, paths):
        try:
            for item in _files_of(path, is_wanted, found):
                by_file[item.path.resolve()].append(item)
        except InputError as error:
            found.failures.append(error)
        except OSError as error:  # even to ask whether a path exists may be forbidden, or its name be too long
            found.failures.append(unreadable(path, error))
    found.files = [
        min(items, key=lambda i: (-i.source.count("/"), i.source, str(i.path))) for items in by_file.values()
    ]
    return found


def unreadable(path: Path, error: OSError) -> InputError:
    """Return the error of a path that the system would not give."""
    return InputError(spelt(path), error.strerror or str(error))


def _files_of(path: Path, is_wanted: Callable[[Path], bool], found: Inputs) -> list[Input]:
    if not path.exists():
        raise MissingInputError(spelt(path))
    if path.is_file():
        return [Input(path, spelt(path.name), path.parent)]
    if not path.is_dir():
        raise InputError(spelt(path), "neither a file nor a folder")
    locked: list[InputError] = []
    files = []
    root = path.resolve()
    for file in _walk(path, locked):
        source = spelt(file.relative_to(path).as_posix())
        if reason := _reason_to_skip(file, root, is_wanted):
            found.skipped.append(FileNote(source, "", 0, reason))
        else:
            files.append(Input(file, source, path))
    found.failures += locked
    if not files and not locked:
        raise EmptyFolderError(spelt(path), "no file in it that there is a reader for")
    return files


def _reason_to_skip(file: Path, root: Path, is_wanted: Callable[[Path], bool]) -> str:
    if not file.resolve().is_relative_to(root):
        return "a link that leads out of the folder"
    if not file.is_file():  # a pipe would never end, a device neither
        return "no regular file"
    return "" if is_wanted(file) else "no reader for its suffix"


def _walk(folder: Path, locked: list[InputError]) -> Iterator[Path]:
    """Yield the files below a folder, without the hidden ones, sidecars, settings, and what a build wrote there.

    Folders that may not be looked into are added to `locked`.
    """

    def note(error: OSError) -> None:
        locked.append(unreadable(Path(error.filename), error))

    for parent, folders, names in os.walk(folder, onerror=note):
        built = written(Path(parent)) if STATE in folders else set()  # else each build would read the page of the last
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(set(names) - built):
            if not name.startswith(".") and not name.endswith(_SIDE) and name != SETTINGS:
                yield Path(parent, name)
