"""Numerals as newspapers print them; more cases stand with the quantities of the extraction."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.numerals import chinese_number, number, plain


@pytest.mark.parametrize(
    ("number", "text"),
    [("101100.00", "101100"), ("1E+3", "1000"), ("24.940", "24.94"), ("-2.0", "-2"), ("0.0", "0"), ("1e-5", "0.00001")],
)
def test_a_plain_number_has_no_exponent_and_no_trailing_zeros(number: str, text: str) -> None:
    assert str(plain(Decimal(number))) == text


def test_a_number_of_any_length_stays_as_it_is() -> None:
    assert str(plain(Decimal("1" * 5000))) == "1" * 5000


@pytest.mark.parametrize(
    ("numeral", "expected"),
    [
        ("一亿零一万", 100_010_000),
        ("三亿二千万", 320_000_000),
        ("一万二千亿", 1_200_000_000_000),
        ("一万亿二千亿", 1_200_000_000_000),
    ],
)
def test_ten_thousands_behind_a_hundred_million_are_added_to_it(numeral: str, expected: int) -> None:
    assert chinese_number(numeral) == expected


@pytest.mark.parametrize("written", ["0..", "1e999999999", "1_000", "1,a", "2.5.1", "²", ""])
def test_what_is_no_number_is_none(written: str) -> None:
    assert not number(written)
