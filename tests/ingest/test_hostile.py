"""Files made to do harm end in an error of their own, and the others are read."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from printed_pages import pdf
from rdflib import DCTERMS, Graph

from kg.errors import DamagedError, HostileError, InputError, ReaderLimitError
from kg.ingest import read_paths
from kg.ingest.isolation import Readers
from kg.ingest.reading import Source
from kg.ingest.settings import Settings
from kg.pipeline import build, write_output

SAMPLES = Path(__file__).with_name("samples")
TEXT = "昨晚，村口的路灯第一次亮了。"


def archive(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


def nested(depth: int) -> bytes:
    data = archive(("a.txt", TEXT.encode()))
    for _ in range(depth):
        data = archive(("inner.zip", data))
    return data


def lying() -> bytes:
    """Return an archive whose member is a thousand times larger than it says."""
    data = bytearray(archive(("a.txt", b"\n" * 5_000_000)))
    for sign, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<L", data, data.find(sign) + offset, 5_000)
    return bytes(data)


def entities(name: str, inside: str) -> bytes:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "哈"><!ENTITY f SYSTEM "file:///etc/hostname">{bomb}]>'
    with zipfile.ZipFile(SAMPLES / name) as file:
        members = [(i.filename, file.read(i)) for i in file.infolist()]
    return archive(
        *((n, data.replace(b"?>", b"?>" + doctype.encode(), 1) if n == inside else data) for n, data in members)
    )


def looping_pdf() -> bytes:
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>",
    )


def endless_pdf() -> bytes:
    """Return a PDF whose page draws a form that draws itself, 60,000 words, and a pattern of pages that is a lie."""
    words = b"BT /F1 9 Tf 0 790 Td " + (b"(word) Tj 30 0 Td " * 18 + b"-540 -.2 Td ") * 3_500 + b"ET /X Do"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 99999999 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 4 0 R >> >> >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d >>\nstream\n%b\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def read_beside(tmp_path: Path, name: str, data: bytes) -> list[InputError]:
    """Read a hostile file beside a good one, which must be read."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    found = read_paths([tmp_path])
    assert "good.txt" in [d.source for d in found.documents]
    return list(found.failures)


@pytest.mark.parametrize(
    ("name", "make", "error", "words"),
    [
        ("bomb.zip", lambda: archive(("a.txt", b"\n" * 300_000_000)), HostileError, "would be unpacked to 300,000,000"),
        ("bomb.docx", lambda: archive(("word/document.xml", b" " * 300_000_000)), HostileError, "would be unpacked"),
        ("bomb.epub", lambda: archive(("mimetype", b" " * 300_000_000)), HostileError, "would be unpacked"),
        ("lying.zip", lying, DamagedError, "is damaged"),
        ("deep.zip", lambda: nested(4), HostileError, "nested in 3 archives"),
        ("climbing.zip", lambda: archive(("../../x.txt", TEXT.encode())), HostileError, "out of the archive"),
        ("rooted.zip", lambda: archive(("/etc/x.txt", TEXT.encode())), HostileError, "out of the archive"),
        ("link.zip", lambda: archive(link("a.txt", "/etc/passwd")), HostileError, "it is a link"),
        ("cut.zip", lambda: archive(("a.txt", TEXT.encode()))[:-30], DamagedError, "cut off"),
        ("text.docx", lambda: TEXT.encode(), DamagedError, "no ZIP archive"),
        ("empty.docx", lambda: archive(("word/x", b"")), DamagedError, "no Word file"),
        ("broken.warc.gz", lambda: gzip.compress(b"WARC/1.0\r\nnonsense"), DamagedError, "holds nothing to read"),
        ("cut.pdf", lambda: b"%PDF-1.7\n1 0 obj", DamagedError, "is damaged"),
        ("loop.pdf", looping_pdf, InputError, "loop.pdf"),
        ("nul.html", lambda: b"<html>\0\0\0" + b"\0" * 100, InputError, "is not a text file"),
    ],
)
def test_a_hostile_file_is_refused_and_the_others_are_read(
    tmp_path: Path, name: str, make: Callable[[], bytes], error: type[InputError], words: str
) -> None:
    (failure,) = read_beside(tmp_path, name, make())
    assert isinstance(failure, error)
    assert words in str(failure)
    assert name in failure.path


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with open(tmp_path / "vast.txt", "wb") as file:
        file.truncate(1_000_000_000)  # on the disk it takes no room
    tracemalloc.start()
    (failure,) = read_paths([tmp_path]).failures
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "is too large (more than 500 MB)" in str(failure)
    assert peak < 1_000_000


