"""Build by an engine: paths in, a folder of shards and what could not be read out.

The trap: shards of an earlier build must not stand among those of a new one, so they are written to a folder of their
own, which takes the place of the old one when all of them are there.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg import workers
from kg.engines import spark
from kg.engines.disk import DiskEngine, work_off
from kg.engines.parquet import shards_in, to_parquet
from kg.engines.plan import Engine, finish
from kg.engines.rows import unpacked
from kg.errors import KgError, OutputError
from kg.ingest import read_paths
from kg.notation import DEFAULT_BASE
from kg.workers import Workers

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SHARDS = "nquads"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ShardedBuild:
    """What a build by an engine made."""

    folder: Path
    """Holds the shards, and `counts.json`."""
    counts: dict[str, int]
    failures: tuple[KgError, ...] = ()


def build_on_disk(
    paths: Iterable[str | Path],
    output: Path | str,
    *,
    processes: int | None = None,
    base: str = DEFAULT_BASE,
    parquet: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> ShardedBuild:
    """Build the graph of files and folders into shards below a folder, however many there are.

    Nothing but the texts of the inputs is held in memory. OutputError where the folder cannot be written.
    """
    progress("read", 0, 1)
    reading = read_paths(paths)
    documents = reading.documents
    with new_shards(Path(output)) as new:
        with Workers(work_off, processes or workers.cores()) as started:
            engine = DiskEngine(new / "rows.sqlite", new, started)
            for done in engine.extract(documents):
                progress("extract", done, len(documents))
            progress("resolve", 0, 1)
            finish(engine, base)
            counts, failures = counted(engine), failed(engine)
            engine.close()
        (new / "rows.sqlite").unlink()
        if parquet:
            with Workers(to_parquet, processes or workers.cores()) as started_again:
                list(started_again.map(shards_in(new), _unwritten))
        if counts["articles"]:
            write_counts(new, counts)
        else:
            empty(new)
    return ShardedBuild(Path(output) / SHARDS, counts, (*reading.failures, *failures))


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

    `master` is Spark's own name of it, `spark://host:7077`. EngineError where it cannot be reached.
    """
    progress("read", 0, 1)
    reading = read_paths(paths)
    with new_shards(Path(output)) as new, ended(spark.session(master)) as session:
        work = new / "rows"
        work.mkdir()
        engine = spark.SparkEngine(session, work, new)
        progress("extract", 0, len(reading.documents))
        engine.extract(reading.documents)
        progress("resolve", 0, 1)
        finish(engine, base)
        counts, failures = counted(engine), failed(engine)
        shutil.rmtree(work)
        if parquet:
            files = shards_in(new)
            session.sparkContext.parallelize(files, len(files)).map(to_parquet).collect()
        if counts["articles"]:
            write_counts(new, counts)
        else:
            empty(new)
    return ShardedBuild(Path(output) / SHARDS, counts, (*reading.failures, *failures))


def _unwritten(shard: str) -> str:
    raise KgError(f"{shard}: two processes ended when they wrote it as Parquet; is there enough memory?")


@contextmanager
def ended(session: SparkSession) -> Iterator[SparkSession]:
    """Give a session and end it."""
    try:
        yield session
    finally:
        session.stop()


def counted(engine: Engine) -> dict[str, int]:
    """Return how many documents, articles, entities and statements the graph has."""
    kinds = {"documents": "document", "articles": "article", "entities": "entity", "statements": "statement"}
    sql = "SELECT '' AS kind, '' AS id, '' AS other, count(DISTINCT id) AS number, NULL AS data FROM {0}"
    return {name: next(engine.rows(sql.format(kind))).number for name, kind in kinds.items()}


def failed(engine: Engine) -> list[KgError]:
    """Return the errors of documents that hold no article, in the order of their sources."""
    rows = engine.rows("SELECT kind, id, other, number, data FROM failure ORDER BY id")
    return [unpacked(row.data) for row in rows]


def write_counts(folder: Path, counts: dict[str, int]) -> None:
    """Write `counts.json`."""
    (folder / "counts.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


def empty(folder: Path) -> None:
    """Remove the files of a folder."""
    for file in folder.iterdir():
        file.unlink()


@contextmanager
def new_shards(output: Path) -> Iterator[Path]:
    """Give a folder, which takes the place of the old shards when all went well and something is in it."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=output))
        try:
            yield new
            new.chmod(0o755)  # a temporary folder is for its owner alone
            if not any(new.iterdir()):
                return
            target, old = output / SHARDS, new.with_suffix(".old")
            if target.exists():
                os.replace(target, old)
            os.replace(new, target)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise OutputError(str(output), error.strerror or str(error)) from error
