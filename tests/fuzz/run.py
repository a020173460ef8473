"""Give one target any bytes, led by what they make it run: `python -m fuzz.run TARGET FOUND libFuzzer's options`.

Each crash of a new kind (exception, and the line of ours where it came from) is written to the folder FOUND, and
fuzzing goes on; what ends the process itself (no answer in time, too much memory, a fault in C) libFuzzer writes.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

_PURE = [
    "kg",
    "docx",
    "jusText",
    "justext",
    "trafilatura",
    "warcio",
    "markdown_it",
    "csv",
    "zipfile",
    "tomllib",
    "json",
]


def kept(run: Callable[[bytes], None], folder: Path) -> Callable[[bytes], None]:
    """Return what runs and keeps each crash of a new kind."""
    known: set[str] = set()

    def one(data: bytes) -> None:
        try:
            run(data)
        except Exception as error:
            kind = _kind(error)
            if kind not in known:
                known.add(kind)
                name = hashlib.sha256(kind.encode()).hexdigest()[:12]
                if not (path := folder / name).exists() or len(data) < path.stat().st_size:
                    path.write_bytes(data)
                    path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
                print(f"CRASH {kind}", flush=True)

    return one


def _kind(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/kg/" in f.filename] or list(frames)
    what = (
        f" {error}"[:80] if type(error).__name__ == "Crash" else ""
    )  # a library's words may hold the bytes themselves
    return f"{type(error).__name__} {Path(ours[-1].filename).name}:{ours[-1].lineno}{what}"


def main() -> None:
    """Fuzz the target that the command line names."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    with atheris.instrument_imports(include=_PURE):
        from fuzz.targets import named  # not before: only what is imported here is instrumented

        target = named(name)
        for seed in target.seeds():  # readers import their libraries when they are first called
            target.run(seed)
    options = [f"-max_len={target.most}", *sys.argv[3:]]
    atheris.Setup([sys.argv[0], *options], kept(target.run, folder))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
