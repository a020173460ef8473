"""Ask an HTTP server from many clients at once, and measure how long each answer takes.

In: an address, bodies of POST requests, clients, seconds. Out: Load, latencies and statuses. The trap: a client library
costs more time than the server that is measured, on the same two cores. So requests are bytes that are made once, and
answers are read no further than their length. Only servers on this machine are asked.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Load:
    """What a run has shown."""

    seconds: float = 0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def quantile(self, share: float) -> float:
        """Return the latency in milliseconds that a share of the answers did not exceed."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds


def requests(port: int, path: str, queries: Iterable[str]) -> list[bytes]:
    """Return a POST request for each query, as bytes."""
    return [_request(port, path, urlencode({"query": query}).encode()) for query in queries]


def _request(port: int, path: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/sparql-results+json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def closed(port: int, sent: list[bytes], clients: int, seconds: float) -> Load:
    """Let each client ask again as soon as it is answered."""
    return asyncio.run(_closed(port, sent, clients, seconds))


def paced(port: int, sent: list[bytes], per_second: float, clients: int, seconds: float) -> Load:
    """Ask a fixed number of times a second, whether answers come or not; waiting for a client counts as latency."""
    return asyncio.run(_paced(port, sent, per_second, clients, seconds))


async def _closed(port: int, sent: list[bytes], clients: int, seconds: float) -> Load:
    load, turn = Load(), itertools.cycle(sent)
    start = time.perf_counter()

    async def client() -> None:
        connection = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() - start < seconds:
            asked = time.perf_counter()
            load.statuses[await _answered(connection, next(turn))] += 1
            load.latencies.append(time.perf_counter() - asked)
        connection[1].close()

    await asyncio.gather(*(client() for _ in range(clients)))
    load.seconds = time.perf_counter() - start
    return load


async def _paced(port: int, sent: list[bytes], per_second: float, clients: int, seconds: float) -> Load:
    load, start = Load(), time.perf_counter()
    due: Iterator[tuple[float, bytes]] = zip(
        (start + i / per_second for i in range(int(seconds * per_second))), itertools.cycle(sent), strict=False
    )

    async def client() -> None:
        connection = await asyncio.open_connection("127.0.0.1", port)
        for moment, request in due:
            await asyncio.sleep(moment - time.perf_counter())
            load.statuses[await _answered(connection, request)] += 1
            load.latencies.append(time.perf_counter() - moment)
        connection[1].close()

    await asyncio.gather(*(client() for _ in range(clients)))
    load.seconds = time.perf_counter() - start
    return load


async def _answered(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> int:
    reader, writer = connection
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])
