"""The command line: arguments → one call → exit code. Each command stands in the table `COMMANDS`.

The trap: `kg --help` must answer at once, so that whatever is slow to import (rdflib, the gazetteer, pyshacl) is
imported inside the command that needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.cli import asking, building, comparing, exporting, measuring, serving
from kg.cli.options import FAILED
from kg.errors import KgError

_EPILOG = (
    "Exit codes: 0 all went well; 1 done, but some inputs failed or something was found wrong; "
    "2 the command was misspelt; 3 nothing could be done."
)


class _Group(TyperGroup):
    """Shows errors of the project's own kind as one line, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; turn a KgError into a message and exit code 3."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            from kg.terminal import print_error

            print_error(str(error))
            raise typer.Exit(FAILED) from error


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)


COMMANDS: tuple[Callable[..., None], ...] = (
    building.build,
    building.mentions,
    asking.query,
    asking.validate,
    asking.show,
    comparing.diff,
    exporting.export,
    serving.serve,
    measuring.evaluate,
)
"""In the order in which `kg --help` lists them."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", metavar="", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Build a knowledge graph from Chinese local news, and ask it questions.

    Start with `kg build FOLDER`, open output/graph.html, then try `kg show 名称` and `kg query queries/….rq`.
    """


for _command in COMMANDS:
    app.command()(_command)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has no Chinese is no reason to fail
    app()
