"""Run a command and watch it: the memory of all its processes together, and their processor time.

In: a command. Out: what it prints itself, then peaks and times. The trap: processes share pages, so that the sum of all
RSS counts Python itself once for each; PSS divides shared pages among those that share them, and its sum
is what the machine gives. Linux alone tells PSS.

    python benchmarks/watch.py kg build archive -o output --engine disk --workers 2
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.5  # seconds
_PSS, _RSS = (re.compile(rf"^{name}:\s+(\d+) kB", re.MULTILINE) for name in ("Pss", "Rss"))


@dataclass
class Peaks:
    """The most that was seen, in MB; of one process by its place in the family: the command itself, or its child."""

    pss: float = 0
    rss: float = 0
    own: float = 0
    child: float = 0


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it has ended
        return
    for child in children:
        yield from family(child)


def memory(pid: int) -> tuple[float, float]:
    """Return PSS and RSS of a process in MB; 0 for one that has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0, 0
    found = [pattern.search(text) for pattern in (_PSS, _RSS)]
    pss, rss = (int(m[1]) / 1024 if m else 0.0 for m in found)
    return pss, rss


def look(pid: int, peaks: Peaks) -> None:
    """Look once."""
    own, *children = (memory(one) for one in family(pid))
    peaks.pss = max(peaks.pss, own[0] + sum(p for p, _ in children))
    peaks.rss = max(peaks.rss, own[1] + sum(r for _, r in children))
    peaks.own = max(peaks.own, own[1])
    peaks.child = max([peaks.child, *(r for _, r in children)])


def main(command: list[str]) -> int:
    """Run the command and print what was seen; return its exit code."""
    peaks, since = Peaks(), time.perf_counter()
    process = subprocess.Popen(command)
    while process.poll() is None:
        look(process.pid, peaks)
        time.sleep(EVERY)
    times = os.times()
    print(
        f"wall {time.perf_counter() - since:.0f} s, processor {times.children_user + times.children_system:.0f} s, "
        f"load average {os.getloadavg()[0]:.1f}\n"
        f"peak of all processes: {peaks.pss:.0f} MB (PSS), {peaks.rss:.0f} MB (sum of RSS); "
        f"the command itself {peaks.own:.0f}, its largest child {peaks.child:.0f} (RSS)"
    )
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
