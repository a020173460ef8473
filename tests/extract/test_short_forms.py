"""Short forms of organizations and facilities: every line of the case file."""

from __future__ import annotations

import pytest
from marked import cases, read

from kg.extract import added
from kg.extract.organizations import extract_organizations
from kg.extract.places import extract_places
from kg.extract.short_forms import extract_short_forms
from kg.model import Article, EntityType, Findings


def found_in(text: str) -> tuple[Article, Findings]:
    """Return an article of one paragraph, and what the extractors up to short forms find in it."""
    article, found = read(text)
    for extractor in (extract_places, extract_organizations, extract_short_forms):
        found = added(found, extractor(article, found))
    return article, found


@pytest.mark.parametrize(("text", "expected"), list(cases("short_forms.tsv")))
def test_case(text: str, expected: str) -> None:
    article, found = found_in(text)
    bodies = found.of_type(EntityType.ORGANIZATION, EntityType.FACILITY)
    short = [f"{m.text} = {article.text[slice(*m.antecedent)]}" for m in bodies if m.antecedent]
    assert " | ".join(short) == expected


@pytest.mark.parametrize(("text", "_expected"), list(cases("short_forms.tsv")))
def test_every_antecedent_is_a_mention_of_the_same_type(text: str, _expected: str) -> None:
    article, found = found_in(text)
    types = {(m.start, m.end): m.type for m in found.mentions}
    for m in found.of_type(EntityType.ORGANIZATION, EntityType.FACILITY):
        assert article.text[m.start : m.end] == m.text
        assert m.antecedent is None or types[m.antecedent] == m.type
