"""A text as the lines of a printed page, each with what it is for.

The trap: a line ends where the column ended, in mid-sentence, so that its last character tells more than the line
break does; `is_closed` and `has_open_quote` read it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Span

_INVISIBLE = re.compile("[\ufeff\u200b\u200c\u200d\u2060]")
_CLOSERS = "”’》）)」』】\"'"
_FINAL = "。！？!?…；;：:"
_SIGNED = re.compile(r"[。！？”]\s*[（(【\[][^（）()]{2,60}[)）】\]]$")
_ASCII_STOP = re.compile(r"[\u4e00-\u9fff”]\.$")


class Kind(StrEnum):
    """What a line is for."""

    TEXT = "text"
    """Not yet known."""
    TITLE = "title"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page, later one whole paragraph."""

    text: str
    """Without outer white space."""
    kind: Kind = Kind.TEXT
    gap: int = 0
    """Blank lines above it."""
    is_indented: bool = False
    is_whole: bool = False
    """A paragraph by the word of its source: nothing is joined to it."""


def read_lines(text: str, titles: Iterable[Span] = (), is_whole: bool = False) -> list[Line]:
    """Cut a text into its lines that are not blank; those that the source calls headlines are marked so."""
    headlines = {span.start for span in titles}
    lines: list[Line] = []
    gap = start = 0
    for whole in text.splitlines(keepends=True):
        raw = _INVISIBLE.sub("", whole)
        kind = Kind.TITLE if start in headlines else Kind.TEXT
        start += len(whole)
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        lines.append(Line(stripped, kind, gap, raw.startswith(("\u3000", "  ", "\t")), is_whole))
        gap = 0
    return lines


def is_closed(text: str) -> bool:
    """Tell whether a text ends as a sentence or a list item does, closing quotes left out of account.

    `……的好处。”` yes; `……推出“惠民贷”` no, the sentence goes on.
    """
    bare = text.rstrip(_CLOSERS)
    return (bare[-1:] in _FINAL and bool(bare)) or bool(_SIGNED.search(text[-70:]) or _ASCII_STOP.search(text[-2:]))


def has_open_quote(text: str) -> bool:
    """Tell whether a quotation that begins in the text does not end in it."""
    return text.count("“") > text.count("”")


def width(text: str) -> int:
    """Return the printed width in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
