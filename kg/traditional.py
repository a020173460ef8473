"""Documents in traditional characters: read as simplified ones, kept as printed.

In: a document. Out: the same document in simplified characters, for layout and extraction; and what these found, with
the printed characters put back. One character stands for one, so that all spans hold for both. What stays simplified
are words of the vocabulary: roles, indicators, units. The trap: layout puts an article's lines together anew, so that
they have to be found again in the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from kg.characters import simplified
from kg.model import Article, Document, Fact, Findings, Mention
from kg.text import widened


def in_simplified(document: Document) -> Document:
    """Return a document in simplified characters, of the same length."""
    home = simplified(document.metadata.home)
    return replace(document, text=simplified(document.text), metadata=replace(document.metadata, home=home))


def as_printed(document: Document, understood: Iterable[tuple[Article, Findings]]) -> list[tuple[Article, Findings]]:
    """Return articles and findings of a simplified document with the characters that the document prints."""
    page = _Page(widened(document.text), widened(simplified(document.text)))
    restored = []
    for article, findings in understood:
        text = "\n".join(map(page.printed_line, article.text.split("\n")))
        printed = replace(article, text=text, metadata=document.metadata)
        restored.append((printed, printed_findings(article.text, text, findings)))
    return restored


def printed_findings(simple: str, printed: str, findings: Findings) -> Findings:
    """Return findings in a simplified text with their names as printed."""
    pairs: dict[str, str] = dict(zip(simple, printed, strict=True))
    table = str.maketrans({s: p for s, p in pairs.items() if s != p})
    known = {m: _mention(m, printed, table) for m in findings.mentions}

    def shown(fact: Fact) -> Fact:
        changed: dict[str, Any] = {
            f.name: known.get(value) or _mention(value, printed, table)
            for f in fields(fact)
            if isinstance(value := getattr(fact, f.name), Mention)
        }
        return replace(fact, **changed)

    return replace(
        findings, mentions=tuple(known[m] for m in findings.mentions), facts=tuple(map(shown, findings.facts))
    )


def _mention(mention: Mention, printed: str, table: dict[int, str]) -> Mention:
    return replace(mention, text=printed[mention.start : mention.end], name=mention.name.translate(table))


@dataclass
class _Page:
    """A document in both scripts, of one length."""

    printed: str
    simple: str

    @cached_property
    def _is_same(self) -> bool:
        return self.printed == self.simple

    def printed_line(self, line: str) -> str:
        """Return a line that layout put together of the simplified page as the page prints it."""
        parts: list[str] = []
        at = near = 0
        while at < len(line) and not self._is_same:
            place, length = self._longest(line[at:], near)
            parts.append(self.printed[place : place + length] if length else line[at])
            at, near = at + max(length, 1), place + length
        return "".join(parts) if parts else line

    def _longest(self, text: str, near: int) -> tuple[int, int]:
        """Find the longest beginning of a text that stands on the page; where it stands, so do all shorter ones."""
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in self.simple else (low, middle - 1)
        place = self.simple.find(text[:low], near)
        return (place if place >= 0 else self.simple.find(text[:low])), low
