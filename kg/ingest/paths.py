"""Paths and addresses as the user named them → the files to read, each once, with the name it will have as a source.

The trap: any order of the same paths must give the same sources, so a file that is reached twice counts once; and a
link that leads out of a folder is not followed: whoever sends an archive could read the receiver's files with one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from kg.errors import EmptyFolderError, InputError, MissingInputError
from kg.ingest import remote
from kg.ingest.names import spelt
from kg.ingest.reading import FileNote
from kg.output import STATE, written

SETTINGS = "kg.toml"
SIDECAR = ".meta.toml"
_LEADS_OUT = "a link that leads out of the folder"
NO_READER = "no reader for its suffix"
NOTHING_TO_READ = "no file in it that there is a reader for"
_HERE = os.path.join(os.curdir, "")


def sidecar_of(path: Path) -> Path:
    """Return where the sidecar of a text stands: `page.meta.toml` beside `page.txt`."""
    return path.with_name(sidecar_name(path.name))


def sidecar_name(name: str) -> str:
    """Return the name of the sidecar of a text, by its own name."""
    stem, dot, suffix = name.rpartition(".")
    return (stem if stem and dot and suffix else name) + SIDECAR


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    path: str
    """Below the address, where the root is one."""
    source: str
    """Path below the folder that the user named; the file's name where a file was named."""
    root: str
    """The folder, or the address of object storage, whose `kg.toml` holds for it."""
    sidecar: str = ""
    """The path of its sidecar, written as its own; empty where there is none."""

    @property
    def is_remote(self) -> bool:
        """Whether it stands in object storage."""
        return remote.is_address(self.root)

    @property
    def shown(self) -> str:
        """What people are told of where it stands."""
        return remote.shown(self.root, self.path) if self.is_remote else spelt(self.path)


@dataclass(slots=True)
class Inputs:
    """The files to read, what cannot be looked at, and what is passed over."""

    files: list[Input] = field(default_factory=list)
    failures: list[InputError] = field(default_factory=list)
    skipped: list[FileNote] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Folder:
    """What one folder holds."""

    below: str
    """Its path below the folder that the user named, with a `/` at its end; empty for that folder itself."""
    files: list[os.DirEntry[str]]
    sidecars: dict[str, os.DirEntry[str]]
    """By their names."""


def find_inputs(paths: Iterable[Path | str], is_wanted: Callable[[str], bool]) -> Inputs:
    """Return each file once: one that is reached by several of the paths takes its longest source.

    `is_wanted` tells by its name whether there is a reader for a file.
    """
    found = Inputs()
    by_file: dict[str, Input] = {}
    for path in paths:
        try:
            is_remote = isinstance(path, str) and remote.is_address(path)
            inputs_of = _objects_of if is_remote else _files_of
            for real, item in inputs_of(path, is_wanted, found):
                other = by_file.get(real)
                by_file[real] = item if other is None else min(other, item, key=_preference)
        except InputError as error:
            found.failures.append(error)
        except OSError as error:  # even to ask whether a path exists may be forbidden, or its name be too long
            found.failures.append(unreadable(path, error))
    found.files = list(by_file.values())
    return found


def unreadable(path: Path | str, error: OSError) -> InputError:
    """Return the error of a path that the system would not give."""
    return InputError(spelt(path), error.strerror or str(error))


def _preference(item: Input) -> tuple[int, str, str]:
    return -item.source.count("/"), item.source, item.path


def _objects_of(address: Path | str, is_wanted: Callable[[str], bool], found: Inputs) -> list[tuple[str, Input]]:
    """Return the files below an address of object storage; what is hidden in a folder is hidden there."""
    listing = remote.listed(str(address))
    present = set(listing.names)
    files: list[tuple[str, Input]] = []
    for path in listing.names:
        folder, _, name = path.rpartition("/")
        if any(part.startswith(".") for part in path.split("/")) or name.endswith(SIDECAR) or name == SETTINGS:
            continue
        if not is_wanted(name):
            found.skipped.append(FileNote(spelt(path), "", 0, NO_READER))
            continue
        beside = f"{folder}/{sidecar_name(name)}" if folder else sidecar_name(name)
        item = Input(path, spelt(path), listing.root, beside if beside in present else "")
        files.append((remote.shown(listing.root, path), item))
    if not files:
        raise EmptyFolderError(remote.shown(str(address)), NOTHING_TO_READ)
    return files


