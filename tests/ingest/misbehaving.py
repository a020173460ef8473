"""A process of readers that do what a reader may not: started by the tests in place of `kg.ingest.worker`."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from kg.ingest import readers, worker
from kg.ingest.readers import Reader
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings


def _hang() -> None:
    time.sleep(60)


def _eat() -> None:
    held = []
    while True:
        held.append(bytearray(50_000_000))


def _die() -> None:
    os._exit(11)


def _recurse() -> None:
    _recurse()


def _connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def _fetch() -> None:
    urllib.request.urlopen("http://localhost:9/")


def _run() -> None:
    subprocess.run(["true"], check=False)


def _write() -> None:
    Path("should-not-exist").write_text("")


def _print() -> None:
    os.write(1, b"what a library prints")


DEEDS: dict[bytes, Callable[[], None]] = {
    b"hang": _hang,
    b"eat": _eat,
    b"die": _die,
    b"recurse": _recurse,
    b"connect": _connect,
    b"fetch": _fetch,
    b"run": _run,
    b"write": _write,
    b"print": _print,
}


def _answer(words: bytes) -> None:
    """Answer in the worker's place, as a reader can that a file has taken over."""
    os.write(3, struct.pack(">I", len(words)) + words)  # where the worker keeps the true standard output
    time.sleep(60)


def read(source: Source, settings: Settings) -> Reading:
    """Do what the file says, and read it; one that naps tells which process did."""
    if source.data == b"nap":
        time.sleep(1)
        return Reading((source.document(str(os.getpid())),))
    if source.data.startswith(b"answer "):
        _answer(source.data.removeprefix(b"answer "))
    DEEDS[source.data]()
    return Reading((source.document("昨晚，路灯亮了。"),))


if __name__ == "__main__":
    readers.READERS = (Reader("HTML", (".html",), read),)
    worker.main()
