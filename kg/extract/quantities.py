"""Numbers with their units: Article → Quantity, multiplied out (2573亿元 is 257300000000 元).

`34万余户` gives 340000 户 余, `七八千元` the two ends 7000 and 8000. The trap is what looks like an amount and is
none: dates (`found.times`), ranks (第三批, 前10名), clock times, codes and names in quotation marks, the length of a
list that the sentence spells out (`甲镇、乙镇、丙镇三个镇`), and 一 as an article (一张椅子).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.quantity_grammar import (
    AMOUNT,
    BEFORE,
    CLOCK,
    IDIOM,
    LIST_NOUN,
    NUMBERED,
    RANK,
    REACHING,
    SPLIT,
    VAGUE,
    qualifier,
    unit_rows,
)
from kg.model import Article, Findings, Quantity, Span
from kg.numerals import chinese_range, halfwidth, multiplier, number, plain

_BACK = 8  # characters before a number in which a qualifier may stand
_NAME_QUOTE = re.compile("“[^“”，。！？；：]{1,16}”|‘[^‘’，。！？；：]{1,16}’|《[^《》]*》|「[^「」]{1,16}」")
_MINUS = ("-", "−")  # 同比-3.2%
_CLASS = "级"  # 10万吨级泊位, 百亿元级产业: how big a kind of thing is
_OF_RANK = ("级别",)  # 3个级别 counts
_FEW = 5
_NAMED_NEXT = re.compile("[^，。；、：]{0,8}(?:：(?!“)|，(?:分别是|一[个名位家所条]是))")
_BACK_UNITS = ("家", "县", "村", "镇", "地", "人", "笔")
_OPENS = re.compile("(?:^|[，。；：！？\n“]|其实|目前|如今|现在)$")
_GOES_ON = re.compile("[目如现均都也还各分一相没有互共合]|利率|金额")
_ONCE_IN = "一遇"  # 五十年一遇的洪水
_CLAUSE_BREAK = "，。；：！？\n"


def _closed(text: str, found: Findings) -> list[Span]:
    """Return where numbers are no amounts: names in quotation marks (not somebody's words), idioms, times."""
    closed = [
        Span(m.start(), m.end())
        for m in _NAME_QUOTE.finditer(text)
        if m[0][0] == "《" or text[m.start() - 1 : m.start()] not in ("：", ":")
    ]
    closed += [Span(m.start(), m.end()) for pattern in (IDIOM, CLOCK) for m in pattern.finditer(text)]
    # 3年来 is a stretch of time and says that it lasted three years; all other dates are no amounts.
    closed += [Span(t.start, t.end) for t in found.times if text[t.end - 1] != "来"]
    return closed


def _before(text: str, start: int) -> tuple[str, int]:
    """Return the qualifier in front of a number and where it begins."""
    for pattern in (BEFORE, REACHING):
        if m := pattern.search(text, max(0, start - _BACK), start):
            return qualifier(m["before"]), m.start()
    return "", start


def _quantity(text: str, m: re.Match[str], value: Decimal, unit: str, inner: str = "") -> Quantity:
    before, start = _before(text, m.start())
    behind = m["behind"] or inner or ("多" if "多" in unit else "")  # 2个多小时
    name = unit_rows().get(unit, {}).get("canonical") or unit
    return Quantity(start, m.end(), plain(value), name, before or (qualifier(behind) if behind else ""))


def _ends(text: str, m: re.Match[str], low: Decimal, high: Decimal, unit: str) -> Iterator[Quantity]:
    name = unit_rows().get(unit, {}).get("canonical") or unit
    _, start = _before(text, m.start())
    yield Quantity(start, m.end(), plain(low), name, "下限")
    yield Quantity(start, m.end(), plain(high), name, "上限")


def _range(text: str, m: re.Match[str]) -> Iterator[Quantity]:
    """Read 7—8元, 5%—8%, 3万至5万元; 3至5万元 is thirty to fifty thousand."""
    low, high = number(m["low"]), number(m["high"])
    assert low is not None and high is not None  # both are digits
    high_power = multiplier(m["high_powers"] or "")
    own = m["low_powers"] or ("" if m["low_unit"] or low > high else m["high_powers"])
    low, high = low * multiplier(own or ""), high * high_power
    unit = m["range_unit"]
    if low < high and m["low_unit"] in (None, unit):
        yield from _ends(text, m, low, high, unit)
    elif m["low_unit"]:
        for value, name in ((low, m["low_unit"]), (high, unit)):
            yield _quantity(text, m, value, name)


def _digits(text: str, m: re.Match[str]) -> Iterator[Quantity]:
    value = number(m["digits"])
    assert value is not None
    if m["yi"]:
        value = value * 10**8 + Decimal(m["wan"]) * 10**4
        power = Decimal(1)
    else:
        power = multiplier(m["powers"] or "")
    unit, inner = m["unit"] or "", m["inner"] or m["inner2"] or ""
    if not unit and not _is_bare_amount(text, m):
        return
    is_negative = unit == "%" and text[m.start() - 1 : m.start()] in _MINUS
    yield _quantity(text, m, -value * power if is_negative else value * power, unit, inner)


def _is_bare_amount(text: str, m: re.Match[str]) -> bool:
    """Tell whether a number without a unit is an amount: `惠及农户30余万，`, `“…客流25万，`."""
    following = text[m.end() : m.end() + 1]
    return bool(m["powers"]) and m["powers"][-1] in "万亿" and (not following or following in "，。；、）！？\n")


def _chinese(text: str, m: re.Match[str]) -> Iterator[Quantity]:
    numeral, unit, inner = m["chinese"], m["chinese_unit"], m["chinese_inner"] or ""
    row = unit_rows()[unit]
    if ends := chinese_range(numeral):
        yield from _ends(text, m, *ends, unit)
        return
    value = number(numeral)
    is_round = numeral[-1] in "百千万亿" and numeral in "百千万亿"
    if value is None or value < 2 or (is_round and not inner):
        return  # 一张椅子, 万名干部
    if row["numerals"] != "any" and value < 100 and numeral != "两":
        return
    if NUMBERED.fullmatch(unit) and numeral != "两" and not SPLIT.search(text, max(0, m.start() - _BACK), m.start()):
        return
    yield _quantity(text, m, value * multiplier(m["chinese_powers"] or ""), unit, inner)


def _read(text: str, m: re.Match[str]) -> Iterator[Quantity]:
    if m["percent"]:
        value = number(m["percent"])
        if value is not None:
            yield _quantity(text, m, value, "%")
    elif m["low"]:
        yield from _range(text, m)
    elif m["digits"]:
        yield from _digits(text, m)
    else:
        yield from _chinese(text, m)


def _is_excluded(text: str, m: re.Match[str]) -> bool:
    """Tell whether the number is a rank, a vague number, a year, or the length of a list."""
    start = m.start()
    if RANK.search(text, max(0, start - 3), start):
        return True
    if m["chinese"] and VAGUE.search(text, max(0, start - 2), start):
        return True
    unit = m["unit"] or m["chinese_unit"] or m["range_unit"] or ""
    if unit and text.startswith(_CLASS, m.end()) and not text.startswith(_OF_RANK, m.end()):
        return True
    if text.startswith(_ONCE_IN, m.end()):
        return True
    if unit_rows().get(unit, {}).get("canonical") == "-" or LIST_NOUN.match(text, m.end()):
        return True
    digits = m["digits"] or ""
    if unit == "年" and (len(digits) == 4 or digits.startswith("0")):
        return True
    return _is_length_of_list(text, m) or _names_follow(text, m) or _points_back(text, m)


def _names_follow(text: str, m: re.Match[str]) -> bool:
    """Tell whether a small number counts what is named next: 两个徒弟：甲，还有乙；两名队员，一个是甲，一个是乙."""
    value = number(m["chinese"] or m["digits"] or "0")
    return value is not None and 2 <= value <= _FEW and _NAMED_NEXT.match(text, m.end()) is not None


def _points_back(text: str, m: re.Match[str]) -> bool:
    """Tell whether two things are those just named: 其实|两家没有关系, not 两家企业."""
    is_two = m["chinese"] == "两" and m["chinese_unit"] in _BACK_UNITS
    return is_two and _OPENS.search(text, 0, m.start()) is not None and _GOES_ON.match(text, m.end()) is not None


def _is_length_of_list(text: str, m: re.Match[str]) -> bool:
    """Tell whether a small number counts the items just spelt out: `甲、乙和丙三家`, `“组织、力量”两项`."""
    value = number(m["chinese"] or m["digits"] or "0")
    if value is None or not 2 <= value <= 12:
        return False
    line = text.rfind("\n", 0, m.start())
    begin = max(line, *(text.rfind(c, line + 1, m.start()) for c in _CLAUSE_BREAK)) + 1
    listed = text[begin : m.start()].removesuffix("等").rstrip("”’")
    separators, tail = listed.count("、"), listed.rpartition("、")[2]
    if "等" in tail or (m["digits"] and text[m.end() : m.end() + 1] in _CLAUSE_BREAK):
        return False  # 受理甲、乙、丙等诉求3件: the count of what stands before it
    joined = bool(re.search("[和与及]", tail)) and separators + 2 == value
    return (separators > 0 and separators + 1 == value) or joined


def extract_quantities(article: Article, found: Findings) -> Iterator[Quantity]:
    """Yield the quantities of an article's title, paragraphs and captions.

    `受理诉求1.42万件，办结率98.3%` gives 14200 件 and 98.3 %.
    """
    text = halfwidth(article.text)
    closed = {i for c in _closed(text, found) for i in range(c.start, c.end)}
    for body in article.bodies():
        for m in AMOUNT.finditer(text, body.start, body.end):
            if closed.isdisjoint(range(m.start(), m.end())) and not _is_excluded(text, m):
                yield from _read(text, m)
