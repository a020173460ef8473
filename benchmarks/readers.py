"""Measure how fast slow formats are read by one process and by several: newspaper pages as PDF, and scans of them.

`python benchmarks/readers.py --scans 12 --pdfs 40 --processes 2`. Pages are made by Chromium as those of the tests are
(`tests/printed_pages.py`), the scans at 200 dots an inch. Each number of processes reads all in a program of its own,
in turns, and the least of the times counts; what comes of them must be the same. The trap: OCR with one process uses
all cores for a page, so that the gain is what those cannot share.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOTS = 200


def make(folder: Path, scans: int, pdfs: int) -> None:
    """Make so many files of each kind, all of them different."""
    import pypdfium2
    from printed_pages import layouts, printed

    made = [layouts(first) for first in range(0, 18, 2)]
    pages: list[Path] = []
    for number, set_ in enumerate(made):
        (work := folder / f"made-{number}").mkdir()
        pages += printed(set_, work).values()
    for kind in ("pdf", "scan"):
        (folder / kind).mkdir()
    for number in range(pdfs):
        (folder / "pdf" / f"{number:02}.pdf").write_bytes(pages[number % len(pages)].read_bytes())
    for number in range(scans):
        page = pypdfium2.PdfDocument(pages[number])[0]
        page.render(scale=DOTS / 72).to_pil().convert("L").save(folder / "scan" / f"{number:02}.pdf", resolution=DOTS)


def read(folder: Path, processes: int) -> None:
    """Read a folder; print how long it took and what came of it."""
    from kg.ingest import read_paths

    began = time.perf_counter()
    found = read_paths([folder], workers=processes)
    seconds = time.perf_counter() - began
    told = repr((found.documents, list(map(str, found.failures)), list(map(str, found.warnings)), found.files))
    print(
        json.dumps({"seconds": seconds, "files": len(found.files), "sha256": hashlib.sha256(told.encode()).hexdigest()})
    )


def measured(folder: Path, processes: int) -> dict[str, str | float]:
    """Read a folder in a program of its own."""
    command = [sys.executable, __file__, "--read", str(folder), "--processes", str(processes)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    """Make the files, read them, and print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=int, default=12)
    parser.add_argument("--pdfs", type=int, default=40)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        read(chosen.read, chosen.processes)
        return
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), chosen.scans, chosen.pdfs)
        for kind in ("pdf", "scan"):
            times: dict[int, list[float]] = {1: [], chosen.processes: []}
            results = set()
            for _ in range(chosen.turns):
                for processes in times:
                    found = measured(Path(name) / kind, processes)
                    times[processes].append(float(found["seconds"]))
                    results.add(found["sha256"])
            one, several = min(times[1]), min(times[chosen.processes])
            same = "the same" if len(results) == 1 else "DIFFERENT"
            print(
                f"{kind}: {found['files']} files, one {one:.1f} s, {chosen.processes} processes {several:.1f} s, "
                f"ratio {several / one:.2f}, {same}; all: {times}"
            )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    main()
