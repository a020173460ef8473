"""Paragraphs and headings of a structured file → a page whose headlines are the headings of articles.

The trap: a file may hold headings of three kinds: the name of the whole, headlines, subheadings. Articles begin at the
highest level that has text right below it; what is above that level names the whole and is left out, what is
below it is a subheading and stays in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.ingest.readers.lines import Page


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading."""

    text: str
    level: int = 0
    """0 for a paragraph; 1 is the highest heading."""


def page_of(blocks: Sequence[Block]) -> Page:
    """Put blocks together, one a line."""
    kept = [block for block in blocks if block.text.strip()]
    top = min((above.level for above, below in pairwise(kept) if above.level and not below.level), default=0)
    page = Page()
    for block in kept:
        if block.level and block.level == top:
            page.add_title(block.text)
        elif not block.level or block.level > top:
            page.add(" ".join(block.text.split(" ")).strip("\n"))
    return page
