"""Call a function on many items in processes of their own, and give the results in the order of the items.

In: the function's name, how many processes, and the items. Out: one result an item, whatever process made it and
whenever it was ready. A process that dies (for want of memory, or by a fault in a library written in C) is replaced
and its item tried once more; one that dies of it again has a result by `lost`.

The traps: Python's own pools give up all that is under way when one process dies, and start each process by running
the user's script again, which must then be guarded; so that the processes are started here, as `python -m kg.workers`.
Items and results are pickled: both ends are this program, and no library that a file could take over runs there. What
the function prints must not mix with its results, so that it goes to the standard error.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Any, Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

COLLECT_AFTER = 500_000  # new objects before Python looks for cycles of garbage; its own measure is 700
_TRIES = 2
_AHEAD = 4  # items under way for each process; more would only fill the memory where the first of them is slow


def cores() -> int:
    """Return how many cores this process may use."""
    known = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(known(0)) if known else os.cpu_count() or 1


class Workers(Generic[Item, Result]):
    """Processes that call one function; they are ended on leaving, so use it as a context."""

    def __init__(self, function: Callable[[Item], Result], count: int) -> None:
        """Take a function that stands at the top of a module, and the number of processes."""
        self._name = f"{function.__module__}:{function.__qualname__}"
        self._count = count
        self._own = threading.local()  # each thread has one process
        self._processes: set[_Process] = set()
        self._is_open = True
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_open = False
        for process in list(self._processes):
            process.end()
        self._threads.shutdown(cancel_futures=True)

    def map(self, items: Iterable[Item], lost: Callable[[Item], Result]) -> Iterator[Result]:
        """Yield the function's result for each item, in their order; raise what the function raises."""
        under_way: deque[Future[Result]] = deque()
        for item in items:
            under_way.append(self._threads.submit(self._result, item, lost))
            if len(under_way) >= self._count * _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()

    def _result(self, item: Item, lost: Callable[[Item], Result]) -> Result:
        request = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        for _ in range(_TRIES):
            answer = self._process().answer(request)
            if answer is not None:
                error, result = answer
                if error is not None:
                    raise error
                return result  # type: ignore[no-any-return]
            self._drop()
        return lost(item)

    def _process(self) -> _Process:
        process: _Process | None = getattr(self._own, "process", None)
        if process is None:
            process = self._own.process = _Process(self._name)
            self._processes.add(process)
            if not self._is_open:  # it was started while the others were ended
                process.end()
        return process

    def _drop(self) -> None:
        self._own.process.end()
        self._processes.discard(self._own.process)
        self._own.process = None


@contextlib.contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for cycles of garbage less often: a build makes millions of records and hardly a cycle.

    A tenth of the time of a build went into looking. What was set before is set again afterwards.
    """
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Process:
    """One process, asked by one thread."""

    def __init__(self, function: str) -> None:
        # This program's own paths, whatever script it was called from.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONSAFEPATH": "1"}
        command = [sys.executable, "-m", "kg.workers", function]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def answer(self, request: bytes) -> tuple[BaseException | None, Any] | None:
        """Return what the function raised and returned; None where the process died."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(request)
            self._process.stdin.flush()
            error, result = pickle.load(self._process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):  # it died, perhaps within its answer
            return None
        return error, result

    def end(self) -> None:
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream
            with contextlib.suppress(OSError):  # what was not written yet has nowhere to go
                stream.close()
        self._process.wait()


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the user's Ctrl-C is for the process that asks
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.set_threshold(COLLECT_AFTER)
    module, _, name = sys.argv[1].partition(":")
    function = getattr(importlib.import_module(module), name)
    for request in _requests(requests):
        answers.write(_answer(function, request))
        answers.flush()


def _requests(stream: IO[bytes]) -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(stream)
        except EOFError:
            return


def _answer(function: Callable[[Any], Any], request: Any) -> bytes:
    try:
        return pickle.dumps((None, function(request)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        error.add_note("in a worker process:\n" + traceback.format_exc())
        with contextlib.suppress(Exception):
            return pickle.dumps((error, None))
        return pickle.dumps((RuntimeError(traceback.format_exc()), None))  # it cannot be pickled


if __name__ == "__main__":
    main()
