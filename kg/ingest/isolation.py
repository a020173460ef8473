"""Readers of untrusted formats in a process of their own, with limits of time and memory, that can be ended.

In: a source and its settings. Out: a Reading, or ReaderLimitError where the process had to be ended or died. The
process is started with the first file that needs it and used again for the next; one that was ended is replaced. The
traps: a pipe that is full would hold both sides, so that the answer is awaited in a thread of its own; and the answer
is JSON, since a reader that a file has taken over must not have its words run here.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import IO, Self

from kg.errors import DamagedError, HostileError, InputError, ReaderLimitError
from kg.ingest.readers import Read, Reader, Unpack, is_readable, reader_of
from kg.ingest.readers.zipped import MAX_DEPTH, Budget
from kg.ingest.reading import FileNote, Reading, Source, error_from_json, from_json, joined
from kg.ingest.settings import Settings, filled
from kg.ingest.sidecar import parse_sidecar

SECONDS = 300.0  # for one file, one member of an archive, or one page: OCR of a newspaper page takes 26 s of one core
MEGABYTES = 4096  # of address space: OCR of a newspaper page needs 2,400
_HEAD = struct.Struct(">II")
_ANSWER = struct.Struct(">I")
_SIGN_OF_LIFE = b""


class Readers:
    """Read sources, those of untrusted formats in a process that is ended on leaving; use it as a context."""

    def __init__(
        self,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        program: Sequence[str] = ("-m", "kg.ingest.worker"),
    ) -> None:
        self._seconds, self._megabytes, self._program = seconds, megabytes, program
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, source: Source, settings: Settings) -> Reading:
        """Read one source with the reader that takes it, an archive member by member; note what was done."""
        return self._read(source, settings, Budget(), 0)

    def _read(self, source: Source, settings: Settings, budget: Budget, depth: int) -> Reading:
        row = reader_of(source)
        if row.unpack:
            found = joined(self._members(row.unpack, source, settings, budget, depth))
            if not found.documents and not found.failures:
                raise DamagedError(source.shown, f"as a {row.name} it holds nothing to read")
            return found
        assert row.read
        reading = self._isolated(row, source, settings) if row.is_isolated else _guarded(row.read, source, settings)
        if source.sidecar:
            beside = parse_sidecar(f"{source.shown}: its sidecar", source.sidecar)
            told = (replace(d, metadata=filled(beside, d.metadata)) for d in reading.documents)
            reading = replace(reading, documents=tuple(told))
        note = "; ".join(map(str, (*reading.warnings, *reading.failures)))
        return reading.with_note(FileNote(source.name, row.name, len(reading.documents), note))

    def _members(
        self, unpack: Unpack, source: Source, settings: Settings, budget: Budget, depth: int
    ) -> Iterator[Reading]:
        """Read what is in an archive; one bad member does not stop the others."""
        if depth >= MAX_DEPTH:
            raise HostileError(source.shown, f"it is nested in {depth} archives")
        try:
            for member in unpack(source, budget):
                if isinstance(member, InputError):
                    yield _failed(member, member.path)
                elif not member.suffix and not is_readable(member.name):
                    yield Reading(files=(FileNote(member.name, "", 0, "no reader for its suffix"),))
                else:
                    yield self._member(member, settings, budget, depth + 1)
        except InputError as error:  # nothing more can be had of it; what was read before stays
            yield _failed(error, source.name)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # a fault that the file lays bare
            yield _failed(DamagedError(source.shown, f"{type(error).__name__}: {error}"[:300]), source.name)

    def _member(self, member: Source, settings: Settings, budget: Budget, depth: int) -> Reading:
        try:
            return self._read(member, settings, budget, depth)
        except InputError as error:
            if budget.size < 0 or budget.members < 0:  # of the whole file, so that no archive goes on
                raise
            return _failed(error, member.name)

    def _isolated(self, row: Reader, source: Source, settings: Settings) -> Reading:
        worker = self._worker = self._worker or _started(self._program, self._megabytes)
        answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        request = _request(row, source, settings)
        threading.Thread(target=_exchange, args=(worker, request, source.data, answers), daemon=True).start()
        try:
            while (answer := answers.get(timeout=self._seconds)) == _SIGN_OF_LIFE:
                pass
        except queue.Empty:
            self._end()
            raise ReaderLimitError(source.shown, f"{row.name}: no answer within {self._seconds:g} seconds") from None
        if answer is None:
            self._end()
            raise ReaderLimitError(source.shown, f"{row.name}: it died, for want of memory or by a fault in it")
        try:
            told = _told(answer)
        except ValueError as error:
            self._end()  # whatever took it over is not asked again
            raise ReaderLimitError(source.shown, f"{row.name}: its answer makes no sense ({error})") from error
        if isinstance(told, InputError):
            raise told
        return told

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None


def _guarded(read: Read, source: Source, settings: Settings) -> Reading:
    """Read here; a fault that a file lays bare in a reader is that file's error, and no end of the whole build."""
    try:
        return read(source, settings)
    except (InputError, MemoryError):
        raise
    except Exception as error:
        raise DamagedError(source.shown, f"{type(error).__name__}: {error}"[:300]) from error


def _failed(error: InputError, name: str) -> Reading:
    return Reading(failures=(error,), files=(FileNote(name, "", 0, str(error)),))


def _started(program: Sequence[str], megabytes: int) -> subprocess.Popen[bytes]:
    """Start the process with this program's own paths, whatever script it was called from."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, *program, str(megabytes)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


def _request(row: Reader, source: Source, settings: Settings) -> bytes:
    head = {"reader": row.name, "name": source.name, "path": source.path, "settings": asdict(settings)}
    return json.dumps(head).encode()


def _exchange(
    worker: subprocess.Popen[bytes], head: bytes, data: bytes, answers: queue.SimpleQueue[bytes | None]
) -> None:
    """Send a request; pass on each sign of life, then the answer, or None where the process died or was ended."""
    assert worker.stdin
    assert worker.stdout
    try:
        worker.stdin.write(_HEAD.pack(len(head), len(data)) + head)
        worker.stdin.write(data)
        worker.stdin.flush()
        while (found := _received(worker.stdout)) == _SIGN_OF_LIFE:
            answers.put(found)
        answers.put(found)
    except (OSError, ValueError):
        answers.put(None)


def _received(stream: IO[bytes]) -> bytes | None:
    size = stream.read(_ANSWER.size)
    if len(size) < _ANSWER.size:
        return None
    (length,) = _ANSWER.unpack(size)
    found = stream.read(length)
    return found if len(found) == length else None


def _told(answer: bytes) -> Reading | InputError:
    """Return what an answer tells; ValueError where the worker did not write it."""
    try:
        told = json.loads(answer)
        return error_from_json(told["error"]) if "error" in told else from_json(told["reading"])
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
