"""What is fuzzed, one row each: bytes → nothing, or a crash.

What may come of any bytes is documents or a KgError. Everything else is a crash: another exception, records that break
what the next stage relies on, and a reader's fault that came back as a damaged file with the exception's name in it.
The readers run in this process, not in one of their own, so that their coverage can be seen. The trap: two limits of
the real process are none here, so MemoryError and RecursionError of an isolated reader are what they are there: errors.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fuzz import seeds

from kg.errors import InputError, KgError
from kg.ingest import isolation
from kg.ingest.decoding import cleaned
from kg.ingest.isolation import Later, Readers
from kg.ingest.printed import Fragment, PrintedPage, read_pages
from kg.ingest.readers import Reader, pdf
from kg.ingest.reading import FileNote, Reading, Source, from_json, to_json
from kg.ingest.settings import COLUMNS, Settings, filled, read_settings
from kg.ingest.sidecar import parse_sidecar
from kg.layout import split_articles
from kg.model import Document, Metadata
from kg.understanding import understand

_FAULT = re.compile(r"\(((?!Unicode)\w*(?:Error|Exception)): ")  # how isolation and worker tell of an exception
_PATHS = ("jxrb/2022-07-16/04.txt", "嘉兴日报/20220716/a/b/c.html#3", "")


class Crash(Exception):
    """What may not come of any bytes."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is given any bytes."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]
    most: int = 4096
    """Bytes that are given at once."""


class _Here(Readers):
    """Readers without a process of their own."""

    def _isolated(self, row: Reader, source: Source, settings: Settings) -> Later:
        assert row.read
        try:
            reading = row.read(source, settings)
        except (MemoryError, RecursionError) as error:
            raise InputError(source.shown, type(error).__name__) from error
        return lambda: reading


def read_as(name: str, pack: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    """Return what gives bytes, packed, to the reader that takes files of a name; all that is in an archive is read."""

    def run(data: bytes) -> None:
        guarded, isolation._guarded = isolation._guarded, lambda read, source, settings: read(source, settings)
        try:
            check(_Here().read(Source(name, pack(data), f"/news/{name}"), Settings()))
        except KgError as error:
            _no_fault(error)
        finally:
            isolation._guarded = guarded

    return run


def check(reading: Reading) -> None:
    """Look at what a reader gave as the next stages do: written as JSON, filled from its path, cut into articles."""
    for error in (*reading.failures, *reading.warnings):
        _no_fault(error)
    written = json.dumps(to_json(reading))
    if json.dumps(to_json(from_json(json.loads(written)))) != written:
        raise Crash("the reading changes on its way between processes")
    for document in reading.documents:
        document.source.encode()
        told = filled(document.metadata, Settings().metadata(document.source))
        if not all(isinstance(value, str) for value in (told.published, told.newspaper, told.home)):
            raise Crash("metadata that is no text")
        cut(document)


def cut(document: Document) -> None:
    """Cut a document into articles whose parts have words in them."""
    document.text.encode()
    if re.search("[\0\r]", document.text) or not all(span.of(document.text).strip() for span in document.titles):
        raise Crash("a text with signs that none has, or a headline without words")
    try:
        articles = split_articles(document)
    except KgError:
        return
    if not all(span.of(article.text) for article in articles for span in article.bodies()):
        raise Crash("an empty part of an article")


def read_sidecar(data: bytes) -> None:
    """Read a sidecar."""
    try:
        told = parse_sidecar("a.meta.toml", data)
    except KgError:
        return
    if filled(told, Metadata("2022", "b", "c")).published != (told.published or "2022"):
        raise Crash("a sidecar's word is not taken")


def read_kg_toml(data: bytes) -> None:
    """Read settings, and what paths mean by them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "kg.toml").write_bytes(data)
        try:
            settings = read_settings(Path(folder))
        except KgError:
            return
    for path in _PATHS:
        told = settings.metadata(path)
        (told.newspaper + told.home + settings.home_of(told.newspaper)).encode()
    if not set(settings.columns) <= set(COLUMNS):
        raise Crash("an unknown column")


def understand_text(data: bytes) -> None:
    """Find everything in a text; each mention is made of words of its article."""
    text = data.decode("utf-8", "replace").replace("\0", "").replace("\r", "\n")
    found = understand(Document("page.txt", text, "0", Metadata("2022-07-16", home="嘉兴市")))
    if not isinstance(found, KgError):
        for article, findings in found:
            if any(article.text[m.start : m.end] != m.text for m in findings.mentions):
                raise Crash("a mention that its article does not hold")


def read_pdf(data: bytes) -> None:
    """Read a PDF; pages that are pictures are drawn but not looked at, which takes a second and has its own row."""

    def read_picture(pixels: Any, shown: str) -> PrintedPage:
        height, width = pixels.shape[:2]
        return PrintedPage((Fragment("路灯亮了。", 0, 0, width / 2, 10, 10),), width, height)

    looked_at = pdf.read_picture  # type: ignore[attr-defined]
    pdf.read_picture = read_picture  # type: ignore[attr-defined]
    try:
        _read_any_pdf(data)
    finally:
        pdf.read_picture = looked_at  # type: ignore[attr-defined]


_read_any_pdf = read_as("a.pdf")


def read_printed(data: bytes) -> None:
    """Put printed pages together."""
    page, metadata = read_pages(seeds.printed_pages(cleaned(data.decode("utf-8", "replace")).replace("\0", "")))
    note = FileNote("page", "PDF", 1)
    check(Reading((Source("page", data).document(page.text, metadata, page.titles),), files=(note,)))


def _no_fault(error: KgError) -> None:
    if found := _FAULT.search(str(error)):
        raise Crash(f"a fault in a reader: {found[1]}: {error}")


TARGETS: tuple[Target, ...] = (
    Target("text", read_as("a.txt"), seeds.texts),
    Target("html", read_as("a.html"), seeds.html),
    Target("markdown", read_as("a.md"), seeds.markdown),
    Target("docx", read_as("a.docx", seeds.as_docx), seeds.docx_parts),
    Target("docx-packed", read_as("a.docx"), seeds.docx, 40_000),
    Target("pdf", read_pdf, seeds.pdf),
    Target("printed", read_printed, seeds.printed),
    Target("picture", read_as("a.png"), seeds.pictures, 2048),
    Target("epub", read_as("a.epub", seeds.as_epub), seeds.epub_parts),
    Target("epub-packed", read_as("a.epub"), seeds.epub),
    Target("jsonl", read_as("a.jsonl"), seeds.jsonl),
    Target("csv", read_as("a.csv"), seeds.csv),
    Target("warc", read_as("a.warc"), seeds.warc),
    Target("zip", read_as("a.zip"), seeds.zips),
    Target("sidecar", read_sidecar, seeds.sidecars),
    Target("settings", read_kg_toml, seeds.settings),
    Target("understanding", understand_text, seeds.pages, 2048),
)
"""Row by row: a name, what is called, what it begins with."""


def named(name: str) -> Target:
    """Return the row of a name."""
    return next(target for target in TARGETS if target.name == name)
