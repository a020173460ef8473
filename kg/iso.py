"""ISO 8601 values as the project uses them: what kind they are, and the first and last day that they cover.

In: a year, month, day (`2022`, `2022-07`, `2022-07-16`) or an interval of two of them (`2022-01/2022-06`).
The trap: most stores compare xsd:gYearMonth wrongly and xsd:date rightly, hence earliest and latest days.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

_VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DATATYPES = ("gYear", "gYearMonth", "date")


def datatype(value: str) -> str:
    """Return the local name of the XSD datatype of a year, month or day; empty for an interval or anything else."""
    m = _VALUE.fullmatch(value)
    if not m or not _days(value):
        return ""
    return _DATATYPES[sum(part is not None for part in m.groups()) - 1]


def earliest(value: str) -> str:
    """Return the first day of a value as `2022-07-01`; empty where the value is no valid ISO value."""
    days = _interval(value)
    return days[0].isoformat() if days else ""


def latest(value: str) -> str:
    """Return the last day of a value as `2022-07-31`; empty where the value is no valid ISO value."""
    days = _interval(value)
    return days[1].isoformat() if days else ""


@lru_cache(4096)
def _interval(value: str) -> tuple[date, date] | None:
    first, slash, last = value.partition("/")
    start = _days(first)
    end = _days(last) if slash else start
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def _days(value: str) -> tuple[date, date] | None:
    m = _VALUE.fullmatch(value)
    if not m:
        return None
    year, month, day = (None if part is None else int(part) for part in m.groups())
    assert year is not None
    first, last = (1, 12) if month is None else (month, month)
    try:
        if day is not None:
            return date(year, first, day), date(year, last, day)
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:
        return None
