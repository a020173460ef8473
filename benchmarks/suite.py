"""The benchmark suite: `make bench` measures everything below in one run and writes the table and plot of it.

In: nothing, or names of measurements. Out: the tables on the terminal; with `--output docs/performance` the figures as
`suite.json`, the tables as `suite.md` and the plot as `suite.svg` there. A measurement is a row of `MEASUREMENTS`: a
function that returns sections, for a quick run or a longer one. The trap: seconds mean something on a quiet machine
alone, so the load is written beside them; what is compared takes turns, so that at least the ratios hold on any.

    python benchmarks/suite.py                       # about two minutes
    python benchmarks/suite.py start turtle          # these alone
    python benchmarks/suite.py --long --output docs/performance
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from chart import bar_chart
from measured import keep, load, machine, versions
from section import Section
from stages import length, memory_and_quality, speed
from writers import pages, starts, turtle

MEASUREMENTS: dict[str, Callable[[bool], Sequence[Section]]] = {
    "speed": lambda is_long: [speed(15 if is_long else 5)],
    "length": lambda is_long: [length(5 if is_long else 3)],
    "start": lambda is_long: [starts(15 if is_long else 5)],
    "memory": lambda is_long: memory_and_quality(5_000 if is_long else 1_000),
    "turtle": lambda is_long: [turtle(2_000 if is_long else 300, 3)],
    "page": lambda is_long: [pages((2_000, 20_000) if is_long else (2_000,), 3)],
}
PACKAGES = ("jieba", "rjieba", "rdflib", "pyoxigraph", "pyvis")


def measured(names: Sequence[str], is_long: bool) -> dict[str, object]:
    """Measure; return the figures with the machine and the versions that they were taken on."""
    before, sections = load(), []
    for name in names:
        begin = time.perf_counter()
        sections += MEASUREMENTS[name](is_long)
        print(f"{name}: {time.perf_counter() - begin:.0f} s", flush=True)
    about = {"where": machine(), "what": versions(*PACKAGES), "load": before}
    return {**about, "sections": [section.kept() for section in sections]}


def show(folder: Path) -> None:
    """Write the tables and the plot of the figures that a folder keeps."""
    figures = json.loads((folder / "suite.json").read_text(encoding="utf-8"))
    (folder / "suite.md").write_text(as_markdown(figures), encoding="utf-8")
    (folder / "suite.svg").write_text(plot(figures), encoding="utf-8")


def as_markdown(figures: dict[str, object]) -> str:
    """Return all tables, with what they were measured on."""
    about = f"{figures['where']}; load at the start {figures['load']}.\\\n{figures['what']}.\n"
    return "\n".join(
        ("# What `make bench` measured\n", about, *(section.as_markdown() for section in _sections(figures)))
    )


def plot(figures: dict[str, object]) -> str:
    """Return the plot of all sections that have something to draw."""
    panels = [panel for section in _sections(figures) for panel in section.panels]
    return bar_chart(
        "kg and its peers, measured in one run", f"{figures['where']}; load at the start {figures['load']}", panels
    )


def _sections(figures: dict[str, object]) -> list[Section]:
    kept = figures["sections"]
    assert isinstance(kept, list)
    return [Section.again(section) for section in kept]


def main() -> None:
    """Measure what is asked for; print it, or write it to a folder, too."""
    parser = argparse.ArgumentParser(description="Measure speed, memory, start and quality beside other programs.")
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], help=", ".join(MEASUREMENTS))
    parser.add_argument("--long", action="store_true", help="more rounds, more articles: ten minutes")
    parser.add_argument("--output", type=Path, help="write suite.json, .md and .svg here")
    asked = parser.parse_args()
    figures = measured(asked.names or list(MEASUREMENTS), asked.long)
    print(as_markdown(figures))
    if asked.output:
        keep(asked.output / "suite.json", figures)
        show(asked.output)


if __name__ == "__main__":
    main()
