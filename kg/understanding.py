"""What one document holds, without regard to any other: Document → articles with their findings.

This much of a build can be done anywhere and in any order: in this process, in one of several, on another machine.
What needs all documents (resolution, the graph) comes after, in `kg.pipeline`. The trap: whatever runs elsewhere must
not bring along what only the pipeline needs, so that this module imports two stages and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg import cache, workers
from kg.cache import Cache
from kg.characters import is_traditional
from kg.errors import KgError, WorkerDiedError
from kg.extract import extract
from kg.layout import split_articles
from kg.model import Article, Document, Findings
from kg.traditional import as_printed, in_simplified
from kg.workers import Workers

Understood = list[tuple[Article, Findings]] | KgError
"""The articles of a document, or why there are none."""

_WORTH = 300_000
"""Characters from which on a second process saves more time than its start takes (about one second)."""


def understand(document: Document) -> Understood:
    """Return the articles of a document with what was found in each, or the error that forbids it."""
    try:
        if is_traditional(document.text):
            simple = in_simplified(document)
            return as_printed(document, [(article, extract(article)) for article in split_articles(simple)])
        return [(article, extract(article)) for article in split_articles(document)]
    except KgError as error:
        return error


def understand_all(
    documents: Sequence[Document],
    count: int | None = None,
    function: Callable[[Document], Understood] = understand,
) -> Iterator[Understood]:
    """Understand documents in so many processes, in the order of the documents; 1 is this process alone.

    None takes every core where there is enough to read, else this process.
    """
    count = _enough(documents) if count is None else count
    if count <= 1:
        yield from map(function, documents)
        return
    with Workers(function, min(count, len(documents) or 1)) as processes:
        yield from processes.map(documents, _lost)


def understand_growing(documents: Sequence[Document], earlier: Cache | None, count: int | None) -> Iterator[Understood]:
    """Understand documents, of which only those that are new or changed are read again; keep what is new."""
    if earlier is None:
        yield from understand_all(documents, count)
        return
    known = [_known(document, earlier) for document in documents]
    new = understand_all([d for d, found in zip(documents, known, strict=True) if found is None], count)
    for document, found in zip(documents, known, strict=True):
        if found is None:
            found = next(new)
            if not isinstance(found, KgError):
                earlier.put(cache.to_json(found), *key(document))
        yield found


def _known(document: Document, earlier: Cache) -> Understood | None:
    value = earlier.get(*key(document))
    if value is None:
        return None
    try:
        return cache.from_json(value, document.source)
    except ValueError as error:
        earlier.distrust(str(error))
        return None


def key(document: Document) -> tuple[object, ...]:
    """Return all that the findings follow from; the document's name is not of it."""
    m, titles = document.metadata, [(s.start, s.end) for s in document.titles]
    return "document", document.text, (m.published, m.newspaper, m.home), titles, document.is_wrapped


def is_much(documents: Iterable[Document]) -> bool:
    """Tell whether documents are so much to read that several processes are sooner done than one."""
    return sum(len(d.text) for d in documents) >= _WORTH


def _enough(documents: Iterable[Document]) -> int:
    return workers.cores() if is_much(documents) else 1


def _lost(document: Document) -> Understood:
    return WorkerDiedError(document.source)
