"""Replace a folder of an output by another so that a process killed at any moment leaves the old one or the new one.

In: an output folder that is held, the name of a folder in it, and the new one. Out: the new one in its place. The trap:
a file system renames one folder at a time, so that for a moment neither stands at its place; the old one waits under
`.kg/old-NAME` until the new one does, and whoever finds it there puts it back.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kg.output.replacing import STATE, flush_folder

SHARDS = "nquads"
"""Folder that the engines for large builds write shards into, in the output folder."""
_OLD = "old-"


def replace_folder(folder: Path, name: str, new: Path) -> Path:
    """Put a folder, flushed to the disk, in the place of another; return its path. OSError leaves the old one."""
    new.chmod(0o755)  # a temporary folder is for its owner alone
    flush_folder(new)
    target, old = folder / name, folder / STATE / f"{_OLD}{name}"
    if os.path.lexists(target):
        os.replace(target, old)
    try:
        os.replace(new, target)
    except BaseException:
        recover_folders(folder)
        raise
    flush_folder(folder)
    shutil.rmtree(old, ignore_errors=True)
    return target


def recover_folders(folder: Path) -> None:
    """Put back what stands beside its place, and drop what has a successor; to be called by who holds the lock."""
    for old in _waiting(folder):
        target = folder / old.name.removeprefix(_OLD)
        if os.path.lexists(target):
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(old, target)


def is_beside(folder: Path) -> bool:
    """Tell whether a folder stands beside its place."""
    return bool(_waiting(folder))


def _waiting(folder: Path) -> list[Path]:
    return [path for path in (folder / STATE).glob(f"{_OLD}*") if path.is_dir() and not path.is_symlink()]
