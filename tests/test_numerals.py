"""Numerals as newspapers print them; more cases stand with the quantities of the extraction."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.numerals import plain


@pytest.mark.parametrize(
    ("number", "text"),
    [("101100.00", "101100"), ("1E+3", "1000"), ("24.940", "24.94"), ("-2.0", "-2"), ("0.0", "0"), ("1e-5", "0.00001")],
)
def test_a_plain_number_has_no_exponent_and_no_trailing_zeros(number: str, text: str) -> None:
    assert str(plain(Decimal(number))) == text


def test_a_number_of_any_length_stays_as_it_is() -> None:
    assert str(plain(Decimal("1" * 5000))) == "1" * 5000
