"""Organizations, facilities and what their names state: every line of the case file."""

from __future__ import annotations

import pytest
from marked import cases, read

from kg.extract import added
from kg.extract.organizations import extract_organizations
from kg.extract.places import extract_places
from kg.model import Article, Fact, Mention, Relation


def found_in(text: str) -> tuple[Article, list[Mention], list[Fact]]:
    """Return an article of one paragraph, and the bodies and facts found in it."""
    article, found = read(text)
    found = added(found, extract_places(article, found))
    records = list(extract_organizations(article, found))
    return article, [r for r in records if isinstance(r, Mention)], [r for r in records if isinstance(r, Fact)]


def shown(mention: Mention) -> str:
    """Write a mention as the case file does."""
    name = f" = {mention.name}" if mention.name else ""
    return f"{mention.text}{name} {mention.type}{'/' + mention.kind if mention.kind else ''}"


@pytest.mark.parametrize(("text", "expected"), list(cases("organizations.tsv")))
def test_case(text: str, expected: str) -> None:
    names, _, facts = expected.partition("\t")
    _, bodies, stated = found_in(text)
    assert " | ".join(map(shown, bodies)) == names
    relations = [r for r in stated if isinstance(r, Relation)]
    assert " | ".join(f"{r.subject.text} {r.predicate} {r.object.text}" for r in relations) == facts.strip()


@pytest.mark.parametrize(("text", "_expected"), list(cases("organizations.tsv")))
def test_words_and_passages_stand_in_the_text(text: str, _expected: str) -> None:
    article, bodies, facts = found_in(text)
    for m in bodies:
        assert article.text[m.start : m.end] == m.text
    for f in facts:
        assert 0 <= f.evidence.start < f.evidence.end <= len(article.text)
        assert isinstance(f, Relation)
        assert f.evidence.covers(f.subject)
