"""The commands of docs/stores.md do what the page says: each block is run as a reader would run it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from servers import free_port

from kg.query import read_query, run, source_of

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"^## ([^\n]+)\n(?:(?!^## ).)*?```sh\n(.*?)```", (ROOT / "docs/stores.md").read_text("utf-8"), re.M | re.S
)
PORTS = ("7878", "1111", "8890")


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with output/ and queries/, as a reader has it."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "output").mkdir()
    shutil.copy(ROOT / "output" / "graph.ttl", folder / "output")
    (folder / "queries").symlink_to(ROOT / "queries")
    return folder


def output_of(script: str, folder: Path) -> str:
    """Run a script with the programs of this environment; end all that it started."""
    for port in PORTS:
        script = re.sub(rf"\b{port}\b", str(free_port()), script)
    path = os.pathsep.join(
        [str(Path(sys.executable).parent), str(ROOT / "tests/npm/node_modules/.bin"), os.environ["PATH"]]
    )
    printed = folder / "printed"  # a file: a server that the script leaves running would hold a pipe open
    with open(printed, "w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=folder,
            env={**os.environ, "PATH": path},
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        process.wait(60)
    finally:
        with suppress(ProcessLookupError):  # nothing was left running
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.returncode == 0, printed.read_text(encoding="utf-8")
    return printed.read_text(encoding="utf-8")


def test_there_is_a_block_for_each_store():
    assert [name for name, _ in BLOCKS] == ["Oxigraph", "Virtuoso 7.2", "Comunica", "rdflib"]


@pytest.mark.parametrize(("name", "script"), BLOCKS, ids=[name for name, _ in BLOCKS])
def test_a_block_prints_who_holds_which_office(place, name, script):
    table = run(source_of(place / "output"), read_query(str(ROOT / "queries" / "officials.rq")))
    printed = output_of(script, place)
    assert len(table.rows) > 3
    for row in table.cells():
        assert any(all(cell in line for cell in row) for line in printed.splitlines()), (row, printed)
