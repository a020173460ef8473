"""Options and exit codes that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OK, PARTIAL, FAILED = 0, 1, 3

# What cannot be read is told by the modules that read it, hence readable=False: one bad input stops no other.
_A_GRAPH = "A Turtle file, or the folder that kg build wrote."
GraphOption = Annotated[Path, typer.Option("--graph", "-g", metavar="PATH", readable=False, help=_A_GRAPH)]
GraphArgument = Annotated[Path, typer.Argument(metavar="GRAPH", readable=False, help=_A_GRAPH)]
SourceOption = Annotated[
    str,
    typer.Option(
        "--graph",
        "-g",
        metavar="WHERE",
        help="A file of RDF, the folder that kg build wrote, or the address of a SPARQL endpoint (http://…/sparql).",
    ),
]
