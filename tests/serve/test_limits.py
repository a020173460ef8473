"""Limits of the server: each holds, and whoever meets one is told which."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from serving import ENDLESS, SELECT, ask, running, wait_until

from kg.serve.settings import MEGABYTE, Limits, Settings

LIMITS = Limits(seconds=1.5, answer_bytes=MEGABYTE, body_bytes=20_000, memory_bytes=600 * MEGABYTE, workers=2)


@pytest.fixture(scope="module")
def client(graph_file: Path) -> Iterator[httpx.Client]:
    with running(graph_file, Settings(LIMITS)) as (client, _):
        yield client


def test_a_large_body_is_refused(client: httpx.Client) -> None:
    assert ask(client, SELECT + " " * LIMITS.body_bytes).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 1000

    unannounced = client.post("/sparql", content=endless(), headers={"content-type": "application/sparql-query"})
    assert unannounced.status_code == 413


def test_a_large_answer_is_refused(client: httpx.Client) -> None:
    many = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(30)))} }}" for name in "abcd")
    answer = ask(client, f"SELECT * {{ {many} }}")
    assert answer.status_code == 400
    assert "larger than 1 MB" in answer.text


def test_a_query_that_takes_all_memory_ends_its_worker_and_nothing_else(graph_file: Path) -> None:
    many = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(100)))} }}" for name in "abcd")
    limits = Limits(seconds=20, memory_bytes=200 * MEGABYTE, workers=1)
    with running(graph_file, Settings(limits)) as (client, _):
        answer = ask(client, f"SELECT * {{ {many} }} ORDER BY ?a")
        assert answer.status_code == 400
        assert "200 MB" in answer.text
        assert ask(client, SELECT).status_code == 200


@pytest.mark.parametrize("bracket", ["(", "{", "["])
def test_brackets_without_end_are_refused(client: httpx.Client, bracket: str) -> None:
    assert ask(client, "SELECT * WHERE { ?s ?p " + bracket * 5000).status_code == 400
    assert ask(client, SELECT).status_code == 200


def workers() -> set[int]:
    """Processes that this one has started and that still run (Linux)."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ends meanwhile
            found.update(map(int, (task / "children").read_text().split()))
    return found


def test_a_query_without_end_is_stopped_and_its_process_with_it(client: httpx.Client) -> None:
    before = workers()
    start = time.monotonic()
    answer = ask(client, ENDLESS)
    assert answer.status_code == 504
    assert "stopped after 1.5 s" in answer.text
    assert time.monotonic() - start < 1.5 + 2
    wait_until(lambda: len(workers()) == len(before) and len(before - workers()) == 1)
    assert ask(client, SELECT).status_code == 200


def test_queries_without_end_hold_up_nobody_for_long(client: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as threads:
        endless = [threads.submit(ask, client, ENDLESS) for _ in range(4)]
        time.sleep(0.2)
        assert ask(client, SELECT).status_code == 200
        assert {e.result().status_code for e in endless} == {504}


def test_whoever_hangs_up_leaves_no_query_running(graph_file: Path) -> None:
    with running(graph_file, Settings(Limits(seconds=60, workers=1))) as (client, _):
        with pytest.raises(httpx.ReadTimeout):
            client.post("/sparql", data={"query": ENDLESS}, timeout=0.5)
        start = time.monotonic()
        assert ask(client, SELECT).status_code == 200
        assert time.monotonic() - start < 10


def test_too_many_at_once_are_told_to_come_back(graph_file: Path) -> None:
    with (
        running(graph_file, Settings(Limits(seconds=1, workers=1, waiting=1))) as (client, _),
        ThreadPoolExecutor(4) as threads,
    ):
        answers = [a.result() for a in [threads.submit(ask, client, ENDLESS) for _ in range(4)]]
    statuses = sorted(a.status_code for a in answers)
    assert statuses == [503, 503, 504, 504]
    assert {a.headers["retry-after"] for a in answers if a.status_code == 503} == {"1"}


def test_no_process_is_left_behind(graph_file: Path) -> None:
    before = workers()
    with running(graph_file, Settings(LIMITS)):
        assert len(workers()) > len(before)
    assert workers() <= before


def test_a_worker_that_the_system_ends_is_no_querys_fault(graph_file: Path) -> None:
    before = workers()
    with running(graph_file, Settings(LIMITS)) as (client, _):
        for worker in workers() - before:
            os.kill(worker, signal.SIGKILL)
        time.sleep(0.3)
        assert [ask(client, SELECT).status_code for _ in range(4)] == [200] * 4
