"""Lexicons and rules describe the language: each names its source, none holds a name of an annotated article."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.vocab import lexicon

_ROOT = Path(__file__).parents[2]
_LEXICONS = sorted((_ROOT / "kg" / "vocab" / "lexicons").glob("*.tsv"))
_GOLD = sorted(p for p in (_ROOT / "tests" / "gold").glob("*/*.json") if p.stem != "layout")
_OWN_NAMES = {"Programme", "Platform", "Project", "Product", "Policy", "Person", "Facility", "Organization"}


@pytest.mark.parametrize("path", _LEXICONS, ids=lambda p: p.stem)
def test_a_lexicon_loads_and_names_its_source(path: Path) -> None:
    assert lexicon(path.stem)
    assert re.search(r"^# .*[Ss]ource|^# Derived", path.read_text(encoding="utf-8"), re.M)


def _annotated_names() -> set[str]:
    names: set[str] = set()
    for path in _GOLD:
        for entity in json.loads(path.read_text(encoding="utf-8"))["entities"]:
            if entity["type"] in _OWN_NAMES:
                shortest = 2 if entity["type"] == "Person" else 3
                printed = [entity["name"], *entity.get("aliases", [])]
                names |= {n for p in printed if len(n := re.sub(r"[“”‘’《》（）()·\s]", "", p)) >= shortest}
    return names


def _literals() -> Iterator[tuple[str, str]]:
    """Yield (place, text) of string literals that are no docstring, and of lexicon lines that are no comment."""
    for path in sorted((_ROOT / "kg").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield f"{path.relative_to(_ROOT)}:{node.lineno}", node.value
    for path in _LEXICONS:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.startswith("#"):
                yield f"{path.relative_to(_ROOT)}:{number}", line


def test_no_annotated_article_has_its_names_in_code_or_lexicons() -> None:
    names = _annotated_names()
    assert len(names) > 150
    found = [(place, name) for place, text in _literals() for name in names if name in text]
    assert found == []
