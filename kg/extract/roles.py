"""Roles beside a name: `原副主任`, `首席技师`, `种植大户`, and words that merely end like one.

In: a text and an offset; out: the role that ends there, from the lexicon `roles.tsv`. The trap: a lexicon never
holds all occupations, so a word that ends like one (`饲养员`) counts as well, but weakly (`kind` is "suffix").
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg import vocab
from kg.text import Endings, dictionary_words, tagged

_LONGEST = 8
_MAX_MODIFIERS = 3
_GLOSS = re.compile(r"[（(][^（）()]{1,8}[）)]$")
_MAKES_ROLES = "户师匠"
"""Behind a noun of two characters these make the word for whoever deals in it: 配件|户, 糕点|师."""
_TRADE = 2
_NUMERALS = "一二两三四五六七八九十几多全各每"
"""四员, 两家, 各户: counted, not named."""


class Role(NamedTuple):
    """A role's words in a text, with the kind of its head word."""

    start: int
    end: int
    kind: str
    """post, occupation, villager, member, honour, person, kin; suffix for a word that is not listed."""


@cache
def _heads() -> dict[str, str]:
    kinds = ("post", "villager", "occupation", "member", "honour", "person", "kin")
    rows = [r for r in vocab.lexicon("roles") if r["kind"] in kinds]
    return {r["word"]: r["kind"] for r in reversed(rows)}


@cache
def _endings() -> Endings:
    return Endings(word for word in _heads() if 1 < len(word) <= _LONGEST)


@cache
def _modifiers() -> tuple[str, ...]:
    return tuple(sorted(vocab.words("roles", kind="modifier"), key=len, reverse=True))


def role_before(text: str, end: int) -> Role | None:
    """Return the longest role whose words end at the offset.

    `该村原副主任王强`, at the end of 主任: 原副主任, a post.
    """
    if text[end - 1 : end] == "”":
        return _quoted_role(text, end)
    for word in _endings().at(text, end):
        return Role(_with_modifiers(text, end - len(word)), end, _heads()[word])
    return _unlisted_role(text, end)


@cache
def announcing_characters() -> frozenset[str]:
    """Return the characters in which a role, its quotation or the gloss behind it may end."""
    return _endings().last_characters | vocab.words("roles", kind="suffix") | frozenset("”）)")


def before_gloss(text: str, end: int) -> int:
    """Return where a title ends that a gloss in brackets follows: 党工委委员（组织委员）李明."""
    gloss = _GLOSS.search(text, max(0, end - _LONGEST - 2), end) if text[end - 1 : end] in "）)" else None
    return gloss.start() if gloss else end


def role_at(text: str, start: int) -> Role | None:
    """Return the longest role whose words begin at the offset, modifiers included.

    `首席技师，2008年进厂`, at 首: 首席技师, an occupation.
    """
    best: Role | None = None
    for begin in _after_modifiers(text, start):
        for length in range(2, _LONGEST + 1):
            kind = _heads().get(text[begin : begin + length])
            if kind and (best is None or begin + length > best.end):
                best = Role(start, begin + length, kind)
    return best


def _quoted_role(text: str, end: int) -> Role | None:
    """`“产业村长”刘大成`: the whole of what is quoted."""
    opening = text.rfind("“", max(0, end - _LONGEST - 2), end - 1)
    role = role_before(text, end - 1) if opening >= 0 else None
    return Role(opening + 1, end - 1, role.kind) if role and role.start > opening else None


def _with_modifiers(text: str, start: int) -> int:
    for _ in range(_MAX_MODIFIERS):
        if not text.endswith(_modifiers(), 0, start):
            break
        modifier = next(m for m in _modifiers() if text.endswith(m, 0, start))
        start -= len(modifier)
    return start


def _after_modifiers(text: str, start: int) -> list[int]:
    begins = [start]
    for begin in begins:
        if len(begins) <= _MAX_MODIFIERS:
            begins.extend(begin + len(m) for m in _modifiers() if text.startswith(m, begin))
    return begins


def _unlisted_role(text: str, end: int) -> Role | None:
    """`饲养员`, `育种专家`: the word before the name ends like a role and is no everyday word that does."""
    if text[end - 1 : end] not in vocab.words("roles", kind="suffix"):
        return None
    before = dictionary_words(text[max(0, end - 6) : end])
    word = before[-1] if before else ""
    if word in _MAKES_ROLES and len(before) > 1 and len(before[-2]) == _TRADE and tagged(before[-2])[0][1] == "n":
        word = before[-2] + word
    if len(word) < 2 or word in vocab.words("roles", kind="not") or word[0] in _NUMERALS:
        return None
    return Role(end - len(word), end, "suffix")
