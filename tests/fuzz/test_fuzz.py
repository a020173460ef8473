"""What any bytes may come to: each target takes what it begins with, and what once was a crash; a fault is seen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from fuzz import seeds
from fuzz.targets import TARGETS, Crash, Target, check, named, read_as

from kg.errors import DamagedError
from kg.ingest.isolation import Readers
from kg.ingest.readers import READERS
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_target_takes_what_it_begins_with(target: Target) -> None:
    for seed in target.seeds()[:3]:
        target.run(seed)


def test_every_reader_has_a_target() -> None:
    rows = {row.name for row in READERS}
    assert rows == {
        *("text", "HTML", "Markdown", "Word", "PDF", "picture", "EPUB", "JSON Lines", "CSV", "web archive", "ZIP")
    }, "a new reader: give it a row in tests/fuzz/targets.py, then its name here"


def test_a_fault_in_a_reader_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Crash, match="IndexError"):
        check(Reading(failures=(DamagedError("a.zip", "IndexError: string index out of range"),)))
    monkeypatch.setattr("kg.ingest.decoding.cleaned", lambda text: text[10**6])
    with pytest.raises(IndexError):
        read_as("a.txt")("新塍镇的路灯亮了。".encode())


def docx_changed(old: bytes, new: bytes, times: int = -1) -> bytes:
    (data,) = seeds.docx()
    assert old in data
    return data.replace(old, new, times)


def docx_whose_headers_say(value: int, place: int) -> bytes:
    """Return a Word file with a value in the header of each of its parts, in both places where one stands."""
    data = bytearray(*seeds.docx())
    for mark, shift in ((b"PK\3\4", 0), (b"PK\1\2", 2)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place + shift] = value
    return bytes(data)


def nameless() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), "路灯亮了。")
        archive.writestr("a.txt", "路灯亮了。")
    return stream.getvalue()


def styleless() -> bytes:
    return seeds.as_docx(seeds.docx_parts()[0].replace(b"<w:pStyle w:val=", b"<w:pStyle w:no="))


WITHOUT_ADDRESS = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n"
CRASHES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a style without its name": ("docx-packed", styleless),
    "a part whose check sum is wrong": ("docx-packed", lambda: docx_changed("新塍镇".encode(), "新塍鎮".encode())),
    "a part that its header calls otherwise": ("docx-packed", lambda: docx_changed(b"_rels/.rels", b"_rals/.rels", 1)),
    "parts behind a password": ("docx-packed", lambda: docx_whose_headers_say(1, 6)),
    "parts packed in a way that nobody knows": ("docx-packed", lambda: docx_whose_headers_say(99, 8)),
    "a record without an address": ("warc", lambda: WITHOUT_ADDRESS),
    "a member without a name": ("zip", nameless),
}


@pytest.mark.parametrize(("name", "made"), CRASHES.values(), ids=CRASHES)
def test_what_once_was_a_crash_is_an_error_that_names_the_file(name: str, made: Callable[[], bytes]) -> None:
    data = made()
    named(name).run(data)
    suffix = {"docx-packed": "docx"}.get(name, name)
    with Readers() as readers:
        try:
            reading = readers.read(Source(f"a.{suffix}", data), Settings())
        except DamagedError as error:
            assert f"a.{suffix}" in str(error)
        else:
            assert f"a.{suffix}" in str(reading.failures[0])
