"""Run a server on an output folder until it is told to end.

In: the folder or file, an address, the settings. Out: nothing; the store lives in a temporary folder that goes with it.
The trap: the port is taken before the graph is loaded, so that a port in use is told at once, and nobody who is told
that the server is ready finds it closed.
"""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from kg.errors import AddressError
from kg.serve import pool
from kg.serve.app import application
from kg.serve.settings import Settings
from kg.serve.site import Site

_WAITING_CONNECTIONS = 2048
_LAST_ANSWERS = 2
"""Seconds that running queries are given when the server is told to end."""
_PAGES = 1
"""Processes that answer what the pages need."""


def run(
    output: Path,
    host: str,
    port: int,
    settings: Settings,
    ready: Callable[[str, Site], None],
    progress: pool.Progress,
) -> None:
    """Serve a graph until Ctrl-C; `ready` is told the address and the site just before requests are answered.

    The progress of loading is told in megabytes.
    """
    with _ended_by_signals(), _listening(host, port) as listener, served(output, settings, progress) as (app, site):
        ready(_address(listener), site)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            backlog=_WAITING_CONNECTIONS,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def served(
    output: Path, settings: Settings, progress: pool.Progress = lambda stage, done, total: None
) -> Iterator[tuple[Starlette, Site]]:
    """Load a graph into a store of its own and yield the application on it; GraphFileError if it is broken."""
    with tempfile.TemporaryDirectory(prefix="kg-serve-", ignore_cleanup_errors=True) as folder:
        store = Path(folder) / "store"
        contents = pool.load(output, store, progress)
        limits = settings.limits
        queries = pool.Pool(store, contents.base, limits, limits.workers)
        pages = pool.Pool(store, contents.base, limits, _PAGES)
        site = Site(output, contents, settings, queries, pages)
        yield application(site), site


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end what is inside as its end would: uvicorn raises them again when it has finished."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_WAITING_CONNECTIONS)
    except OSError as error:
        number = error.errno or 0  # below 0 for a name that is not found
        raise AddressError(host, port, os.strerror(number) if number > 0 else str(error)) from error
    # asyncio would set this itself, were the socket's protocol named; without it each answer waits 40 ms for an
    # acknowledgement between its head and its body.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listener:
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