def test_a_text_of_one_endless_line_is_refused(tmp_path: Path) -> None:
    failures = read_beside(tmp_path, "line.txt", "长".encode() * 10_000_000)
    assert [type(f).__name__ for f in failures] == ["LongLineError"]
    failures = read_beside(tmp_path, "line.txt", b"a" * 100_000_001)
    assert [type(f).__name__ for f in failures] == ["TooLargeError"]


def test_a_pdf_that_keeps_its_reader_busy_for_minutes_is_ended() -> None:
    with Readers(seconds=3) as readers, pytest.raises(ReaderLimitError, match="no answer within 3 seconds"):
        readers.read(Source("endless.pdf", endless_pdf()), Settings())


def test_good_members_of_an_archive_are_read_beside_bad_ones(tmp_path: Path) -> None:
    data = archive(("a.txt", TEXT.encode()), ("../b.txt", b"x"), ("c.txt", b"\0\1\2"), ("d.html", b"<html></html>"))
    (tmp_path / "mixed.zip").write_bytes(data)
    found = read_paths([tmp_path])
    assert [d.source for d in found.documents] == ["mixed.zip/a.txt"]
    assert len(found.failures) == 3


def test_archives_are_read_to_three_levels(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(nested(2))
    assert [d.source for d in read_paths([tmp_path]).documents] == ["a.zip/inner.zip/inner.zip/a.txt"]


@pytest.mark.parametrize(("name", "inside"), [("bulletin.docx", "word/document.xml"), ("book.epub", "OEBPS/ch1.xhtml")])
def test_entities_of_xml_are_not_resolved(tmp_path: Path, name: str, inside: str) -> None:
    (tmp_path / name).write_bytes(entities(name, inside))
    found = read_paths([tmp_path])
    host = Path("/etc/hostname")
    secret = host.read_text(encoding="utf-8").strip() if host.exists() else "no such host"
    assert all(len(d.text) < 10_000 and secret not in d.text for d in found.documents)


def test_a_page_nested_a_million_deep_is_ended(tmp_path: Path) -> None:
    deep = b"<html><body>" + b"<div>" * 1_000_000 + TEXT.encode()
    failures = read_beside(tmp_path, "deep.html", deep)
    assert [Path(f.path).name for f in failures] == ["deep.html"]


NAMES = (
    "=cmd|'calc'!A0.txt",
    "<script>alert(1)<\u2215script>.txt",
    "> <b> . @prefix x: <y> .txt",
    '"; DROP ALL #.txt',
    "${x}`id`.txt",
    "%2e%2e%2f.txt",
)


def test_names_that_are_code_stay_names_in_the_graph(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_text("路灯亮了\n\n" + TEXT, encoding="utf-8")
    write_output(build(tmp_path), tmp_path / "out")
    graph = Graph().parse(tmp_path / "out" / "graph.ttl")
    assert {str(source) for source in graph.objects(None, DCTERMS.source)} >= set(NAMES)


def test_names_that_break_lines_or_turn_the_direction_are_shown_without(tmp_path: Path) -> None:
    for name in ("a\nerror: all is well.txt", "gpj\u202etxt.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = [d.source for d in read_paths([tmp_path]).documents]
    assert found == ["a\ufffderror: all is well.txt", "gpj\ufffdtxt.txt"]
