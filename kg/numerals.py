"""Numbers as Chinese texts write them: digits of either width, 万 and 亿, Chinese numerals.

Strings in, `Decimal` out; `halfwidth` keeps every offset. The trap: two neighbouring numerals before a unit
are a range and no number (七八千 is 7000 to 8000, 三四十 is 30 to 40).
"""

from __future__ import annotations

import re
from decimal import Decimal

# The digits and powers of ten of the language itself: a closed class, so they stand here and not in a lexicon.
DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
_POWERS = {**TENS, **MYRIADS}
_DIGITS = re.compile(r"[0-9][0-9,]*+(?:\.[0-9]*)?")
_WIDE = str.maketrans("０１２３４５６７８９％．＋－～：", "0123456789%.+-~:")
_WIDE_RUN = re.compile("[０-９％．＋－～：]+")
_WIDE_THOUSANDS = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def halfwidth(text: str) -> str:
    """Fold full-width digits and their signs, `２０２２` to `2022`, keeping every offset.

    A full-width comma is folded only where it parts thousands of full-width digits (`１，２５０`).
    """
    return _WIDE_RUN.sub(lambda m: m[0].translate(_WIDE), _WIDE_THOUSANDS.sub(",", text))


def chinese_number(numeral: str) -> Decimal | None:
    """Read a Chinese numeral: 二十一 is 21, 一千零五十 is 1050, 两万三 and 七八千 are None."""
    total, section, digit = 0, 0, None
    last = 10**12
    for c in numeral:
        if c in DIGITS:
            if digit:  # two digits side by side are a range or a code
                return None
            digit = DIGITS[c]
        elif c in TENS:
            section += (1 if digit is None else digit) * TENS[c]
            digit, last = None, TENS[c]
        elif c in MYRIADS:
            own = section + (digit or 0)
            if own and total >= MYRIADS[c]:  # 一亿零一万: what stands before 亿 is counted already
                total += own * MYRIADS[c]
            else:
                total = (total + own or 1) * MYRIADS[c]
            section, digit, last = 0, None, MYRIADS[c]
        else:
            return None
    if digit and last not in (10, 10**12) and numeral[-2:-1] not in ("零", "〇"):
        return None  # 两万三 leaves its unit unsaid
    return Decimal(total + section + (digit or 0))


def chinese_range(numeral: str) -> tuple[Decimal, Decimal] | None:
    """Read two neighbouring numerals as a range: 七八千 is (7000, 8000), 三四十 (30, 40), 十七八 (17, 18)."""
    m = re.fullmatch("(十?)([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)", numeral)
    if not m or DIGITS[m[3]] - DIGITS[m[2]] != 1:
        return None
    base, power = (10 if m[1] else 0), multiplier(m[4])
    return (base + DIGITS[m[2]]) * power, (base + DIGITS[m[3]]) * power


def chinese_digits(numeral: str) -> int:
    """Read numerals digit by digit, as years are written: 二〇二一 is 2021; ValueError where it has others."""
    if not numeral or not DIGITS.keys() >= set(numeral):
        raise ValueError(f"{numeral!r} is not written in Chinese digits")
    return int("".join(str(DIGITS[c]) for c in numeral))


def multiplier(powers: str) -> Decimal:
    """Multiply powers of ten: 千万 is 10,000,000; an empty string is 1; ValueError where it holds anything else."""
    value = Decimal(1)
    for c in powers:
        if c not in _POWERS:
            raise ValueError(f"{c!r} in {powers!r} is no power of ten")
        value *= _POWERS[c]
    return value


def number(numeral: str) -> Decimal | None:
    """Read digits (with thousands separators) or a Chinese numeral: `1,250.5`, 二十; anything else is None."""
    if numeral[:1].isdigit() and numeral.isascii():
        return Decimal(numeral.replace(",", "")) if _DIGITS.fullmatch(numeral) else None
    return chinese_number(numeral)


def plain(value: Decimal) -> Decimal:
    """Drop trailing zeros without falling into an exponent: 101100.00 becomes 101100."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
