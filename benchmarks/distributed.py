"""How much faster a cluster of two workers builds than one core of the same machine, and whether it builds the same.

In: how many invented articles, and how many rounds. Out: for each round wall time and processor time of a build with
`--engine disk --workers 1`, all of it on one core, and of one with `--engine spark` on a master and two workers of one
core each, processes of their own; then the ratio, and whether the sorted quads are equal. The traps: Spark's processes
outlive a build, so their processor time is read from the system (Linux) again and again; and what else runs on the
machine takes from two cores more than from one, so the ratio of processor times tells what a quiet machine would give.

    python benchmarks/distributed.py 20000 1
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self

from big_text import write_articles, write_lines
from cluster import Cluster, cluster
from watch import family

WORKERS = 2
_EVERY = 0.5  # seconds
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Took:
    """What a build took, in seconds."""

    wall: float
    processor: float


def build(source: Path, output: Path, *options: str, cores: set[int] | None = None) -> Took:
    """Build by the command line, on some cores alone if they are named."""
    command = [sys.executable, "-m", "kg.cli", "build", str(source), "-o", str(output), "--quiet", *options]
    before, begin = os.times(), time.perf_counter()
    process = subprocess.Popen(command, preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None)
    if process.wait():
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    wall, after = time.perf_counter() - begin, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(wall, spent)


def on_cluster(source: Path, output: Path, running: Cluster) -> Took:
    """Build on a cluster; its processes' time counts as well."""
    with Meter(running.pids) as meter:
        took = build(source, output, "--engine", "spark", "--master", running.master)
    return Took(took.wall, took.processor + meter.spent)


class Meter:
    """Adds up the processor time of processes and of all that descend from them, while it is a context.

    Looked at again and again: Spark kills the Python processes of its tasks, and what those spent is told to nobody.
    """

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids, self._seen, self._ended = pids, dict[int, float](), threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def spent(self) -> float:
        """The seconds that were spent since the context began, as far as they were seen."""
        return sum(self._seen.values()) - self._before

    def __enter__(self) -> Self:
        self._look()
        self._before = sum(self._seen.values())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        for pid in chain.from_iterable(map(family, self._pids)):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            self._seen[pid] = sum(map(int, fields[11:13])) / _TICKS


def digest(folder: Path) -> str:
    """Return a hash of the sorted lines of all shards, whatever their number."""
    shards = sorted(str(file) for file in (folder / "nquads").glob("*.nq"))
    sort = subprocess.Popen(
        ["sort", "--buffer-size=200M", *shards], stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}
    )
    assert sort.stdout
    found = hashlib.file_digest(sort.stdout, "sha256").hexdigest()
    if sort.wait():
        sys.exit("the shards could not be sorted")
    return found


def main(articles: int, rounds: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="kg-cluster-") as name:
        folder = Path(name)
        write_lines(write_articles(articles), folder / "in")
        (folder / "logs").mkdir()
        print(f"{articles:,} articles, {os.cpu_count()} cores; seconds: wall (processor)")
        print(f"{'one core':>20}{'two workers':>20}{'× wall':>8}{'× processor':>13}{'load':>6}", flush=True)
        with cluster(folder / "logs", WORKERS) as running:
            for _ in range(rounds):
                one = build(folder / "in", folder / "one", "--engine", "disk", "--workers", "1", cores={0})
                two = on_cluster(folder / "in", folder / "two", running)
                told = (f"{took.wall:.1f} ({took.processor:.1f})" for took in (one, two))
                print("".join(f"{text:>20}" for text in told), end="")
                possible = one.processor / (two.processor / WORKERS)
                print(f"{one.wall / two.wall:>8.2f}{possible:>13.2f}{os.getloadavg()[0]:>6.1f}", flush=True)
        print("the same quads:", digest(folder / "one") == digest(folder / "two"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5000, int(sys.argv[2]) if sys.argv[2:] else 1)
