"""Which of an article's bodies are the same: a later short form points at the full one.

In: the bodies of an article; out: the same, short forms with their antecedent. `县委组织部` after
`修武县委组织部` is the same, so is `县市场监管局` beside `县市场监督管理局`, and `嘉兴农行` beside `农行嘉兴分行`.
The trap: hospitals and schools with numbers (`市人民医院`, `市第一人民医院`) are subsequences of each other and differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.firm_forms import firm_forms, legal_tail
from kg.extract.name_bounds import is_common
from kg.extract.organization_facts import Body
from kg.model import Mention
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
    result = []
    for body in bodies:
        full = units.get(body.mention.label) or _full_form(body.mention, mentions) or _with_its_place(body, bodies)
        m = replace(body.mention, antecedent=(full.start, full.end)) if full else body.mention
        result.append(replace(body, mention=m))
    renamed = dict(zip(mentions, (b.mention for b in result), strict=True))
    return [replace(b, parent=renamed.get(b.parent, b.parent)) if b.parent else b for b in result]


def _unit_name(body: Body) -> str:
    """Return a name without that of the body it belongs to: 某市公安局|城东派出所."""
    if body.parent is None or body.parent.start != body.mention.start:
        return ""
    return body.mention.text[len(body.parent.text) :]


def _with_its_place(short: Body, bodies: Sequence[Body]) -> Mention | None:
    """Return the one body of the same place and name: 修武法院 is 修武县人民法院, 启明学校 is 平湖市启明学校."""
    names = {b.mention.label: b.mention for b in reversed(bodies) if _names_more(b, short)}
    if short.mention.kind == "School" and (first := _same_school(short, bodies)):
        return first
    return next(iter(names.values())) if len(names) == 1 else None


def _same_school(short: Body, bodies: Sequence[Body]) -> Mention | None:
    """Return the school's first mention behind another place of its own: 红岩镇启明小学, 红岩村启明小学, 启明小学."""
    name = _without_place(short) or short.mention.text
    same = [b for b in bodies if b.mention.kind == "School" and _without_place(b) == name]
    is_named = not is_common(name[:-2]) and not _NUMBERED.match(name)
    return same[0].mention if same and is_named and same[0].mention.label != short.mention.label else None


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


def _full_form(short: Mention, mentions: Sequence[Mention]) -> Mention | None:
    fuller = [m for m in mentions if m.type == short.type and m.label != short.label and _is_full(m, short)]
    before = [m for m in fuller if m.start < short.start]
    if before:
        return max(before, key=lambda m: (len(m.label), m.start))
    return min(fuller, key=lambda m: m.start) if len({m.label for m in fuller}) == 1 else None


def _is_full(full: Mention, short: Mention) -> bool:
    a, b = full.label, short.label
    if len(a) <= len(b):
        return False
    if full.kind == "Company" and short.kind == "Company" and legal_tail(a):
        return any(b in firm_forms(a, n) for n in range(_LONGEST_PLACE + 1))
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
