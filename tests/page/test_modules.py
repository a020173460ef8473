"""The page's modules in node, without a page: each *.test.js here tells what one module does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

TESTS = sorted(Path(__file__).parent.glob("*.test.js"))


@pytest.mark.parametrize("test", TESTS, ids=lambda path: path.name)
def test_module(test: Path) -> None:
    ran = subprocess.run(["node", "--test", str(test)], capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
