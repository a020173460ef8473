"""Replace a set of files by another so that a process killed at any moment leaves the old set or the new one.

The new files are written into a hidden folder and flushed to the disk; then a journal is written that names them, and
only then is each renamed over its predecessor. The journal is the moment of decision: who finds one finishes what it
says, forward, or back where a rename was refused. The traps: a file system renames one file at a time, so without a
journal a process killed between two renames would leave a mixed set; and a journal may come with a folder that
somebody sent, so a name in it that leads out of the folder makes it worthless.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

STATE = ".kg"
"""The folder inside an output folder that holds what people need not look at."""
_JOURNAL = "journal.json"
_MANIFEST = "manifest.json"
_STAGING = re.compile(r"new-\w+")
_KEPT = ".old"


@dataclass(frozen=True, slots=True)
class _Journal:
    """What has been decided."""

    staging: str
    """Name of the folder below `.kg` that holds the new files; the old ones are kept in the one with `.old` behind."""
    files: dict[str, str]
    """Path of each new file → sha256."""
    added: tuple[str, ...]
    """Those that had no predecessor."""
    gone: tuple[str, ...]
    """Files of the old set that the new one does not have."""
    is_undone: bool = False
    """True where a rename was refused, and the old files go back to their places."""


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give an empty folder on the file system of the output folder; it is gone afterwards."""
    state = state_of(folder)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=state))
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def replace_set(folder: Path, new: Path) -> list[Path]:
    """Move all files of a staged folder to their places in the output folder; OSError leaves the old set.

    Files of the last set that the new one lacks are removed, unless somebody has changed them since.
    """
    files = {name: _flushed(new / name) for name in _names(new)}
    gone = tuple(n for n, digest in _manifest(folder).items() if n not in files and _digest(folder / n) == digest)
    added = tuple(n for n in files if not os.path.lexists(folder / n))
    journal = _Journal(new.name, files, added, gone)
    try:
        _keep(folder, journal)
        _write(folder, journal)
        try:
            _forward(folder, journal)
        except BaseException:  # an interruption by the user too
            _back(folder, journal)
            raise
    finally:
        shutil.rmtree(_kept(folder, journal), ignore_errors=True)
    return [folder / name for name in files]


def recover(folder: Path) -> None:
    """Finish what a killed process had decided, and drop what it had not; to be called by who holds the lock."""
    journal = _read(folder)
    if journal and journal.is_undone:
        _back(folder, journal)
    elif journal:
        try:
            _forward(folder, journal)
        except OSError:
            _back(folder, journal)
    (folder / STATE / _JOURNAL).unlink(missing_ok=True)
    for left in (folder / STATE).glob("new-*"):
        shutil.rmtree(left, ignore_errors=True)


def is_pending(folder: Path) -> bool:
    """Tell whether a set is being replaced, or was when its process died."""
    return (folder / STATE / _JOURNAL).is_file()


def is_whole(folder: Path) -> bool:
    """Tell whether the folder holds, byte for byte, the set that the last build wrote."""
    files = _manifest(folder)
    return bool(files) and not is_pending(folder) and all(_digest(folder / n) == d for n, d in files.items())


def written(folder: Path) -> set[str]:
    """Return the paths below the folder of what the last build wrote there."""
    return set(_manifest(folder))


def state_of(folder: Path) -> Path:
    """Return the `.kg` of an output folder; it is made where there is none, and git passes it over."""
    state = folder / STATE
    if state.is_symlink():  # whoever sent the folder would have us write, and clear up, elsewhere
        raise OSError(errno.ELOOP, f"{STATE} is a link")
    if not state.is_dir():
        state.mkdir(parents=True)
        (state / ".gitignore").write_text("*\n", encoding="utf-8")
    return state


def _forward(folder: Path, journal: _Journal) -> None:
    staging = folder / STATE / journal.staging
    for name in journal.files:
        if (staging / name).exists():  # else it was moved before the process died
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(staging / name, folder / name)
    for name in journal.gone:
        (folder / name).unlink(missing_ok=True)
    flush_folder(folder)
    _write_json(folder, _MANIFEST, {"files": journal.files})
    (folder / STATE / _JOURNAL).unlink()


def _back(folder: Path, journal: _Journal) -> None:
    _write(folder, replace(journal, is_undone=True))
    for name in (*journal.files, *journal.gone):
        if os.path.lexists(_kept(folder, journal) / name):
            os.replace(_kept(folder, journal) / name, folder / name)
        elif name in journal.added:
            (folder / name).unlink(missing_ok=True)
    flush_folder(folder)
    (folder / STATE / _JOURNAL).unlink()


def _keep(folder: Path, journal: _Journal) -> None:
    """Give the files that will be replaced a second name, or a copy where the file system knows no second names."""
    for name in (*journal.files, *journal.gone):
        old, kept = folder / name, _kept(folder, journal) / name
        if old.is_dir():
            raise IsADirectoryError(21, f"{name} is a folder")
        kept.parent.mkdir(parents=True, exist_ok=True)
        if name not in journal.added:
            try:
                os.link(old, kept, follow_symlinks=False)
            except (OSError, NotImplementedError):
                shutil.copy2(old, kept, follow_symlinks=False)


def _kept(folder: Path, journal: _Journal) -> Path:
    return folder / STATE / (journal.staging + _KEPT)


def _names(new: Path) -> list[str]:
    return sorted(path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file())


def _write(folder: Path, journal: _Journal) -> None:
    _write_json(folder, _JOURNAL, asdict(journal))


def _read(folder: Path) -> _Journal | None:
    found = _read_json(folder, _JOURNAL)
    try:
        names = [*found["files"], *found["added"], *found["gone"]]
        new = folder / STATE / found["staging"]
        places = (folder, new, new.with_name(new.name + _KEPT))
        if not _STAGING.fullmatch(found["staging"]) or not all(_is_inside(p, n) for p in places for n in names):
            return None
        return _Journal(
            found["staging"], found["files"], tuple(found["added"]), tuple(found["gone"]), bool(found["is_undone"])
        )
    except (KeyError, TypeError):
        return None


def _manifest(folder: Path) -> dict[str, str]:
    files = _read_json(folder, _MANIFEST).get("files")
    return {n: d for n, d in files.items() if _is_inside(folder, n)} if isinstance(files, dict) else {}


def _is_inside(folder: Path, name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or path.parts[0] == STATE:
        return False
    if folder.parent.name == STATE and folder.is_symlink():  # a folder of new or old files that lies elsewhere
        return False
    return (folder / name).parent.resolve().is_relative_to(folder.resolve())


def _write_json(folder: Path, name: str, value: dict[str, Any]) -> None:
    """Write a file of the state whole, or not at all."""
    target = folder / STATE / name
    target.with_suffix(".part").unlink(missing_ok=True)  # it may be a link to somewhere
    with open(target.with_suffix(".part"), "x", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(target.with_suffix(".part"), target)
    flush_folder(target.parent)


def _read_json(folder: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / STATE / name).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _flushed(file: Path) -> str:
    """Send a file's content to the disk, and return its sha256."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def flush_folder(folder: Path) -> None:
    """Send the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
