"""Time expressions, by the cases in `tests/cases/extract/times.tsv`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.extract.times import extract_times
from kg.model import Article, Findings, Metadata, Span

CASES = Path(__file__).parents[1] / "cases" / "extract" / "times.tsv"


def rows() -> list[dict[str, str]]:
    lines = (line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", rows(), ids=lambda c: f"{c['published']} {c['text']}")
def test_times(case: dict[str, str]) -> None:
    text = case["text"]
    article = Article("case", 1, text, paragraphs=(Span(0, len(text)),), metadata=Metadata(case["published"]))
    got = [f"{text[t.start : t.end]}={t.value}" for t in extract_times(article, Findings())]
    assert got == (case["expected"] or "").split()


def test_the_byline_is_not_read() -> None:
    text = "标题\n记者 五月 3月5日\n正文没有日期。"
    article = Article("case", 1, text, title=Span(0, 2), paragraphs=(Span(15, len(text)),), metadata=Metadata("2022"))
    assert list(extract_times(article, Findings())) == []
