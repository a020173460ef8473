"""A saved web page: its article without navigation, and title, byline, day and paper as the page itself states them.

What the page says in its `<meta>` and JSON-LD is believed: the names that government sites in China have to use
(ArticleTitle, PubDate, ContentSource), then those of the wide world. The traps: a page's own word for its encoding is
wrong often enough to be checked; and the day must come from the page, never from today's clock, which the library
that looks for dates would take as the latest possible.
"""

from __future__ import annotations

import re
from typing import Any

from kg.errors import DamagedError
from kg.ingest.decoding import cleaned, decoded
from kg.ingest.readers.lines import Page
from kg.ingest.readers.web_marks import own_title, told_by_system, trimmed
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings
from kg.ingest.written_dates import written_date
from kg.model import Document, Metadata

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_META = re.compile(
    r"<meta\s[^>]{0,2000}?(?:name|property)\s*=\s*[\"']?(?P<name>[\w:.-]{1,40})[\"']?[^>]{0,2000}>", re.IGNORECASE
)
_CONTENT = re.compile(r"content\s*=\s*(?:\"([^\"]{0,1000})\"|'([^']{0,1000})')", re.IGNORECASE)
_TITLES = ("articletitle", "og:title", "title")
_DATES = ("pubdate", "publishdate", "article:published_time", "og:release_date", "firstcreatedtime")
_PAPERS = ("contentsource", "og:site_name", "source", "mediaid")
_AUTHORS = ("author", "article:author", "editor-in-charge")


def read(source: Source, settings: Settings) -> Reading:
    """Read a web page; a page without an article is a failure that says so."""
    declared = _CHARSET.search(source.data[:4096])
    found = decoded(source.shown, source.data, declared[1].decode("ascii", "ignore") if declared else "")
    doubt = found.doubt(source.shown)
    return Reading((article(source, found.text),), warnings=(doubt,) if doubt else ())


def article(source: Source, html: str) -> Document:
    """Return the article of a page that is already text."""
    import trafilatura

    page: Any = trafilatura.bare_extraction(
        _without_prolog(html),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        include_links=False,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
    )
    body = cleaned(page.text or "") if page is not None else ""
    if not body.strip():
        raise DamagedError(source.shown, "no article in the page, only navigation")
    return _document(source, body, html, page)


def _document(source: Source, body: str, html: str, page: Any) -> Document:
    """Put the article together; of what tells a thing, the newspaper's system is believed first, then `<meta>`."""
    told, system = _told(html), told_by_system(html)
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    title = system.get("title") or _first(told, _TITLES) or own_title(page.title or "", lines)
    lines, info = trimmed(lines, title)
    author = system.get("author") or _first(told, _AUTHORS) or info.get("author", "")
    author = author or (page.author or "").replace(";", " ")
    text = Page()
    text.add_title(title)
    if author and not any(name in "".join(lines[:3]) for name in author.split()):
        text.add_author(author)
    text.add("\n".join(lines))
    dates = (system.get("date", ""), _first(told, _DATES), info.get("date", ""), page.date or "")
    papers = (system.get("newspaper"), _first(told, _PAPERS), info.get("newspaper"), page.sitename)
    day = next(filter(None, map(written_date, dates)), "")
    return source.document(text.text, Metadata(day, next(filter(None, papers), "")), text.titles, False)


def _told(html: str) -> dict[str, str]:
    """Return what the page's `<meta>` elements say, by name in small letters."""
    from html import unescape

    found: dict[str, str] = {}
    for m in _META.finditer(html[:200_000]):
        if content := _CONTENT.search(m.group()):
            value = " ".join(unescape(content[1] or content[2] or "").split())
            found.setdefault(m["name"].lower(), cleaned(value))
    return found


def _first(told: dict[str, str], names: tuple[str, ...]) -> str:
    return next((told[name] for name in names if told.get(name)), "")


def _without_prolog(html: str) -> str:
    """Drop what declares an encoding or entities: the text is decoded already, and no page needs its own."""
    return re.sub(r"<\?xml[^>]{0,200}\?>|<!DOCTYPE[^>\[]{0,500}(?:\[.*?\]\s*)?>", "", html, flags=re.DOTALL)
