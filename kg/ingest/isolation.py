"""Readers of untrusted formats in a process of their own, with limits of time and memory, that can be ended.

In: a source and its settings. Out: a Reading, or ReaderLimitError where the process had to be ended or died. The
process is started with the first file that needs it and used again for the next; one that was ended is replaced. The
traps: a pipe that is full would hold both sides, so that the answer is awaited in a thread of its own; and the answer
is JSON, since a reader that a file has taken over must not have its words run here.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any, Self

from kg.errors import ReaderLimitError
from kg.ingest.readers import Reader, reader_of
from kg.ingest.reading import FileNote, Reading, Source, error_from_json, from_json
from kg.ingest.settings import Settings

SECONDS = 120.0  # for one file, or one member of an archive; a page takes about one with OCR
MEGABYTES = 3072  # of address space: OCR needs 1,500 of it
_HEAD = struct.Struct(">II")
_ANSWER = struct.Struct(">I")


class Readers:
    """Read sources, those of untrusted formats in a process that is ended on leaving; use it as a context."""

    def __init__(
        self, seconds: float = SECONDS, megabytes: int = MEGABYTES, program: Sequence[str] = ("-m", "kg.ingest.worker")
    ) -> None:
        self._seconds, self._megabytes, self._program = seconds, megabytes, program
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, source: Source, settings: Settings) -> Reading:
        """Read one source with the reader that takes it; note what was done."""
        row = reader_of(source)
        reading = self._isolated(row, source, settings) if row.is_isolated else row.read(source, settings)
        note = "; ".join(map(str, (*reading.warnings, *reading.failures)))
        return reading.with_note(FileNote(source.name, row.name, len(reading.documents), note))

    def _isolated(self, row: Reader, source: Source, settings: Settings) -> Reading:
        worker = self._worker = self._worker or _started(self._program, self._megabytes)
        answer: list[bytes] = []
        exchange = threading.Thread(
            target=_exchange, args=(worker, _request(row, source, settings), source.data, answer)
        )
        exchange.daemon = True
        exchange.start()
        exchange.join(self._seconds)
        if exchange.is_alive():
            self._end()
            raise ReaderLimitError(source.shown, f"{row.name}: no answer within {self._seconds:g} seconds")
        if not answer:
            self._end()
            raise ReaderLimitError(source.shown, f"{row.name}: it died, for want of memory or by a fault in it")
        return _reading(json.loads(answer[0]))

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None


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


def _exchange(worker: subprocess.Popen[bytes], head: bytes, data: bytes, answer: list[bytes]) -> None:
    assert worker.stdin
    assert worker.stdout
    try:
        worker.stdin.write(_HEAD.pack(len(head), len(data)) + head)
        worker.stdin.write(data)
        worker.stdin.flush()
        if found := _received(worker.stdout):
            answer.append(found)
    except (OSError, ValueError):  # it died, or was ended
        return


def _received(stream: IO[bytes]) -> bytes:
    size = stream.read(_ANSWER.size)
    if len(size) < _ANSWER.size:
        return b""
    (length,) = _ANSWER.unpack(size)
    found = stream.read(length)
    return found if len(found) == length else b""


def _reading(answer: dict[str, Any]) -> Reading:
    if "error" in answer:
        raise error_from_json(answer["error"])
    return from_json(answer["reading"])
