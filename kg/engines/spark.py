"""Build on a cluster of Apache Spark: the home of pyspark.

In: documents, a Spark session, and a folder that all machines of the cluster see. Out: shards of N-Quads there. The
rows of each step are kept as Parquet in that folder, so that a machine that is lost takes nothing along but its tasks.
The traps: a task may run twice, so a shard is written beside its place and then renamed; and Spark puts small files
together into one task, so the rows are spread anew before each step.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kg.engines.plan import EXTRACTED, STEPS, WRITERS, Step, Writing, grouped
from kg.engines.records import packed, unpacked
from kg.engines.rows import Row, extract
from kg.errors import EngineError
from kg.ingest.apart import Parts, read_apart

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyspark.sql import DataFrame, SparkSession

READ = ("text", "unread", "doubt")
"""The kinds of rows that come of reading: a document, an error of what could not be read, a warning."""
_COLUMNS = "kind string, id string, other string, number bigint, data binary"
_AT_ONCE = 2000  # rows that go between Spark and Python together
_SETTINGS: dict[str, bool | float | int | str | None] = {
    "spark.python.daemon.module": "kg.engines.daemon",
    # Java here moves bytes between Python's processes: what its second compiler makes faster is less than it costs
    # (22 s of a core instead of 50 for 4,000 articles). What a cluster sets as extraJavaOptions comes after, and wins.
    "spark.driver.defaultJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.executor.defaultJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.ui.showConsoleProgress": "false",  # `kg build` shows its own, or with --quiet none
}
_TASKS_PER_CORE = 4  # so that no core waits long for the last one, and little is lost with a machine


def session(master: str) -> SparkSession:
    """Return a session at a master, `spark://host:7077`, `yarn` or `local[2]`; EngineError where there is none."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError("spark", 'install it with pip install "kg-local-governance[spark]"') from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("kg").config(map=_SETTINGS)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise EngineError("spark", f"no session at {master}; is Java 17 installed, and the master running?") from error


@contextmanager
def ended(session: SparkSession) -> Iterator[SparkSession]:
    """Give a session and end it; EngineError where the cluster gives up."""
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield session
    except (PySparkException, Py4JError) as error:
        raise EngineError("spark", f"the cluster gave up: {_reason(str(error))}") from error
    finally:
        session.stop()


