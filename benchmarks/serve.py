"""How fast `kg serve` answers, beside rdflib-endpoint on the same graph in the same run, and whether it holds out.

In: a number of entities (a million triples by default). Out: three tables: a two-join query from 1 to 50 clients that
ask without pause; the same query 100 times a second; 200 clients for a minute, with what is answered and the memory of
all processes. The trap: client and server share this machine's cores, and whatever else runs here takes from both; the
load average is printed with the figures.

    python benchmarks/serve.py [ENTITIES] [SOAK_SECONDS]

rdflib-endpoint is installed from PyPI into a temporary environment; without a network its column is left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from big_graph import invent
from load import Load, closed, paced, requests

from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph, RelationStatement
from kg.notation import DEFAULT_BASE, PREFIXES
from kg.serve.settings import MEGABYTE

ENTITIES = 23_000
CLIENTS = (1, 4, 16, 50)
SECONDS = 10.0
RATE, SOAK_CLIENTS, SOAK_SECONDS = 100.0, 200, 60.0
QUERY = f"""PREFIX lg: <{PREFIXES["lg"]}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT ?body ?programme ?label WHERE {{
  ?body lg:locatedIn <%s> . ?body lg:implements ?programme . ?programme rdfs:label ?label }}"""
"""Two joins; the place differs from request to request."""


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    name: str
    port: int
    path: str
    pid: int
    ready_after: float
    """Seconds from its start to its first answer."""


def main(entities: str = str(ENTITIES), soak_seconds: str = str(SOAK_SECONDS)) -> None:
    """Measure both servers, print tables in Markdown."""
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as folder:
        graph = invent(int(entities))
        file = Path(folder) / "graph.ttl"
        with open(file, "w", encoding="utf-8", newline="\n") as stream:
            write_turtle(graph, stream, DEFAULT_BASE)
        queries = [QUERY % place for place in places(graph)]
        print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}; {len(queries)} places\n")
        with kg_serve(file) as server:
            measure(server, queries)
            hold_out(server, queries, float(soak_seconds))
        with rdflib_endpoint(file, Path(folder) / "venv") as other:
            if other is None:
                print("rdflib-endpoint could not be installed; its figures are left out")
            else:
                measure(other, queries)


def places(graph: KnowledgeGraph) -> list[str]:
    """Return the IRIs of places where a body is that implements something: no query is empty."""
    stated = [s for s in graph.statements.values() if isinstance(s, RelationStatement)]
    implementing = {s.subject for s in stated if s.predicate == "implements"}
    found = {s.object for s in stated if s.predicate == "locatedIn" and s.subject in implementing}
    return [DEFAULT_BASE + place for place in sorted(found)]


def measure(server: Server, queries: list[str]) -> None:
    """Print a server's latencies and answers a second."""
    sent = requests(server.port, server.path, queries)
    closed(server.port, sent, 2, 2.0)  # what is read for the first time is not measured
    print(f"{server.name}: first answer after {server.ready_after:.1f} s, {memory(server.pid):.0f} MB\n")
    print("| clients | requests/s | p50 ms | p99 ms | answers |\n| ---: | ---: | ---: | ---: | --- |")
    for clients in CLIENTS:
        print(row(str(clients), closed(server.port, sent, clients, SECONDS)), flush=True)
    print(row(f"{RATE:.0f}/s", paced(server.port, sent, RATE, 50, SECONDS)), flush=True)
    print(f"\nload average {os.getloadavg()[0]:.1f}\n")


def hold_out(server: Server, queries: list[str], seconds: float) -> None:
    """Print what many clients get, and what memory the server takes before and after each third of the time."""
    sent, sizes, loads = requests(server.port, server.path, queries), [memory(server.pid)], []
    for _ in range(3):
        loads.append(closed(server.port, sent, SOAK_CLIENTS, seconds / 3))
        sizes.append(memory(server.pid))
    print("| clients | requests/s | p50 ms | p99 ms | answers |\n| ---: | ---: | ---: | ---: | --- |")
    for load in loads:
        print(row(str(SOAK_CLIENTS), load))
    print(f"\nmemory of all its processes: {', '.join(f'{size:.0f}' for size in sizes)} MB\n", flush=True)


def row(name: str, load: Load) -> str:
    """Return a run as a line of a table."""
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(load.statuses.items()))
    return f"| {name} | {load.per_second:.0f} | {load.quantile(0.5):.1f} | {load.quantile(0.99):.1f} | {statuses} |"


# ---- servers


@contextmanager
def kg_serve(file: Path) -> Iterator[Server]:
    """Run kg serve on a free port."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "kg.cli", "serve", str(file), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        told = next(line for line in process.stderr if "http://" in line)
        print(told.strip())
        found = re.search(r":(\d+)/ ", told)
        assert found is not None
        port = int(found[1])
        await_answer(port, "/sparql")
        yield Server("kg serve", port, "/sparql", process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def rdflib_endpoint(file: Path, venv: Path) -> Iterator[Server | None]:
    """Install and run rdflib-endpoint with its command line; None if it cannot be had."""
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    if subprocess.run(
        [venv / "bin" / "pip", "install", "--quiet", "--quiet", "rdflib-endpoint[cli]"], check=False
    ).returncode:
        yield None
        return
    start, port = time.perf_counter(), 8765
    command = [str(venv / "bin" / "rdflib-endpoint"), "serve", "--port", str(port), str(file)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_answer(port, "/?query=ASK%7B%7D")
        yield Server("rdflib-endpoint", port, "/", process.pid, time.perf_counter() - start)
    finally:
        process.kill()
        process.wait()


def await_answer(port: int, path: str, seconds: float = 600) -> None:
    """Wait until a server answers."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        try:
            urlopen(f"http://127.0.0.1:{port}{path}", timeout=60).read()
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(f"no answer at port {port}")


def memory(pid: int) -> float:
    """Return the megabytes that a process and its children hold (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    own = int(found[1]) * 1024 / MEGABYTE if found else 0.0
    children = {
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    }
    return own + sum(memory(child) for child in children)


if __name__ == "__main__":
    main(*sys.argv[1:])
