"""A reader that a file leads astray is ended, says so, and the next file is read."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DamagedError, InputError, ReaderLimitError
from kg.ingest.isolation import Readers
from kg.ingest.reading import Source, from_json
from kg.ingest.settings import Settings

ROOT = Path(__file__).parents[2]
SAMPLES = Path(__file__).with_name("samples")
PROGRAM = (str(Path(__file__).with_name("misbehaving.py")),)


def reading(readers: Readers, deed: str) -> str:
    return readers.read(Source("a.html", deed.encode(), "folder/a.html"), Settings()).documents[0].text


@pytest.mark.parametrize(
    ("deed", "error", "words"),
    [
        ("hang", ReaderLimitError, "no answer within 2 seconds"),
        ("eat", ReaderLimitError, "memory"),
        ("die", ReaderLimitError, "it died"),
        ("recurse", ReaderLimitError, "nested too deeply"),
        ("connect", DamagedError, "may not use socket"),
        ("fetch", DamagedError, "may not use socket"),
        ("run", DamagedError, "may not use subprocess"),
        ("write", DamagedError, "may not use open for writing"),
    ],
)
def test_a_reader_that_misbehaves_is_stopped_and_the_next_file_is_read(
    deed: str, error: type[InputError], words: str
) -> None:
    with Readers(seconds=2 if deed == "hang" else 60, megabytes=600, program=PROGRAM) as readers:
        began = time.monotonic()
        with pytest.raises(error, match=words) as raised:
            reading(readers, deed)
        assert time.monotonic() - began < 60
        readers._seconds = 60  # to start another process takes longer where others work
        assert raised.value.path == "folder/a.html"
        assert reading(readers, "print") == "昨晚，路灯亮了。"


def test_no_process_is_left_behind() -> None:
    with Readers(program=PROGRAM) as readers:
        reading(readers, "print")
        worker = readers._worker
    assert worker is not None
    assert worker.returncode is not None


@pytest.mark.parametrize(
    "change",
    [{"text": 7}, {"titles": [{"start": 0, "end": 10**9}]}, {"is_wrapped": 1}, {"metadata": 3}, {"source": []}],
)
def test_an_answer_that_is_no_reading_is_refused(change: dict[str, Any]) -> None:
    document = asdict(Source("a.html", b"").document("昨晚，路灯亮了。"))
    with pytest.raises(ValueError, match=r"no document|no reading|headline"):
        from_json({"documents": [document | change], "failures": [], "warnings": [], "files": []})
    with pytest.raises(ValueError, match="no reading"):
        from_json({"documents": [document]})


@pytest.mark.parametrize(
    "told", ["7", "null", "[]", "{}", '{"error": {}}', '{"error": 7}', '{"reading": 7}', "[" * 9999]
)
def test_an_answer_that_is_none_ends_with_its_file(told: str) -> None:
    with Readers(program=PROGRAM) as readers:
        with pytest.raises(ReaderLimitError, match="its answer makes no sense"):
            reading(readers, f"answer {told}")
        assert reading(readers, "print") == "昨晚，路灯亮了。"


NO_NETWORK = """
import sys
def refuse(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        print("asked the network:", event, arguments, flush=True)
        raise OSError("no network")
sys.addaudithook(refuse)
from kg.ingest import read_paths
found = read_paths([sys.argv[1]])
print(len(found.documents), [str(f) for f in found.failures])
"""


def test_no_reader_asks_the_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, str(SAMPLES)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "network" not in done.stdout
    assert done.stdout == "13 []\n"
