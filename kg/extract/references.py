"""What a word without a name points back to: 平台, 工作室, 全村, 他, 师徒俩 → the mentions of what was named before.

In: a position at which a clause's subject may stand. Out: mentions and where the word ends. The trap: 公司工会 and
企业家 begin with such a word and are something else, so the lexicon says what may not follow it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.own_bodies import own_body, own_place
from kg.extract.scope import place_in_scope
from kg.model import Article, EntityType, Findings, Mention
from kg.vocab import Row, lexicon

_SHORTEST_TAIL = 3  # characters of a name's tail that stand for the name without being listed
_LISTED = (EntityType.PROJECT, EntityType.PROGRAMME, EntityType.PRODUCT, EntityType.FACILITY)
# The grammar of 全县, 我市, 该镇, 县里, which holds for every level.
_LEVEL = "省|市|州|盟|县|区|旗|镇|乡|街道|苏木|嘎查|村|社区"
_PLACE_WORD = re.compile(f"(?:(?:[全我该咱]|[我咱]们)(?P<all>{_LEVEL})(?!政府|[委直属级])|(?P<inside>{_LEVEL})里)")
_WE = re.compile("[我咱]们?")


@dataclass(frozen=True, slots=True)
class Reference:
    """Entities that a stretch of text stands for."""

    start: int
    end: int
    mentions: tuple[Mention, ...]


@cache
def _nouns() -> tuple[Row, ...]:
    return tuple(sorted(lexicon("bare_nouns"), key=lambda r: -len(r["word"])))


@cache
def _noun() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(r["word"]) for r in _nouns()))


def _endings(noun: str) -> tuple[str, ...]:
    """Return how the names of what a noun stands for end: 公司 for 某某集团 as well."""
    row = next(r for r in _nouns() if r["word"] == noun)
    return tuple(filter(None, row["endings"].split("|"))) or (noun,)


def is_reference_word(text: str, offset: int) -> bool:
    """Tell whether a word that points back stands at the offset (自己, whose 自 also opens clauses)."""
    return bool(_noun().match(text, offset) or _PLACE_WORD.match(text, offset))


def reference_at(article: Article, found: Findings, known: Sequence[Mention], offset: int) -> Reference | None:
    """Return what the word at the offset points back to, None if it is no such word or nothing fits.

    `known` are the mentions that may be meant, in text order; `工作室现有成员23人` after 李某创新工作室 gives that.
    """
    text = article.text
    before = [m for m in known if m.end <= offset and not m.anaphor]
    we = _WE.match(text, offset)
    if m := _PLACE_WORD.match(text, offset):
        own = own_place(article, found, offset, m["all"]) if we else None
        place = own or place_in_scope(article, found, offset, m["all"] or m["inside"])
        if place is not None:
            return Reference(offset, m.end(), (place,))
    if we and (m := _noun().match(text, we.end())):
        body = own_body(article, found, offset, _endings(m[0]))
        return Reference(offset, m.end(), (body,)) if body else None
    for row in _nouns():
        if text.startswith(row["word"], offset):
            end = offset + len(row["word"])
            if row["not_before"] and text[end : end + 1] in row["not_before"]:
                return None
            meant = _latest(before, row)
            if meant and _is_listed(text, meant):
                return None
            return Reference(offset, end, meant) if meant else None
    return _by_tail(text, before, offset)


def _latest(before: Sequence[Mention], row: Row) -> tuple[Mention, ...]:
    """Return the latest mentions that the noun can mean, as many as it stands for."""
    endings = tuple(filter(None, row["endings"].split("|")))
    typed = [m for m in reversed(before) if m.type == EntityType(row["type"])]
    fitting = [m for m in typed if _bare(m).endswith(endings or row["word"])]
    if not endings and not fitting:  # 平台 means a platform called so if there is one, else the latest platform
        fitting = typed
    latest: dict[str, Mention] = {}
    for m in fitting:
        latest.setdefault(m.label, m)
    meant = list(latest.values())[: int(row["count"])]
    return tuple(reversed(meant)) if len(meant) == int(row["count"]) else ()


def _is_listed(text: str, meant: tuple[Mention, ...]) -> bool:
    """Tell whether the one thing meant is one of several in a list: 甲项目、乙项目等。项目…"""
    if len(meant) > 1 or meant[0].type not in _LISTED:
        return False
    start, end = meant[0].start, meant[0].end
    return text[start - 1 : start] == "、" or text[end : end + 1] == "、"


def _by_tail(text: str, before: Sequence[Mention], offset: int) -> Reference | None:
    """Return the mention whose name ends in the words at the offset: 专项监督 for “…”专项监督."""
    head = text[offset : offset + _SHORTEST_TAIL]
    for m in reversed(before):
        name = _bare(m)
        if head not in name[1:]:
            continue
        for length in range(len(name) - 1, _SHORTEST_TAIL - 1, -1):
            if m.type is not EntityType.PERSON and text.startswith(name[-length:], offset):
                return Reference(offset, offset + length, (m,))
    return None


def _bare(mention: Mention) -> str:
    return mention.label.rstrip("”’」")
