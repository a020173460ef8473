"""Commands that read texts: `kg build` makes a graph, `kg mentions` prints names."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import FAILED, OK, PARTIAL
from kg.cli.sharding import Engine, build_sharded

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.model import Mention
    from kg.pipeline import BuildResult


_MANY = 5_000
"""Documents from which on another engine is worth a word: a page more takes half of a full build in memory."""
_GROWS_FASTER = "an archive of this size grows faster with --engine disk, which rewrites only what a new page changes"


class MentionFormat(StrEnum):
    """How the names of a text are printed."""

    JSONL = "jsonl"
    TSV = "tsv"


def build(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Files, folders of them, s3:// and other addresses; docs/sources.md lists formats."
        ),
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
    licence: Annotated[
        str,
        typer.Option(
            "--licence",
            metavar="IRI",
            help="Licence under which you publish the graph, for its description.",
            show_default=False,
        ),
    ] = "",
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            "-j",
            metavar="N",
            min=1,
            help="Processes that read files and texts; by default as many as there are cores.",
            show_default=False,
        ),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache", metavar="DIR", help="Folder for what builds found, by default .kg in DIR.", show_default=False
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", metavar="", help="Read everything anew, not only what is new or changed.")
    ] = False,
    engine: Annotated[
        Engine,
        typer.Option(
            "--engine", help="Where the graph is held; disk and spark write shards, for more texts than memory takes."
        ),
    ] = Engine.MEMORY,
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="Of the cluster for --engine spark, spark://host:7077.")
    ] = "local[*]",
    parquet: Annotated[bool, typer.Option("--parquet", metavar="", help="Write the shards as Parquet, too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", metavar="", help="Print errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", metavar="", help="List every article too.")] = False,
) -> None:
    """Read newspaper pages and write graph.ttl with its description, graph.html, summary.json and report.html.

    Inputs that cannot be read are reported, the others are built (exit code 1).

    An earlier output is replaced only when the whole new one has been written. Only what is new or changed since the
    last build is read anew; the output is that of a build from scratch.
    """
    from kg.notation import DEFAULT_BASE

    if engine is not Engine.MEMORY:
        raise typer.Exit(
            build_sharded(
                engine,
                master,
                paths,
                output,
                base or DEFAULT_BASE,
                min_confidence,
                workers,
                parquet,
                quiet,
                cache,
                fresh,
            )
        )
    from kg import output as outputs
    from kg import terminal
    from kg.cache import opened
    from kg.pipeline import build as run_build
    from kg.pipeline import write_output

    doubts: list[KgError] = []
    with (
        outputs.locked(output),
        opened(cache or output / outputs.STATE, doubts.append, fresh) as earlier,
        terminal.progress_bar(not quiet) as progress,
    ):
        result = run_build(paths, min_confidence=min_confidence, workers=workers, earlier=earlier, progress=progress)
        progress("write", 0, 1)
        written = (
            write_output(result, output, base=base or DEFAULT_BASE, licence=licence) if result.graph.articles else []
        )
        progress("write", 1, 1)
    for warning in (*doubts, *result.warnings):
        terminal.print_warning(str(warning))
    for failure in result.failures:
        terminal.print_error(str(failure))
    if not written:
        terminal.print_error(f"no article to build a graph from; {output} is as it was")
        raise typer.Exit(FAILED)
    if not quiet:
        _print_summary(result, written, verbose)
        if known := earlier.hits["document"]:
            terminal.stderr().print(f"documents: {known} known, {earlier.misses['document']} new or changed")
            if known >= _MANY:
                terminal.stderr().print(_GROWS_FASTER)
    raise typer.Exit(PARTIAL if result.failures else OK)


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
        notes = [(n.source, n.reader or "skipped", n.note, str(n.documents)) for n in result.files]
        terminal.print_table(("file", "read as", "note", "documents"), notes, numbers=1)
        rows = [(a.id.removeprefix("article/"), a.headline, str(len(a.mentions))) for a in graph.articles.values()]
        terminal.print_table(("article", "headline", "mentions"), rows, numbers=1)
    rows = [(name, str(summary[name]), "") for name in ("documents", "articles", "passages")]
    rows += [(name, str(summary[name]["total"]), _by_size(summary[name])) for name in ("entities", "statements")]
    terminal.print_table(("built", "count", "of these"), rows, width=100)
    terminal.stderr().print(_files_read(result))
    for path in written:
        terminal.stderr().print(f"wrote {path}")


def _files_read(result: BuildResult) -> str:
    """Tell what was done with the files: `read 3 files (2 text, 1 HTML), passed over 1 (no reader for its suffix)`."""
    read = Counter(n.reader for n in result.files if n.reader)
    passed = Counter("an error" if ": " in n.note else n.note for n in result.files if not n.reader)
    parts = [f"read {read.total()} files ({', '.join(f'{n} {name}' for name, n in read.most_common())})"]
    if passed:
        parts.append(f"passed over {passed.total()} ({', '.join(f'{n}: {why}' for why, n in passed.most_common())})")
    return ", ".join(parts)


def _by_size(counts: dict[str, int]) -> str:
    """List the parts of a total, largest first: `Person 28, Programme 26`."""
    parts = sorted((-n, name) for name, n in counts.items() if name != "total")
    return ", ".join(f"{name} {-n}" for n, name in parts)