def _reason(message: str) -> str:
    """Return what Spark says of an error without the forty lines of Java around it, with Python's own last word."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = next((line for line in lines if not line.startswith(("An error occurred", "Traceback"))), "no reason given")
    python = next((line for line in lines if re.match(r"[A-Za-z.]*(Error|Exception): ", line)), "")
    return " … ".join(dict.fromkeys(part.lstrip(": ")[:300] for part in (said, python) if part))


class SparkEngine:
    """Holds rows as Parquet in a folder of the cluster, and works on them there."""

    def __init__(self, session: SparkSession, work: Path, output: Path) -> None:
        self._session, self._work, self._output = session, work, output
        self._parts = max(2, session.sparkContext.defaultParallelism) * _TASKS_PER_CORE
        session.conf.set("spark.sql.shuffle.partitions", str(self._parts))  # of joins; Spark's own 200 fit no cluster
        self._tables: dict[str, DataFrame] = {}

    def read(self, parts: Parts) -> None:
        """Read inputs on the cluster; the documents of those that were read here already are stored as they are."""
        inputs = self._stored(Row("input", text) for text in parts.apart)
        self._keep("read", inputs.repartition(self._parts), _read, READ)
        self.add((Row("text", d.source, data=packed(d)) for d in parts.together.documents), ("text",))

    def extract(self) -> None:
        """Understand the documents that were read."""
        # Spread anew: one file may hold a hundred thousand of them.
        texts = self._session.sql("SELECT kind, id, other, number, data FROM text").repartition(self._parts)
        self._keep("extract", texts, _extracted, EXTRACTED)

    def add(self, rows: Iterable[Row], kinds: Sequence[str]) -> None:
        """Store rows of these kinds."""
        self._show(self._stored(rows), kinds)

    def rows(self, sql: str) -> Iterator[Row]:
        """Return the rows of a query here, a part after the other."""
        return (Row(*row) for row in self._session.sql(sql).toLocalIterator())

    def run(self, step: Step) -> None:
        """Run a step and store its rows."""
        self._keep(step.name, self._grouped(step), partial(_made, step.name), step.makes)

    def write(self, writing: Writing, base: str) -> None:
        """Write a shard for each part of the rows."""
        target = str(self._output / writing.name)
        function = partial(_batches, partial(_written, writing.name, base, target))
        self._grouped(writing).mapInArrow(function, _COLUMNS).count()

    def write_lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Write one shard from here."""
        with open(self._output / f"{name}-00000.nq", "wb") as stream:
            stream.writelines(lines)

    def _grouped(self, step: Step | Writing) -> DataFrame:
        order = list(dict.fromkeys((step.group, "id", "number")))
        return self._session.sql(step.sql).repartition(self._parts, step.group).sortWithinPartitions(*order)

    def _keep(
        self,
        name: str,
        rows: DataFrame,
        function: Callable[[Iterator[Row]], Iterator[Row]],
        kinds: Sequence[str],
    ) -> None:
        """Put rows through a function, and keep what comes of it by kind."""
        folder = str(self._work / name)
        made = rows.mapInArrow(partial(_batches, function), _COLUMNS)
        made.write.partitionBy("kind").mode("overwrite").parquet(folder)
        self._show(self._session.read.schema(_COLUMNS).parquet(folder), kinds)

    def _show(self, rows: DataFrame, kinds: Sequence[str]) -> None:
        """Add rows to the tables of their kinds."""
        for kind in kinds:
            new = rows.where(rows.kind == kind).select(*Row._fields)
            self._tables[kind] = self._tables[kind].unionAll(new) if kind in self._tables else new
            self._tables[kind].createOrReplaceTempView(kind)

    def _stored(self, rows: Iterable[Row]) -> DataFrame:
        """Write rows of this machine to the folder of the cluster."""
        import pyarrow.parquet as pq  # type: ignore[import-untyped]

        file = self._work / f"added-{uuid4().hex}.parquet"
        with pq.ParquetWriter(file, _schema()) as writer:
            writer.write_batch(_batch([]))
            for batch in _batched(rows):
                writer.write_batch(batch)
        return self._session.read.schema(_COLUMNS).parquet(str(file))


# ---- what runs on the machines of the cluster


def _read(rows: Iterator[Row]) -> Iterator[Row]:
    for reading in read_apart(row.id for row in rows):
        yield from (Row("text", d.source, data=packed(d)) for d in reading.documents)
        yield from (Row("unread", f.path, data=packed(f)) for f in reading.failures)
        yield from (Row("doubt", w.path, data=packed(w)) for w in reading.warnings)


def _extracted(rows: Iterator[Row]) -> Iterator[Row]:
    return (found for row in rows for found in extract(unpacked(row.data)))


def _made(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    step = STEPS[name]
    return (made for _, group in grouped(rows, step.group) for made in step.function(group))


def _written(name: str, base: str, target: str, rows: Iterator[Row]) -> Iterator[Row]:
    """Write the lines of one part; yield one row, since Spark wants some."""
    from pyspark import TaskContext

    context = TaskContext.get()
    assert context
    writing = WRITERS[name]
    lines = (line for _, group in grouped(rows, writing.group) for line in writing.function(group, base))
    first = next(lines, None)
    if first is None:
        return
    shard = f"{target}-{context.partitionId():05}.nq"
    new = f"{shard}.{uuid4().hex}"
    with open(new, "wb") as stream:
        stream.write(first)
        stream.writelines(lines)
    os.replace(new, shard)
    yield Row(name, shard)


def _batches(
    function: Callable[[Iterator[Row]], Iterator[Row]], batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Put the rows of a part through a function."""
    rows = (Row._make(row) for batch in batches for row in zip(*(c.to_pylist() for c in batch.columns), strict=True))
    return _batched(function(rows))


def _batched(rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    iterator = iter(rows)
    while some := list(islice(iterator, _AT_ONCE)):
        yield _batch(some)


def _batch(rows: list[Row]) -> pa.RecordBatch:
    import pyarrow as pa

    columns: Any = list(zip(*rows, strict=True)) or [()] * len(Row._fields)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, _schema(), strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_schema())


def _schema() -> pa.Schema:
    import pyarrow as pa

    types = (pa.string(), pa.string(), pa.string(), pa.int64(), pa.binary())
    return pa.schema(list(zip(Row._fields, types, strict=True)))
