"""One process that reads untrusted formats, with limits of time and memory, that can be ended.

In: a reader's row, a source and its settings. Out: a Reading, or ReaderLimitError where the process had to be ended or
died. It is started with the first file that needs it and used again for the next; one that was ended is replaced. The
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
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO

from kg.errors import InputError, ReaderLimitError
from kg.ingest.readers import Reader
from kg.ingest.reading import Reading, Source, error_from_json, from_json
from kg.ingest.settings import Settings

SECONDS = 300.0  # for one file, one member of an archive, or one page: OCR of a newspaper page takes 26 s of one core
MEGABYTES = 4096  # of address space: OCR of a newspaper page needs 2,400
_HEAD = struct.Struct(">II")
_ANSWER = struct.Struct(">I")
_SIGN_OF_LIFE = b""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES
    cores: int = 1
    """How many OCR reckons with: processes that work side by side share those of the computer."""


class ReaderProcess:
    """One process, asked by one thread at a time."""

    def __init__(self, limits: Limits, program: Sequence[str]) -> None:
        self._limits, self._program = limits, program
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._changes = threading.Lock()  # it may be closed while another thread starts or asks it

    def read(self, row: Reader, source: Source, settings: Settings) -> Reading:
        """Read one source; ReaderLimitError where that had to be ended, another InputError where it cannot be read."""
        answer = self._answer(row, source, settings)
        try:
            told = _told(answer)
        except ValueError as error:
            self._end()  # whatever took it over is not asked again
            raise ReaderLimitError(source.shown, f"{row.name}: its answer makes no sense ({error})") from error
        if isinstance(told, InputError):
            raise told
        return told

    def close(self) -> None:
        """End it for good, also while it is asked."""
        with self._changes:
            self._is_closed = True
            if self._process:
                self._process.kill()
        self._end()

    def _answer(self, row: Reader, source: Source, settings: Settings) -> bytes:
        process = self._started(source)
        answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        request = _request(row, source, settings)
        threading.Thread(target=_exchange, args=(process, request, source.data, answers), daemon=True).start()
        try:
            while (answer := answers.get(timeout=self._limits.seconds)) == _SIGN_OF_LIFE:
                pass
        except queue.Empty:
            self._end()
            late = f"{row.name}: no answer within {self._limits.seconds:g} seconds"
            raise ReaderLimitError(source.shown, late) from None
        if answer is None:
            self._end()
            raise ReaderLimitError(source.shown, f"{row.name}: it died, for want of memory or by a fault in it")
        return answer

    def _started(self, source: Source) -> subprocess.Popen[bytes]:
        """Start the process with this program's own paths, whatever script it was called from."""
        with self._changes:
            if self._is_closed:
                raise ReaderLimitError(source.shown, "the build was ended")
            if self._process is None:
                paths = os.pathsep.join(p for p in sys.path if p)
                command = [sys.executable, *self._program, str(self._limits.megabytes), str(self._limits.cores)]
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": paths, "PYTHONSAFEPATH": "1"},
                )
            return self._process

    def _end(self) -> None:
        with self._changes:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _request(row: Reader, source: Source, settings: Settings) -> bytes:
    head = {"reader": row.name, "name": source.name, "path": source.path, "settings": asdict(settings)}
    return json.dumps(head).encode()


def _exchange(
    process: subprocess.Popen[bytes], head: bytes, data: bytes, answers: queue.SimpleQueue[bytes | None]
) -> None:
    """Send a request; pass on each sign of life, then the answer, or None where the process died or was ended."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(_HEAD.pack(len(head), len(data)) + head)
        process.stdin.write(data)
        process.stdin.flush()
        while (found := _received(process.stdout)) == _SIGN_OF_LIFE:
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
