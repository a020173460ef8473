"""Initiatives: programmes, platforms, projects, products and policies that an article names.

In: an article, and the places and organizations found in it; out: mentions, each later or shorter form with the
full one as its antecedent, and partOf for components that the text spells out. The trap: mentions may nest but
not cross, and what the article calls an honour (`列入…示范项目`) is no project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.components import declared_forms, is_declared, parts, stated_parts
from kg.extract.honour_phrases import honour_phrases
from kg.extract.plain_names import PlainName, plain_names
from kg.extract.policies import policies
from kg.extract.quotations import Quotation, quotations
from kg.extract.quoted_names import Name, quoted_names
from kg.model import Article, EntityType, Findings, Mention, Relation, Span
from kg.text import bare

_BODIES = (EntityType.ORGANIZATION, EntityType.FACILITY)
_CERTAIN = 0.95
_PLAIN = 0.75
"""Confidence of names without quotation marks: less sure than quoted ones, whose evidence is counted."""


def extract_initiatives(article: Article, found: Findings) -> Iterable[Mention | Relation]:
    """Find initiatives, their other forms and their declared parts.

    `镇里推行“三亮四不签”工作法` gives the Programme “三亮四不签”工作法.
    """
    text = article.text
    documents = list(policies(text))
    closed = [p.span for p in honour_phrases(text)] + [m.span for m in documents]
    quoted = [q for q in quotations(text) if not any(c.start <= q.start and q.end <= c.end for c in closed)]
    mentions = list(_quoted(text, quoted, found.mentions))
    known = [*mentions, *documents]
    full = [m for m in known if m.antecedent is None]
    listed = list(parts(text, full))
    mentions += [m for m in listed if isinstance(m, Mention)]
    taken = [*closed, *(m.span for m in mentions)]
    mentions += [_plain(text, n) for n in plain_names(text, article.bodies(), found.mentions, taken)]
    kept = _settled([*documents, *mentions], found.mentions)
    relations = [r for r in (*listed, *stated_parts(text, kept)) if isinstance(r, Relation)]
    return [*kept, *(r for r in relations if r.subject in kept and r.object in kept)]


def _quoted(text: str, quoted: Sequence[Quotation], proper: Sequence[Mention]) -> Iterator[Mention]:
    declared = {q.key for q in quoted if is_declared(text, q)}
    names = [
        m
        for name in quoted_names(text, [q for q in quoted if q.key not in declared], proper)
        for m in _mentions(text, name)
    ]
    yield from names
    yield from declared_forms(text, quoted, [m for m in names if m.antecedent is None])


def _mentions(text: str, name: Name) -> Iterator[Mention]:
    confidence = min(_CERTAIN, 0.6 + name.score / 12)
    spans = [name.full, *(s for s in name.others if not name.full.covers(s))]
    for span in spans:
        printed = span.of(text)
        label = bare(printed)
        yield Mention(
            span.start,
            span.end,
            printed,
            name.type,
            "initiative.quoted" if span == name.full else "initiative.short_form",
            "" if label == printed else label,
            name.kind,
            antecedent=None if span == name.full else (name.full.start, name.full.end),
            confidence=confidence,
        )


def _plain(text: str, name: PlainName) -> Mention:
    full = (name.antecedent.start, name.antecedent.end) if name.antecedent else None
    return Mention(
        name.span.start, name.span.end, name.span.of(text), name.type, name.rule, "", name.kind,
        antecedent=full, confidence=_PLAIN,
    )  # fmt: skip


def _settled(mentions: Sequence[Mention], earlier: Sequence[Mention]) -> list[Mention]:
    """Drop what crosses or repeats an earlier mention, then what crosses a longer one of these."""
    kept: list[Mention] = []
    # Names by the characters that they hold: what crosses or covers another holds one of its ends.
    around: defaultdict[int, list[Span]] = defaultdict(list)
    own: defaultdict[int, list[Span]] = defaultdict(list)
    ends = {i for m in mentions for i in (m.start, m.end - 1)}
    for o in earlier:
        _note(o.span, ends, around)
    for m in sorted(mentions, key=lambda m: (m.antecedent is not None, m.start - m.end, m.start)):
        span = m.span
        near = [o for i in (span.start, span.end - 1) for o in around[i]]
        # “辽镁恒泰” is a firm, but 辽镁恒泰|耐火材料有限公司 is the rest of its full name
        in_body = m.type in _BODIES and any(o.covers(span) for o in near)
        crossed = in_body or any(_crosses(span, o) or span == o for o in near)
        # a core without quotation marks within another name is a word of that name: 第十届|柳河奇石|文化节
        is_core = m.antecedent is not None and m.text[0] not in "“‘"
        borrowed = is_core and any(o.covers(span) for o in own[span.start])
        if not crossed and not borrowed:
            kept.append(m)
            _note(span, ends, around, own)
    standing = {(m.start, m.end) for m in kept}
    return sorted((m for m in kept if m.antecedent is None or m.antecedent in standing), key=lambda m: m.start)


def _note(span: Span, offsets: set[int], *indices: defaultdict[int, list[Span]]) -> None:
    """Keep a span under those of its characters that are asked for."""
    for i in offsets.intersection(range(span.start, span.end)):
        for index in indices:
            index[i].append(span)


def _crosses(span: Span, other: Span) -> bool:
    overlap = span.start < other.end and other.start < span.end
    return overlap and not span.covers(other) and not other.covers(span)
