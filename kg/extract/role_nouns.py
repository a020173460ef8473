"""Roles and nouns that mean a body without naming it: `校长` the school, `法庭的|法官助理` the court named before.

In: the words of a role, or what stands before it. Out: the row of `role_bodies.tsv` that says which body is meant, and
a pattern of the nouns that point back. The trap: a longer role may mean another body than its ending (大队长, 队长).
"""

from __future__ import annotations

import re
from functools import cache

from kg import vocab


@cache
def bare_noun() -> re.Pattern[str]:
    """Nouns that point back at a body before a post: 法庭的|法官助理, 派出所|所长."""
    rows = vocab.lexicon("anaphor_nouns")
    nouns = {r["word"] for r in rows if r["type"] == "Organization" and r["bare"] and len(r["word"]) > 1}
    return re.compile(f"(?:^|[^一-鿿]|是)({'|'.join(sorted(nouns))})的?([一-鿿]{{0,3}})$")


def row_of(role: str) -> dict[str, str] | None:
    """Return the row of the longest ending of a role that means a body."""
    rows = (r for r in vocab.lexicon("role_bodies") if role.endswith(r["role"]))
    return max(rows, key=lambda r: len(r["role"]), default=None)
