"""Cut the lines of a page into articles, and write each out with the spans of its parts.

The trap: a caption belongs to the article above it only if it speaks of the same things; a long one that does not
is a picture story of its own, without a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.layout.credits import (
    Credits,
    byline_credits,
    caption_credits,
    dateline_credits,
    dateline_end,
    signature_credits,
)
from kg.layout.lines import Kind, Line, is_closed
from kg.model import Article, Document, Span

_MIN_STORY = 30  # characters: a shorter caption only labels the picture beside its article
_MIN_SHARED = 0.15  # of its character pairs: captions of their own article share 0.4 and more, others under 0.1
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(slots=True)
class _Draft:
    """The lines of one article."""

    titles: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    def has_content(self) -> bool:
        """Tell whether anything is said: a paragraph that ends a sentence, or a caption."""
        return bool(self.captions) or any(map(is_closed, self.paragraphs))


def cut_articles(lines: Iterable[Line]) -> list[_Draft]:
    """Group lines by article; a title begins one, a picture story is one."""
    drafts = [_Draft()]
    for line in lines:
        here = drafts[-1]
        if line.kind is Kind.TITLE:
            if here.bylines or here.paragraphs or here.captions:
                drafts.append(_Draft())
            drafts[-1].titles.append(line.text)
        elif line.kind is Kind.BYLINE:
            here.bylines.append(line.text)
        elif line.kind is Kind.CAPTION:
            here.captions.append(line.text)
        else:
            here.paragraphs.append(line.text)
    return [part for draft in drafts for part in _without_stories(draft) if part.has_content()]


def composed(document: Document, number: int, draft: _Draft) -> Article:
    """Write an article out, one part a line, and note where each stands."""
    writer = _Writer()
    title = writer.add(" ".join(draft.titles)) if draft.titles else None
    for byline in draft.bylines:
        writer.add(byline, byline_credits(byline))
    paragraphs = [writer.add(p, _paragraph_credits(p, n, draft.paragraphs)) for n, p in enumerate(draft.paragraphs)]
    if paragraphs:  # the agency, its city and the day are of the report, not of what it tells: 新华社重庆12月24日电
        opening = dateline_end(draft.paragraphs[0])
        paragraphs[0] = Span(paragraphs[0].start + opening, paragraphs[0].end)
    captions = [writer.add(caption, caption_credits(caption)) for caption in draft.captions]
    text = "\n".join(writer.lines)
    return Article(
        source=document.source,
        number=number,
        text=text,
        title=title,
        authors=_once(text, writer.authors),
        photographers=_once(text, writer.photographers),
        paragraphs=tuple(paragraphs),
        captions=tuple(captions),
        metadata=document.metadata,
    )


@dataclass(slots=True)
class _Writer:
    """The lines written so far, and the names of those who made them."""

    lines: list[str] = field(default_factory=list)
    authors: list[Span] = field(default_factory=list)
    photographers: list[Span] = field(default_factory=list)
    position: int = 0

    def add(self, line: str, credits: Credits | None = None) -> Span:
        """Append a line with the names in it, and return where it stands."""
        span = Span(self.position, self.position + len(line))
        if credits:
            self.authors += [Span(span.start + s.start, span.start + s.end) for s in credits.authors]
            self.photographers += [Span(span.start + s.start, span.start + s.end) for s in credits.photographers]
        self.lines.append(line)
        self.position = span.end + 1
        return span


def _paragraph_credits(text: str, number: int, paragraphs: Sequence[str]) -> Credits | None:
    """Read who is named in the article's opening, `本报讯（记者 …）`, or signs at the end of a paragraph."""
    opening = dateline_credits(text) if number == 0 else None
    signature = signature_credits(text)
    if not opening or not signature:
        is_last = number == len(paragraphs) - 1
        return opening or (signature if signature and (is_last or signature.has_role) else None)
    return Credits(opening.authors + signature.authors, opening.photographers + signature.photographers, True)


def _once(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Keep the first span of each name."""
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(re.sub(r"\s", "", span.of(text)), span)
    return tuple(first.values())


def _without_stories(draft: _Draft) -> list[_Draft]:
    """Split an article off its captions that are stories of their own."""
    if not draft.paragraphs or not draft.captions:
        return [draft]
    own = _pairs("".join([*draft.titles, *draft.paragraphs]))
    authors = {s.of(line) for line in draft.bylines if (c := byline_credits(line)) for s in c.names()}
    stories = [c for c in draft.captions if _is_story(c, own, authors)]
    draft.captions = [c for c in draft.captions if c not in stories]
    return [draft, *(_Draft(captions=[story]) for story in stories)]


def _is_story(caption: str, article_pairs: set[str], authors: set[str]) -> bool:
    credits = caption_credits(caption)
    names = {s.of(caption) for s in credits.names()} if credits else set()
    pairs = _pairs(caption)
    if len(caption) < _MIN_STORY or names & authors or not pairs:
        return False
    return len(pairs & article_pairs) < _MIN_SHARED * len(pairs)


def _pairs(text: str) -> set[str]:
    """Return the pairs of adjacent Han characters, a dictionary-free stand-in for words."""
    return {run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)}
