"""A reader that a file leads astray is ended, says so, and the next file is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.errors import DamagedError, InputError, ReaderLimitError
from kg.ingest.isolation import Readers
from kg.ingest.reading import Source
from kg.ingest.settings import Settings

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
    with Readers(seconds=2, megabytes=600, program=PROGRAM) as readers:
        began = time.monotonic()
        with pytest.raises(error, match=words) as raised:
            reading(readers, deed)
        assert time.monotonic() - began < 10
        assert raised.value.path == "folder/a.html"
        assert reading(readers, "print") == "昨晚，路灯亮了。"


def test_no_process_is_left_behind() -> None:
    with Readers(program=PROGRAM) as readers:
        reading(readers, "print")
        worker = readers._worker
    assert worker is not None
    assert worker.returncode is not None
