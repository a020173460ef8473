"""One SQLite file of key → value that survives the death of its process at any moment; the home of sqlite3.

In: keys and values that JSON can hold. Out: the value, or nothing. The traps: a cache is never worth more than the
build, so whatever is wrong with it (damaged, held by another build, a full disk) ends in a warning and a build without
it; and what has not been asked for in many builds goes, since else it would grow for ever.
"""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kg.cache.program import fingerprint
from kg.errors import CacheError, KgError

FILE = "findings.sqlite"
_FORMAT = 1
_SECONDS = 1.0  # between two commits: so much work at most is lost to a kill
_REMEMBERED = 20  # builds that did not ask for an entry until it goes
_REFRESHED = 5  # builds until it is noted again that it was asked for
_LARGEST = 1 << 29  # bytes of one value; a document of the largest size that is read has fewer
_TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL);
"""
Warn = Callable[[KgError], None]


class Cache:
    """What earlier builds found; `opened` gives one."""

    def __init__(self, file: Path, warn: Warn, is_fresh: bool = False) -> None:
        self._file, self._warn = file, warn
        self._connection: sqlite3.Connection | None = None
        self._build = 0
        self._committed = time.monotonic()
        self._stale: list[bytes] = []
        self.hits: Counter[str] = Counter()
        """How often something was known, by the first part of its key."""
        self.misses: Counter[str] = Counter()
        with self._guarded():
            self._open(is_fresh)

    def get(self, *key: Any) -> Any:
        """Return the value of a key, None where there is none."""
        name = _name(key)
        with self._guarded():
            row = self._execute("SELECT used, value FROM entries WHERE key = ?", name)
            if row:
                value = json.loads(_unpacked(row[1]))
                self.hits[str(key[0])] += 1
                if row[0] <= self._build - _REFRESHED:
                    self._stale.append(name)
                return value
        self.misses[str(key[0])] += 1
        return None

    def put(self, value: Any, *key: Any) -> None:
        """Keep a value."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
        with self._guarded():
            self._execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", _name(key), self._build, packed)
            if time.monotonic() - self._committed > _SECONDS:
                self._execute("COMMIT")
                self._execute("BEGIN")
                self._committed = time.monotonic()

    def distrust(self, detail: str) -> None:
        """Drop all that is kept, since some of it is not what was written."""
        self._warn(CacheError(str(self._file), detail))
        self._drop()

    def close(self) -> None:
        """Forget what was long not asked for, and close."""
        with self._guarded():
            for name in self._stale:
                self._execute("UPDATE entries SET used = ? WHERE key = ?", self._build, name)
            self._execute("DELETE FROM entries WHERE used < ?", self._build - _REMEMBERED)
            self._execute("COMMIT")
        self._disconnect()

    def _open(self, is_fresh: bool = False) -> None:
        if self._file.is_symlink():  # in a folder that somebody sent it may lead to another database
            raise OSError(errno.ELOOP, "it is a link")
        if is_fresh:
            _remove(self._file)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connection = sqlite3.connect(self._file, timeout=0, isolation_level=None)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_TABLES)
        connection.execute("BEGIN IMMEDIATE")
        made_by = f"{_FORMAT} {fingerprint()}"
        if self._state("made by") != made_by:
            connection.execute("DELETE FROM entries")
            self._keep_state("made by", made_by)
        self._build = int(self._state("build") or 0) + 1
        self._keep_state("build", str(self._build))

    def _state(self, name: str) -> str:
        row = self._execute("SELECT value FROM state WHERE name = ?", name)
        return str(row[0]) if row else ""

    def _keep_state(self, name: str, value: str) -> None:
        self._execute("INSERT OR REPLACE INTO state VALUES (?, ?)", name, value)

    def _execute(self, command: str, *values: Any) -> Any:
        return self._connection.execute(command, values).fetchone() if self._connection else None

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn whatever goes wrong into a warning; what is damaged is dropped, what is busy is left alone."""
        try:
            yield
        except sqlite3.OperationalError as error:  # locked, read-only, the disk full
            self._warn(CacheError(str(self._file), str(error)))
            self._disconnect()
        except OSError as error:
            self._warn(CacheError(str(self._file), error.strerror or str(error)))
            self._disconnect()
        except (sqlite3.DatabaseError, zlib.error, ValueError, TypeError, RecursionError) as error:
            self.distrust(f"damaged: {error}")

    def _drop(self) -> None:
        """Begin again with an empty file; without one where that fails too."""
        self._disconnect()
        try:
            self._open(is_fresh=True)
        except (sqlite3.Error, OSError):
            self._disconnect()

    def _disconnect(self) -> None:
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


@contextmanager
def opened(folder: Path | str, warn: Warn, is_fresh: bool = False) -> Iterator[Cache]:
    """Give the cache of a folder, made where there is none; `warn` is told what is wrong with it.

    A fresh one begins empty.
    """
    cache = Cache(Path(folder) / FILE, warn, is_fresh)
    try:
        yield cache
    finally:
        cache.close()


def _name(key: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(json.dumps(key, ensure_ascii=False).encode("utf-8", "surrogatepass")).digest()


def _unpacked(packed: bytes) -> bytes:
    """Return what was compressed, whose checksum tells of damage; ValueError where it would fill the memory."""
    unpacking = zlib.decompressobj()
    value = unpacking.decompress(packed, _LARGEST)
    if not unpacking.eof:
        raise ValueError("a value that is cut off or too large")
    return value


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
