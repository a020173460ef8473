"""An article cut into pieces between commas, finer than clauses: inside quoted speech too, outside brackets.

In: an article. Out: pieces with the sentence and paragraph that they stand in. The trap:
`“已实施两轮计划，覆盖46名员工。”` is one clause of who speaks, but two pieces with something to say each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Article, Span
from kg.text import sentences

_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}
_CUT = re.compile("[，；：。！？—\n]+[”’]?|[（()）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between commas or stops."""

    span: Span
    sentence: int
    paragraph: int
    """Running number of title, paragraphs and captions; the title is 0."""
    is_caption: bool


def article_pieces(article: Article) -> Iterator[Piece]:
    """Yield the pieces of title, paragraphs and captions, in that order."""
    sentence = 0
    for n, body in enumerate(article.bodies(), start=0 if article.title else 1):
        for found in sentences(article.text, body):
            sentence += 1
            for span in _cut(article.text, found):
                yield Piece(span, sentence, n, body in article.captions)


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    begin = sentence.start
    depth = 0
    for m in _CUT.finditer(text, sentence.start, sentence.end):
        if m[0] in _BRACKETS:
            depth += _BRACKETS[m[0]]
        elif depth <= 0:
            if begin < m.start():
                yield Span(begin, m.start())
            begin = m.end()
    if begin < sentence.end:
        yield Span(begin, sentence.end)
