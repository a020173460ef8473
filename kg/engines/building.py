"""Build by an engine: paths in, a folder of shards and what could not be read out.

The trap: shards of an earlier build must not stand among those of a new one, so they are written to a folder of their
own, which takes the place of the old one when all of them are there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg import understanding, workers
from kg.cache import Cache, fingerprint
from kg.engines import spark, store
from kg.engines.disk import DiskEngine, Processes, ThisProcess, work_off
from kg.engines.growing import build_all, build_changes
from kg.engines.layout import Layout, second_name
from kg.engines.parquet import shards_in, to_parquet
from kg.engines.plan import WRITINGS, Engine, finish
from kg.engines.records import ForeignBytesError, unpacked
from kg.engines.rows import Row
from kg.engines.store import Store
from kg.errors import CacheError, KgError, OutputError
from kg.ingest import once, read_paths
from kg.ingest.apart import parted
from kg.model import Document
from kg.notation import DEFAULT_BASE
from kg.output import SHARDS, locked, replace_folder, staged, state_of
from kg.workers import Workers

_REMADE = 4
"""Where more than one in so many documents has changed, all is made anew of the documents' rows."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ShardedBuild:
    """What a build by an engine made."""

    folder: Path
    """Holds the shards, and `counts.json`."""
    counts: dict[str, int]
    failures: tuple[KgError, ...] = ()
    warnings: tuple[KgError, ...] = ()
    known: int = 0
    """Documents that the last build had understood."""
    new: int = 0
    """Documents that were understood now."""


