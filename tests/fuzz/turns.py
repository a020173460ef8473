"""Fuzz all targets in turns: `python -m fuzz.turns FOLDER [TARGET …] [--minutes 60] [--turn 120]`.

FOLDER keeps what was learnt (corpus/), what crashed (found/), and one line of JSON a turn (turns.jsonl), so that a
later run goes on where this one ended. The trap: what ends the fuzzer itself, a hang or a fault in C, would end the
turn after a second; the rest of a turn is begun again, a few times at most.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from itertools import cycle
from pathlib import Path

from fuzz.targets import TARGETS, named
from mutations import TOKENS

_SECONDS = 20  # for one input; the slowest takes a quarter of one
_MEGABYTES = 2500
_WORDS = (
    "{newspaper}",
    "{published}",
    "{home}",
    "{*}",
    "paths = ",
    "<w:p>",
    "&#x",
    "charset=",
    "2022-07-16",
    "Content-Length: ",
)
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(r"cov: (\d+) ft: \d+ corp: (\d+)")


def turn(name: str, folder: Path, seconds: int) -> dict[str, object]:
    """Fuzz one target for so long; return what was done."""
    corpus, found = folder / "corpus" / name, folder / "found" / name
    for place in (corpus, found):
        place.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(named(name).seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    began, told = time.monotonic(), Counter[str]()
    crashes: set[str] = set()
    ended = 0
    while (left := seconds - (time.monotonic() - began)) > 5 and ended < 5:
        done = subprocess.run(_command(name, folder, round(left)), capture_output=True, check=False)
        log = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
        (found / "log").write_text(log, encoding="utf-8")
        told["executions"] += int(m[1]) if (m := _DONE.search(log)) else 0
        for m in _COVERED.finditer(log):
            told["covered"], told["corpus"] = max(told["covered"], int(m[1])), int(m[2])
        crashes |= {line for line in log.split("\n") if line.startswith(("CRASH ", "SUMMARY: "))}
        ended += done.returncode != 0
    return {
        "target": name,
        "seconds": round(time.monotonic() - began),
        **told,
        "ended": ended,
        "crashes": sorted(crashes),
    }


def _command(name: str, folder: Path, seconds: int) -> list[str]:
    found = folder / "found" / name
    limits = [f"-timeout={_SECONDS}", f"-rss_limit_mb={_MEGABYTES}", f"-max_total_time={seconds}"]
    kept = [f"-artifact_prefix={found}/", f"-dict={folder / 'words'}", "-print_final_stats=1"]
    return [sys.executable, "-m", "fuzz.run", name, str(found), str(folder / "corpus" / name), *limits, *kept]


def _write_words(path: Path) -> None:
    words = [token[:64] for token in TOKENS] + [word.encode() for word in _WORDS]
    lines = ("".join(f"\\x{byte:02x}" for byte in word) for word in words)
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")


def main() -> None:
    """Take turns until the time is over; tell of each turn, and end with 1 where something crashed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("targets", nargs="*", default=[target.name for target in TARGETS])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--turn", type=int, default=120, help="seconds")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    _write_words(asked.folder / "words")
    end, crashed = time.monotonic() + 60 * asked.minutes, False
    for name in cycle(asked.targets):
        if (left := end - time.monotonic()) < 10:
            break
        told = turn(name, asked.folder, min(asked.turn, round(left)))
        crashed |= bool(told["crashes"])
        with (asked.folder / "turns.jsonl").open("a", encoding="utf-8") as log:
            print(json.dumps(told, ensure_ascii=False), file=log)
        print(json.dumps(told, ensure_ascii=False), flush=True)
    sys.exit(1 if crashed else 0)


if __name__ == "__main__":
    main()
