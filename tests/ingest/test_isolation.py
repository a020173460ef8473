"""A reader that a file leads astray is ended, says so, and the next file is read."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DamagedError, InputError, ReaderLimitError
from kg.ingest import Reading, read_paths
from kg.ingest.isolation import Later, Readers
from kg.ingest.process import Limits
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
        readers._processes[0]._limits = Limits(60, 600)  # to start another takes longer where others work
        assert raised.value.path == "folder/a.html"
        assert reading(readers, "print") == "昨晚，路灯亮了。"


def test_no_process_is_left_behind() -> None:
    with Readers(program=PROGRAM) as readers:
        reading(readers, "print")
        process = readers._processes[0]._process
    assert process is not None
    assert process.returncode is not None


def begun(readers: Readers, *deeds: str) -> list[Later]:
    """Begin to read files that do what they say, each a.html, b.html …"""
    names = "abcdefgh"
    found = [
        readers.begin(Source(f"{name}.html", deed.encode()), Settings())
        for name, deed in zip(names, deeds, strict=False)
    ]
    assert not any(isinstance(later, Reading) for later in found)
    return found  # type: ignore[return-value]


def outcome(later: Later) -> str:
    try:
        return later().documents[0].text
    except InputError as error:
        return f"{error.path}: {type(error).__name__}"


def test_processes_work_side_by_side() -> None:
    with Readers(2, program=PROGRAM) as readers:
        first, second = map(outcome, begun(readers, "nap", "nap"))
    assert first.isdecimal()
    assert second.isdecimal()
    assert first != second


def test_one_that_dies_or_hangs_takes_its_own_file_alone_and_all_come_in_their_order() -> None:
    deeds = ("print", "die", "print", "hang", "print", "eat", "print", "print")
    with Readers(2, seconds=8, megabytes=600, program=PROGRAM) as readers:
        outcomes = [outcome(later) for later in begun(readers, *deeds)]
    read = "昨晚，路灯亮了。"
    died, late, greedy = (f"{name}.html: ReaderLimitError" for name in "bdf")
    assert outcomes == [read, died, read, late, read, greedy, read, read]


def test_those_that_read_are_ended_on_leaving_and_none_is_started_then() -> None:
    began = time.monotonic()
    with Readers(2, program=PROGRAM) as readers:
        first, *_ = begun(readers, "hang", "hang", "print")
        processes = [p for p in readers._processes if p._process]
    assert time.monotonic() - began < 30
    assert outcome(first) == "a.html: ReaderLimitError"
    assert all(p._process is None for p in processes)


def test_no_more_files_wait_in_memory_than_there_are_processes_and_one() -> None:
    with Readers(2, program=PROGRAM) as readers:
        begun(readers, "nap", "nap", "nap")
        began = time.monotonic()
        begun(readers, "print")
        assert time.monotonic() - began > 0.3


def as_text(reading: Reading) -> str:
    """Errors have no equality of their own."""
    return repr((reading.documents, list(map(str, (*reading.failures, *reading.warnings))), reading.files))


def test_however_many_read_what_comes_of_it_is_the_same(tmp_path: Path) -> None:
    for path in SAMPLES.iterdir():
        shutil.copy(path, tmp_path / path.name)
    (tmp_path / "broken.docx").write_bytes(b"PK\3\4 no archive")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 cut")
    (tmp_path / "page.txt").write_text("新塍镇启动了。", encoding="utf-8")
    one, two, five = (as_text(read_paths([tmp_path], workers=count)) for count in (1, 2, 5))
    assert one == two == five


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
