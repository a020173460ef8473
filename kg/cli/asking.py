"""Commands that ask a built graph: `kg query`, `kg show`, `kg validate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import PARTIAL, GraphArgument, GraphOption, SourceOption


class ResultFormat(StrEnum):
    """How the answer of a query is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"


def query(
    source: Annotated[str, typer.Argument(metavar="QUERY", help="A .rq file, or a SPARQL query itself.")],
    graph: SourceOption = "output",
    result_format: Annotated[ResultFormat, typer.Option("--format", "-f", help="How to print the answer.")] = (
        ResultFormat.TABLE
    ),
    bind: Annotated[
        list[str] | None,
        typer.Option("--bind", "-b", metavar="NAME=VALUE", help="Value of a parameter, as place=新塍镇; repeatable."),
    ] = None,
) -> None:
    """Ask a built graph a question in SPARQL."""
    from kg import query as ask
    from kg import terminal

    reading = ask.read(ask.read_query(source), ask.parse_bindings(bind or []))
    asked = ask.source_of(graph)
    table = asked.answer(reading)
    if result_format is not ResultFormat.TABLE:
        typer.echo(ask.formatted(table, result_format), nl=False)
    elif table.boolean is not None:
        typer.echo("yes" if table.boolean else "no")
    else:
        terminal.print_table(table.columns, table.cells())
        terminal.stderr().print(f"{len(table.rows)} rows")
    for hint in ask.hints(asked, reading):
        terminal.print_warning(hint)


def validate(
    graph: GraphArgument = Path("output"),
) -> None:
    """Check a graph against the shapes (SHACL); exit code 1 if anything is wrong."""
    from kg import query as ask
    from kg import rdf, terminal

    violations = ask.validate(rdf.load(graph))
    for violation in violations:
        terminal.stdout().print(terminal.plain(str(violation)), soft_wrap=True)
    if violations:
        terminal.print_error(f"{len(violations)} violations in {graph}")
        raise typer.Exit(PARTIAL)
    terminal.stderr().print(f"{graph}: conforms to the shapes")


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a place, person, body, programme … 名称")],
    graph: GraphOption = Path("output"),
) -> None:
    """Print what a graph says of a name, each statement with the words that say it."""
    from kg import rdf, terminal
    from kg.query.show import show as portraits_of

    for portrait in portraits_of(rdf.load(graph), name):
        terminal.print_portrait(portrait)
