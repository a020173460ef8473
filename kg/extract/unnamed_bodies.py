"""Bodies that a text names by level alone: which place or firm they belong to.

In: an article's findings and the level word; out: the place or firm in whose scope the words stand (`村党支部` →
当阳峪村, `公司工会` → the firm). The trap: 县委 and 市财政局 keep their printed form (every reader takes them so);
only what belongs to a township, a village or a firm is filled up.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.scope import place_in_scope
from kg.model import Article, EntityType, Findings, Mention
from kg.vocab import words

FILLED_LEVELS = ("company", "school", "township", "village", "community")
"""Levels of `org_levels.tsv` whose bodies take the name of their home."""
_FIRMS = ("Company", "Bank")


def home_of(article: Article, found: Findings, at: int, level_word: str, bodies: Iterable[Mention]) -> Mention | None:
    """Return the place or, for 公司 and 企业, the firm that a level word at this offset means.

    `宰湾村党支部委员、村团支部书记`: 村 of 村团支部 is 宰湾村.
    """
    if level_word in words("org_levels", level="company"):
        before = [b for b in bodies if b.end <= at and b.type == EntityType.ORGANIZATION and b.kind in _FIRMS]
        return max(before, key=lambda b: b.end, default=None)
    return place_in_scope(article, found, at, level_word)
