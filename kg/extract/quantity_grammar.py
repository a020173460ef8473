"""The grammar of numbers with a unit as regular expressions over half-width text.

`AMOUNT` matches one number, or a range, with the qualifiers around it; its named groups are read by
`quantities`. The trap: a measure word is often the first character of another word (三年级, 5个别村, 30人民), so each
unit says in `units.tsv` what may not follow it.
"""

from __future__ import annotations

import re
from functools import cache

from kg.vocab import lexicon, words


def _alternatives(listed: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, listed), key=lambda w: (-len(w), w)))


def _placed(place: str) -> str:
    return _alternatives(words("quantity_words", place=place))


# Digits, numerals and powers of ten are the language's closed class of number signs, so they stand here.
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_CHINESE = "[一二两三四五六七八九十百千万亿][〇零一二两三四五六七八九十百千万亿]*"
_POWERS = "[十百千]?(?:万亿|[万亿千百])"
_DASH = "(?:——|[-—–~～至到])"


def _unit_pattern(row: dict[str, str]) -> str:
    stop = f"(?![{row['not_before']}])" if row["not_before"] else ""
    return re.escape(row["word"]) + stop


_UNITS = "|".join(_unit_pattern(r) for r in sorted(lexicon("units"), key=lambda r: (-len(r["word"]), r["word"])))

AMOUNT = re.compile(
    rf"""(?=[0-9一二两三四五六七八九十百千万])(?:
      百分之(?P<percent>{_DIGITS}|{_CHINESE})
    | (?<![0-9A-Za-z.])(?P<low>{_DIGITS})(?P<low_powers>{_POWERS})?(?P<low_inner>[余多])?(?P<low_unit>{_UNITS})?
        {_DASH}(?P<high>{_DIGITS})(?P<high_powers>{_POWERS})?(?P<high_inner>[余多])?(?P<range_unit>{_UNITS})
    | (?<![0-9A-Za-z.])(?<![0-9A-Za-z][+/—–~-])(?P<digits>{_DIGITS})(?:(?P<yi>亿)(?=[0-9]+万)(?P<wan>[0-9]+))?
        (?P<inner>{_placed("inner")})?(?P<powers>{_POWERS})?(?P<inner2>{_placed("inner")})?(?P<unit>{_UNITS})?
    | (?P<chinese>{_CHINESE})(?P<chinese_inner>{_placed("inner")})?(?P<chinese_powers>[万亿])?
        (?P<chinese_unit>{_UNITS})
    )(?P<behind>{_placed("behind")})?""",
    re.VERBOSE,
)

BEFORE = re.compile(rf"(?P<before>{_placed('before')})(?:了|为|在)?$")
REACHING = re.compile(rf"(?P<before>{_placed('reaching')})(?:可[^，。；、0-9]{{0,3}}|[为达到]|不超过|限额)?$")
RANK = re.compile(rf"(?:(?<![目之以提此年月日])前|{_placed('rank')})$")  # 目前12家 is an amount, 前10名 is none
VAGUE = re.compile(rf"(?:{_placed('vague')})$")
IDIOM = re.compile(_placed("idiom"))
SPLIT = re.compile(rf"(?:{_placed('split')})$")
LIST_NOUN = re.compile(rf"(?:{_placed('list')})")
CLOCK = re.compile(r"[0-9]{1,2}[时点:](?:[0-9]{1,2}分?|半|整)?")
NUMBERED = re.compile("[期级届班层站档步组队道环门本部]")
"""Measure words that number rather than count after a Chinese numeral other than 两: 二期, 三级, 五届."""


@cache
def unit_rows() -> dict[str, dict[str, str]]:
    """Return the rows of the lexicon by the unit's word."""
    return {r["word"]: r for r in lexicon("units")}


@cache
def qualifier(word: str) -> str:
    """Return the name that a qualifier has in the output: 超过 is 超."""
    for row in lexicon("quantity_words"):
        if row["word"] == word:
            return row["canonical"] or word
    return ""
