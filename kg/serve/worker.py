"""A process that answers questions from a store: a line of JSON in, a line of JSON and the bytes of the answer out.

Run as `python -m kg.serve.worker load FOLDER FILE…` it writes the store, and tells of each file and what it holds; as
`… answer FOLDER BASE ANSWER_BYTES MEMORY_BYTES SECONDS` it answers until its input ends.
The trap: a query cannot be interrupted from within, pyoxigraph runs it outside Python. So each worker is a process that
can be killed, and sets itself an alarm in case nobody is left to kill it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from kg.errors import GraphFileError
from kg.serve import answers, store

_GRACE = 5
"""Seconds that the alarm leaves to the server, which stops a worker that takes too long."""


def main(arguments: list[str]) -> int:
    """Run one of the two tasks; return the exit code."""
    task, folder, *rest = arguments
    # Ctrl-C reaches every process of the terminal: the server alone decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if task == "load":
        return _load(Path(folder), [Path(file) for file in rest])
    base, answer_bytes, memory_bytes, seconds = rest
    _bound_memory(int(memory_bytes))
    _serve(folder, base, int(answer_bytes), float(seconds))
    return 0


def _load(folder: Path, files: list[Path]) -> int:
    def told(file: Path) -> None:
        print(json.dumps({"loaded": str(file)}), flush=True)

    try:
        contents = store.load(files, folder, told)
    except GraphFileError as error:
        print(json.dumps({"path": error.path, "detail": error.detail}))
        return 1
    print(json.dumps(asdict(contents)))
    return 0


def _serve(folder: str, base: str, limit: int, seconds: float) -> None:
    # Whatever else is printed must not get between the answers.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    graph = store.open_to_read(folder)
    _send(replies, answers.refused(200, "ready"))
    for line in sys.stdin.buffer:
        _set_alarm(seconds + _GRACE)
        _send(replies, answers.answer(graph, json.loads(line), base, limit))
        _set_alarm(0)


def _send(replies: BinaryIO, answer: answers.Answer) -> None:
    head = {"status": answer.status, "content_type": answer.content_type, "size": len(answer.body)}
    replies.write(json.dumps(head).encode() + b"\n")
    replies.write(answer.body)
    replies.flush()


def _set_alarm(seconds: float) -> None:
    """Let the system end this process after a while, 0 for never; Windows has no such alarm."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound_memory(size: int) -> None:
    """Let requests for more memory fail, which ends this process and no other; Windows has no such bound."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
