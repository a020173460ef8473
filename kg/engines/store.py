"""The rows of all documents and what was made of them, in one file of SQLite's that stays from build to build.

In: rows. Out: rows. Each row knows its owner: the number of the document that it came from, or the group that a step
made it of; so that what is gone can be taken out again. The traps: a process may die at any moment, so what belongs
together is one transaction; and the file may come with a folder that somebody sent, or from another version of the
program, and is begun anew then.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.engines import layout
from kg.engines.plan import EXTRACTED, MADE
from kg.engines.rows import Row
from kg.errors import OutputError

FILE = "rows.sqlite"
_FORMAT = 1
_CACHE = 64_000  # kilobytes
_SECONDS = 5.0  # between two commits while documents are read: so much work at most is lost to a kill
_KEPT = tuple(kind for kind in EXTRACTED if kind != "failure")  # a broken file is tried again at each build
_LOOKED_UP = (
    *(f"{kind} owner" for kind in (*_KEPT, *MADE)),
    *("document id", "article id", "cluster id", "cluster other", "told id", "described other", "described id"),
    *("entity id", "said id", "official id", "statement other", "term id, other", "root other"),
    *("edge id, other", "tie id, other"),
)
"""Tables with the columns that their rows are looked up by."""


@dataclass(slots=True)
class Changes:
    """Rows, each as (kind, id, other), that came or went when a step was run again; none counts that stayed."""

    came: set[tuple[str, str, str]] = field(default_factory=set)
    went: set[tuple[str, str, str]] = field(default_factory=set)

    def ids(self, kind: str) -> set[str]:
        """Return the identifiers of the rows of a kind that changed in anything."""
        return {id_ for k, id_, _ in self.came | self.went if k == kind}

    def others(self, kind: str) -> set[str]:
        """Return what the rows of a kind that changed refer to, or did."""
        return {other for k, _, other in self.came | self.went if k == kind}

    def moved(self, kind: str) -> set[str]:
        """Return the identifiers of the rows of a kind that refer to something else than before."""
        return {id_ for k, id_, _ in self.came ^ self.went if k == kind}


class Store:
    """Rows by kind and owner; what a build changes is there when it has committed, all or nothing."""

    def __init__(self, file: Path, made_by: str) -> None:
        """Open a file, or make one; it is begun anew where something else than `made_by` made it."""
        if file.is_symlink():  # in a folder that somebody sent it may lead to another database
            raise OutputError(str(file), os.strerror(errno.ELOOP))
        self._file, self._committed = file, time.monotonic()
        self.database = self._opened()
        made_by = f"{_FORMAT} {made_by}"
        if self._state("made by") != made_by:
            self.database.close()
            remove(file)
            self.database = self._opened()
            self._note("made by", made_by)

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file, timeout=0, isolation_level=None)
        database.create_function("place", 1, layout.place, deterministic=True)
        for pragma in ("trusted_schema = OFF", "locking_mode = EXCLUSIVE", f"cache_size = -{_CACHE}"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN IMMEDIATE")
        for command in (*_tables(), *layout.TABLES):
            database.execute(command)
        database.execute("CREATE TEMP TABLE touched (id TEXT PRIMARY KEY) WITHOUT ROWID")
        return database

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self.database.close()

    def commit(self) -> None:
        """Make all changes last."""
        self.database.execute("COMMIT")
        self.database.execute("BEGIN IMMEDIATE")
        self._committed = time.monotonic()

    @property
    def is_finished(self) -> bool:
        """Whether a build has made a graph of the documents' rows."""
        return bool(self._state("finished"))

    def finish(self) -> None:
        """Note that a graph is made of all documents, and make all changes last."""
        self.database.execute("UPDATE source SET settled = 1 WHERE settled = 0")
        self._note("finished", "yes")
        self.commit()

    def _state(self, name: str) -> str:
        row = self.database.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _note(self, name: str, value: str) -> None:
        self.database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    # ---- documents

    def documents(self) -> dict[bytes, int]:
        """Return the number of each document by its key."""
        return dict(self.database.execute("SELECT key, number FROM source"))

    def unsettled(self) -> set[int]:
        """Return the numbers of documents that no finished build has resolved."""
        return {number for (number,) in self.database.execute("SELECT number FROM source WHERE settled = 0")}

    def add_document(self, key: bytes, rows: Iterable[Row]) -> None:
        """Keep what a document contributes."""
        number = self.database.execute("INSERT INTO source (key, settled) VALUES (?, 0)", (key,)).lastrowid
        for row in rows:
            self._insert(row, number)
        if time.monotonic() - self._committed > _SECONDS:
            self.commit()

    def index(self) -> None:
        """Make rows quick to look up, where they are not yet.

        Done when the documents' rows are all there: an index of many rows is sorted at once in less than half of the
        time that it takes to put each row in its place.
        """
        for command in _indexes():
            self.database.execute(command)

    def remove_documents(self, numbers: Iterable[int]) -> None:
        """Drop documents with their rows."""
        for number in numbers:
            for kind in _KEPT:
                self.database.execute(f"DELETE FROM {kind} WHERE owner = ?", (number,))
            self.database.execute("DELETE FROM source WHERE number = ?", (number,))

    def ids_of(self, numbers: Iterable[int], kind: str) -> set[str]:
        """Return the identifiers of a kind of rows of some documents."""
        sql = f"SELECT DISTINCT id FROM {kind} WHERE owner = ?"
        return {id_ for number in numbers for (id_,) in self.database.execute(sql, (number,))}

    # ---- rows

    def rows(self, sql: str) -> Iterator[Row]:
        """Return the rows of a query."""
        return map(Row._make, self.database.execute(sql))

    def texts(self, sql: str, touched: Iterable[str] | None = None) -> set[str]:
        """Return the one column of a query, in which `touched` is a table of these."""
        if touched is not None:
            self.touch(touched)
        return {text for (text,) in self.database.execute(sql)}

    def touch(self, ids: Iterable[str]) -> None:
        """Fill the table `touched`."""
        self.database.execute("DELETE FROM touched")
        self.database.executemany("INSERT OR IGNORE INTO touched VALUES (?)", ((id_,) for id_ in ids))

    def forget_made(self) -> None:
        """Drop all that was made of the documents' rows."""
        for kind in (*MADE, "root"):
            self.database.execute(f"DELETE FROM {kind}")

    def add(self, owner: str, rows: Iterable[Row]) -> None:
        """Keep rows that a step made of a group."""
        for row in rows:
            self._insert(row, owner)

    def replace(self, owner: str, rows: Iterable[Row], kinds: Sequence[str], changes: Changes) -> None:
        """Put rows in the place of those that were made of a group before; note what differs."""
        new = {(row.kind, row.id, row.other, row.number, row.data): row for row in rows}
        for kind in kinds:
            sql = f"SELECT rowid, kind, id, other, number, data FROM {kind} WHERE owner = ?"
            for number, *old in self.database.execute(sql, (owner,)).fetchall():
                if new.pop(tuple(old), None) is None:
                    changes.went.add((kind, old[1], old[2]))
                    self.database.execute(f"DELETE FROM {kind} WHERE rowid = ?", (number,))
        for row in new.values():
            changes.came.add((row.kind, row.id, row.other))
            self._insert(row, owner)

    def set_roots(self, roots: dict[str, str]) -> dict[str, str]:
        """Keep which key stands for another; return for each key that is new or changed, or was, the old one."""
        old = dict(self.database.execute("SELECT id, other FROM root"))
        changed = {key: old.get(key, key) for key in old.keys() | roots.keys() if old.get(key) != roots.get(key)}
        for key in changed:
            self.database.execute("DELETE FROM root WHERE id = ?", (key,))
            if key in roots:
                self.database.execute("INSERT INTO root VALUES (?, ?)", (key, roots[key]))
        return changed

    def _insert(self, row: Row, owner: int | str | None) -> None:
        self.database.execute(f"INSERT INTO {row.kind} VALUES (?, ?, ?, ?, ?, ?)", (*row, owner))


def remove(file: Path) -> None:
    """Remove a store."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _tables() -> Iterator[str]:
    yield "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
    yield "CREATE TABLE IF NOT EXISTS source (number INTEGER PRIMARY KEY, key BLOB UNIQUE, settled INTEGER)"
    yield "CREATE TABLE IF NOT EXISTS root (id TEXT PRIMARY KEY, other TEXT) WITHOUT ROWID"
    for kind in (*_KEPT, *MADE):
        yield f"CREATE TABLE IF NOT EXISTS {kind} (kind TEXT, id TEXT, other TEXT, number INTEGER, data BLOB, owner)"


def _indexes() -> Iterator[str]:
    for looked_up in _LOOKED_UP:
        kind, _, columns = looked_up.partition(" ")
        name = looked_up.replace(" ", "_").replace(",", "")
        yield f"CREATE INDEX IF NOT EXISTS by_{name} ON {kind} ({columns})"
