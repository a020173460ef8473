"""Time expressions, by the cases in `tests/cases/extract/times.tsv`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import iso
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


_WORDS = ["昨日", "明天", "27日", "近3000年来", "三百年来", "上月", "下月", "去年", "明年", "年底", "次年3月", "次日"]
_WORDS += ["当月", "同年", "9999年12月31日", "3月中旬", "将于", "，", "。"]
_ISSUES = st.one_of(st.dates().map(str), st.sampled_from(("0001-01-01", "9999-12-31")))


@given(_ISSUES, st.sampled_from((0, 4, 7, 10)), st.lists(st.sampled_from(_WORDS), max_size=8).map("".join))
@example("9999-12-31", 10, "明天开工。")
@example("0001-01-05", 10, "27日，市长来了。")
@example("0001", 4, "3月投产。")
@example("2022-07", 7, "近3000年来，有人住在那里。")
def test_whatever_the_day_of_the_issue_each_value_is_a_date(published: str, length: int, text: str) -> None:
    article = Article("a", 1, text, paragraphs=(Span(0, len(text)),), metadata=Metadata(published[:length]))
    for time in extract_times(article, Findings()):
        assert not time.value or iso.earliest(time.value)


def test_the_byline_is_not_read() -> None:
    text = "标题\n记者 五月 3月5日\n正文没有日期。"
    article = Article("case", 1, text, title=Span(0, 2), paragraphs=(Span(15, len(text)),), metadata=Metadata("2022"))
    assert list(extract_times(article, Findings())) == []
