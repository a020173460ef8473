"""Build on one machine, with the rows in a file of SQLite's, so that memory does not grow with the number of articles.

In: documents, one after the other. Out: shards of N-Quads in a folder. The trap: each process must get whole groups of
rows, so rows are cut into parts only where a group ends, however large it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from kg.engines.plan import FUNCTIONS, KINDS, WRITERS, Step, Writing
from kg.engines.rows import Row, extract, packed
from kg.errors import KgError, WorkerDiedError
from kg.model import Document
from kg.workers import Workers

_PART = 300  # rows that a process gets at once
_SHARD = 2_000_000  # lines; bulk loaders read several shards side by side
_CACHE = 64_000  # kilobytes
_KEYED = ("root", "described", "entity")

Task = tuple[str, str, list[Row]]
"""Name of a step or writing, base IRI (empty for a step), rows of whole groups."""


def work_off(task: Task | Document) -> list[Row] | list[bytes]:
    """Do what one part of a step asks for; this runs in the processes."""
    if isinstance(task, Document):
        return extract(task)
    name, base, rows = task
    return list(WRITERS[name](iter(rows), base)) if base else list(FUNCTIONS[name](iter(rows)))


class DiskEngine:
    """Holds rows in a file and works on them with several processes."""

    def __init__(self, file: Path, output: Path, processes: Workers[Task | Document, list[Row] | list[bytes]]) -> None:
        self._output, self._processes = output, processes
        self._database = sqlite3.connect(file, isolation_level=None)
        # Nothing here outlives the build, so nothing need survive a fault.
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            f"cache_size = -{_CACHE}",
            "locking_mode = EXCLUSIVE",
        ):
            self._database.execute(f"PRAGMA {pragma}")
        for kind in KINDS:
            self._database.execute(f"CREATE TABLE {kind} (kind TEXT, id TEXT, other TEXT, number INTEGER, data BLOB)")
        for kind in _KEYED:
            self._database.execute(f"CREATE INDEX {kind}_id ON {kind} (id)")
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def extract(self, documents: Iterable[Document]) -> Iterator[int]:
        """Understand documents; yield the number of each that is done."""
        for done, rows in enumerate(self._processes.map(documents, _lost), start=1):
            self.add(rows)  # type: ignore[arg-type]
            yield done

    def add(self, rows: Iterable[Row], kinds: Sequence[str] = ()) -> None:
        """Store rows; the table of each is known by its kind."""
        for row in rows:
            self._database.execute(f"INSERT INTO {row.kind} VALUES (?, ?, ?, ?, ?)", row)

    def rows(self, sql: str) -> Iterator[Row]:
        """Return the rows of a query."""
        return map(Row._make, self._database.execute(sql))

    def run(self, step: Step) -> None:
        """Run a step and store its rows."""
        for rows in self._processes.map(self._tasks(step, ""), _failed):
            self.add(rows)  # type: ignore[arg-type]

    def write(self, writing: Writing, base: str) -> None:
        """Write shards of so many lines."""
        parts = self._processes.map(self._tasks(writing, base), _failed)
        self.write_lines(writing.name, (line for part in parts for line in part))  # type: ignore[misc]

    def write_lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Write lines as shards."""
        remaining = iter(lines)
        for number, first in enumerate(remaining):  # takes the first line of each shard
            with open(self._output / f"{name}-{number:05}.nq", "wb") as stream:
                stream.write(first)
                stream.writelines(islice(remaining, _SHARD - 1))

    def _tasks(self, step: Step | Writing, base: str) -> Iterator[Task]:
        rows = self.rows(f"{step.sql} ORDER BY {', '.join(dict.fromkeys((step.group, 'id', 'number')))}")
        part: list[Row] = []
        for _, group in groupby(rows, attrgetter(step.group)):
            part += group
            if len(part) >= _PART:
                yield step.name, base, part
                part = []
        if part:
            yield step.name, base, part


def _lost(document: Task | Document) -> list[Row]:
    assert isinstance(document, Document)
    return [Row("failure", document.source, data=packed(WorkerDiedError(document.source)))]


def _failed(task: Task | Document) -> list[Row]:
    assert not isinstance(task, Document)
    raise KgError(f"the step {task[0]} ended two processes; give it more memory, or --workers 1")
