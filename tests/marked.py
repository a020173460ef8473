"""Texts of the cases in which `[[words|Type]]` or `[[words|Type/Kind]]` marks what other extractors have found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.model import Article, EntityType, Findings, Mention, Span

CASES = Path(__file__).parent / "cases" / "extract"
_MARK = re.compile(r"\[\[([^|\]]+)\|(\w+)(?:/(\w+))?\]\]")


def cases(name: str) -> Iterator[tuple[str, str]]:
    """Yield text and expected result of each line of a case file."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line.strip() and not line.startswith("#")][1:]:
        text, _, expected = line.partition("\t")
        yield text, expected.strip()


def read(text: str) -> tuple[Article, Findings]:
    """Return the text without its marks as an article, and what the marks say as findings."""
    plain, mentions, last = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        start = len(plain)
        plain += match[1]
        mentions.append(Mention(start, len(plain), match[1], EntityType(match[2]), "test", kind=match[3] or ""))
        last = match.end()
    plain += text[last:]
    article = Article(source="case.txt", number=1, text=plain, paragraphs=(Span(0, len(plain)),))
    return article, Findings(mentions=tuple(mentions))
