"""Positions, memberships and mentors: every line of the case file, and where the words stand."""

from __future__ import annotations

import pytest
from marked import cases, read

from kg.extract import added
from kg.extract.persons import extract_persons
from kg.extract.positions import extract_positions
from kg.model import Fact, Mention, Position, Relation


def shown(fact: Fact) -> str:
    """Write a fact as the case file does."""
    if isinstance(fact, Position):
        return f"{fact.person.label}: {fact.role} @ {fact.body.label if fact.body else '-'}"
    assert isinstance(fact, Relation)
    return f"{fact.subject.label} {'>' if fact.predicate == 'mentors' else '<'} {fact.object.label}"


@pytest.mark.parametrize(("text", "expected"), list(cases("positions.tsv")))
def test_case(text: str, expected: str) -> None:
    article, found = read(text)
    found = added(found, extract_persons(article, found))
    facts = [r for r in extract_positions(article, found) if not isinstance(r, Mention)]
    assert sorted(map(shown, facts)) == sorted(filter(None, expected.split("|")))


@pytest.mark.parametrize(("text", "_expected"), list(cases("positions.tsv")))
def test_words_stand_in_the_text(text: str, _expected: str) -> None:
    article, found = read(text)
    found = added(found, extract_persons(article, found))
    for r in extract_positions(article, found):
        if isinstance(r, Mention):
            assert article.text[r.start : r.end] == r.text
        elif isinstance(r, Position):
            assert r.person.text in r.evidence.of(article.text)
