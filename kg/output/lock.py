"""One build at a time in an output folder: the lock that the system takes back from a process that dies.

The trap: a lock that is a file would outlive its process. So the system's own lock on `.kg/lock` is what counts, and
what stands in the file (process, computer, time) is for the message alone. It is a record lock, since a worker that
outlives a killed build would hold the other kind on; the price is that nothing else may open the file in a process
that holds it, hence the table `_held`.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import OutputBusyError, OutputError
from kg.output.folders import is_beside, recover_folders
from kg.output.replacing import STATE, is_pending, recover, state_of

_LOCK = "lock"
_BUSY = {errno.EACCES, errno.EAGAIN}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)  # a folder that somebody sent may have a link there; Windows has no such flag
_held: dict[Path, int] = {}
"""Folders that this process has locked → the thread that did."""
_guard = threading.Lock()


@contextmanager
def locked(folder: Path | str) -> Iterator[Path]:
    """Hold an output folder, made where there is none; what a killed build left in it is put in order first.

    OutputBusyError where another process holds it, OutputError where it cannot be written. The thread that holds it
    may ask again. A folder that was made for this, and in which nothing came to be, is gone afterwards.
    """
    folder, me = Path(folder), threading.get_ident()
    place = folder.resolve()
    with _guard:
        holder = _held.get(place)
        if holder not in (None, me):
            raise OutputBusyError(str(folder), os.getpid(), "", "")
        _held[place] = me
    if holder == me:
        yield folder
        return
    made = not folder.exists()
    try:
        with _system_lock(folder):
            recover(folder)
            recover_folders(folder)
            try:
                yield folder
            finally:
                if made and not any(path.name != STATE for path in folder.iterdir()):
                    shutil.rmtree(folder, ignore_errors=True)
    finally:
        with _guard:
            del _held[place]


def settle(folder: Path | str) -> None:
    """Finish what a killed build had decided, before the folder is read; one that is at work is left in peace."""
    if is_pending(Path(folder)) or is_beside(Path(folder)):
        with suppress(OutputError), locked(folder):
            pass


@contextmanager
def _system_lock(folder: Path) -> Iterator[None]:
    try:
        handle = _opened(folder)
    except OSError as error:
        raise OutputError(str(folder), error.strerror or str(error)) from error
    try:
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    """Return the open lock file, locked; again where another process has removed it in between."""
    while True:
        path = state_of(folder) / _LOCK
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINKS, 0o644)
        try:
            _take(handle, folder)
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                os.ftruncate(handle, 0)
                os.write(handle, _about_me())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _NO_LOCKS:  # some network file systems; a build is worth more than its lock
            return
        if error.errno in _BUSY:
            raise _busy(handle, folder) from error
        raise


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 1 << 30, os.SEEK_SET)  # a byte behind the text, which stays readable
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _about_me() -> bytes:
    about = {"process": os.getpid(), "computer": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
    return json.dumps(about, ensure_ascii=False).encode()


def _busy(handle: int, folder: Path) -> OutputBusyError:
    try:
        about = json.loads(os.read(handle, 10_000))
        return OutputBusyError(str(folder), int(about["process"]), str(about["computer"]), str(about["since"]))
    except (OSError, ValueError, KeyError, TypeError):  # it has only just been taken
        return OutputBusyError(str(folder), 0, "", "")
