"""Run steps on the rows of a store with several processes, on everything or on the groups that a change touches.

In: a store, and steps. Out: rows in the store, shards in a folder. The trap: each process must get whole groups,
so rows are cut into parts only where a group ends, however large it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from typing import Any, Protocol

from kg.engines.layout import Layout, Piece
from kg.engines.plan import STEPS, WRITERS, Step, Writing, grouped, terms
from kg.engines.records import packed
from kg.engines.rows import Row, extract
from kg.engines.store import Changes, Store
from kg.errors import KgError, WorkerDiedError
from kg.model import Document

_PART = 300  # rows that a process gets at once
EVERYTHING = None
"""In place of the groups that are touched."""

Touched = Set[str] | None
Task = tuple[str, str, list[Row]]
"""Name of a step or writing, base IRI (empty for a step), rows of whole groups."""
Answer = list[Row] | list[tuple[str, Any]]
"""Of a document: its rows. Of a task: each group with its rows, or its lines."""


class Processes(Protocol):
    """What calls a function on many items."""

    def map(self, items: Iterable[Task | Document], lost: Callable[[Task | Document], Answer]) -> Iterator[Answer]:
        """Yield the function's result for each item, in their order."""


class ThisProcess:
    """Calls `work_off` here: for less work than the start of a process is."""

    def map(self, items: Iterable[Task | Document], lost: Callable[[Task | Document], Answer]) -> Iterator[Answer]:
        """Yield the function's result for each item, in their order."""
        return map(work_off, items)


def work_off(task: Task | Document) -> Answer:
    """Do what one part of a step asks for; this runs in the processes."""
    if isinstance(task, Document):
        return extract(task)
    name, base, rows = task
    if base:
        writing = WRITERS[name]
        return [(about, b"".join(writing.function(group, base))) for about, group in grouped(rows, writing.group)]
    step = STEPS[name]
    return [(owner, list(step.function(group))) for owner, group in grouped(rows, step.group)]


class DiskEngine:
    """Runs steps on a store."""

    def __init__(self, store: Store, layout: Layout, processes: Processes, base: str) -> None:
        self.store, self.layout, self._processes, self._base = store, layout, processes, base

    def extract(self, documents: Iterable[tuple[bytes, Document]]) -> Iterator[list[Row]]:
        """Understand documents and store their rows under their keys; yield those of each that cannot be."""
        new = list(documents)
        for (key, _), rows in zip(new, self._processes.map((d for _, d in new), _lost), strict=True):
            failed = [row for row in rows if isinstance(row, Row) and row.kind == "failure"]
            if not failed:
                self.store.add_document(key, rows)  # type: ignore[arg-type]
            yield failed

    def run(self, step: Step, touched: Touched) -> Changes:
        """Run a step again on what is touched; return which of its rows came and went; none where it is all."""
        changes = Changes()
        if touched is EVERYTHING:
            for owner, rows in self._answers(step, step.sql, ""):
                self.store.add(owner, rows)
            return changes
        left = set(touched)
        self.store.touch(touched)
        for owner, rows in self._answers(step, step.sql_of_touched(), ""):
            left.discard(owner)
            self.store.replace(owner, rows, step.makes, changes)
        for owner in left:
            self.store.replace(owner, (), step.makes, changes)
        return changes

    def write(self, writing: Writing, touched: Touched) -> None:
        """Write the shards anew that something touched stands in."""
        if touched is EVERYTHING:
            sql, known, gone = writing.sql, 0, set[str]()
        else:
            gone = {*touched, *self.layout.lost(writing.name)}
            self.store.touch(gone)
            sql, known = writing.sql_of_touched(), self.layout.count(writing.name)[0]
        count = self.store.database.execute(f"SELECT count(DISTINCT {writing.group}) FROM ({sql})").fetchone()[0]
        others = known - self.layout.known(writing.name, gone)
        self.layout.write(writing.name, gone, self._pieces(writing, sql), others + count)

    def write_terms(self) -> None:
        """Write what statements have in common."""
        self.layout.write_file("terms-00000.nq", b"".join(terms(self.store.rows, self._base)))

    def _pieces(self, writing: Writing, sql: str) -> Iterator[Piece]:
        records: dict[str, int] = {}

        def counted(rows: Iterator[Row]) -> Iterator[Row]:
            for about, group in grouped(rows, writing.group):
                records[about] = len({row.id for row in group})
                yield from group

        answers = self._answers(writing, sql, self._base, f"place({writing.group})", counted)
        return (Piece(about, records.pop(about), lines) for about, lines in answers)

    def _answers(
        self,
        step: Step | Writing,
        sql: str,
        base: str,
        first: str = "",
        watched: Callable[[Iterator[Row]], Iterator[Row]] = iter,
    ) -> Iterator[tuple[str, Any]]:
        order = ", ".join(filter(None, dict.fromkeys((first, step.group, "id", "number"))))
        rows = watched(self.store.rows(f"SELECT * FROM ({sql}) ORDER BY {order}"))
        for answer in self._processes.map(_tasks(step, rows, base), _failed):
            yield from answer  # type: ignore[misc]


def _tasks(step: Step | Writing, rows: Iterator[Row], base: str) -> Iterator[Task]:
    part: list[Row] = []
    for _, group in grouped(rows, step.group):
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
