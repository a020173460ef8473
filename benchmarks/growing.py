"""Measure what one new page costs an archive that was built before, beside a build from scratch.

    python benchmarks/growing.py --articles 1000
    python benchmarks/growing.py --articles 10000 --engine disk

Each build is a process of its own (`python -m kg.cli build`), so that start and lexicons count. Prints one JSON object:
seconds by the clock and of a core for the first build, for one in which nothing is new, and for one with a new article;
what each stage of it took (in memory); how many files stayed the very files that they were; and whether its output is
that of a build from scratch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def main() -> int:
    """Run the builds; exit code 1 where the outputs differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--engine", choices=("memory", "disk"), default="memory")
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    command = ["build", "-q", "--engine", chosen.engine, "-j", str(chosen.workers)]
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), chosen.articles, command)
    print(json.dumps(told, indent=1))
    return 0 if told["same bytes as from scratch"] else 1


def run(place: Path, articles: int, command: list[str]) -> dict[str, Any]:
    """Build, build again, add an article, build again, and from scratch."""
    made, archive, new = place / "made", place / "archive", place / "new"
    subprocess.run([sys.executable, str(HERE / "big_text.py"), str(articles + 1), str(made)], check=True)
    texts = sorted(made.glob("*.txt"))
    archive.mkdir()
    for text in texts[:-1]:
        _move(text, archive)
    told: dict[str, Any] = {"articles": len(texts) - 1}
    told["first build"] = _seconds(command, archive, new)
    told["stages of the first build"] = _stages(new)
    told["nothing new"] = _seconds(command, archive, new)
    before = _inodes(new)
    _move(texts[-1], archive)
    told["one new article"] = _seconds(command, archive, new)
    told["share of the first build, %"] = round(100 * told["one new article"][1] / told["first build"][1], 2)
    told["stages with one new article"] = _stages(new)
    told["MB, files, of these kept"] = _kept(before, new)
    _seconds(command, archive, place / "scratch")
    told["same bytes as from scratch"] = _content(new) == _content(place / "scratch")
    told["MB of the store"] = round(sum(file.stat().st_size for file in new.glob(".kg/*.sqlite")) / 1e6, 1)
    return told


def _move(text: Path, folder: Path) -> None:
    for file in (text, text.with_suffix(".meta.toml")):
        if file.exists():
            os.rename(file, folder / file.name)


def _seconds(command: list[str], archive: Path, folder: Path) -> tuple[float, float]:
    """Build; return seconds by the clock, and of a core."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "kg.cli", *command, str(archive), "-o", str(folder)], check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    core = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return round(time.perf_counter() - start, 2), round(core, 2)


def _stages(folder: Path) -> dict[str, float]:
    """Return the seconds of each stage; nothing where the build writes no report."""
    report = folder / "report.json"
    return json.loads(report.read_bytes())["speed"]["seconds"] if report.exists() else {}


def _files(folder: Path) -> dict[str, Path]:
    """Return the files of an output by name, but for the report, which holds how long the build took."""
    files = (p for p in folder.rglob("*") if p.is_file() and ".kg" not in p.relative_to(folder).parts)
    return {p.relative_to(folder).as_posix(): p for p in files if p.stem != "report"}


def _inodes(folder: Path) -> dict[str, int]:
    return {name: file.stat().st_ino for name, file in _files(folder).items()}


def _kept(before: dict[str, int], folder: Path) -> tuple[float, int, int]:
    """Return the MB of an output, how many files it has, and how many of them are the very files of an earlier one."""
    now = _inodes(folder)
    size = sum(file.stat().st_size for file in _files(folder).values())
    return round(size / 1e6, 1), len(now), sum(inode == before.get(name) for name, inode in now.items())


def _content(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in _files(folder).items()}


if __name__ == "__main__":
    sys.exit(main())
