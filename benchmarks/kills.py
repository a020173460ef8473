"""Kill builds at random moments, and look whether the output folder holds the old set of files or the new one.

    python benchmarks/kills.py --kills 100
    python benchmarks/kills.py --kills 100 --engine disk --articles 8

Two sets of articles are built in turn into one folder; with `--engine disk` they differ in one article, so that the
graph grows. Each build is a process of its own that is killed (SIGKILL) after a random part of the time that a
whole one takes. Prints one JSON object: how many were killed before they were done; in how many the folder held a mixed
set as found, and after `kg` has looked at it (which must be 0). At the end both sets are built once more with the store
that went through all the kills.
The trap: the processes are forked from one that has read lexicons and gazetteer, since else most would die while
Python still loads; most moments then lie in reading, extracting, resolving and writing.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg import cache, output
from kg.engines.building import build_on_disk
from kg.errors import KgError
from kg.pipeline import build, write_output

CORPUS = Path(__file__).parents[1] / "tests" / "corpus" / "dev"


def main() -> int:
    """Run the kills; exit code 1 where a set was torn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=3, help="in each of the two sets")
    parser.add_argument("--engine", choices=("memory", "disk"), default="memory")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), chosen.kills, chosen.articles, random.Random(chosen.seed), ENGINES[chosen.engine])
    print(json.dumps(told))
    return 1 if told["torn"] else 0


@dataclass(frozen=True)
class Engine:
    """A way to build, and what it leaves."""

    build: Callable[[list[Path], Path], None]
    content: Callable[[Path], dict[str, bytes]]
    is_whole: Callable[[Path], bool]
    shared: bool
    """Whether the two sets have all articles but one in common."""

    def built(self, paths: list[Path], folder: Path) -> dict[str, bytes]:
        """Build, and return what is there now."""
        self.build(paths, folder)
        return self.content(folder)


def run(folder: Path, kills: int, articles: int, chance: random.Random, engine: Engine) -> dict[str, int | float]:
    """Kill builds until so many have died before they were done; count what was found."""
    texts = sorted(CORPUS.glob("*.txt"))
    sets = [texts[:articles], texts[1 if engine.shared else articles :][:articles]]
    whole = [engine.built(paths, folder / f"whole{i}") for i, paths in enumerate(sets)]
    target = folder / "output"
    engine.build(sets[0], target)
    seconds = max(_timed(paths, target if engine.shared else folder / "timed", engine) for paths in reversed(sets))
    told: dict[str, int | float] = {
        "killed": 0,
        "done before": 0,
        "new set": 0,
        "mixed as found": 0,
        "torn": 0,
        "seconds": seconds,
    }
    turn, before = 0, whole[0]
    while told["killed"] < kills:
        turn += 1
        if _is_killed(sets[turn % 2], target, engine, chance.uniform(0, seconds * 1.5)):
            told["killed"] += 1
        else:
            told["done before"] += 1
        told["mixed as found"] += engine.content(target) not in whole
        output.settle(target)
        told["torn"] += engine.content(target) not in whole or not engine.is_whole(target)
        told["new set"] += engine.content(target) != before
        before = engine.content(target)
    told["torn"] += any(
        engine.built(paths, target) != whole[i] for i, paths in enumerate(sets)
    )  # the store is sound as well
    return told | {"seconds": seconds}


def _timed(paths: list[Path], folder: Path, engine: Engine) -> float:
    start = time.perf_counter()
    _is_killed(paths, folder, engine, 60)
    return round(time.perf_counter() - start, 3)


def _in_memory(paths: list[Path], folder: Path) -> None:
    """Build as `kg build` does, with what earlier builds found; a warning of the store is an error."""
    with output.locked(folder), cache.opened(folder / output.STATE, _fail) as earlier:
        write_output(build(paths, earlier=earlier), folder)


def _on_disk(paths: list[Path], folder: Path) -> None:
    for warning in build_on_disk(paths, folder, processes=1).warnings:
        _fail(warning)


def _fail(warning: KgError) -> None:
    raise RuntimeError(str(warning))


def _is_killed(paths: list[Path], folder: Path, engine: Engine, seconds: float) -> bool:
    """Build in a process that is killed after some time; tell whether that came before it was done."""
    gc.freeze()
    process = os.fork()
    if process == 0:
        try:
            engine.build(paths, folder)
        finally:
            os._exit(0)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def _files(folder: Path) -> dict[str, bytes]:
    """Return the files, but for the report, which holds how long the build took."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.stem != "report"}


def _shards(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.glob("nquads/*")}


ENGINES = {
    "memory": Engine(_in_memory, _files, output.is_whole, shared=False),
    "disk": Engine(_on_disk, _shards, lambda _: True, shared=True),
}

if __name__ == "__main__":
    sys.exit(main())
