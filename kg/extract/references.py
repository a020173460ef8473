"""What a word without a name points back to: 平台, 工作室, 全村, 他, 师徒俩 → the mentions of what was named before.

In: a position at which a clause's subject may stand. Out: mentions and where the word ends. The trap: 公司工会 and
企业家 begin with such a word and are something else, so the lexicon says what may not follow it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.own_bodies import own_body, own_place
from kg.extract.scope import place_in_scope
from kg.model import Article, EntityType, Findings, Mention, Position
from kg.vocab import Row, lexicon

_SHORTEST_TAIL = 3  # characters of a name's tail that stand for the name without being listed
_LISTED = (EntityType.PROJECT, EntityType.PROGRAMME, EntityType.PRODUCT, EntityType.FACILITY)
# The grammar of 全县, 我市, 该镇, 县里, which holds for every level.
_LEVEL = "省|市|州|盟|县|区|旗|镇|乡|街道|苏木|嘎查|村|社区"
_PLACE_WORD = re.compile(
    f"(?:(?:[全我该咱]|[我咱]们|这个?)(?P<all>{_LEVEL})(?!政府|[委直属级])|(?P<inside>{_LEVEL})里)"
)
_HIS = re.compile("(?:[他她]|自己)的?(?:公司|企业|厂子?|合作社|农场|店|工厂)")
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
def _first_characters() -> frozenset[str]:
    """Return what the nouns and the words for places begin with."""
    return frozenset({r["word"][0] for r in _nouns()} | {w[0] for w in ("全", "我", "该", "咱", *_LEVEL.split("|"))})


@cache
def _rows() -> dict[str, Row]:
    return {r["word"]: r for r in reversed(_nouns())}


@cache
def _noun() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(r["word"]) for r in _nouns()))


def _endings(noun: str) -> tuple[str, ...]:
    """Return how the names of what a noun stands for end: 公司 for 某某集团 as well."""
    return _own_endings(_rows()[noun]) or (noun,)


def _own_endings(row: Row) -> tuple[str, ...]:
    return tuple(filter(None, row["endings"].split("|")))


def is_reference_word(text: str, offset: int) -> bool:
    """Tell whether a word that points back stands at the offset (自己, whose 自 also opens clauses)."""
    return bool(_noun().match(text, offset) or _PLACE_WORD.match(text, offset))


class References:
    """What words without a name point back to in one article."""

    def __init__(self, article: Article, found: Findings, known: Iterable[Mention]) -> None:
        """`known` are the outermost mentions that may be meant."""
        self._article, self._found = article, found
        self._named = [m for m in known if not m.anaphor]
        self._ends = [m.end for m in self._named]
        self._of_type: dict[EntityType, list[int]] = {}
        self._with_tail: dict[str, list[int]] = {}
        for i, m in enumerate(self._named):
            self._of_type.setdefault(m.type, []).append(i)
            for tail in _tails(m):
                self._with_tail.setdefault(tail, []).append(i)

    def at(self, offset: int) -> Reference | None:
        """Return what the word at the offset points back to, None if it is no such word or nothing fits.

        `工作室现有成员23人` after 李某创新工作室 gives that.
        """
        text = self._article.text
        if text[offset : offset + 1] not in _first_characters():
            return self._by_tail(offset)
        we = _WE.match(text, offset)
        if m := _PLACE_WORD.match(text, offset):
            own = own_place(self._article, self._found, offset, m["all"]) if we else None
            place = own or place_in_scope(self._article, self._found, offset, m["all"] or m["inside"])
            if place is not None:
                return Reference(offset, m.end(), (place,))
        if we and (m := _noun().match(text, we.end())):
            body = own_body(self._article, self._found, offset, _endings(m[0]))
            return Reference(offset, m.end(), (body,)) if body else None
        if m := _noun().match(text, offset):
            row = _rows()[m[0]]
            if row["not_before"] and text[m.end() : m.end() + 1] in row["not_before"]:
                return None
            meant = self._latest(offset, row)
            return Reference(offset, m.end(), meant) if meant and not _is_listed(text, meant) else None
        return self._by_tail(offset)

    def own_firm(self, offset: int) -> Reference | None:
        """Return the firm of whom a pronoun means: 他的公司 is the one that he heads."""
        m = _HIS.match(self._article.text, offset)
        meant = next((p for p in self._found.mentions if p.start == offset and p.antecedent), None) if m else None
        if m is None or meant is None:
            return None
        names = {p.label for p in self._found.mentions if (p.start, p.end) == meant.antecedent}
        held = (f.body for f in self._found.facts if isinstance(f, Position) and f.person.label in names)
        firm = next((body for body in held if body and body.type is EntityType.ORGANIZATION), None)
        return Reference(offset, m.end(), (firm,)) if firm else None

    def _before(self, offset: int, indices: Sequence[int]) -> Iterator[Mention]:
        """Yield those of the mentions that end before an offset, the latest first."""
        last = bisect_right(self._ends, offset)
        for at in range(bisect_left(indices, last) - 1, -1, -1):
            yield self._named[indices[at]]

    def _latest(self, offset: int, row: Row) -> tuple[Mention, ...]:
        """Return the latest mentions that the noun can mean, as many as it stands for."""
        indices, count = self._of_type.get(EntityType(row["type"]), ()), int(row["count"])
        endings = _own_endings(row)
        fitting = (m for m in self._before(offset, indices) if _bare(m).endswith(endings or row["word"]))
        meant = _distinct(fitting, count)
        if not endings and not meant:  # 平台 means a platform called so if there is one, else the latest platform
            meant = _distinct(self._before(offset, indices), count)
        return tuple(reversed(meant)) if len(meant) == count else ()

    def _by_tail(self, offset: int) -> Reference | None:
        """Return the mention whose name ends in the words at the offset: 专项监督 for “…”专项监督."""
        text = self._article.text
        for m in self._before(offset, self._with_tail.get(text[offset : offset + _SHORTEST_TAIL], ())):
            name = _bare(m)
            for length in range(len(name) - 1, _SHORTEST_TAIL - 1, -1):
                if text.startswith(name[-length:], offset):
                    return Reference(offset, offset + length, (m,))
        return None


def _tails(mention: Mention) -> set[str]:
    """Return how the shorter names begin that may stand for a mention."""
    name = _bare(mention) if mention.type is not EntityType.PERSON else ""
    return {name[i : i + _SHORTEST_TAIL] for i in range(1, len(name) - _SHORTEST_TAIL + 1)}


def _distinct(mentions: Iterable[Mention], count: int) -> list[Mention]:
    """Return the first mentions with different names, as many as asked for."""
    found: dict[str, Mention] = {}
    for m in mentions:
        found.setdefault(m.label, m)
        if len(found) == count:
            break
    return list(found.values())


def _is_listed(text: str, meant: tuple[Mention, ...]) -> bool:
    """Tell whether the one thing meant is one of several in a list: 甲项目、乙项目等。项目…"""
    if len(meant) > 1 or meant[0].type not in _LISTED:
        return False
    start, end = meant[0].start, meant[0].end
    return text[start - 1 : start] == "、" or text[end : end + 1] == "、"


def _bare(mention: Mention) -> str:
    return mention.label.rstrip("”’」")
