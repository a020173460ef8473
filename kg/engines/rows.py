"""The one kind of row that an engine stores and sends, and the step from a document to such rows.

In: a document. Out: `extract(document)`: rows of plain strings, numbers and bytes. The trap: an engine groups and joins
rows by their texts alone, and never looks into their data; so whatever it must compare stands in a column.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.engines.records import packed, told_as_bytes
from kg.errors import KgError
from kg.model import Article, Document
from kg.resolve import Work, document_id, source_document, work_on
from kg.resolve.identity import county_ties, describe, keys
from kg.understanding import understand


class Row(NamedTuple):
    """A row of any table."""

    kind: str
    """The table that it belongs to."""
    id: str
    other: str = ""
    number: int = 0
    data: bytes = b""


def extract(document: Document) -> list[Row]:
    """Return all that a document contributes, without regard to any other.

    - `document`: the record of its identifier; `failure`: the error that forbids it
    - `article`: identifier, its document's; the article with what was found in it
    - `cluster`: article, blocking key, number within the article
    - `told`: blocking key; what the cluster tells of its entity
    - `edge`: two blocking keys that mean one thing
    - `tie`: the name of a person in a region, a county
    """
    found = understand(document)
    if isinstance(found, KgError):
        return [Row("failure", document.source, data=packed(found))]
    rows = [Row("document", document_id(document), data=packed(source_document(document)))]
    for article, findings in found:
        rows += _of_article(work_on(article, findings), document_id(document))
    return rows


def article_id(document: str, article: Article) -> str:
    """Return the identifier of an article."""
    return f"article/{document.removeprefix('document/')}-{article.number:02d}"


def _of_article(work: Work, document: str) -> Iterator[Row]:
    own = article_id(document, work.article)
    yield Row("article", own, document, -1, packed(work))
    for number, item in enumerate(work.located):
        first, *others = keys(item)
        yield Row("cluster", own, first, number)
        yield Row("told", first, data=told_as_bytes(describe(item)))
        yield from (Row("edge", first, other) for other in others)
        yield from (Row("tie", *tie) for tie in county_ties(item))
