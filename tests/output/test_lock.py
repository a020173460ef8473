"""One build at a time in an output folder; a dead one holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg import output
from kg.errors import OutputBusyError, OutputError

HOLDER = """
import os, sys
from kg import output
with output.locked(sys.argv[1]):
    if "worker" in sys.argv and os.fork() == 0:
        sys.stdin.read()
        os._exit(0)
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Give another process that holds the folder until it is told to end."""
    command = [sys.executable, "-c", HOLDER, str(folder), *more]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        assert process.stdin
        process.stdin.close()


def test_a_second_build_is_told_which_process_holds_the_folder(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(OutputBusyError, match=f"process {process.pid} is building into it.*wait.*-o"):
            output.locked(tmp_path).__enter__()
        command = [sys.executable, "-m", "kg.cli", "build", __file__, "-o", str(tmp_path)]
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        assert second.returncode == 3
        assert second.stderr.startswith(f"error: {tmp_path}: process {process.pid} is building into it")
    with output.locked(tmp_path):  # it has ended
        pass


def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
        assert (tmp_path / ".kg" / "lock").is_file()
        with output.locked(tmp_path):
            pass


def test_a_worker_that_outlives_its_killed_build_holds_nothing(tmp_path: Path) -> None:
    with holder(tmp_path, "worker") as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with output.locked(tmp_path):
            pass


def test_who_holds_the_folder_may_ask_again_another_thread_not(tmp_path: Path) -> None:
    errors: list[OutputError] = []

    def other() -> None:
        try:
            output.locked(tmp_path).__enter__()
        except OutputBusyError as error:
            errors.append(error)

    with output.locked(tmp_path), output.locked(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert [error.process for error in errors if isinstance(error, OutputBusyError)] == [os.getpid()]


def test_a_folder_that_nothing_came_of_is_gone(tmp_path: Path) -> None:
    with output.locked(tmp_path / "new"):
        assert (tmp_path / "new").is_dir()
    assert not (tmp_path / "new").exists()
    with output.locked(tmp_path / "new"):
        (tmp_path / "new" / "notes.md").write_text("mine", encoding="utf-8")
    assert (tmp_path / "new" / "notes.md").is_file()


def test_what_is_no_folder_cannot_be_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write the output"):
        output.locked(tmp_path / "file").__enter__()
