"""Print results for people: tables, a progress bar, closing words. Tables go to stdout, everything else to stderr.

The trap: names and texts come from files. They are printed as they are, without rich's markup, and control characters
(which a terminal would obey) are shown as �, and so are halves of characters, which it cannot show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from kg.query.show import Portrait, Quote

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNLIMITED = 100_000

STAGES = {"read": "Reading", "extract": "Extracting", "resolve": "Resolving", "write": "Writing", "load": "Loading, MB"}


def stdout(width: int = _UNLIMITED) -> Console:
    """Return a console for results; where nobody watches, its lines are as long as they need to be."""
    console = Console(highlight=False, markup=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, width=width)


def stderr() -> Console:
    """Return a console for messages."""
    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def plain(text: str) -> Text:
    """Return text that shows what it holds and does nothing."""
    return Text(_CONTROL.sub("\ufffd", text))


def print_error(message: str) -> None:
    """Print what went wrong."""
    stderr().print(Text("error: ", style="bold red") + plain(message))


def print_warning(message: str) -> None:
    """Print what the user may not have meant."""
    stderr().print(Text("warning: ", style="bold yellow") + plain(message))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", numbers: int = 0, width: int = _UNLIMITED
) -> None:
    """Print a table to stdout; the last `numbers` columns are aligned to the right."""
    table = Table(box=box.SIMPLE_HEAD, title=plain(title) if title else None, title_justify="left")
    for i, name in enumerate(columns):
        table.add_column(plain(name), justify="right" if i >= len(columns) - numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(plain, row))
    stdout(width).print(table)


def print_portrait(portrait: Portrait) -> None:
    """Print an entity: its names and classes, then statements and figures, each above the words that say it."""
    console = stdout(width=100)
    console.print(plain(portrait.name).append(f"  {' · '.join((portrait.type, *portrait.kinds))}", style="cyan"))
    facts = (("also", "、".join(portrait.aliases)), ("code", portrait.code), ("IRI", portrait.iri))
    for what, value in facts:
        if value:
            console.print(Text(f"  {what}: ", style="dim") + plain(value))
    for line in portrait.lines:
        other = f"{line.other} {line.detail}".strip()
        said = f"{line.other} → {line.predicate} {line.detail}" if line.inverse else f"{line.predicate} → {other}"
        _print_said(console, said.strip(), line.quotes)
    for figure in portrait.figures:
        amount = f"{figure.indicator}: {figure.value} {figure.unit} {figure.qualifier} {figure.time}"
        _print_said(console, " ".join(amount.split()), figure.quotes)
    for article in portrait.articles:
        console.print(Text("  in ", style="dim") + plain(article))
    console.print()


def _print_said(console: Console, said: str, quotes: Sequence[Quote]) -> None:
    console.print(Text("  ") + plain(said))
    for words in dict.fromkeys(quote.words for quote in quotes):
        console.print(Padding(plain(words), (0, 0, 0, 6), expand=False), style="dim")


@contextmanager
def progress_bar(shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that moves a bar on stderr; it prints nothing where it is not wanted or not a terminal."""
    console = stderr()
    if not shown or not console.is_terminal:
        yield lambda stage, done, total: None
        return
    columns = (TextColumn("{task.description:<11}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def move(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(STAGES.get(stage, stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield move
