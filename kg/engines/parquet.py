"""Shards of N-Quads as Parquet: a table of quads that DuckDB, Spark and pandas read without knowing RDF.

In: the path of a shard. Out: a Parquet file beside it. The trap: a literal and an IRI of the same characters are two
things; so a column tells what the object is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

COLUMNS = ("subject", "predicate", "object", "datatype", "language", "graph")
"""All are texts. `datatype` is empty where the object is an IRI, `graph` in the default graph."""

_AT_ONCE = 100_000


def to_parquet(shard: str) -> str:
    """Write a shard as Parquet; return the path of the new file."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    target = Path(shard).with_suffix(".parquet")
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in _batches(_rows(shard)):
            columns = [pa.array(column, pa.string()) for column in zip(*batch, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
    return str(target)


def shards_in(folder: Path) -> list[str]:
    """Return the paths of the shards of N-Quads in a folder."""
    return sorted(str(file) for file in folder.glob("*.nq"))


def _rows(shard: str) -> Iterator[tuple[str, ...]]:
    for quad in ox.parse(path=shard, format=ox.RdfFormat.N_QUADS):
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        yield _value(quad.subject), quad.predicate.value, _value(quad.object), *_kind(quad.object), graph


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)  # the graph has no blank node
    return term.value


def _kind(term: object) -> tuple[str, str]:
    if isinstance(term, ox.Literal):
        return term.datatype.value, term.language or ""
    return "", ""


def _batches(rows: Iterable[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, _AT_ONCE)):
        yield batch
