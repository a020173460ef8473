"""Read sources: plain formats here, untrusted ones in processes that work side by side, archives member by member.

In: a source and its settings. Out: a Reading at once, or what gives it when it is called, so that whoever asks goes on
to the next file; in what order they are ready changes nothing in what they are. The traps: an archive is unpacked here,
member by member, since all that is nested in it shares one budget; and the bytes of files that wait for a process are
in memory, so that hardly more of them wait than there are processes.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Self

from kg.errors import DamagedError, HostileError, InputError
from kg.ingest.paths import NO_READER
from kg.ingest.process import MEGABYTES, SECONDS, Limits, ReaderProcess
from kg.ingest.readers import Read, Reader, Unpack, is_readable, reader_of
from kg.ingest.readers.zipped import MAX_DEPTH, Budget
from kg.ingest.reading import FileNote, Reading, Source, joined
from kg.ingest.settings import Settings, filled
from kg.ingest.sidecar import parse_sidecar
from kg.workers import cores

Later = Callable[[], Reading]
"""Gives a reading when it is called, or raises InputError."""
_READY = 1  # sources that wait, so that a process that is done has the next one at once


class Readers:
    """Read sources, those of untrusted formats in so many processes that are ended on leaving; use it as a context."""

    def __init__(
        self,
        count: int = 1,
        *,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        program: Sequence[str] = ("-m", "kg.ingest.worker"),
    ) -> None:
        limits = Limits(seconds, megabytes, max(1, cores() // count))
        self._processes = [ReaderProcess(limits, program) for _ in range(count)]
        self._idle: queue.LifoQueue[ReaderProcess] = queue.LifoQueue()  # the last one used first: it is started
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(count)
        self._room = threading.Semaphore(count + _READY)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.close()
        self._threads.shutdown()

    def read(self, source: Source, settings: Settings) -> Reading:
        """Read one source with the reader that takes it, an archive member by member; note what was done."""
        begun = self.begin(source, settings)
        return begun if isinstance(begun, Reading) else begun()

    def begin(self, source: Source, settings: Settings) -> Reading | Later:
        """Begin to read a source; what is read in another process comes later."""
        return self._begin(source, settings, Budget(), 0)

    def _begin(self, source: Source, settings: Settings, budget: Budget, depth: int) -> Reading | Later:
        row = reader_of(source)
        if row.unpack:
            parts = list(self._members(row.unpack, source, settings, budget, depth))
            return _all_of(row, replace(source, data=b""), parts)
        assert row.read
        if not row.is_isolated:
            return _noted(row, source, _guarded(row.read, source, settings))
        later = self._isolated(row, source, settings)
        known = replace(source, data=b"")  # the bytes go with the work, and are not kept for what comes of it
        return lambda: _noted(row, known, later())

    def _members(
        self, unpack: Unpack, source: Source, settings: Settings, budget: Budget, depth: int
    ) -> Iterator[Reading | Later]:
        """Begin to read what is in an archive; one bad member does not stop the others."""
        if depth >= MAX_DEPTH:
            raise HostileError(source.shown, f"it is nested in {depth} archives")
        try:
            for member in unpack(source, budget):
                if isinstance(member, InputError):
                    yield _failed(member, member.path)
                elif not member.suffix and not is_readable(member.name):
                    yield Reading(files=(FileNote(member.name, "", 0, NO_READER),))
                else:
                    yield self._member(member, settings, budget, depth + 1)
        except InputError as error:  # nothing more can be had of it; what was read before stays
            yield _failed(error, source.name)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # a fault that the file lays bare
            yield _failed(DamagedError(source.shown, f"{type(error).__name__}: {error}"[:300]), source.name)

    def _member(self, member: Source, settings: Settings, budget: Budget, depth: int) -> Reading | Later:
        name = member.name
        try:
            begun = self._begin(member, settings, budget, depth)
        except InputError as error:
            if budget.size < 0 or budget.members < 0:  # of the whole file, so that no archive goes on
                raise
            return _failed(error, name)
        return begun if isinstance(begun, Reading) else lambda: _or_failed(begun, name)

    def _isolated(self, row: Reader, source: Source, settings: Settings) -> Later:
        self._room.acquire()  # given back by whatever thread has read it
        reading: Future[Reading] = self._threads.submit(self._work, row, source, settings)
        return reading.result

    def _work(self, row: Reader, source: Source, settings: Settings) -> Reading:
        process = self._idle.get()
        try:
            return process.read(row, source, settings)
        finally:
            self._idle.put(process)
            self._room.release()


def _guarded(read: Read, source: Source, settings: Settings) -> Reading:
    """Read here; a fault that a file lays bare in a reader is that file's error, and no end of the whole build."""
    try:
        return read(source, settings)
    except (InputError, MemoryError):
        raise
    except Exception as error:
        raise DamagedError(source.shown, f"{type(error).__name__}: {error}"[:300]) from error


def _noted(row: Reader, source: Source, reading: Reading) -> Reading:
    """Return a reading with what stands beside its source, and a note of what was done."""
    if source.sidecar:
        beside = parse_sidecar(f"{source.shown}: its sidecar", source.sidecar)
        told = (replace(d, metadata=filled(beside, d.metadata)) for d in reading.documents)
        reading = replace(reading, documents=tuple(told))
    note = "; ".join(map(str, (*reading.warnings, *reading.failures)))
    return reading.with_note(FileNote(source.name, row.name, len(reading.documents), note))


def _all_of(row: Reader, source: Source, parts: Sequence[Reading | Later]) -> Reading | Later:
    """Return what all members of an archive give, in their order."""

    def whole() -> Reading:
        found = joined(part if isinstance(part, Reading) else part() for part in parts)
        if not found.documents and not found.failures:
            raise DamagedError(source.shown, f"as a {row.name} it holds nothing to read")
        return found

    return whole() if all(isinstance(part, Reading) for part in parts) else whole


def _or_failed(later: Later, name: str) -> Reading:
    try:
        return later()
    except InputError as error:
        return _failed(error, name)


def _failed(error: InputError, name: str) -> Reading:
    return Reading(failures=(error,), files=(FileNote(name, "", 0, str(error)),))
