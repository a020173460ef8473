"""The disk's real faults: each leaves the old output as it was, and ends in a message."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import ingest, output, pipeline
from kg.errors import OutputError
from kg.export import EXPORTERS, Contents, Exporter
from kg.ingest.paths import Inputs
from kg.pipeline import BuildResult, build, write_output

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt"))
NOBODY = 65534


@pytest.fixture(scope="module")
def old() -> BuildResult:
    return build(TEXTS[:1])


@pytest.fixture(scope="module")
def new() -> BuildResult:
    return build(TEXTS[1:2])


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def message_in_a_process(action: Callable[[], object]) -> str:
    """Run something in a forked process, whose limits and rights end with it; return the OutputError it ended in."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            action()
        except OutputError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        told = stream.read()
    os.waitpid(process, 0)
    return told


def test_a_file_that_grows_over_what_is_allowed(tmp_path: Path, old: BuildResult, new: BuildResult) -> None:
    write_output(old, tmp_path)
    before = content(tmp_path)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        write_output(new, tmp_path)

    assert "cannot write the output (File too large)" in message_in_a_process(limited)
    assert content(tmp_path) == before
    assert output.is_whole(tmp_path)


@pytest.mark.parametrize("last", [False, True])
def test_a_full_disk(
    tmp_path: Path, old: BuildResult, new: BuildResult, monkeypatch: pytest.MonkeyPatch, last: bool
) -> None:
    """The system's own error of a full disk, in the first file or after the others."""
    write_output(old, tmp_path)
    before = content(tmp_path)

    def full(_: Contents, path: Path) -> None:
        with open("/dev/full", "w", encoding="utf-8") as disk:
            disk.write("graph")

    row = Exporter("full", ".full", "text/plain", full, built=True)
    monkeypatch.setattr(pipeline, "EXPORTERS", (*EXPORTERS, row) if last else (row, *EXPORTERS))
    with pytest.raises(OutputError, match="No space left on device"):
        write_output(new, tmp_path)
    assert content(tmp_path) == before
    assert output.is_whole(tmp_path)


@pytest.mark.parametrize("locked", ["folder", "state"])
def test_an_output_that_may_only_be_read(tmp_path: Path, old: BuildResult, new: BuildResult, locked: str) -> None:
    """Root may write everywhere, so a process without its rights tries."""
    folder = tmp_path / "output"
    write_output(old, folder)
    before = content(folder)
    for path in (tmp_path.parent.parent, tmp_path.parent, tmp_path, folder, folder / output.STATE):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / output.STATE / "lock").chmod(0o666 if locked == "state" else 0o444)
    mode = folder.stat().st_mode
    folder.chmod(0o555)

    def powerless() -> None:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        write_output(new, folder)

    try:
        assert "Permission denied" in message_in_a_process(powerless)
    finally:
        folder.chmod(mode)
    assert content(folder) == before
    assert output.is_whole(folder)


def test_a_file_that_vanishes_while_the_folder_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: BuildResult
) -> None:
    """Between the listing of a folder and the reading of a file another program removes it."""
    for text in TEXTS[:2]:
        (tmp_path / text.name).write_bytes(text.read_bytes())
    find = ingest.find_inputs

    def found_then_removed(*args: object) -> Inputs:
        inputs = find(*args)  # type: ignore[arg-type]
        (tmp_path / TEXTS[1].name).unlink()
        return inputs

    monkeypatch.setattr(ingest, "find_inputs", found_then_removed)
    result = build(tmp_path)
    assert len(result.failures) == 1
    assert f"{TEXTS[1].name}: cannot be read (No such file or directory)" in str(result.failures[0])
    assert [d.source for d in result.graph.documents.values()] == [TEXTS[0].name]


@pytest.mark.parametrize("options", [("--articles", "1"), ("--articles", "8", "--engine", "disk")])
def test_twenty_kills_at_random_moments_tear_nothing(options: tuple[str, ...]) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "kills.py"), "--kills", "20", *options]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert told["killed"] == 20
    assert told["torn"] == 0
