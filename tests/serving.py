"""A server for the tests: the real one, on a port of its own, in a thread of the tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph
from kg.notation import DEFAULT_BASE
from kg.serve.server import served
from kg.serve.settings import Settings
from kg.serve.site import Site

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(40)) + " }"
"""A query that no time is enough for."""
SELECT = "SELECT ?name WHERE { ?place a lg:Place ; rdfs:label ?name } ORDER BY ?name"


def written(graph: KnowledgeGraph, folder: Path) -> Path:
    """Write a graph as a build does, and return its file."""
    path = folder / "graph.ttl"
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        write_turtle(graph, stream, DEFAULT_BASE)
    return path


@contextmanager
def running(output: Path, settings: Settings | None = None) -> Iterator[tuple[httpx.Client, Site]]:
    """Serve a graph and yield a client whose addresses are relative to it."""
    with served(output, settings or Settings()) as (app, site):
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server ended before it was ready"
                time.sleep(0.01)
            port = server.servers[0].sockets[0].getsockname()[1]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
                yield client, site
        finally:
            server.should_exit = True
            thread.join()


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    """Ask as a form does."""
    return client.post("/sparql", data={"query": query}, headers=headers)


def wait_until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for what comes to be a little later; fail if it does not."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)
