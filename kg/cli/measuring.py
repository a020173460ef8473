"""The command that compares a graph with gold annotations: `kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import GraphArgument

if TYPE_CHECKING:
    from kg.evaluate import Report


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
