"""How much faster several processes build than one, on invented articles, the numbers of processes taking turns.

In: how many articles, and numbers of processes. Out: a table of the wall time of a whole build with Turtle for each,
best and median of the rounds, and the hash of the Turtle, which is the same for all. The trap: on a machine that others
use, too, a second process may find no core free; so each round runs all of them one after the other, and the load of
the machine is printed beside the figures.

    python benchmarks/cores.py 300 1 2
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from big_text import write_articles, write_folder

from kg.export.turtle import write_turtle
from kg.notation import DEFAULT_BASE
from kg.pipeline import build

ROUNDS = 5


def build_seconds(folder: Path, processes: int) -> tuple[float, str]:
    """Return the wall time of a build by so many processes, and the hash of its Turtle."""
    begin = time.perf_counter()
    turtle = io.StringIO()
    write_turtle(build(folder, workers=processes).graph, turtle, DEFAULT_BASE)
    seconds = time.perf_counter() - begin
    return seconds, hashlib.sha256(turtle.getvalue().encode()).hexdigest()[:16]


def main(articles: int, counts: Sequence[int]) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(write_articles(articles), folder)
        build_seconds(folder, 1)  # reads the dictionaries
        rounds = [{count: build_seconds(folder, count) for count in counts} for _ in range(ROUNDS)]
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"{articles} articles, {ROUNDS} rounds, {os.cpu_count()} cores, load of the machine {load}")
    print(f"{'processes':>10}{'best s':>9}{'median s':>10}{'× (best)':>10}{'× (median)':>12}  Turtle")
    for count in counts:
        seconds = [r[count][0] for r in rounds]
        first = [r[counts[0]][0] for r in rounds]
        best, middle = min(first) / min(seconds), median(a / b for a, b in zip(first, seconds, strict=True))
        hashes = ", ".join(sorted({r[count][1] for r in rounds}))
        print(f"{count:>10}{min(seconds):>9.2f}{median(seconds):>10.2f}{best:>10.2f}{middle:>12.2f}  {hashes}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 300, [int(n) for n in sys.argv[2:]] or [1, 2])
