"""Initiatives: programmes, platforms, projects, products and policies that an article names.

In: an article, and the places and organizations found in it; out: mentions, each later or shorter form with the
full one as its antecedent, and partOf for components that the text spells out. The trap: mentions may nest but
not cross, and what the article calls an honour (`列入…示范项目`) is no project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.policies import policies
from kg.extract.quotations import quotations
from kg.extract.quoted_names import Name, quoted_names
from kg.model import Article, Findings, Mention, Relation, Span
from kg.text import bare

Record = Mention | Relation


def crosses(span: Span, other: Span) -> bool:
    """Tell whether two spans overlap without one lying inside the other."""
    overlap = span.start < other.end and other.start < span.end
    return overlap and not span.covers(other) and not other.covers(span)


def _mentions(text: str, name: Name) -> Iterator[Mention]:
    full = name.full
    words = full.of(text)
    label = bare(words)
    confidence = min(0.95, 0.6 + name.score / 12)
    first = Mention(
        full.start,
        full.end,
        words,
        name.type,
        "initiative.quoted",
        "" if label == words else label,
        name.kind,
        confidence=confidence,
    )
    yield first
    for span in name.others:
        if full.covers(span):
            continue
        words = span.of(text)
        label = bare(words)
        yield Mention(
            span.start,
            span.end,
            words,
            name.type,
            "initiative.short_form",
            "" if label == words else label,
            name.kind,
            antecedent=(full.start, full.end),
            confidence=confidence,
        )


def extract_initiatives(article: Article, found: Findings) -> Iterable[Record]:
    """Find initiatives, their other forms and their declared parts.

    `镇里推行“三亮四不签”工作法` gives the Programme “三亮四不签”工作法.
    """
    text = article.text
    mentions: list[Mention] = list(policies(text))
    for name in quoted_names(text, quotations(text), found.mentions):
        mentions += _mentions(text, name)
    taken = [m.span for m in found.mentions]
    return [m for m in mentions if not any(crosses(m.span, t) or m.span == t for t in taken)]
