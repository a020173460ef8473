"""Measure what one new page costs an archive that was built before, beside a build from scratch.

    python benchmarks/growing.py --articles 1000

Each build is a process of its own (`python -m kg.cli build`), so that start and lexicons count. Prints one JSON object:
seconds by the clock and of a core for the first build, for one in which nothing is new, and for one with a new article;
what each stage of it took; and whether its output is that of a build from scratch.
"""

from __future__ import annotations

import argparse
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
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), parser.parse_args().articles)
    print(json.dumps(told, indent=1))
    return 0 if told["same bytes as from scratch"] else 1


def run(place: Path, articles: int) -> dict[str, Any]:
    """Build, build again, add an article, build again, and from scratch."""
    made, archive, new = place / "made", place / "archive", place / "new"
    subprocess.run([sys.executable, str(HERE / "big_text.py"), str(articles + 1), str(made)], check=True)
    texts = sorted(made.glob("*.txt"))
    archive.mkdir()
    for text in texts[:-1]:
        _move(text, archive)
    told: dict[str, Any] = {"articles": len(texts) - 1}
    told["first build"] = _seconds(archive, new)
    first = _stages(new)
    told["nothing new"] = _seconds(archive, new)
    _move(texts[-1], archive)
    told["one new article"] = _seconds(archive, new)
    told["share of the first build, %"] = round(100 * told["one new article"][1] / told["first build"][1], 1)
    told["stages of the first build"] = first
    told["stages with one new article"] = _stages(new)
    _seconds(archive, place / "scratch")
    told["same bytes as from scratch"] = _content(new) == _content(place / "scratch")
    told["MB of the store"] = round((new / ".kg" / "findings.sqlite").stat().st_size / 1e6, 1)
    return told


def _move(text: Path, folder: Path) -> None:
    for file in (text, text.with_suffix(".meta.toml")):
        if file.exists():
            os.rename(file, folder / file.name)


def _seconds(archive: Path, folder: Path) -> tuple[float, float]:
    """Build; return seconds by the clock, and of a core."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "kg.cli", "build", str(archive), "-o", str(folder), "-q", "-j", "1"], check=True
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    core = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return round(time.perf_counter() - start, 2), round(core, 2)


def _stages(folder: Path) -> dict[str, float]:
    stages: dict[str, float] = json.loads((folder / "report.json").read_bytes())["speed"]["seconds"]
    return stages


def _content(folder: Path) -> dict[str, bytes]:
    """Return the files, but for the report, which holds how long the build took."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.stem != "report"}


if __name__ == "__main__":
    sys.exit(main())
