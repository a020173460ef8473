"""`kg diff`: what came, went and changed between two graphs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import OK, PARTIAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kg.query.changes import Changes, Difference
    from kg.telling import Quote

_STYLES = {"+": "green", "-": "red", "~": "yellow"}
_SIGNS = {"+": "came", "-": "went", "~": "changed"}


class DiffFormat(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", readable=False, help="An output folder, or a file of RDF.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", readable=False, help="The same, built later.")],
    diff_format: Annotated[DiffFormat, typer.Option("--format", "-f", help="How to print the differences.")] = (
        DiffFormat.TEXT
    ),
) -> None:
    """Tell which entities and statements came, went and changed between two graphs, with the sentences that say so.

    Exit code 0: no difference; 1: some; 3: a graph cannot be read.
    """
    import json

    from kg import stored
    from kg.query.changes import changes

    found = changes(stored.load(old), stored.load(new))
    if diff_format is DiffFormat.JSON:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        _print(found)
    raise typer.Exit(PARTIAL if found else OK)


def _print(found: Changes) -> None:
    from kg import terminal

    console = terminal.stdout(width=100)
    for sign, source in found.documents:
        console.print(terminal.plain(f"{sign} 文件 {source}"), style=_STYLES[sign])
    for entity in found.entities:
        line = f"{entity.sign} {_class_name(entity.type)} {entity.label}"
        console.print(terminal.plain(line), style=_STYLES[entity.sign])
        _print_basis(console, entity.differences, entity.quotes)
    for statement in found.statements:
        said = statement.said
        line = f"{statement.sign} {said.subject} {said.label.zh} {said.object} {said.detail}".rstrip()
        console.print(terminal.plain(f"{line}（{statement.confidence:.2f}）"), style=_STYLES[statement.sign])
        _print_basis(console, statement.differences, statement.quotes)
    for what, items in (("entities", found.entities), ("statements", found.statements)):
        counts = {sign: sum(item.sign == sign for item in items) for sign in _SIGNS}
        told = ", ".join(f"{counts[sign]} {word}" for sign, word in _SIGNS.items())
        terminal.stderr().print(f"{what}: {told}")


def _print_basis(console: Console, differences: Sequence[Difference], quotes: Sequence[Quote]) -> None:
    from rich.padding import Padding

    from kg import terminal

    for d in differences:
        console.print(
            Padding(terminal.plain(f"{d.field}: {d.old or '—'} → {d.new or '—'}"), (0, 0, 0, 4), expand=False)
        )
    for words in dict.fromkeys(f"{q.sentence}（{q.source}）" for q in quotes):
        console.print(Padding(terminal.plain(words), (0, 0, 0, 4), expand=False), style="dim")


def _class_name(name: str) -> str:
    from kg.vocab.terms import term_labels

    label = term_labels().get(name)
    return label.zh if label else name
