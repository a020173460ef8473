"""WARC, the web archives' format: each page that a server answered with is a member, named by its address.

The trap: what was fetched may be packed once more (gzip, Brotli) and be a bomb; it is read piece by piece up to what is
left. The day of a record is that of the visit, not of the page, and is not used.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any

from kg.errors import DamagedError, HostileError, InputError
from kg.ingest.readers.zipped import MAX_MEMBER, Budget
from kg.ingest.reading import Source

_MEDIA = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}


def unpacked(source: Source, budget: Budget) -> Iterator[Source | InputError]:
    """Yield the pages and files of a web archive, in their order."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        records = ArchiveIterator(io.BytesIO(source.data))
        while (record := _next(records)) is not None:
            if suffix := _suffix(record):
                yield _member(source, record, suffix, budget)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError) as error:  # the last: no address in it
        yield DamagedError(source.shown, f"no web archive from here on: {error}"[:200])


def _next(records: Iterator[Any]) -> Any:
    """Return the next record, None at the end; what the library would print of a broken one goes nowhere."""
    with open(os.devnull, "w", encoding="utf-8", errors="replace") as nowhere, redirect_stderr(nowhere):
        return next(records, None)


def _member(source: Source, record: Any, suffix: str, budget: Budget) -> Source | InputError:
    address = record.rec_headers.get_header("WARC-Target-URI") or "unnamed"
    member = source.member(address, b"")
    limit = min(MAX_MEMBER, budget.size)
    data = record.content_stream().read(limit + 1)
    budget.spend(member, len(data))
    if len(data) > limit:
        return HostileError(member.shown, f"unpacked it is more than {limit:,} bytes")
    return Source(member.name, data, member.path, suffix=suffix)


def _suffix(record: Any) -> str:
    """Return the suffix that fits what the server said; empty for what is no page."""
    if record.rec_type == "resource":
        media = record.rec_headers.get_header("Content-Type") or ""
    elif record.rec_type == "response" and record.http_headers:
        if record.http_headers.get_statuscode() != "200":
            return ""
        media = record.http_headers.get_header("Content-Type") or ""
    else:
        return ""
    return _MEDIA.get(media.partition(";")[0].strip().lower(), "")
