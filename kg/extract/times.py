"""Time expressions of an article, resolved by its publication date: Article → TimeExpression.

`今年3月初` in a text of July 2022 is `2022-03`, `6月以来` the interval `2022-06/2022-07`. An expression that
needs a date which is not known has an empty value; one that no calendar holds (13月) is not yielded at all.
The trap: a month without a year is the latest one not after the publication, unless its clause looks ahead
(将于10月建成) or its sentence has just named an earlier year (2019年3月开工，11月投产).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg import iso
from kg.extract import dates
from kg.extract.time_grammar import AHEAD, EXPRESSION, RANGE, TAIL, UNTIL
from kg.model import Article, Findings, Span, TimeExpression
from kg.numerals import chinese_digits, halfwidth, number
from kg.text import clauses, sentences
from kg.vocab import lexicon

_OFFSETS = {(r["sense"], r["word"]): int(r["value"] or 0) for r in lexicon("time_words")}

_SOON = 2  # months after the publication that a bare month is rather taken for than ten months before it


class _NoDate(Exception):
    """The calendar holds no such date."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What an expression is resolved by."""

    published: str
    said: tuple[str, ...] = ()
    """Values of the expressions before, the latest first, for 当天 and 同年."""
    year: int = 0
    """Year that the sentence has named, for a month without one."""
    ahead: bool = False
    """The clause looks ahead."""

    @property
    def now(self) -> int:
        """Year of publication, 0 if unknown."""
        return int(self.published[:4] or 0)

    def last(self, length: int) -> str:
        """Return the date spoken of, at least as precise as asked: `2月18日…今年首个…当天` means 2月18日.

        Empty where something else was spoken of since (`去年11月…当晚` is no known day).
        """
        less_precise: list[str] = []
        for value in self.said:
            start = value.partition("/")[0]
            if len(start) >= length:
                return start if all(start.startswith(v) for v in less_precise) else ""
            less_precise.append(value)
        return ""


def _int(numeral: str) -> int:
    value = number(numeral)
    if value is None:
        raise _NoDate
    return int(value)


def _checked(value: str) -> str:
    if not value:
        raise _NoDate
    return value


def _year(m: re.Match[str], context: _Context) -> int:
    """Return the year that the expression names, 0 where it names none or an unknown one."""
    if year := m["year"]:
        return int(year) if year[0].isascii() else chinese_digits(year)
    if word := m["relyear"]:
        return context.now + _OFFSETS["year", word] if context.now else 0
    return 0


def _placed(context: _Context, year: int, start: str, end: str = "") -> str:
    """Put `-MM`, `-MM-DD` (or two of them) into the right year; empty if no year is known."""
    known = year or (context.year if not context.ahead else 0) or _likely_year(context, start, end or start)
    if not known:
        return ""
    return dates.interval(f"{known:04}{start}", f"{known:04}{end}") if end else f"{known:04}{start}"


def _likely_year(context: _Context, start: str, end: str) -> int:
    """Return the year that a date without one lies in: the latest not after the publication, or ahead of it.

    `3月中旬试产` in a text of February is next month: for the year before a writer says 去年3月.
    """
    if not context.now:
        return 0
    first = f"{context.now:04}{start}"
    if context.ahead:
        return context.now + dates.is_after(context.published, f"{context.now:04}{end}")
    if not dates.is_after(first, context.published):
        return context.now
    months_ahead = int(start[1:3]) - int(context.published[5:7])
    return context.now if 0 < months_ahead <= _SOON else context.now - 1


def _months(m: re.Match[str]) -> tuple[int, int] | None:
    """Return first and last month of a span: 上半年, 一季度, 前三季度, 前8个月, 1—8月."""
    if half := m["half"]:
        return (1, 6) if half == "上" else (7, 12)
    if m["quarter"]:
        n = _int(m["quarter"])
        return 3 * n - 2, 3 * n
    if m["quarters"]:
        return 1, 3 * _int(m["quarters"])
    if m["months"]:
        return 1, _int(m["months"])
    if m["month1"]:
        return _int(m["month1"]), _int(m["month2"])
    return None


def _calendar(m: re.Match[str], context: _Context) -> str:
    """Resolve an expression made of year, month, day, or a stretch of a year."""
    year = _year(m, context)
    if m["relyear"] and not year:
        return ""
    if months := _months(m):
        first, last = (_checked(dates.month(2000, n)) for n in months)  # a leap year, so that 2月29日 passes
        return _placed(context, year, first[4:], last[4:])
    if m["days"]:
        ends = [_checked(dates.day(year or 2000, _int(m["days"]), _int(m[d]))) for d in ("day1", "day2")]
        return _placed(context, year, ends[0][4:], ends[1][4:])
    if m["relmonth"]:
        value = _relative_month(m["relmonth"], context)
        return dates.day(int(value[:4]), int(value[5:7]), _int(m["day"])) if m["day"] and value else value
    if m["month"]:
        month = _int(m["month"])
        value = dates.day(year or 2000, month, _int(m["day"])) if m["day"] else dates.month(year or 2000, month)
        return _placed(context, year, _checked(value)[4:])
    return _part_of_year(m, context, year)


def _part_of_year(m: re.Match[str], context: _Context, year: int) -> str:
    """Resolve 2016年, 去年底, 年内; `到2024年底` is a term, as precise as its year."""
    month = _OFFSETS["part", m["part"]] if m["part"] else {"初": 1, "底": 12, "末": 12}.get(m["end"] or "", 0)
    year = year or context.now
    if not year:
        return ""
    is_term = month == 12 and UNTIL.search(m.string, 0, m.start())
    return dates.month(year, month) if month and not is_term else str(year)


