"""Processes that answer questions, each one question at a time; one that takes too long is killed and replaced.

In: a Question. Out: the worker's Answer, or Refusal.
The trap: what a worker still says after it was given up belongs to the old question. A worker whose answer was not read
to its end is never asked again.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from kg.errors import GraphFileError
from kg.serve.answers import Answer
from kg.serve.protocol import Question, Refusal
from kg.serve.settings import MEGABYTE, Limits
from kg.serve.store import Contents, files_of

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is in all."""
_BROKEN = "the store ended while it was loaded"
_BUFFER = MEGABYTE
_MODULE = (sys.executable, "-P", "-m", "kg.serve.worker")
"""-P: a folder named kg where the user stands is not our package."""


def load(path: Path, folder: Path, progress: Progress = lambda stage, done, total: None) -> Contents:
    """Write a store of an output folder or file, in a process whose memory is given back; GraphFileError if broken.

    The progress is told in megabytes, file by file.
    """
    sizes = {str(file): _megabytes(file) for file in files_of(path)}
    command = [*_MODULE, "load", str(folder), *sizes]
    done, total, told = 0, sum(sizes.values()), dict[str, Any]()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        try:
            progress("load", 0, total)
            for line in process.stdout:
                told = json.loads(line)
                if "loaded" in told:
                    done += sizes[told["loaded"]]
                    progress("load", done, total)
        except ValueError as error:
            raise GraphFileError(str(path), _BROKEN) from error
    if process.returncode and "detail" in told:
        raise GraphFileError(told["path"], told["detail"])
    if "triples" not in told:
        raise GraphFileError(str(path), _BROKEN)
    return Contents(
        told["triples"], tuple(told["graphs"]), told["base"], told["spread"], tuple(map(tuple, told["hubs"]))
    )


def _megabytes(file: Path) -> int:
    return max(1, file.stat().st_size // MEGABYTE) if file.is_file() else 0  # the store tells what is missing


@dataclass(eq=False, slots=True)
class _Worker:
    process: Process

    @classmethod
    async def started(cls, arguments: list[str]) -> Self:
        process = await asyncio.create_subprocess_exec(
            *_MODULE, "answer", *arguments, stdin=PIPE, stdout=PIPE, limit=_BUFFER
        )
        worker = cls(process)
        try:
            await worker._answer()
        except BaseException:
            worker.kill()
            await process.wait()
            raise
        return worker

    async def ask(self, question: Question) -> Answer:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(question.as_dict()).encode() + b"\n")
        await self.process.stdin.drain()
        return await self._answer()

    async def _answer(self) -> Answer:
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if not line:
            raise EOFError
        head = json.loads(line)
        return Answer(head["status"], head["content_type"], await self.process.stdout.readexactly(head["size"]))

    def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()


class Pool:
    """A number of workers on one store."""

    def __init__(self, folder: Path, base: str, limits: Limits, size: int) -> None:
        self._limits, self._size, self._waiting = limits, size, 0
        sizes = (limits.answer_bytes, limits.memory_bytes, limits.seconds)
        self._arguments = [str(folder), base, *map(str, sizes)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers: set[_Worker] = set()
        self._replacing: set[asyncio.Task[None]] = set()
        self._ends = False

    async def start(self) -> None:
        """Start all workers; they are ready when this returns."""
        await asyncio.gather(*(self._add() for _ in range(self._size)))

    async def stop(self) -> None:
        """End all workers, whatever they are doing."""
        self._ends = True
        for task in self._replacing:
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        for worker in self._workers:
            worker.kill()
        await asyncio.gather(*(worker.process.wait() for worker in self._workers))
        self._workers.clear()

    async def ask(self, question: Question) -> Answer:
        """Return the answer; Refusal if it takes too long, breaks its worker, or too many are waiting."""
        if self._waiting >= self._limits.waiting:
            raise Refusal(503, "too many queries are waiting: try again in a moment")
        self._waiting += 1
        try:
            worker = await self._ready()
        finally:
            self._waiting -= 1
        try:
            answer = await asyncio.wait_for(worker.ask(question), self._limits.seconds)
        except TimeoutError as error:
            self._replace(worker)
            raise Refusal(504, f"stopped after {self._limits.seconds:g} s: ask for less, or add LIMIT") from error
        except (EOFError, ConnectionError, ValueError) as error:
            self._replace(worker)
            allowed = self._limits.memory_bytes // MEGABYTE
            raise Refusal(400, f"the query was too large to answer; it may use {allowed} MB of memory") from error
        except asyncio.CancelledError:
            self._replace(worker)
            raise
        self._idle.put_nowait(worker)
        return answer

    async def _ready(self) -> _Worker:
        """Return a worker that waits; one that the system has ended meanwhile is replaced, no query is to blame."""
        while (worker := await self._idle.get()).process.returncode is not None:
            self._replace(worker)
        return worker

    async def _add(self) -> None:
        worker = await _Worker.started(self._arguments)
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker) -> None:
        task = asyncio.create_task(self._replaced(worker))
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _replaced(self, worker: _Worker) -> None:
        worker.kill()
        await worker.process.wait()
        self._workers.discard(worker)
        while not self._ends:
            try:
                await self._add()
            except (OSError, EOFError):  # the machine has no process to give just now
                await asyncio.sleep(1)
            else:
                return
