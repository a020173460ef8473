"""`kg build --engine …`: graphs that are written in shards and never held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.options import FAILED, OK, PARTIAL

if TYPE_CHECKING:
    from kg.errors import KgError


class Engine(StrEnum):
    """Where a graph is held while it is built."""

    MEMORY = "memory"
    DISK = "disk"
    SPARK = "spark"


def build_sharded(
    engine: Engine,
    master: str,
    paths: Sequence[str],
    output: Path,
    base: str,
    min_confidence: float,
    workers: int | None,
    parquet: bool,
    quiet: bool,
    cache: Path | None,
    fresh: bool,
) -> int:
    """Build into shards; print errors and counts, and return the exit code."""
    from kg import terminal
    from kg.cache import opened
    from kg.engines.building import build_on_disk, build_on_spark
    from kg.output import STATE, locked

    if min_confidence:
        raise typer.BadParameter("goes with --engine memory only: shards are written before all statements are known")
    doubts: list[KgError] = []
    with (
        locked(output),
        # Spark's machines read the files, where no earlier build has left anything.
        nullcontext() if engine is Engine.SPARK else opened(cache or output / STATE, doubts.append, fresh) as earlier,
        terminal.progress_bar(not quiet) as progress,
    ):
        if engine is Engine.SPARK:
            result = build_on_spark(paths, output, master, base=base, parquet=parquet, progress=progress)
        else:
            result = build_on_disk(
                paths,
                output,
                processes=workers,
                base=base,
                parquet=parquet,
                earlier=earlier,
                fresh=fresh,
                progress=progress,
            )
    for warning in (*doubts, *result.warnings):
        terminal.print_warning(str(warning))
    for failure in result.failures:
        terminal.print_error(str(failure))
    if not result.counts["articles"]:
        terminal.print_error(f"no article to build a graph from; {result.folder} is as it was")
        return FAILED
    if not quiet:
        if result.known:
            terminal.stderr().print(f"documents: {result.known} known, {result.new} new or changed")
        terminal.print_table(("built", "count"), [(name, f"{n:,}") for name, n in result.counts.items()], numbers=1)
        terminal.stderr().print(f"wrote {result.folder}")
    return PARTIAL if result.failures else OK