def _files_of(path: Path | str, is_wanted: Callable[[str], bool], found: Inputs) -> list[tuple[str, Input]]:
    """Return the files of a path with where they really stand, links resolved."""
    path = Path(path)
    if not path.exists():
        raise MissingInputError(spelt(path))
    if path.is_file():
        sidecar = _beside(path, found)
        return [(os.path.realpath(path), Input(str(path), spelt(path.name), str(path.parent), sidecar))]
    if not path.is_dir():
        raise InputError(spelt(path), "neither a file nor a folder")
    locked: list[InputError] = []
    files: list[tuple[str, Input]] = []
    real_root = os.path.realpath(path)
    for folder in _walk(path, locked):
        files += _wanted(folder, path, real_root, is_wanted, found)
    found.failures += locked
    if not files and not locked:
        raise EmptyFolderError(spelt(path), NOTHING_TO_READ)
    return files


def _beside(path: Path, found: Inputs) -> str:
    """Return the path of the sidecar of a file that was named by itself; empty where none may be read."""
    beside = sidecar_of(path)
    if not beside.is_file():
        return ""
    if beside.is_symlink() and not _is_within(beside, os.path.realpath(path.parent)):
        found.skipped.append(FileNote(spelt(beside.name), "", 0, _LEADS_OUT))
        return ""
    return str(beside)


def _wanted(
    folder: _Folder, root: Path, real_root: str, is_wanted: Callable[[str], bool], found: Inputs
) -> Iterator[tuple[str, Input]]:
    """Yield the files of a folder that there is a reader for; what is passed over is added to `found`."""
    real_folder = os.path.join(real_root, *folder.below.split("/"))  # no link in it: those to folders are not followed
    refused = {name: reason for name, entry in folder.sidecars.items() if (reason := _reason_to_skip(entry, real_root))}
    found.skipped += (FileNote(spelt(folder.below + name), "", 0, reason) for name, reason in refused.items())
    for entry in folder.files:
        source = spelt(folder.below + entry.name)
        if reason := _reason_to_skip(entry, real_root) or ("" if is_wanted(entry.name) else NO_READER):
            found.skipped.append(FileNote(source, "", 0, reason))
            continue
        real = os.path.realpath(entry.path) if entry.is_symlink() else real_folder + entry.name
        beside = folder.sidecars.get(sidecar_name(entry.name)) if folder.sidecars else None
        sidecar = _shown(beside.path) if beside and beside.name not in refused else ""
        yield real, Input(_shown(entry.path), source, str(root), sidecar)


def _shown(path: str) -> str:
    """Return a path without the `./` before what stands in the current folder."""
    return path[2:] if path.startswith(_HERE) else path


def _reason_to_skip(entry: os.DirEntry[str], root: str) -> str:
    """Tell why a file is not even looked into; the listing tells it without asking again, but for a link."""
    if entry.is_symlink() and not _is_within(entry, root):
        return _LEADS_OUT
    is_file = os.path.isfile(entry.path) if entry.is_symlink() else entry.is_file()
    return "" if is_file else "no regular file"  # a pipe would never end, a device neither


def _is_within(path: os.PathLike[str], root: str) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(root)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _walk(root: Path, locked: list[InputError]) -> Iterator[_Folder]:
    """Yield a folder and those below it, without hidden files, settings, and what a build wrote there.

    Folders that may not be looked into are added to `locked`; a link to a folder is not followed.
    """
    waiting = [""]
    while waiting:
        below = waiting.pop()
        place = str(root / below)
        try:
            with os.scandir(place) as listing:
                entries = sorted(listing, key=attrgetter("name"))
        except OSError as error:
            locked.append(unreadable(Path(place), error))
            continue
        folders = [entry for entry in entries if _is_folder(entry)]
        names = {entry.name for entry in folders}
        built = written(Path(place)) if STATE in names else set()  # else each build would read the page of the last
        inner = [e.name for e in folders if not e.name.startswith(".") and not e.is_symlink()]
        waiting += [f"{below}{name}/" for name in reversed(inner)]
        files = [e for e in entries if e.name not in names and e.name not in built and not e.name.startswith(".")]
        yield _Folder(
            below,
            [e for e in files if not e.name.endswith(SIDECAR) and e.name != SETTINGS],
            {e.name: e for e in files if e.name.endswith(SIDECAR)},
        )
