"""Write a graph to files: one function a format, each a row of `EXPORTERS`.

A function takes the contents (a graph in memory, or the file of one) and the path of a file or folder to write. The
same graph gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from kg.errors import ExportError, UnknownNameError
from kg.export.contents import Contents
from kg.export.html import write_html
from kg.export.jsonld import write_jsonld
from kg.export.network import write_gexf, write_graphml, write_neo4j
from kg.export.notations import write_nquads, write_ntriples, write_rdfxml, write_trig
from kg.export.summary import summarize, write_summary
from kg.export.tables import write_parquet
from kg.export.turtle import write_turtle
from kg.export.void import write_void
from kg.export.workbook import write_workbook
from kg.graph import KnowledgeGraph

__all__ = ["EXPORTERS", "Contents", "Exporter", "export", "exporter", "summarize", "write_summary"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format that a graph can be written in."""

    name: str
    suffix: str
    """Of the file; `/` for a folder of files."""
    media_type: str
    write: Callable[[Contents, Path], None]
    built: bool = False
    """Whether `kg build` writes it."""


def _to_file(write: Callable[[KnowledgeGraph, TextIO, str], None]) -> Callable[[Contents, Path], None]:
    def write_file(contents: Contents, path: Path) -> None:
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            write(contents.graph, stream, contents.base)

    return write_file


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("turtle", ".ttl", "text/turtle", _to_file(write_turtle), built=True),
    Exporter("html", ".html", "text/html", _to_file(write_html), built=True),
    Exporter("void", ".void.ttl", "text/turtle", write_void, built=True),
    Exporter("ntriples", ".nt", "application/n-triples", write_ntriples),
    Exporter("nquads", ".nq", "application/n-quads", write_nquads),
    Exporter("trig", ".trig", "application/trig", write_trig),
    Exporter("jsonld", ".jsonld", "application/ld+json", write_jsonld),
    Exporter("rdfxml", ".rdf", "application/rdf+xml", write_rdfxml),
    Exporter("graphml", ".graphml", "application/graphml+xml", write_graphml),
    Exporter("gexf", ".gexf", "application/gexf+xml", write_gexf),
    Exporter("neo4j", "/", "text/csv", write_neo4j),
    Exporter("parquet", "/", "application/vnd.apache.parquet", write_parquet),
    Exporter("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
)


def exporter(name: str) -> Exporter:
    """Return the row of a format; UnknownNameError lists them."""
    for row in EXPORTERS:
        if row.name == name:
            return row
    raise UnknownNameError("export format", name, [row.name for row in EXPORTERS])


def export(name: str, contents: Contents, path: Path | str) -> None:
    """Write a graph in a format, whole or not at all: ExportError leaves what stood at the path as it was."""
    row, target = exporter(name), Path(path)
    try:
        if target.exists() and not target.is_file() and not target.is_dir():  # a pipe or a device: nothing to keep
            row.write(contents, target)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".new-", dir=target.parent) as new:
            row.write(contents, Path(new) / target.name)
            if row.suffix == "/":
                target.mkdir(exist_ok=True)
                for file in sorted((Path(new) / target.name).iterdir()):
                    os.replace(file, target / file.name)
            else:
                os.replace(Path(new) / target.name, target)
    except OSError as error:
        raise ExportError(str(target), error.strerror or str(error)) from error
