"""Printed pages, words with their places → text in reading order, with headlines marked, and what the masthead says.

In: the fragments of each page, from a PDF's text layer or from OCR. Out: one text of all pages: paragraphs put together
over lines and columns, headlines on lines of their own, masthead, folios and advertisements left out, and what jumps to
another page (下转第三版) joined with its rest (上接第一版).
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.ingest.printed.articles import Block, advertisements_dropped, blocks_of, insets_dropped, jumps_joined
from kg.ingest.printed.columns import in_reading_order
from kg.ingest.printed.fragments import Fragment, PrintedPage, body_size
from kg.ingest.printed.initials import initials_set
from kg.ingest.printed.masthead import Masthead, without_masthead
from kg.ingest.readers.lines import Page
from kg.ingest.settings import filled
from kg.model import Metadata

__all__ = ["Fragment", "PrintedPage", "read_pages"]


def read_pages(pages: Iterable[PrintedPage]) -> tuple[Page, Metadata]:
    """Return the text of printed pages, and the day and the newspaper that their mastheads name."""
    blocks: list[Block] = []
    mastheads: list[Masthead] = []
    for number, page in enumerate(pages, start=1):
        body = body_size(page.fragments)
        kept, masthead = without_masthead(page, body)
        mastheads.append(masthead)
        lines = in_reading_order(initials_set(kept, body), body)
        found = advertisements_dropped(blocks_of(lines, body, masthead.folio or number))
        blocks += insets_dropped(found)
    text = Page()
    for block in jumps_joined(blocks):
        if block.is_title:
            text.add_title(block.text)
        else:
            text.add(block.text)
    return text, filled(*(m.metadata for m in mastheads))
