"""Words that point back: every line of the case file, and where the words stand."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from marked import cases

from kg.extract.anaphora import extract_anaphora
from kg.model import Article, EntityType, Findings, Mention, Span

_MARK = re.compile(r"\[\[([^|\]]+)\|(\w+)\|(\w*)\]\]")


def read(text: str) -> tuple[Article, Findings]:
    """Return the text without its marks, and the mentions (with their class) that the marks say."""
    plain, mentions, last = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        start = len(plain)
        plain += match[1]
        mentions.append(Mention(start, len(plain), match[1], EntityType(match[2]), "test", kind=match[3]))
        last = match.end()
    plain += text[last:]
    article = Article(source="case.txt", number=1, text=plain, paragraphs=(Span(0, len(plain)),))
    return article, Findings(mentions=tuple(mentions))


def shown(mention: Mention, text: str) -> str:
    """Write an anaphor as the case file does."""
    assert mention.antecedent is not None
    return f"{mention.text} = {text[slice(*mention.antecedent)]}"


@pytest.mark.parametrize(("text", "expected"), list(cases("anaphora.tsv")))
def test_case(text: str, expected: str) -> None:
    article, found = read(text)
    assert " | ".join(shown(m, article.text) for m in extract_anaphora(article, found)) == expected


@pytest.mark.parametrize(("text", "_expected"), list(cases("anaphora.tsv")))
def test_anaphors_have_the_type_of_what_they_mean_and_no_two_overlap(text: str, _expected: str) -> None:
    article, found = read(text)
    types = {(m.start, m.end): m.type for m in found.mentions}
    anaphors = list(extract_anaphora(article, found))
    for m in anaphors:
        assert article.text[m.start : m.end] == m.text
        assert m.anaphor
        assert m.antecedent is not None
        assert types[m.antecedent] == m.type
    assert all(a.end <= b.start for a, b in pairwise(anaphors))
