"""How time and memory of a build grow with the number of articles: each size in a process of its own.

In: an engine (`memory` or `disk`), and numbers of invented articles. Out: a table of processor seconds, wall time and
peak memory, and the exponent that is fitted: 1 means that twice the articles take twice the time. The trap: what other
programs do on the machine stretches the wall time, but hardly the processor's; so the exponent is of the latter.

    python benchmarks/growth.py disk 1000 2000 4000
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from big_text import write_articles, write_lines
from measured import exponent

PROCESSES = 2


def build(engine: str, folder: Path) -> dict[str, float]:
    """Build the articles of a folder in this process and its workers; return what it took."""
    from kg.engines.building import build_on_disk
    from kg.pipeline import build as build_in_memory
    from kg.pipeline import write_output

    before, begin = _processor(), time.perf_counter()
    if engine == "disk":
        build_on_disk([folder / "in"], folder / "out", processes=PROCESSES)
    else:
        write_output(build_in_memory(folder / "in", workers=PROCESSES), folder / "out")
    wall = time.perf_counter() - begin
    own, worker = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"cpu": _processor() - before, "wall": wall, "own": own, "worker": worker}


def _processor() -> float:
    times = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(t.ru_utime + t.ru_stime for t in times)


def main(engine: str, sizes: Sequence[int]) -> None:
    """Print the table."""
    print(
        f"{'articles':>10}{'processor s':>13}{'ms/article':>12}{'wall s':>9}{'peak MB':>9}{'a worker MB':>13}",
        flush=True,
    )
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_lines(write_articles(size), Path(folder) / "in")
            # In a process of its own, so that what the generator holds is not counted.
            command = [sys.executable, __file__, "--one", engine, folder]
            r = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rows.append(r)
        share = r["cpu"] / size * 1000
        print(
            f"{size:>10,}{r['cpu']:>13.1f}{share:>12.2f}{r['wall']:>9.1f}{r['own']:>9.0f}{r['worker']:>13.0f}",
            flush=True,
        )
    if len(rows) > 1:
        print(f"processor time grows with the power {exponent(sizes, [r['cpu'] for r in rows]):.2f} of the articles")


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        print(json.dumps(build(sys.argv[2], Path(sys.argv[3]))))
    else:
        main(sys.argv[1], [int(n) for n in sys.argv[2:]])
