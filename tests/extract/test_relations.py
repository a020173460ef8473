"""What a text states: each case of tests/cases/extract/relations*.md, read from text to merged graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.extract import extract
from kg.graph import (
    DateStatement,
    FundingStatement,
    KnowledgeGraph,
    RelationStatement,
)
from kg.layout import split_articles
from kg.model import Document, Metadata
from kg.resolve import resolve
from kg.text import folded

_CASES = sorted((Path(__file__).parents[1] / "cases" / "extract").glob("relations*.md"))


def _cases() -> list[tuple[str, Metadata, str, list[str]]]:
    cases = []
    for block in (b for p in _CASES for b in re.split(r"^## ", p.read_text(encoding="utf-8"), flags=re.M)[1:]):
        title, *lines = block.strip().splitlines()
        fields = dict(line.split(": ", 1) for line in lines if re.match(r"(home|published): ", line))
        text = "\n\n".join(line[2:] for line in lines if line.startswith("> "))
        expected = [line[2:] for line in lines if line.startswith("- ")]
        cases.append((title, Metadata(fields.get("published", "2022-07"), "", fields.get("home", "")), text, expected))
    return cases


def _stated(graph: KnowledgeGraph) -> set[tuple[str, ...]]:
    """Every way to say a statement, by any name of its ends."""
    said: set[tuple[str, ...]] = set()

    def names(identifier: str) -> list[str]:
        return [folded(n) for n in graph.entities[identifier].names]

    for s in graph.statements.values():
        if isinstance(s, RelationStatement) and s.passages:
            pairs = [(a, b) for a in names(s.subject) for b in names(s.object)]
            said |= {(a, s.predicate, b) for a, b in pairs}
            if s.predicate == "cooperatesWith":
                said |= {(b, s.predicate, a) for a, b in pairs}
        elif isinstance(s, DateStatement):
            said |= {(a, s.predicate, folded(s.value)) for a in names(s.subject)}
        elif isinstance(s, FundingStatement):
            said |= {(a, "finances", b, str(s.amount)) for a in names(s.funder) for b in names(s.recipient)}
    return said


@pytest.mark.parametrize(("title", "metadata", "text", "expected"), _cases(), ids=[c[0] for c in _cases()])
def test_statement(title: str, metadata: Metadata, text: str, expected: list[str]) -> None:
    document = Document("case.txt", text, "0" * 64, metadata)
    articles = split_articles(document)
    said = _stated(resolve([document], [(a, extract(a)) for a in articles]))
    for line in expected:
        if line == "nothing":
            assert not said - {s for s in said if s[1] in ("within", "locatedIn")}
        else:
            wanted = tuple(folded(part) for part in line.removeprefix("not ").split(" "))
            wanted = (wanted[0], line.removeprefix("not ").split(" ")[1], *wanted[2:])
            assert (wanted in said) is not line.startswith("not "), sorted(said)
