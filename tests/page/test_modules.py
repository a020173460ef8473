"""The page's modules in node, without a page: each *.test.js here tells what one module does."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

TESTS = sorted(Path(__file__).parent.glob("*.test.js"))


def test_modules() -> None:
    """One process for all of them: to start node takes longer than most of the tests."""
    every = "for (const path of process.argv.slice(1)) await import(path);"
    command = ["node", "--input-type=module", "-e", every, *(test.as_uri() for test in TESTS)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    failed = [line for line in ran.stdout.splitlines() if line.lstrip().startswith("not ok")]
    assert failed == [] and ran.returncode == 0, ran.stdout + ran.stderr
    passed = re.search(r"^# pass (\d+)$", ran.stdout, re.M)
    assert passed and int(passed[1]) >= len(TESTS)
