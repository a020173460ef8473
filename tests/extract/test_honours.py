"""Honours: every line of the case file, and where the words stand."""

from __future__ import annotations

import pytest
from marked import cases, read

from kg.extract.honours import extract_honours
from kg.model import Mention, Relation


@pytest.mark.parametrize(("text", "expected"), cases("honours.tsv"))
def test_case(text: str, expected: str) -> None:
    article, found = read(text)
    relations = [r for r in extract_honours(article, found) if isinstance(r, Relation)]
    shown = [f"{r.subject.text} > {r.object.text}{' (aim)' if r.status == 'aim' else ''}" for r in relations]
    assert "|".join(shown) == expected


@pytest.mark.parametrize(("text", "_expected"), cases("honours.tsv"))
def test_words_stand_in_the_text(text: str, _expected: str) -> None:
    article, found = read(text)
    for r in extract_honours(article, found):
        if isinstance(r, Mention):
            assert article.text[r.start : r.end] == r.text
        else:
            assert r.object.text in r.evidence.of(article.text)
