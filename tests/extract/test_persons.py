"""Persons: every line of the case file, the byline, and where the words stand."""

from __future__ import annotations

import pytest
from marked import cases, read

from kg.extract.persons import extract_persons
from kg.model import Article, Findings, Mention, Span


def shown(mention: Mention, text: str) -> str:
    """Write a mention as the case file does."""
    of = f" (of {text[slice(*mention.antecedent)]})" if mention.antecedent else ""
    return mention.text + of + (f" ({mention.code})" if mention.code else "")


@pytest.mark.parametrize(("text", "expected"), list(cases("persons.tsv")))
def test_case(text: str, expected: str) -> None:
    article, found = read(text)
    assert "|".join(shown(m, article.text) for m in extract_persons(article, found)) == expected


@pytest.mark.parametrize(("text", "_expected"), list(cases("persons.tsv")))
def test_words_stand_in_the_text(text: str, _expected: str) -> None:
    article, found = read(text)
    for m in extract_persons(article, found):
        assert article.text[m.start : m.end] == m.text


def test_byline_names_lose_the_space_that_aligns_them() -> None:
    text = "谭 啸 欧阳春\n雨停了。"
    article = Article("x.txt", 1, text, None, (Span(0, 3), Span(4, 7)), (), (Span(8, 12),))
    assert [m.label for m in extract_persons(article, Findings())] == ["谭啸", "欧阳春"]
