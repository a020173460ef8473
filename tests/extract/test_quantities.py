"""Numbers with units, by the cases in `tests/cases/extract/quantities.tsv`."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from kg.extract.quantities import extract_quantities
from kg.extract.times import extract_times
from kg.model import Article, Findings, Metadata, Quantity, Span
from kg.numerals import chinese_number, chinese_range, halfwidth

CASES = Path(__file__).parents[1] / "cases" / "extract" / "quantities.tsv"


def rows() -> list[dict[str, str]]:
    lines = (line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def quantities(text: str) -> list[Quantity]:
    article = Article("case", 1, text, paragraphs=(Span(0, len(text)),), metadata=Metadata("2022-07"))
    found = Findings(times=tuple(extract_times(article, Findings())))
    return list(extract_quantities(article, found))


@pytest.mark.parametrize("case", rows(), ids=lambda c: c["text"])
def test_quantities(case: dict[str, str]) -> None:
    got = [f"{q.value}|{q.unit}|{q.qualifier}" for q in quantities(case["text"])]
    assert got == (case["expected"] or "").split()


def test_the_span_holds_qualifier_number_and_unit() -> None:
    text = "他承包了近600亩稻田，节省50天以上。"
    assert [text[q.start : q.end] for q in quantities(text)] == ["近600亩", "50天以上"]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("二十一", 21), ("一千零五", 1005), ("两百五十", 250), ("三万二千", 32000), ("两万三", None), ("七八千", None)],
)
def test_chinese_number(numeral: str, value: int | None) -> None:
    assert chinese_number(numeral) == (None if value is None else Decimal(value))


def test_chinese_range_needs_neighbours() -> None:
    assert chinese_range("六七万") == (60000, 70000)
    assert chinese_range("三八") is None


def test_halfwidth_keeps_offsets() -> None:
    text = "２０２２年，３０人，１，２５０元"
    assert halfwidth(text) == "2022年，30人，1,250元"
    assert len(halfwidth(text)) == len(text)
