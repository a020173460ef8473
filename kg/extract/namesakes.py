"""Tell apart two people of one name in one article by the posts and kin words that introduce them.

In: Person mentions in text order; out: the same, with `code` "#1" or "#2" where the text presents two people of one
name (`徒弟王磊是…，师父王磊是…`). The trap: one person may bear several posts, so only kin words that exclude each
other, one sentence that introduces the name twice, or an office here and a trade of another house there count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kg.extract.roles import role_before
from kg.model import Article, Mention
from kg.text import sentence_at

_SAME_NAME = re.compile("同名|重名|同名同姓|同姓同名")  # 武某某——与那位副庭长同名——
_LEARNERS = ("徒弟", "学徒")
_MASTERS = ("师父", "师傅", "恩师")
_BEFORE = 14
"""Characters before a role in which the body that it belongs to is looked for."""


class _Introduction(NamedTuple):
    mention: Mention
    kind: str
    role: str
    before: str
    """What stands before the role in its clause: the body, mostly."""


def told_apart(article: Article, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions, those of namesakes with a code; a plain one goes to the nearest introduction."""
    by_name: dict[str, list[_Introduction]] = defaultdict(list)
    for mention in mentions:
        if introduction := _introduction(article.text, mention):
            by_name[mention.label].append(introduction)
    for mention in mentions:
        code = _code(article.text, mention, by_name[mention.label])
        yield replace(mention, code=code) if code else mention


def _introduction(text: str, mention: Mention) -> _Introduction | None:
    role = role_before(text, mention.start)
    if role is None or role.kind == "suffix":
        return None
    sentence = sentence_at(text, role.start)
    clause = text[max(sentence.start, role.start - _BEFORE) : role.start]
    for mark in "，：“”":
        clause = clause.rpartition(mark)[2]
    return _Introduction(mention, role.kind, text[role.start : role.end], clause)


def _code(text: str, mention: Mention, introductions: list[_Introduction]) -> str:
    first = introductions[0] if introductions else None
    second = next((i for i in introductions[1:] if first and _are_two_people(text, first, i)), None)
    if first is None or second is None:
        return ""
    last = [i for i in introductions if i.mention.start <= mention.start] or [first]
    return "#2" if _are_two_people(text, first, last[-1]) else "#1"


def _are_two_people(text: str, one: _Introduction, other: _Introduction) -> bool:
    if one.mention == other.mention:
        return False
    if _SAME_NAME.search(sentence_at(text, other.mention.start).of(text)):
        return True
    words = {one.role, other.role}
    if words & set(_LEARNERS) and words & set(_MASTERS):
        return True
    if one.role == other.role and one.before == other.before:
        return False
    same_sentence = sentence_at(text, one.mention.start).covers(other.mention)
    if same_sentence and one.before and other.before:
        return True
    return {one.kind, other.kind} == {"post", "occupation"} and _are_strangers(one.before, other.before)


def _are_strangers(one: str, other: str) -> bool:
    """Tell whether two bodies share no pair of characters, both being named."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    return min(len(one), len(other)) > 3 and not any(other[i : i + 2] in pairs for i in range(len(other) - 1))
