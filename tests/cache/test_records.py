"""Findings survive being written and read; what is damaged or made up is told."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kg import cache
from kg.cache import records
from kg.ingest import read_paths
from kg.model import Fact
from kg.understanding import understand

CORPUS = Path(__file__).parents[1] / "corpus"


def written(folder: str, limit: int = 100) -> list[tuple[str, Any, Any]]:
    documents = read_paths(sorted((CORPUS / folder).glob("*.txt"))[:limit]).documents
    return [(d.source, found, cache.to_json(found)) for d in documents if isinstance(found := understand(d), list)]


DEV = written("dev")


def test_all_of_a_corpus_comes_back_as_it_was() -> None:
    kinds: set[type] = set()
    for source, found, value in DEV:
        assert cache.from_json(json.loads(json.dumps(value)), source) == found
        kinds |= {type(fact) for _, findings in found for fact in findings.facts}
    assert kinds == set(records._KINDS), "the corpus no longer has each kind of fact"


def test_each_kind_of_fact_is_known() -> None:
    assert {k.__name__ for k in records._KINDS} == {k.__name__ for k in Fact.__subclasses__()}
    for kind, rows in zip(records._KINDS, records._FACT_FIELDS, strict=True):
        assert {f.name for f in fields(kind)} == {name for name, _, _ in rows}


def test_the_name_of_the_document_is_the_one_that_is_asked_for() -> None:
    _, found, value = DEV[0]
    moved = cache.from_json(value, "elsewhere/page.txt")
    assert {article.source for article, _ in moved} == {"elsewhere/page.txt"}
    assert [findings for _, findings in moved] == [findings for _, findings in found]


def spots(value: Any, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Return where values stand in nested lists."""
    if not isinstance(value, list):
        return [path]
    return [path, *(spot for i, item in enumerate(value) for spot in spots(item, (*path, i)))]


def changed(value: Any, spot: tuple[int, ...], new: Any) -> Any:
    if not spot:
        return new
    copy = list(value)
    copy[spot[0]] = changed(copy[spot[0]], spot[1:], new)
    return copy


@pytest.mark.parametrize("new", [None, -1, 10**9, "<script>", [], {}, 1.5, True, ["a"], "NaN"])
def test_a_value_of_another_kind_is_told_or_harmless(new: Any) -> None:
    """Wherever something else stands, the answer is ValueError, or records whose words stand in their article."""
    _, _, value = min(DEV, key=lambda d: len(json.dumps(d[2])))
    for spot in spots(value)[::3]:
        try:
            read = cache.from_json(changed(value, spot, new), "page.txt")
        except ValueError:
            continue
        for article, found in read:
            assert all(article.text[m.start : m.end] == m.text for m in found.mentions)
            assert all(0 <= f.evidence.start < f.evidence.end <= len(article.text) for f in found.facts)
