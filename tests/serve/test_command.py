"""`kg serve` as users meet it: it tells where it is, answers there, warns of what it opens, and ends when told."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from serving import ENDLESS
from typer.testing import CliRunner

from kg.cli import app
from kg.serve import pool
from kg.serve.server import _listening


@contextmanager
def kg_serve(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Run the command; yield the process, the address that it tells, and all that it said before."""
    command = [sys.executable, "-m", "kg.cli", "serve", *map(str, arguments)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = ""
    try:
        for line in process.stderr:
            said += line
            if found := re.search(r"at (http://\S+/) ", line):
                yield process, found[1], said
                return
        pytest.fail(f"it ended: {said}")
    finally:
        process.kill()
        process.communicate()


def test_it_tells_where_it_is_and_answers_there(graph_file: Path) -> None:
    with kg_serve(graph_file, "--port", "0") as (_, address, said):
        assert address.startswith("http://127.0.0.1:")
        assert "4 triples" in said
        assert "warning" not in said
        answer = httpx.get(f"{address}sparql", params={"query": "ASK { ?s a lg:Place }"}, trust_env=False)
        assert answer.json()["boolean"] is True


def test_an_output_folder_is_served(graph_file: Path) -> None:
    with kg_serve(graph_file.parent, "--port", "0") as (_, _, said):
        assert "4 triples" in said


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told_and_leaves_nothing_behind(graph_file: Path, tmp_path: Path, end: signal.Signals) -> None:
    os.environ["TMPDIR"] = str(tmp_path)
    try:
        with kg_serve(graph_file, "--port", "0") as (process, _, _):
            assert list(tmp_path.iterdir())
            process.send_signal(end)
            process.wait(timeout=20)
    finally:
        del os.environ["TMPDIR"]
    assert not list(tmp_path.iterdir())


def test_a_query_that_runs_does_not_keep_it_from_ending(graph_file: Path) -> None:
    with (
        kg_serve(graph_file, "--port", "0", "--timeout", "600") as (process, address, _),
        ThreadPoolExecutor() as threads,
    ):
        threads.submit(httpx.post, f"{address}sparql", data={"query": ENDLESS}, timeout=60, trust_env=False)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_public_tells_what_it_opens(graph_file: Path) -> None:
    with kg_serve(graph_file, "--port", "0", "--public", "--timeout", "5") as (_, address, said):
        assert address.startswith("http://0.0.0.0:")
        assert "warning: 0.0.0.0 lets every machine" in said
        assert "up to 5 s" in said


def test_the_head_and_the_body_of_an_answer_are_sent_at_once() -> None:
    with _listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_in_use_is_told(graph_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(app, ["serve", str(graph_file), "--port", str(port)])
    assert result.exit_code == 3
    assert f"127.0.0.1, port {port}: cannot listen there (Address already in use)" in result.output


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.ttl", None, "no such file"),
        ("broken.ttl", "<a:a> <a:b> .", "cannot be read as a graph"),
        ("table.csv", "a,b", "its suffix is none of .ttl"),
    ],
)
def test_a_graph_that_cannot_be_read_is_told(tmp_path: Path, name: str, content: str | None, told: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    result = CliRunner().invoke(app, ["serve", str(tmp_path / name), "--port", "0"])
    assert result.exit_code == 3
    assert told in result.output.replace("\n", " ")


def test_a_host_that_is_none_is_told(graph_file: Path) -> None:
    result = CliRunner().invoke(app, ["serve", str(graph_file), "--host", "no.such.host.invalid"])
    assert result.exit_code == 3
    assert "no.such.host.invalid, port 8000: cannot listen there" in result.output


def test_what_is_loaded_is_told_file_by_file(tmp_path: Path) -> None:
    for name, lines in (("a.nq", 1), ("b.nq", 20_000)):
        line = "<https://example.org/{0}> <https://example.org/p> <https://example.org/o> <https://example.org/g> .\n"
        (tmp_path / name).write_text("".join(line.format(n) for n in range(lines)), encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    contents = pool.load(tmp_path, tmp_path / "store", lambda *step: told.append(step))
    assert contents.triples == 20_000
    assert told == [("load", 0, 2), ("load", 1, 2), ("load", 2, 2)]


@pytest.mark.parametrize(("graphs", "listed"), [(1000, 1000), (1001, 0)])
def test_named_graphs_are_listed_unless_there_are_very_many(tmp_path: Path, graphs: int, listed: int) -> None:
    line = "<https://example.org/s> <https://example.org/p> <https://example.org/o> <https://example.org/g{0}> .\n"
    (tmp_path / "a.nq").write_text("".join(line.format(n) for n in range(graphs)), encoding="utf-8")
    assert len(pool.load(tmp_path, tmp_path / "store").graphs) == listed
