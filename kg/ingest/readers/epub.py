"""EPUB: the chapters in the order in which they are read, each a document; headings begin articles.

An EPUB is a ZIP archive whose package file lists what is in it. The trap: it is XML, which could name files of the
reader's disk as entities; none is resolved.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from kg.errors import DamagedError, EmptyInputError
from kg.ingest.decoding import cleaned
from kg.ingest.readers.headings import Block, page_of
from kg.ingest.readers.zipped import Budget, content, opened
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings
from kg.ingest.written_dates import written_date
from kg.model import Document, Metadata

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = {*_HEADINGS, "p", "li", "td", "th", "dt", "dd", "figcaption", "blockquote", "div"}
_SILENT = {"script", "style", "head", "nav", "svg", "rt", "rp"}


def read(source: Source, settings: Settings) -> Reading:
    """Read an EPUB."""
    with opened(source) as archive:
        files, budget = {info.filename: info for info in archive.infolist()}, Budget()

        def parsed(name: str) -> Any:
            if name not in files:
                raise DamagedError(source.shown, f"it has no {name}")
            return _parsed(source, content(archive, files[name], source.member(name, b""), budget))

        root = parsed("META-INF/container.xml").find(".//{*}rootfile")
        package_path = (root.get("full-path") if root is not None else "") or ""
        package = parsed(package_path)
        documents = tuple(_chapters(source, archive, package, package_path, parsed))
    if not documents:
        raise EmptyInputError(source.shown)
    return Reading(documents)


def _chapters(
    source: Source, archive: zipfile.ZipFile, package: Any, package_path: str, parsed: Any
) -> Iterator[Document]:
    metadata = Metadata(written_date(_told(package, "date")), _told(package, "publisher"))
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(posixpath.join(posixpath.dirname(package_path), unquote(item.get("href") or "")))
        page = page_of(list(_blocks(parsed(name))))
        if page.text.strip():
            chapter = source.member(name, archive.read(name))
            yield chapter.document(page.text, metadata, page.titles, is_wrapped=False)


def _told(package: Any, what: str) -> str:
    found = package.find(f".//{_DC}{what}")
    return cleaned(found.text or "").strip() if found is not None else ""


def _parsed(source: Source, data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:  # nothing that could be recovered
        raise DamagedError(source.shown, f"a part of it is no XML: {error}") from error
    if root is None:
        raise DamagedError(source.shown, "a part of it is no XML")
    return root


def _blocks(root: Any) -> Iterator[Block]:
    """Yield the text of each block element that holds no other."""
    for element in root.iter():
        if not isinstance(element.tag, str) or (name := _local(element)) not in _BLOCKS:
            continue
        if any(_local(inner) in _BLOCKS for inner in element.iterdescendants() if isinstance(inner.tag, str)):
            continue
        if not any(_local(above) in _SILENT for above in element.iterancestors()):
            text = " ".join(cleaned("".join(_texts(element))).split())
            yield Block(text, _HEADINGS.get(name, 0))


def _texts(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str) and _local(element) not in _SILENT:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