def build_on_disk(
    paths: Iterable[str | Path],
    output: Path | str,
    *,
    processes: int | None = None,
    base: str = DEFAULT_BASE,
    parquet: bool = False,
    earlier: Cache | None = None,
    fresh: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> ShardedBuild:
    """Build the graph of files and folders into shards below a folder, however many there are.

    Nothing but the texts of the inputs is held in memory. What the last build into the folder made stays where nothing
    has changed it; a fresh build keeps nothing. A cache knows what slow readers read. OutputError where the folder
    cannot be written.
    """
    folder = Path(output)
    progress("read", 0, 1)
    reading = read_paths(paths, earlier, processes)
    with workers.few_collections(), new_shards(folder) as new:
        file = state_of(folder) / store.FILE
        if fresh:
            store.remove(file)
        work = _Work(file, folder / SHARDS, new, processes, base, parquet, progress)
        warnings: list[KgError] = []
        try:
            built = _grown(work, reading.documents)
        except (ForeignBytesError, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.OperationalError):  # locked, read-only, the disk full
                raise OutputError(str(file), str(error)) from error
            warnings.append(CacheError(str(file), str(error)))
            store.remove(file)
            empty(new)
            built = _grown(work, reading.documents)
    return replace(
        built,
        failures=(*reading.failures, *built.failures),
        warnings=(*reading.warnings, *warnings),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    file: Path
    old: Path
    new: Path
    processes: int | None
    base: str
    parquet: bool
    progress: Progress


def _grown(work: _Work, documents: Sequence[Document]) -> ShardedBuild:
    """Bring the store and the shards up to date; what is changed in the store lasts where there is an article."""
    with closing(Store(work.file, f"{fingerprint(with_graph=True)} {work.base}")) as kept:
        keyed = {_key(document): document for document in documents}
        known = kept.documents()
        new = [(key, document) for key, document in keyed.items() if key not in known]
        gone = {number for key, number in known.items() if key not in keyed}
        is_whole = not kept.is_finished or _REMADE * (len(new) + len(gone)) > len(known)
        texts = documents if is_whole else [document for _, document in new]
        with _processes(texts, work.processes) as processes:
            engine = DiskEngine(kept, Layout(kept.database, work.old, work.new), processes, work.base)
            failures = _extracted(engine, new, work.progress)
            work.progress("resolve", 0, 1)
            kept.index()
            if is_whole:
                build_all(engine, gone)
            else:
                build_changes(engine, kept.unsettled(), gone)
        counts = {writing.name: engine.layout.count(writing.name)[1] for writing in WRITINGS}
        if counts["articles"]:
            engine.layout.write_file("counts.json", _as_json(counts))
            if work.parquet:
                _as_parquet(work, engine.layout.kept)
            kept.finish()
        else:
            empty(work.new)
    return ShardedBuild(work.old, counts, failures, known=len(keyed) - len(new), new=len(new))


def _extracted(engine: DiskEngine, new: Sequence[tuple[bytes, Document]], progress: Progress) -> tuple[KgError, ...]:
    """Understand documents; return what could not be, in the order of their sources."""
    failed: list[Row] = []
    for done, rows in enumerate(engine.extract(new), start=1):
        failed += rows
        progress("extract", done, len(new))
    return tuple(unpacked(row.data) for row in sorted(failed))


def _key(document: Document) -> bytes:
    """Return the hash of all that a document's rows follow from."""
    parts = (document.source, document.sha256, *understanding.key(document))
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).digest()


@contextmanager
def _processes(documents: Sequence[Document], count: int | None) -> Iterator[Processes]:
    """Give so many processes, or this one where there is little to do."""
    count = workers.cores() if count is None else count
    if count == 1 or not understanding.is_much(documents):
        yield ThisProcess()
        return
    with Workers(work_off, count) as started:
        yield started


def _as_parquet(work: _Work, kept: set[str]) -> None:
    """Write the shards as tables, too; those of shards that were kept are kept."""
    new = []
    for shard in shards_in(work.new):
        table = Path(shard).with_suffix(".parquet").name
        if Path(shard).name in kept and (work.old / table).is_file():
            second_name(work.old / table, work.new / table)
        else:
            new.append(shard)
    with Workers(to_parquet, work.processes or workers.cores()) as started:
        list(started.map(new, _unwritten))


def build_on_spark(
    paths: Iterable[str | Path],
    output: Path | str,
    master: str,
    *,
    base: str = DEFAULT_BASE,
    parquet: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> ShardedBuild:
    """Build on a cluster of Apache Spark into a folder that all its machines see; the same quads as `build_on_disk`.

    They read the inputs, too: folders that all of them see, or addresses of object storage. `master` is Spark's own
    name of it, `spark://host:7077`. EngineError where it cannot be reached.
    """
    progress("read", 0, 1)
    parts = parted(paths)
    with new_shards(Path(output)) as new, spark.ended(spark.session(master)) as session:
        work = new / "rows"
        work.mkdir()
        engine = spark.SparkEngine(session, work, new)
        engine.read(parts)
        progress("extract", 0, 1)
        engine.extract()
        progress("resolve", 0, 1)
        finish(engine, base)
        counts, failures = counted(engine), errors(engine, "failure")
        unread = once((*parts.together.failures, *errors(engine, "unread")))
        warnings = (*parts.together.warnings, *errors(engine, "doubt"))
        shutil.rmtree(work)
        if parquet:
            files = shards_in(new)
            session.sparkContext.parallelize(files, len(files)).map(to_parquet).collect()
        if counts["articles"]:
            (new / "counts.json").write_bytes(_as_json(counts))
        else:
            empty(new)
    return ShardedBuild(Path(output) / SHARDS, counts, (*unread, *failures), warnings)


def _unwritten(shard: str) -> str:
    raise KgError(f"{shard}: two processes ended when they wrote it as Parquet; is there enough memory?")


def counted(engine: Engine) -> dict[str, int]:
    """Return how many documents, articles, entities and statements the graph has."""
    kinds = {"documents": "document", "articles": "article", "entities": "entity", "statements": "statement"}
    sql = "SELECT '' AS kind, '' AS id, '' AS other, count(DISTINCT id) AS number, NULL AS data FROM {0}"
    return {name: next(engine.rows(sql.format(kind))).number for name, kind in kinds.items()}


def errors(engine: Engine, kind: str) -> list[Any]:
    """Return the errors in the rows of a kind, in the order of the sources or paths that they are about."""
    rows = engine.rows(f"SELECT kind, id, other, number, data FROM {kind} ORDER BY id")
    return [unpacked(row.data) for row in rows]


def _as_json(counts: dict[str, int]) -> bytes:
    return json.dumps(counts, indent=1).encode() + b"\n"


def empty(folder: Path) -> None:
    """Remove the files of a folder."""
    for file in folder.iterdir():
        file.unlink()


@contextmanager
def new_shards(output: Path) -> Iterator[Path]:
    """Give a folder, which takes the place of the old shards when all went well and something is in it."""
    try:
        with locked(output), staged(output) as new:
            yield new
            if any(new.iterdir()):
                replace_folder(output, SHARDS, new)
    except OSError as error:
        raise OutputError(str(output), error.strerror or str(error)) from error
