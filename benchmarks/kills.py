"""Kill builds at random moments, and look whether the output folder holds the old set of files or the new one.

    python benchmarks/kills.py --kills 100

Two sets of articles are built in turn into one folder. Each build is a process of its own that is killed (SIGKILL)
after a random part of the time that a whole build takes. Prints one JSON object: how many were killed before they were
done; in how many the folder held a mixed set as found, and after `kg` has looked at it (which must be 0). At the end
both sets are built once more with the store that went through all the kills.
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
from pathlib import Path

from kg import cache, output
from kg.errors import KgError
from kg.pipeline import build, write_output

CORPUS = Path(__file__).parents[1] / "tests" / "corpus" / "dev"


def main() -> int:
    """Run the kills; exit code 1 where a set was torn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=3, help="in each of the two sets")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), chosen.kills, chosen.articles, random.Random(chosen.seed))
    print(json.dumps(told))
    return 1 if told["torn"] else 0


def run(folder: Path, kills: int, articles: int, chance: random.Random) -> dict[str, int | float]:
    """Kill builds until so many have died before they were done; count what was found."""
    texts = sorted(CORPUS.glob("*.txt"))
    sets = [texts[:articles], texts[articles : 2 * articles]]
    whole = [_built(paths, folder / f"whole{i}") for i, paths in enumerate(sets)]
    seconds = max(_timed(paths, folder / "timed") for paths in sets)
    target = folder / "output"
    _built(sets[0], target)
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
        if _is_killed(sets[turn % 2], target, chance.uniform(0, seconds * 1.5)):
            told["killed"] += 1
        else:
            told["done before"] += 1
        told["mixed as found"] += _content(target) not in whole
        output.settle(target)
        told["torn"] += _content(target) not in whole or not output.is_whole(target)
        told["new set"] += _content(target) != before
        before = _content(target)
    told["torn"] += any(_built(paths, target) != whole[i] for i, paths in enumerate(sets))  # the store is sound as well
    return told | {"seconds": seconds}


def _timed(paths: list[Path], folder: Path) -> float:
    start = time.perf_counter()
    _is_killed(paths, folder, 60)
    return round(time.perf_counter() - start, 3)


def _built(paths: list[Path], folder: Path) -> dict[str, bytes]:
    """Build as `kg build` does, with what earlier builds found; a warning of the store is an error."""
    with output.locked(folder), cache.opened(folder / output.STATE, _fail) as earlier:
        write_output(build(paths, earlier=earlier), folder)
    return _content(folder)


def _fail(warning: KgError) -> None:
    raise RuntimeError(str(warning))


def _is_killed(paths: list[Path], folder: Path, seconds: float) -> bool:
    """Build in a process that is killed after some time; tell whether that came before it was done."""
    gc.freeze()
    process = os.fork()
    if process == 0:
        try:
            _built(paths, folder)
        finally:
            os._exit(0)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def _content(folder: Path) -> dict[str, bytes]:
    """Return the files, but for the report, which holds how long the build took."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.stem != "report"}


if __name__ == "__main__":
    sys.exit(main())
