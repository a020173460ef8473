"""The passage that states a fact: the shortest stretch of one paragraph that holds its words."""

from __future__ import annotations

from kg.model import Article, Mention, Relation, Span
from kg.text import sentence_at

# An antecedent further back than this is left out of the passage: a reader would not take it for one statement.
REACH = 160


def passage(article: Article, anchor: Span | Mention, *others: Mention | Span) -> Span:
    """Return the passage from the first to the last of the words, as far as they stand near the anchor.

    `anchor` is where the fact is said (the verb with its object, say); words that are too far away, or in another
    paragraph, do not count, and if that leaves only the anchor, its whole sentence is the passage.
    """
    start, end, far = anchor.start, anchor.end, False
    for other in others:
        low, high = min(start, other.start), max(end, other.end)
        if high - low > REACH or "\n" in article.text[low:high]:
            far = True
            continue
        start, end = low, high
    if far and (start, end) == (anchor.start, anchor.end):
        sentence = sentence_at(article.text, anchor.start)
        start, end = min(start, sentence.start), max(end, sentence.end)
    return Span(start, end)


def stated(
    article: Article, subject: Mention, predicate: str, target: Mention, *, rule: str, confidence: float
) -> Relation:
    """Return a relation with the passage from its first to its last word; the object is where it is said."""
    return Relation(
        subject=subject,
        predicate=predicate,
        object=target,
        evidence=passage(article, target, subject),
        rule=rule,
        confidence=round(confidence, 2),
    )
