"""Mentions of one article that mean the same, gathered into clusters.

In: an article's findings. Out: one `Cluster` per entity of the article, and where each mention went. The trap:
two people of one name are told apart by the mark that their mentions carry in `code`, so names alone never join
marked persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.model import (
    Article,
    Dated,
    EntityType,
    Fact,
    Findings,
    Funding,
    Mention,
    Observation,
    Position,
    Relation,
)
from kg.record import Record
from kg.text import bare, folded
from kg.vocab import words

# Shorter cores are too common to tell a scheme (河长|制, 积分|制).
_CORE = 4
_STATE = ("Government", "PartyOrganization")
_ORGAN = re.compile(
    "(?:国家税务总局)?(?P<place>[一-鿿]{2,12}?)(?P<level>[县市区旗]|自治县)(?P<organ>[一-鿿]{2,12}[局院会委办社])"
)
_STATION = re.compile("(?P<place>[一-鿿]{2,3}?)(?:[镇乡]|街道)?(?P<kind>派出所|法庭|人民法庭|司法所|市场监管所|供电所)")
"""A town's station of a county's organ, as the town names it; the organ puts its own name before: …局|季家派出所."""
_RURAL_BANK = re.compile("农村商业银行|农商银行|农商行")

Key = tuple[int, int, EntityType]


@dataclass(frozen=True, slots=True)
class Cluster(Record):
    """All mentions of one entity in one article, in text order."""

    article: Article
    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    """What the article calls it, longest first, forms of address last; pointers back such as 该镇 give no name."""
    addresses: frozenset[str]
    """Forms that stand for a person's full name, longer though they may be: 周县长 of 周辉."""
    code: str
    """NBS code of a division; empty for all else."""
    kind: str
    """Most specific class that a mention gives: that of the longest one."""

    @property
    def type(self) -> EntityType:
        """Type of the entity."""
        return self.mentions[0].type


def cluster(article: Article, mentions: tuple[Mention, ...]) -> Cluster:
    """Return mentions of one entity, given in text order, with what they tell of it together."""
    codes = [m.code for m in mentions if m.code.isdigit()]
    kinds = [(-len(m.text), m.start, m.kind) for m in mentions if m.kind]
    addresses = frozenset(
        m.text for m in mentions if m.type is EntityType.PERSON and m.antecedent and m.name not in ("", m.text)
    )
    return Cluster(
        article,
        mentions,
        _names(mentions, addresses),
        addresses,
        min(codes, default=""),
        min(kinds)[2] if kinds else "",
    )