def _relative_month(word: str, context: _Context) -> str:
    known = len(context.published) >= 7
    return dates.shifted_month(context.published, _OFFSETS["month", word]) if known else ""


def _by_publication(m: re.Match[str], context: _Context) -> str:
    """Resolve what counts from the day of the issue: 近日, 昨日, 昨(27)日, 27日, 3年来."""
    published = context.published
    if m["recent"]:
        return published[:7]
    if m["relday"]:
        return dates.shifted_day(published, _OFFSETS["day", m["relday"]]) if len(published) == 10 else published[:7]
    if m["ago"]:
        return dates.interval(str(context.now - _int(m["ago"])), published[:4]) if published else ""
    day = _int(m["gloss"] or m["loneday"])
    anchor = published if m["gloss"] else (context.last(7) or published)
    if len(anchor) < 7:
        return ""
    if len(published) == 10 and anchor[:7] == published[:7] and day > int(published[8:]):
        anchor = _checked(dates.shifted_month(anchor, -1))
    return _checked(dates.day(int(anchor[:4]), int(anchor[5:7]), day))


def _by_what_was_said(m: re.Match[str], context: _Context) -> str:
    """Resolve what points back: 当天, 次日, 当月, 同年, 次年3月."""
    if word := m["lastday"]:
        last = context.last(len("2022-07-16"))
        return dates.shifted_day(last, _OFFSETS["last-day", word]) if last else ""
    if word := m["lastmonth"]:
        last = context.last(len("2022-07"))
        return dates.shifted_month(last, _OFFSETS["last-month", word]) if last else ""
    last = context.last(len("2022"))
    if not last:
        return ""
    year = int(last[:4]) + _OFFSETS["last-year", m["lastyear"]]
    if m["lastyear_day"]:
        return _checked(dates.day(year, _int(m["lastyear_month"]), _int(m["lastyear_day"])))
    return _checked(dates.month(year, _int(m["lastyear_month"]))) if m["lastyear_month"] else str(year)


def _value(m: re.Match[str], context: _Context) -> str:
    if m["plan"]:
        start = 2021 + 5 * (_int(m["plan"]) - 14)  # the fourteenth plan began in 2021, each lasts five years
        return f"{start}/{start + 4}"
    if m["year1"]:
        return _checked(dates.interval(m["year1"], m["year2"]))
    if m["date"]:
        return _checked(dates.day(*map(int, re.split("[-./]", m["date"]))))
    if m["lastday"] or m["lastmonth"] or m["lastyear"]:
        return _by_what_was_said(m, context)
    if m["recent"] or m["relday"] or m["ago"] or m["gloss"] or m["loneday"]:
        return _by_publication(m, context)
    return _calendar(m, context)


def _since(value: str, published: str) -> str:
    """Return the stretch from a date to the publication month: 6月以来; the start alone if that is not known."""
    start = value.partition("/")[0]
    return dates.interval(start, published[:7]) or start


def _in_sentence(text: str, sentence: Span, context: _Context) -> Iterator[TimeExpression]:
    """Yield the expressions of one sentence; each is resolved in the light of those before it."""
    found = [m for m in EXPRESSION.finditer(text, sentence.start, sentence.end) if m.start() < m.end()]
    parts = list(clauses(text, sentence)) if found else []
    for m in found:
        tail = TAIL.match(text, m.end(), sentence.end)
        assert tail  # every part of it is optional
        edge = tail.end("edge") if tail["edge"] and not m["day"] and (m["month"] or m["relmonth"]) else m.end()
        clause = next((c for c in parts if c.start <= m.start() < c.end), sentence)
        ahead = bool(tail["before"] or AHEAD.search(text, clause.start, clause.end))
        try:
            value = _value(m, replace(context, ahead=True) if ahead else context)
            value = value if iso.earliest(value) else ""  # 3000年来, 9999年 and 次年: years without four digits
        except _NoDate:
            continue
        if m["year"] or m["relyear"]:
            year = int(value[:4] or 0)
            context = replace(context, year=year if year < context.now else 0)
        end = tail.end("since") if tail["since"] else edge
        if tail["since"] and value:
            value = _since(value, context.published)
        if value:
            context = replace(context, said=(value, *context.said))
        yield TimeExpression(m.start(), end, value)


def _joined(text: str, found: Iterator[TimeExpression]) -> Iterator[TimeExpression]:
    """Make one interval of two expressions that a dash or 至 connects: 4月8日至6月底."""
    before: TimeExpression | None = None
    for time in found:
        if before and RANGE.fullmatch(text, before.end, time.start):
            start, end = before.value.partition("/")[0], time.value.rpartition("/")[2]
            if value := dates.interval(start, end):
                before = TimeExpression(before.start, time.end, value)
                continue
        if before:
            yield before
        before = time
    if before:
        yield before


def extract_times(article: Article, found: Findings) -> Iterator[TimeExpression]:
    """Yield the time expressions of an article.

    `截至6月末，贷款余额115亿元` in a text of July 2022 gives `6月末` as `2022-06`.
    """
    text = halfwidth(article.text)
    said: tuple[str, ...] = ()
    for body in article.bodies():
        for sentence in sentences(text, body):
            for time in _joined(text, _in_sentence(text, sentence, _Context(article.metadata.published, said))):
                said = (time.value, *said) if time.value else said
                yield time
