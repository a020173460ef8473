"""Cut a printed page into articles: Document → list[Article].

The steps run in the order of `STEPS`, each from lines to lines; then the lines are grouped into articles and
written out with exact spans: title, byline, paragraphs, captions, one a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.errors import NoArticleError
from kg.layout.articles import composed, cut_articles
from kg.layout.lines import Line, read_lines
from kg.layout.marks import drop_imprints, mark_bylines, mark_captions, mark_titles
from kg.layout.rejoin import rejoin, unwrap
from kg.model import Article, Document
from kg.text import widened

Step = Callable[[Sequence[Line]], list[Line]]

STEPS: tuple[Step, ...] = (unwrap, drop_imprints, mark_captions, mark_bylines, mark_titles, rejoin)


def split_articles(document: Document) -> list[Article]:
    """Return the articles of a document in printed order; raise NoArticleError where there is none."""
    lines = read_lines(widened(document.text), document.titles, not document.is_wrapped)
    for step in STEPS:
        lines = step(lines)
    drafts = cut_articles(lines)
    if not drafts:
        raise NoArticleError(document.source)
    return [composed(document, number, draft) for number, draft in enumerate(drafts, start=1)]
