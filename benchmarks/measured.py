"""What benchmarks share: how a figure is taken, where it was taken, and how it is shown.

In: figures. Out: exponents, tables in Markdown, files of figures; what the machine and its programs are. The trap: the
kernel's own count of the most memory that a process had (`ru_maxrss`) may begin with that of the program which started
it; `VmHWM` is the process's own, and can be set back.
"""

from __future__ import annotations

import json
import math
import os
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def peak() -> float:
    """Return the most memory that this process has had, in MB; Linux alone tells it."""
    found = _PEAK.search(Path("/proc/self/status").read_text(encoding="ascii"))
    assert found, "Linux tells it"
    return int(found[1]) / 1024


def resident() -> float:
    """Return the memory that this process has now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def alone(script: str, *arguments: str) -> Any:
    """Run a script in a process of its own and return the JSON that it prints."""
    command = [sys.executable, script, *arguments]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def forget_peak() -> None:
    """Let the most memory be what the process has now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the slope of the line through the logarithms, by least squares: 1 where twice the size takes twice."""
    xs, ys = [math.log(x) for x in sizes], [math.log(y) for y in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown: words stand on the left, figures on the right."""
    columns = zip(*rows, strict=True)
    rule = ["---:" if any(map(_is_figure, column)) else "---" for column in columns]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def _is_figure(cell: str) -> bool:
    return bool(re.match("[<>]? ?[0-9]", cell)) and not re.search("[a-z]{3}", cell)


def keep(file: Path, figures: dict[str, Any]) -> None:
    """Write figures, so that tables and plots can be made of them again."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> str:
    """Say what is measured on: processor, cores, memory, system."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    total = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return f"{model}, {os.cpu_count()} cores, {total / 1024**2:.0f} GB, {platform.system()} {_release()}"


def versions(*packages: str) -> str:
    """Say what is measured: Python, packages, and the commit of this project."""
    named = ", ".join(f"{package} {version(package)}" for package in packages)
    return f"Python {platform.python_version()}, " + (f"{named}, " if named else "") + f"kg {commit()}"


def commit() -> str:
    """Return the commit that is checked out, with a + where files differ from it."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=8", "--dirty=+"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return version("kg-local-governance")


def load() -> str:
    """Say how busy the machine is; more than the one that measures means that others were at work."""
    return f"{os.getloadavg()[0]:.1f}"


def _release() -> str:
    return platform.release().split("-")[0]


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []
