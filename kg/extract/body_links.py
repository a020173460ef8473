"""Which of an article's bodies are the same: a later short form points at the full one.

In: the bodies of an article; out: the same, short forms with their antecedent. `县委组织部` after
`修武县委组织部` is the same, so is `县市场监管局` beside `县市场监督管理局`, and `嘉兴农行` beside `农行嘉兴分行`.
The trap: hospitals and schools with numbers (`市人民医院`, `市第一人民医院`) are subsequences of each other and differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from kg.extract.firm_forms import firm_forms, legal_tail
from kg.extract.name_words import is_common
from kg.extract.organization_facts import Body
from kg.model import EntityType, Mention
from kg.vocab import words

_ABBREVIATED = "局委办厅会院"
"""Organs whose names are abbreviated by leaving words out end in one of these."""
_NUMERALS = "一二三四五六七八九十"
_NUMBERED = re.compile(f"第?[{_NUMERALS}]+(?:[小中]|实验|高级)")
"""Schools that a town has many of: 第一中学, 二小."""
_BRANCHES = ("支行", "信用社", "分理处")
_SHORTEST_ORGAN = 4
_PEOPLES = "人民"
"""Left out of the names of courts, procuratorates and governments: 修武法院."""
_LONGEST_PLACE = 4
"""A place of up to four characters may open a firm's name; which one is the place makes no odds here."""


def linked(bodies: Sequence[Body]) -> list[Body]:
    """Return the bodies, each short form with the full name's mention as its antecedent."""
    mentions = [b.mention for b in bodies]
    units = {rest: b.mention for b in reversed(bodies) if (rest := _unit_name(b))}
    fuller, placed = _FullerNames(mentions), _PlacedBodies(bodies)
    result = []
    for body in bodies:
        full = units.get(body.mention.label) or fuller.of(body.mention) or placed.of(body)
        linked_one = replace(body.mention, antecedent=(full.start, full.end)) if full else None
        result.append(replace(body, mention=linked_one) if linked_one else body)
    renamed = dict(zip(mentions, (b.mention for b in result), strict=True))
    return [replace(b, parent=renamed.get(b.parent, b.parent)) if b.parent else b for b in result]


def _unit_name(body: Body) -> str:
    """Return a name without that of the body it belongs to: 某市公安局|城东派出所."""
    if body.parent is None or body.parent.start != body.mention.start:
        return ""
    return body.mention.text[len(body.parent.text) :]


class _PlacedBodies:
    """The bodies of an article by how their names end, each name of a place once."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        first: dict[tuple[str, ...], Body] = {}
        for body in bodies:
            first.setdefault(_identity(body), body)
        self._ending: defaultdict[tuple[EntityType, str], list[Body]] = defaultdict(list)
        for body in first.values():
            self._ending[body.mention.type, body.mention.text[-1]].append(body)
        self._known: dict[tuple[str, ...], Mention | None] = {}

    def of(self, short: Body) -> Mention | None:
        """Return the one body of the same place and name: 修武法院 is 修武县人民法院, 启明学校 is 平湖市启明学校."""
        identity = _identity(short)
        if identity not in self._known:
            self._known[identity] = self._found(short)
        return self._known[identity]

    def _found(self, short: Body) -> Mention | None:
        alike = self._ending[short.mention.type, short.mention.text[-1]]
        if short.mention.kind == "School" and (first := _same_school(short, alike)):
            return first
        names = {b.mention.label: b.mention for b in reversed(alike) if _names_more(b, short)}
        return next(iter(names.values())) if len(names) == 1 else None


def _identity(body: Body) -> tuple[str, ...]:
    """Return all that tells whether a body's name is another's in full."""
    m, place = body.mention, body.place
    return m.type, m.label, m.text, m.kind, place.text if place else "", place.code if place else ""


def _same_school(short: Body, alike: Iterable[Body]) -> Mention | None:
    """Return the school's first mention behind another place of its own: 红岩镇启明小学, 红岩村启明小学, 启明小学."""
    name = _without_place(short) or short.mention.text
    same = next((b.mention for b in alike if b.mention.kind == "School" and _without_place(b) == name), None)
    is_named = not is_common(name[:-2]) and not _NUMBERED.match(name)
    return same if same and is_named and same.label != short.mention.label else None


def _names_more(full: Body, short: Body) -> bool:
    if full.mention.type != short.mention.type or len(full.mention.label) <= len(short.mention.label):
        return False
    rest = _without_place(full)
    if not rest or rest in words("national_bodies") or full.mention.text.startswith(short.mention.text):
        return False
    if short.place is None or not short.mention.text.startswith(short.place.text):
        return rest == short.mention.text or _is_level_form(full, short)
    same_place = short.place.code and full.place and short.place.code == full.place.code
    return bool(same_place) and _without_place(short) in (rest, rest.removeprefix(_PEOPLES))


def _is_level_form(full: Body, short: Body) -> bool:
    """Tell whether a level word and the first and last of the name stand for it: 县文旅局, 青山县文化旅游局."""
    name, rest = short.mention.text, _without_place(full)
    if full.place and full.place.text[-1] == name[0] and rest == _PEOPLES + name[1:]:  # 县法院
        return True
    if len(name) < _SHORTEST_ORGAN or rest[-1] not in _ABBREVIATED or full.place is None:
        return False
    same_ends = full.place.text[-1] == name[0] and rest[0] == name[1] and rest[-1] == name[-1]
    return same_ends and len(rest) > len(name) and is_subsequence(name[1:], rest)


def _without_place(body: Body) -> str:
    """Return what follows the place that opens a body's name, or nothing."""
    if body.place is None or not body.mention.text.startswith(body.place.text):
        return ""
    return body.mention.text[len(body.place.text) :]


class _FullerNames:
    """The names of an article's bodies by how they end, and those of its firms by the short forms that they allow."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._named: defaultdict[tuple[EntityType, str, str], list[Mention]] = defaultdict(list)
        for m in mentions:
            self._named[m.type, m.label, m.kind].append(m)
        self._ending: defaultdict[tuple[EntityType, str], list[list[Mention]]] = defaultdict(list)
        self._by_form: defaultdict[tuple[EntityType, str], list[list[Mention]]] = defaultdict(list)
        for (type_, label, kind), same in self._named.items():
            self._ending[type_, label[-1]].append(same)
            if kind == "Company" and legal_tail(label):
                for form in {f for n in range(_LONGEST_PLACE + 1) for f in firm_forms(label, n)}:
                    self._by_form[type_, form].append(same)
        self._known: dict[tuple[EntityType, str, str], list[list[Mention]]] = {}

    def of(self, short: Mention) -> Mention | None:
        """Return the fullest name before a short one, the last of its mentions; else the only one behind it."""
        key = (short.type, short.label, short.kind)
        if key not in self._known:
            self._known[key] = self._fuller(short)
        fuller = self._known[key]
        before = [same[at - 1] for same in fuller if (at := bisect_left(same, short.start, key=attrgetter("start")))]
        if before:
            return max(before, key=lambda m: (len(m.label), m.start))
        is_one = len({same[0].label for same in fuller}) == 1
        return min((same[0] for same in fuller), key=lambda m: m.start) if is_one else None

    def _fuller(self, short: Mention) -> list[list[Mention]]:
        alike = (same for same in self._ending[short.type, short.label[-1]] if _is_full(same[0], short))
        firms = self._by_form.get((short.type, short.label), []) if short.kind == "Company" else []
        return [*alike, *(same for same in firms if len(same[0].label) > len(short.label))]


def _is_full(full: Mention, short: Mention) -> bool:
    a, b = full.label, short.label
    if len(a) <= len(b) or (full.kind == "Company" and short.kind == "Company" and legal_tail(a)):
        return False  # a firm's short forms are known
    if full.kind == "Bank" and a.endswith(b) and b.endswith(_BRANCHES):  # 某某联社白莲信用社, 白莲信用社
        return True
    if _PEOPLES in a and a.replace(_PEOPLES, "", 1) == b:  # 市检察院 is 市人民检察院
        return True
    return (a.endswith(b) and _begins_with_level(b)) or _leaves_words_out(a, b) or _is_turned(a, b)


def _begins_with_level(name: str) -> bool:
    return any(name.startswith(w) for w in words("org_levels")) or name[0] in "省市县区州旗镇乡村"


def _leaves_words_out(full: str, short: str) -> bool:
    """Tell whether the short name keeps the beginning and the end and some words between: 县市场监管局."""
    if full.startswith(short):  # the bureau of a bureau's own branch: 淮南市公安局|山南分局
        return False
    if full[-1] not in _ABBREVIATED or full[-1] != short[-1] or any(c in _NUMERALS for c in full):
        return False
    return full[:3] == short[:3] and len(short) > 4 and is_subsequence(short, full)


def is_subsequence(short: str, full: str) -> bool:
    """Tell whether the characters of a name stand in another one in the same order."""
    rest = iter(full)
    return all(c in rest for c in short)


def _is_turned(full: str, short: str) -> bool:
    """Tell whether a bank's branch is named the other way round: 农行嘉兴分行, 嘉兴农行."""
    if not full.endswith("行") or not short.endswith("行"):
        return False
    bank = next((n for n in words("national_bodies") if short.endswith(n) and full.startswith(n)), "")
    place = short[: len(short) - len(bank)]
    return bool(bank and place) and full[len(bank) :].startswith(place)
