"""Dates as pages and tables write them → ISO dates."""

from __future__ import annotations

import re

from kg.ingest.sidecar import is_iso_date

_WRITTEN = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-._/年]?\s*(\d{1,2})\s*[-._/月]?\s*(\d{1,2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-./年]\s*(\d{1,2})(?!\d)")


def written_date(text: str) -> str:
    """Return the first date of a text as ISO, a month where no day is given; empty where there is none.

    `2022年7月16日 08:15` → 2022-07-16; `20220716` → 2022-07-16; `2022-07` → 2022-07.
    """
    for m in _WRITTEN.finditer(text):
        value = f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}"
        if is_iso_date(value):
            return value
    for m in _MONTH.finditer(text):
        value = f"{m[1]}-{int(m[2]):02d}"
        if is_iso_date(value):
            return value
    return ""
