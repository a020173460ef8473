"""Commands that write a built graph for other programs: `kg export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="turtle, html, void, ntriples, nquads, trig, jsonld, rdfxml, graphml, gexf, neo4j, parquet or xlsx.",
        ),
    ],
    graph: Annotated[
        Path,
        typer.Argument(
            metavar="[GRAPH]",
            readable=False,
            help="A file of RDF, or the folder that kg build wrote: output/ unless given.",
        ),
    ] = Path("output"),
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="File to write, or folder for neo4j and parquet.", show_default=False
        ),
    ] = None,
) -> None:
    """Write a built graph in a format that other programs read.

    Without -o it stands beside the graph: output/graph.nt, output/graph-parquet/.
    """
    from kg import terminal
    from kg.export import Contents, exporter
    from kg.export import export as write

    row = exporter(name)
    folder = graph if graph.is_dir() else graph.parent
    beside = folder / (f"graph-{row.name}" if row.suffix == "/" else f"graph{row.suffix}")
    target = output or beside
    write(name, Contents.of_file(graph), target)
    terminal.stderr().print(f"wrote {target}")
