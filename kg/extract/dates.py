"""Arithmetic on partial ISO dates: `2022`, `2022-07`, `2022-07-16`, and intervals `2022-01/2022-06`.

Strings in, strings out, empty for what no calendar holds. The trap: a value is only as precise as the text, so
two values of different length are compared by the shorter one (`2022-07-16` is not after `2022-07`).
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta


def day(year: int, month_number: int, day_of_month: int) -> str:
    """Return an ISO day, empty where the calendar has none such (30 February)."""
    try:
        return date(year, month_number, day_of_month).isoformat()
    except ValueError:
        return ""


def month(year: int, number: int) -> str:
    """Return an ISO month, empty for a number beyond 1 to 12 and a year of other than four digits."""
    return f"{year:04}-{number:02}" if 1 <= number <= 12 and MINYEAR <= year <= MAXYEAR else ""


def shifted_month(value: str, by: int) -> str:
    """Move an ISO month (or the month of an ISO day) by a number of months; empty where no calendar has it."""
    index = int(value[:4]) * 12 + int(value[5:7]) - 1 + by
    return month(index // 12, index % 12 + 1)


def shifted_day(value: str, by: int) -> str:
    """Move an ISO day by a number of days; empty where no calendar has it (the day after 9999-12-31)."""
    try:
        return (date.fromisoformat(value) + timedelta(days=by)).isoformat()
    except OverflowError:
        return ""


def is_after(value: str, other: str) -> bool:
    """Tell whether a partial date lies after another, as far as the less precise one can tell."""
    n = min(len(value), len(other))
    return value[:n] > other[:n]


def interval(start: str, end: str) -> str:
    """Join two partial dates; one alone where both are equal, empty where they are missing or not in order."""
    if not start or not end or is_after(start, end):
        return ""
    return start if start == end else f"{start}/{end}"
