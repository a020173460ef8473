"""How much faster several processes build than one, on invented articles, the numbers of processes taking turns.

In: an engine (`memory` or `disk`), how many articles, and numbers of processes. Out: a table of the wall time of a
whole build for each, in memory with Turtle, on disk with all shards, best and median of the rounds, and the hash of
what was written, which is the same for all. The trap: on a machine that others use, too, a second process may find no
core free; so each round runs all of them one after the other, and the load of the machine is printed beside the
figures.

    python benchmarks/cores.py disk 2000 1 2
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

from kg.engines.building import build_on_disk
from kg.export.turtle import write_turtle
from kg.notation import DEFAULT_BASE
from kg.pipeline import build

ROUNDS = 3


def in_memory(folder: Path, processes: int) -> tuple[float, str]:
    """Return the wall time of a build by so many processes, and the hash of its Turtle."""
    begin = time.perf_counter()
    turtle = io.StringIO()
    write_turtle(build(folder, workers=processes).graph, turtle, DEFAULT_BASE)
    seconds = time.perf_counter() - begin
    return seconds, hashlib.sha256(turtle.getvalue().encode()).hexdigest()[:16]


def on_disk(folder: Path, processes: int) -> tuple[float, str]:
    """Return the wall time of a build by so many processes, and the hash of its shards."""
    with tempfile.TemporaryDirectory() as output:
        begin = time.perf_counter()
        built = build_on_disk([folder], output, processes=processes)
        seconds = time.perf_counter() - begin
        shards = hashlib.sha256()
        for shard in sorted(built.folder.glob("*.nq")):
            shards.update(shard.read_bytes())
    return seconds, shards.hexdigest()[:16]


ENGINES = {"memory": in_memory, "disk": on_disk}


def main(engine: str, articles: int, counts: Sequence[int]) -> None:
    """Print the table."""
    build_seconds = ENGINES[engine]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(write_articles(articles), folder)
        build_seconds(folder, 1)  # reads the dictionaries
        rounds = [{count: build_seconds(folder, count) for count in counts} for _ in range(ROUNDS)]
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"{engine}, {articles} articles, {ROUNDS} rounds, {os.cpu_count()} cores, load of the machine {load}")
    print(f"{'processes':>10}{'best s':>9}{'median s':>10}{'× (best)':>10}{'× (median)':>12}  hash")
    for count in counts:
        seconds = [r[count][0] for r in rounds]
        first = [r[counts[0]][0] for r in rounds]
        best, middle = min(first) / min(seconds), median(a / b for a, b in zip(first, seconds, strict=True))
        hashes = ", ".join(sorted({r[count][1] for r in rounds}))
        print(f"{count:>10}{min(seconds):>9.2f}{median(seconds):>10.2f}{best:>10.2f}{middle:>12.2f}  {hashes}")


if __name__ == "__main__":
    engine, articles, *counts = sys.argv[1:] or ["memory", "300"]
    main(engine, int(articles), [int(n) for n in counts] or [1, 2])
