"""The command line: arguments → one call → exit code.

The trap: `kg --help` must answer at once, so that whatever is slow to import (rdflib, the gazetteer, pyshacl) is
imported inside the command that needs it.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.evaluate import Report
    from kg.model import Mention
    from kg.pipeline import BuildResult

OK, PARTIAL, FAILED = 0, 1, 3

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


class ResultFormat(StrEnum):
    """How the answer of a query is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"


class MentionFormat(StrEnum):
    """How the names of a text are printed."""

    JSONL = "jsonl"
    TSV = "tsv"


# What cannot be read is told by the modules that read it, hence readable=False: one bad input stops no other.
_A_GRAPH = "A Turtle file, or the folder that kg build wrote."
GraphOption = Annotated[Path, typer.Option("--graph", "-g", metavar="PATH", readable=False, help=_A_GRAPH)]
GraphArgument = Annotated[Path, typer.Argument(metavar="GRAPH", readable=False, help=_A_GRAPH)]


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


@app.command()
def build(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", readable=False, help="Text files, or folders that hold some (*.txt)."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to.")] = Path("output"),
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="IRI", help="What the IRIs of the graph begin with.", show_default=False),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence", metavar="0-1", min=0, max=1, help="Leave out statements that are less sure than this."
        ),
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", metavar="", help="Print errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", metavar="", help="List every article too.")] = False,
) -> None:
    """Read newspaper pages and write graph.ttl, graph.html and summary.json.

    Inputs that cannot be read are reported, the others are built (exit code 1).

    An earlier output is replaced only when the whole new one has been written.
    """
    from kg import terminal
    from kg.notation import DEFAULT_BASE
    from kg.pipeline import build as run_build
    from kg.pipeline import write_output

    with terminal.progress_bar(not quiet) as progress:
        result = run_build(paths, min_confidence=min_confidence, progress=progress)
        progress("write", 0, 1)
        written = write_output(result, output, base=base or DEFAULT_BASE) if result.graph.articles else []
        progress("write", 1, 1)
    for failure in result.failures:
        terminal.print_error(str(failure))
    if not written:
        terminal.print_error(f"no article to build a graph from; {output} is as it was")
        raise typer.Exit(FAILED)
    if not quiet:
        _print_summary(result, written, verbose)
    raise typer.Exit(PARTIAL if result.failures else OK)


@app.command()
def mentions(
    file: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="A text file, - for standard input.")],
    mention_format: Annotated[MentionFormat, typer.Option("--format", "-f", help="How to print the names.")] = (
        MentionFormat.JSONL
    ),
) -> None:
    """Print the names in any text: persons, places, facilities, organizations, and the things with names of their own.

    Each line of the text is read by itself. jsonl gives one object a line,
    {"text": …, "mentions": [{"start": …, "end": …, "type": …}]}, offsets in characters of the line.
    """
    from kg import ingest
    from kg.pipeline import mentions as mentions_of

    text = ingest.read_stream(sys.stdin.buffer, "standard input") if str(file) == "-" else ingest.read_text_file(file)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        typer.echo(_MENTION_PRINTERS[mention_format](number, line, mentions_of(line)), nl=False)


@app.command()
def query(
    source: Annotated[str, typer.Argument(metavar="QUERY", help="A .rq file, or a SPARQL query itself.")],
    graph: GraphOption = Path("output"),
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
    from kg import rdf, terminal

    question, bindings = ask.read_query(source), ask.parse_bindings(bind or [])
    table = ask.run(rdf.load(graph), question, bindings)
    if result_format is not ResultFormat.TABLE:
        typer.echo(ask.formatted(table, result_format), nl=False)
    elif table.boolean is not None:
        typer.echo("yes" if table.boolean else "no")
    else:
        terminal.print_table(table.columns, table.cells())
        terminal.stderr().print(f"{len(table.rows)} rows")


@app.command()
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


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a place, person, body, programme … 名称")],
    graph: GraphOption = Path("output"),
) -> None:
    """Print what a graph says of a name, each statement with the words that say it."""
    from kg import rdf, terminal
    from kg.query.show import show as portraits_of

    for portrait in portraits_of(rdf.load(graph), name):
        terminal.print_portrait(portrait)


@app.command()
def evaluate(
    graph: GraphArgument,
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", readable=False, help="Folder of annotated articles (*.json).")
    ],
    source: Annotated[
        str, typer.Option("--source", metavar="NAME", help="Source file that all gold files together annotate.")
    ] = "",
    errors: Annotated[
        bool, typer.Option("--errors", metavar="", help="List everything that is missed or extra.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", metavar="", help="Print the scores as JSON.")] = False,
) -> None:
    """Compare a graph with articles annotated by hand: precision, recall and F1 by type and predicate."""
    from kg import evaluate as comparison
    from kg import rdf, terminal

    report = comparison.evaluate(rdf.load(graph), gold, source)
    if report.absent:
        terminal.print_warning(
            f"{graph} holds no article of {', '.join(report.absent)}; it is built from {', '.join(report.sources)}. "
            "If all gold files annotate one of these, name it with --source"
        )
    _print_report(report, errors, as_json)


def _as_jsonl(_: int, line: str, found: list[Mention]) -> str:
    import json

    names = [{"start": m.start, "end": m.end, "type": str(m.type)} for m in found]
    return json.dumps({"text": line, "mentions": names}, ensure_ascii=False) + "\n"


def _as_tsv(number: int, _: str, found: list[Mention]) -> str:
    return "".join(f"{number}\t{m.start}\t{m.end}\t{m.type}\t{m.text.replace(chr(9), ' ')}\n" for m in found)


_MENTION_PRINTERS = {MentionFormat.JSONL: _as_jsonl, MentionFormat.TSV: _as_tsv}


def _print_summary(result: BuildResult, written: list[Path], verbose: bool) -> None:
    from kg import terminal

    summary, graph = result.summary, result.graph
    if verbose:
        rows = [(a.id.removeprefix("article/"), a.headline, str(len(a.mentions))) for a in graph.articles.values()]
        terminal.print_table(("article", "headline", "mentions"), rows, numbers=1)
    rows = [(name, str(summary[name]), "") for name in ("documents", "articles", "passages")]
    rows += [(name, str(summary[name]["total"]), _by_size(summary[name])) for name in ("entities", "statements")]
    terminal.print_table(("built", "count", "of these"), rows, width=100)
    for path in written:
        terminal.stderr().print(f"wrote {path}")


def _print_report(report: Report, errors: bool, as_json: bool) -> None:
    import json

    from kg import terminal

    if as_json:
        scores = {what: score.as_dict() for what, score in report.scores.items()}
        typer.echo(json.dumps(scores, ensure_ascii=False, indent=1))
        return
    rows = [
        (what, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.right), str(s.extra), str(s.missed))
        for what, s in report.scores.items()
    ]
    terminal.print_table(("", "precision", "recall", "F1", "right", "extra", "missed"), rows, numbers=6)
    if errors:
        differences = sorted((d.source, d.what, d.kind, d.words) for d in report.differences)
        terminal.print_table(("source", "what", "kind", "words"), differences)


def _by_size(counts: dict[str, int]) -> str:
    """List the parts of a total, largest first: `Person 28, Programme 26`."""
    parts = sorted((-n, name) for name, n in counts.items() if name != "total")
    return ", ".join(f"{name} {-n}" for n, name in parts)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has no Chinese is no reason to fail
    app()


if __name__ == "__main__":
    main()
