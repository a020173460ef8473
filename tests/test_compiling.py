"""`tools/compiling.py`: what is compiled, and how constants are declared before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import compiling  # noqa: E402

FUTURE = "from __future__ import annotations"
MARKED = f"{FUTURE}; from typing import Final as _Final"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('_BODY = re.compile("局")', '_BODY: _Final = re.compile("局")', id="a constant"),
        pytest.param("_LONGEST: int = 12", "_LONGEST: _Final[int] = 12", id="a constant with a type"),
        pytest.param("seen = 0", "seen = 0", id="a variable"),
        pytest.param("T = TypeVar('T')", "T = TypeVar('T')", id="a type's variable"),
        pytest.param("_ALL = 1\n_ALL = 2", "_ALL = 1\n_ALL = 2", id="set twice"),
        pytest.param(
            "_N = 0\ndef f():\n    global _N\n    _N = 1",
            "_N = 0\ndef f():\n    global _N\n    _N = 1",
            id="set elsewhere",
        ),
        pytest.param("def f():\n    HERE = 1", "def f():\n    HERE = 1", id="inside of a function"),
    ],
)
def test_constants_are_declared_final(source: str, expected: str) -> None:
    assert compiling.marked(f"{FUTURE}\n{source}") == f"{MARKED}\n{expected}"


def test_no_line_moves_and_every_compiled_module_still_parses() -> None:
    for file in compiling.sources(ROOT / "kg"):
        source = file.read_text(encoding="utf-8")
        marked = compiling.marked(source)
        compile(marked, str(file), "exec")
        assert marked.count("\n") == source.count("\n")


def test_records_that_travel_between_processes_are_not_compiled() -> None:
    names = {file.relative_to(ROOT / "kg").as_posix() for file in compiling.sources(ROOT / "kg")}
    assert "extract/organizations.py" in names
    assert not names & {"model.py", "graph.py", "resolve/__init__.py", "resolve/identity.py", "resolve/clusters.py"}
