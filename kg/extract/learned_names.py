"""Names that the learned tagger sees: Article → persons, places, facilities and organizations.

In: an article. Out: mentions of the rule `learned`, none overlapping another. The trap: the tagger also marks halves of
names and words that only look like names; a graph of local news is built by rules alone, which are right more often
there (docs/decisions/tagger.md), while on news of any other kind the tagger is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg import vocab
from kg.model import Article, EntityType, Mention
from kg.tagger import tagger

RULE = "learned"
_CONFIDENCE = 0.6


def _kind(name: str, type_: EntityType) -> str:
    """Return the class that the longest head noun at the end of a name tells: `Bank` of 某某村镇银行."""
    return next((kinds[name[i:]] for i in range(1, len(name)) if name[i:] in (kinds := _kinds(type_))), "")


@cache
def _kinds(type_: EntityType) -> dict[str, str]:
    return {row["head"]: row["kind"] for row in vocab.lexicon("org_heads") if row["type"] == type_}


def learned_names(article: Article) -> Iterator[Mention]:
    """Yield all names that the tagger sees, in text order, none overlapping another."""
    for span in tagger().spans(article.text):
        text = article.text[span.start : span.end]
        yield Mention(span.start, span.end, text, span.type, RULE, kind=_kind(text, span.type), confidence=_CONFIDENCE)
