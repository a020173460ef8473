"""Put the stages in order: Path → Document → Article → Findings → KnowledgeGraph → files.

The only module that knows more than one stage. The trap: one bad input must not stop the others, so errors are
collected beside the graph; and an output folder must never hold half of a build, so files are written beside the
old ones and renamed when all of them are there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import output
from kg.cache import Cache
from kg.characters import is_traditional, simplified
from kg.errors import KgError, OutputError, UnknownHomeError
from kg.export import EXPORTERS, Contents, summarize, write_summary
from kg.export.report import FileLine, Run, report, write_page, write_report
from kg.extract import NAME_EXTRACTORS, extract
from kg.extract.flat_names import flat_names
from kg.graph import KnowledgeGraph, at_least
from kg.ingest import FileNote, read_paths
from kg.model import Article, Document, Findings, Mention, Span
from kg.notation import DEFAULT_BASE
from kg.resolve import resolve
from kg.traditional import printed_findings
from kg.understanding import Understood, understand_growing
from kg.vocab.chains import last_of_chain
from kg.workers import few_collections

if TYPE_CHECKING:
    import networkx as nx

Progress = Callable[[str, int, int], None]
"""Called with what is being done (`extract`), how much of it is done, and how much there is in all."""

_STEM = "graph"
_SUMMARY = "summary.json"
_REPORT = "report"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, and what it could not read."""

    graph: KnowledgeGraph
    failures: tuple[KgError, ...] = ()
    warnings: tuple[KgError, ...] = ()
    """What was read all the same, but perhaps not as it was meant."""
    files: tuple[FileNote, ...] = ()
    """What was done with each file."""
    summary: dict[str, Any] = field(default_factory=dict)
    """The tables of `summary.json`."""
    seconds: dict[str, float] = field(default_factory=dict)
    """What each stage took."""
    known: int = 0
    """Documents that earlier builds had read."""

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the graph's networkx view."""
        return self.graph.to_networkx()


@contextmanager
def _timed(stage: str, seconds: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds[stage] = time.perf_counter() - start


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody about the progress."""


def build(
    paths: str | Path | Iterable[str | Path],
    *,
    min_confidence: float = 0.0,
    workers: int | None = None,
    earlier: Cache | None = None,
    progress: Progress = _silent,
) -> BuildResult:
    """Build the graph of files and folders; the inputs that fail are in the result's `failures`.

    Statements less confident than `min_confidence` (0 to 1) are left out; entities stay. So many processes read files
    and texts (`workers`; by default one for each core, and none but this one for a few texts); the graph is the same.
    So it is with a cache of what earlier builds found (`kg.cache.opened`), with which only what is new is read.
    """
    wanted = [paths] if isinstance(paths, str | Path) else list(paths)
    seconds: dict[str, float] = {}
    with few_collections():
        with _timed("read", seconds):
            progress("read", 0, len(wanted))
            reading = read_paths(wanted, earlier, workers)
            progress("read", len(wanted), len(wanted))
        failures: list[KgError] = list(reading.failures)
        with _timed("extract", seconds):
            understood = understand_growing(reading.documents, earlier, workers)
            read, extracted = _collected(reading.documents, understood, failures, progress)
        with _timed("resolve", seconds):
            progress("resolve", 0, 1)
            graph = at_least(resolve(read, extracted), min_confidence)
            progress("resolve", 1, 1)
    warnings = (*reading.warnings, *_unknown_homes(read))
    known = earlier.hits["document"] if earlier else 0
    return BuildResult(
        graph, tuple(failures), warnings, reading.files, summarize(graph, failures), seconds=seconds, known=known
    )


def mentions(text: str) -> list[Mention]:
    """Return the names in any text, in text order: its persons, places, facilities and organizations do not overlap."""
    simple = simplified(text) if is_traditional(text) else text
    article = Article("", 1, simple, paragraphs=(Span(0, len(text)),) if text else ())
    found = flat_names(article, extract(article, NAME_EXTRACTORS))
    return list(printed_findings(simple, text, Findings(tuple(found))).mentions)


def write_output(result: BuildResult, folder: Path | str, *, base: str = DEFAULT_BASE, licence: str = "") -> list[Path]:
    """Write `graph.*`, `summary.json` and `report.*` into a folder, all or none; other files there are left alone.

    Identifiers become IRIs below the base; the dataset's description names the licence, an IRI. OutputError where the
    folder cannot be written; what it held before is then still there.
    """
    folder = Path(folder)
    try:
        with few_collections(), output.locked(folder), output.staged(folder) as new:
            contents = Contents.of_graph(result.graph, base, licence)
            for row in EXPORTERS:
                if row.built:
                    row.write(contents, new / f"{_STEM}{row.suffix}")
            with open(new / _SUMMARY, "w", encoding="utf-8", newline="\n") as stream:
                write_summary(result.summary, stream)
            _write_report(result, new)
            return output.replace_set(folder, new)
    except OSError as error:
        raise OutputError(str(folder), error.strerror or str(error)) from error


def _write_report(result: BuildResult, folder: Path) -> None:
    files = [FileLine(n.source, n.reader, n.documents, n.note) for n in result.files]
    tables = report(result.graph, Run(files, result.failures, result.warnings, result.seconds, result.known))
    for suffix, write in ((".json", write_report), (".html", write_page)):
        with open(folder / f"{_REPORT}{suffix}", "w", encoding="utf-8", newline="\n") as stream:
            write(tables, stream)


def _collected(
    documents: Sequence[Document], understood: Iterable[Understood], failures: list[KgError], progress: Progress
) -> tuple[list[Document], list[tuple[Article, Findings]]]:
    """Return the documents that hold articles, and add the errors of others to the failures."""
    read: list[Document] = []
    extracted: list[tuple[Article, Findings]] = []
    for done, (document, found) in enumerate(zip(documents, understood, strict=True)):
        progress("extract", done, len(documents))
        if isinstance(found, KgError):
            failures.append(found)
        else:
            read.append(document)
            extracted += found
    return read, extracted


def _unknown_homes(documents: Iterable[Document]) -> Iterator[KgError]:
    """Find the sidecars that name a home which nothing can be resolved by."""
    for document in documents:
        home = document.metadata.home.strip()
        if home and last_of_chain(home) is None:
            yield UnknownHomeError(document.source, home)