def _names(mentions: tuple[Mention, ...], addresses: frozenset[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for m in mentions:
        if m.anaphor and not m.name:
            continue
        for name in (m.label,) if m.anaphor else (m.label, m.text):
            found.setdefault(folded(name), bare(name))
    return tuple(sorted(found.values(), key=lambda n: (n in addresses, -len(folded(n)), n)))


def key(mention: Mention) -> Key:
    """Return what identifies a mention within its article."""
    return (mention.start, mention.end, mention.type)


def fact_mentions(fact: Fact) -> Iterator[Mention]:
    """Yield all mentions that a fact speaks of."""
    match fact:
        case Relation(subject=s, object=o):
            yield from (s, o)
        case Dated(subject=s):
            yield s
        case Position(person=p, body=b):
            yield p
            if b:
                yield b
        case Funding(funder=f, recipient=r, product=p):
            yield from (f, r)
            if p:
                yield p
        case Observation(about=a):
            yield a


def cluster_mentions(article: Article, found: Findings) -> list[Cluster]:
    """Join mentions by antecedent, code and name; return clusters in text order of their first mention."""
    mentions = {key(m): m for f in found.facts for m in fact_mentions(f)}
    mentions.update({key(m): m for m in found.mentions})
    ordered = sorted(mentions.values(), key=lambda m: (m.start, -m.end, m.type))
    sets = _Sets([key(m) for m in ordered])
    _join_antecedents(ordered, sets)
    _join_same(ordered, sets)
    groups: dict[Key, list[Mention]] = {}
    for m in ordered:
        groups.setdefault(sets.find(key(m)), []).append(m)
    return [c for g in groups.values() if (c := cluster(article, tuple(g))).names]


def _join_antecedents(mentions: list[Mention], sets: _Sets) -> None:
    by_place = {(m.start, m.end, m.type): m for m in mentions}
    for m in mentions:
        if m.antecedent and (target := by_place.get((*m.antecedent, m.type))):
            sets.union(key(target), key(m))


def _join_same(mentions: list[Mention], sets: _Sets) -> None:
    """Join mentions of one type that share a code or a name; a code or mark tells apart what names would join."""
    by_identity: dict[tuple[EntityType, str, str], Key] = {}
    marks: dict[tuple[EntityType, str], list[str]] = {}
    for m in mentions:
        if m.code:
            for name in {folded(m.label), folded(m.text)}:
                known = marks.setdefault((m.type, name), [])
                if m.code not in known and not m.anaphor:
                    known.append(m.code)
    for m in mentions:
        if m.anaphor and not m.name:
            continue
        for identity in _identities(m, marks):
            sets.union(by_identity.setdefault(identity, key(m)), key(m))
    for short, full in (*_short_organs(mentions), *_stations(mentions)):
        sets.union(key(full), key(short))


def _short_organs(mentions: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield organs named without 县 or 市 with the only one that each can mean: 河阳税务局, 河阳县税务局."""
    organs = {folded(m.label): m for m in mentions if m.type is EntityType.ORGANIZATION and m.kind in _STATE}
    shortened: dict[str, list[str]] = {}
    for name in organs:
        if found := _ORGAN.fullmatch(name):
            shortened.setdefault(found["place"] + found["organ"], []).append(name)
            shortened.setdefault(found["place"] + found["level"] + found["organ"], []).append(name)
    for short, names in shortened.items():
        others = [n for n in names if n != short]
        if short in organs and len(others) == 1:
            yield organs[short], organs[others[0]]


def _stations(mentions: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield a town's stations with the only one each can mean of those that name their organ: 某县公安局季家派出所."""
    organs = {folded(m.label): m for m in mentions if m.type is EntityType.ORGANIZATION and m.kind in _STATE}
    for short, mention in organs.items():
        if found := _STATION.fullmatch(short):
            own = re.compile(rf"[一-鿿]+[局院厅司](?:{found['place']})(?:[镇乡]|街道)?{found['kind']}")
            full = [n for n in organs if own.fullmatch(n)]
            if len(full) == 1:
                yield mention, organs[full[0]]


def _identities(m: Mention, marks: dict[tuple[EntityType, str], list[str]]) -> list[tuple[EntityType, str, str]]:
    identities = [(m.type, "", m.code)] if m.code.isdigit() else []
    for name in sorted({folded(m.label), folded(m.text)}):
        known = marks.get((m.type, name), [])
        # A bare repetition takes the only code there is; of several, it goes with the first.
        mark = m.code or (known[0] if known else "")
        identities.append((m.type, name, mark))
        if core := _core(m, name) or _bank(m, name):
            identities.append((m.type, core, mark))
    return identities


def _core(m: Mention, name: str) -> str:
    """Return a programme's name without a last noun for "scheme": 导师帮带制 and 导师帮带工作机制 are one."""
    if m.type is not EntityType.PROGRAMME:
        return ""
    core = next((name[: -len(w)] for w in _scheme_nouns() if name.endswith(w)), "")
    return core if len(core) >= _CORE else ""


def _bank(m: Mention, name: str) -> str:
    """Return a rural bank's name as it is said for short: 某县农村商业银行, 某县农商银行 and 某县农商行 are one."""
    return _RURAL_BANK.sub("农商行", name) if m.type is EntityType.ORGANIZATION and "农" in name else ""


@cache
def _scheme_nouns() -> tuple[str, ...]:
    return tuple(sorted(words("scheme_nouns"), key=lambda w: (-len(w), w)))


class _Sets:
    """Disjoint sets; the representative is the smallest member, so that the order of unions does not matter."""

    def __init__(self, members: list[Key]) -> None:
        self._parent = {m: m for m in members}

    def find(self, member: Key) -> Key:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def union(self, a: Key, b: Key) -> None:
        a, b = self.find(a), self.find(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)
