"""`tools/compiling.py`, `tools/initializers.py`: what is compiled, and how constants and records are written before."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import compiling  # noqa: E402

FUTURE = "from __future__ import annotations"
MARKED = f"{FUTURE}; {compiling._NAMES}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('_BODY = re.compile("局")', '_BODY: _Final = re.compile("局")', id="a constant"),
        pytest.param("_LONGEST: int = 12", "_LONGEST: _Final[int] = 12", id="a constant with a type"),
        pytest.param("_SURE = (0.9, 0.8)", "_SURE = (0.9, 0.8)", id="a tuple of floats"),
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
        prepared = compiling.prepared(source)
        compile(prepared, str(file), "exec")
        assert prepared.count("\n") == source.count("\n")
        assert defined(prepared).items() >= defined(source).items()


def defined(source: str) -> dict[str, int]:
    """Return the line of each function and class."""
    nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return {f"{n.name} {type(n).__name__} {n.lineno}": n.lineno for n in nodes}


def test_no_compiled_module_spells_half_a_character() -> None:
    r"""mypyc takes none in a string; regular expressions take `\\ud800` in a raw one."""
    for file in compiling.sources(ROOT / "kg"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not any("\ud800" <= c <= "\udfff" for c in node.value), f"{file}:{node.lineno}"


def test_whoever_makes_records_is_compiled_with_them() -> None:
    """A class that is compiled has no heirs in Python."""
    compiled = set(compiling.sources(ROOT / "kg"))
    for file in (ROOT / "kg").rglob("*.py"):
        if "(Record)" in file.read_text(encoding="utf-8"):
            assert file in compiled, file


RECORDS = """from __future__ import annotations
from dataclasses import dataclass, field, fields, replace
from kg.record import Record


@dataclass(frozen=True, slots=True)
class Place(Record):
    name: str
    codes: tuple[str, ...] = ()
    seen: dict[str, int] = field(default_factory=dict)
    'What was asked for.'

    @property
    def first(self) -> str:
        return self.codes[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Record):
    rule: str
    sure: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Said):
    part: Place
    whole: Place | None = None
"""


def records(source: str) -> dict[str, Any]:
    made: dict[str, Any] = {"__name__": __name__}
    exec(compile(source, "records.py", "exec"), made)
    return made


def test_a_record_that_is_written_out_is_made_and_compared_as_before() -> None:
    # Compiled, an initializer writes past what forbids to set a field; here nothing may forbid it.
    plain, written = records(RECORDS), records(compiling.prepared(RECORDS).replace('{"frozen": True}', "{}"))
    for made in (plain, written):
        place = made["Place"]("甲", codes=("1",))
        within = made["Within"](rule="r", part=place)
        assert repr(within) == repr(records(RECORDS)["Within"](rule="r", part=place))
        assert within == made["Within"](rule="r", part=place, sure=0.8)
        assert within != made["replace"](within, whole=place)
        assert place != "甲"
        assert (place.first, place.seen, within.whole) == ("1", {}, None)
        assert [f.name for f in made["fields"](within)] == ["rule", "sure", "part", "whole"]
        with pytest.raises(TypeError):
            made["Within"]("r", place)
    assert "__init__" in compiling.prepared(RECORDS)


def test_a_record_of_an_unknown_family_is_refused() -> None:
    with pytest.raises(ValueError, match="Elsewhere"):
        compiling.prepared(RECORDS.replace("Within(Said)", "Within(Elsewhere)"))
