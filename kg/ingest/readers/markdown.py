"""Markdown: headings and paragraphs, without their signs; `title`, `author` and `date` of a front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.ingest.decoding import decoded
from kg.ingest.readers.headings import Block, page_of
from kg.ingest.readers.lines import Page
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings
from kg.ingest.written_dates import written_date
from kg.model import Metadata

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---\n(.{0,5000}?)\n---\n", re.DOTALL)
_PAIR = re.compile(r"^(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)


def read(source: Source, settings: Settings) -> Reading:
    """Read Markdown; pictures, code and HTML in it are no text."""
    from markdown_it import MarkdownIt

    found = decoded(source.shown, source.data)
    front = _FRONT.match(found.text)
    told = dict(_PAIR.findall(front[1])) if front else {}
    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).parse(found.text[front.end() if front else 0 :])
    page = page_of(list(_blocks(tokens)))
    if title := told.get("title", ""):
        page = _under(title, told.get("author", ""), page)
    doubt = found.doubt(source.shown)
    metadata = Metadata(written_date(told.get("date", "")), told.get("newspaper", ""))
    document = source.document(page.text, metadata, page.titles, is_wrapped=False)
    return Reading((document,), warnings=(doubt,) if doubt else ())


def _under(title: str, author: str, page: Page) -> Page:
    """Put the headline of the front matter above, unless the text has one of its own."""
    if page.titles:
        return page
    whole = Page()
    whole.add_title(title)
    whole.add_author(author)
    whole.add(page.text)
    return whole


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            yield Block(_plain(token), level)


def _plain(inline: Token) -> str:
    """Return what a reader sees: a line break inside a paragraph parts no Chinese words."""
    parts = {"softbreak": "", "hardbreak": "\n"}
    return "".join(
        parts.get(t.type, t.content if t.type in ("text", "code_inline") else "") for t in inline.children or ()
    )
