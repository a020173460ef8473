"""Full names of persons by what stands around them: a role or kin word before, a speech verb behind, a list.

In: an article and the mentions of places and bodies found before; out: spans with the rule that found them. The
trap: a role word announces a name only as a rule (`村民方便了`), so the name itself must be likely as well
(`person_names`), the more so the less its surroundings say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import vocab
from kg.extract.person_names import Name, is_closed, name_at, surname_at
from kg.extract.roles import role_before
from kg.model import Article, EntityType, Findings, Mention, Span

_ANNOUNCED, _ANNOUNCED_WEAKLY, _LISTED, _LISTED_LAST = -1.0, 2.5, -2.5, 0.0
_SPEAKER, _ACTOR, _DESCRIBED = 4.5, 6.0, 4.0
"""Least odds (natural logarithm) of a name after a role, after an unlisted role, in a list, at its end; before a
speech verb, before another verb, and beside its own age or place in a picture."""

# What names a person without being a role: 叫 and 名叫, the age before (35岁的…), `记者：`.
_LEAD = re.compile(r"(?:名叫|叫做|叫作|叫|\d岁的|记者[：:]?|通讯员[：:]?|岁的?村民|同志)[  　]*$")
_SEPARATOR = re.compile(r"(?:（[^（）]{1,8}）)?(、|和|与|及|以及)[ 　]*")
# 张三（左一）, 张三（女，45岁）, 张三，男，…, 张三今年71岁.
_DESCRIPTION = re.compile(r"（(?:[左右中前后]|女|男|图)|，?今年?\d+岁|，[男女][，、]")
_COPULA = re.compile(r"(?:就)?是([^，。；！？]{2,40})")
_BOUNDARY = "，。、；：！？（）()“”‘’《》\n—…"
# A clause may open with these before its subject: 据张三介绍, 和李四一样.
_OPENERS = re.compile(r"(?:据|听|和|与|跟|让|由|请|给|对|向|像|而|但|如今|现在|看到|只见|这时|当时|随后|目前)$")
# 王家 in 王家村, 李庄 in 李庄小学: the name of a place, not of a person.
_PLACE_TAIL = re.compile(r"[村镇乡县市区州省路街巷庄屯寨湾沟坪山河湖桥寺庙站港岛局所院校厂店矿]|公司|小学|中学|大学|医院|社区|集团")


class Found(NamedTuple):
    """A full name in the text."""

    span: Span
    rule: str
    confidence: float


def full_names(article: Article, found: Findings) -> list[Found]:
    """Return full Han names with strong evidence, in text order, without overlaps."""
    taken = {m.start: m for m in found.mentions if m.type is EntityType.PLACE and not m.anaphor}
    names: list[Found] = []
    for body in article.bodies():
        end = body.start
        while name := _next_name(article.text, Span(end, body.end), taken):
            names.append(name)
            end = name.span.end
            for follower in _listed(article.text, Span(end, body.end), taken):
                names.append(follower)
                end = follower.span.end
    return names


def _next_name(text: str, within: Span, places: dict[int, Mention]) -> Found | None:
    for start in range(within.start, within.end):
        if surname_at(text, start) and not _is_place(start, places):
            found = _announced(text, start) or _unannounced(text, start, within.start, places)
            if found and found.span.end <= within.end:
                return found
    return None


def _is_place(start: int, places: dict[int, Mention]) -> bool:
    return start in places and len(places[start].text) > 1


def _announced(text: str, start: int) -> Found | None:
    """`保洁员沈根法`, `原佳慧的师父叫原德顺`: a role or a verb of naming stands before the name."""
    before = start
    while before and text[before - 1] in " 　":
        before -= 1
    role = role_before(text, before)
    lead = _LEAD.search(text, max(0, start - 12), start)
    if not role and not lead:
        return None
    weak = not lead and role is not None and (role.kind == "suffix" or before < start)
    name = name_at(text, start, announced=True)
    if name is None or name.score < (_ANNOUNCED_WEAKLY if weak else _ANNOUNCED) or _names_place(text, name):
        return None
    return Found(Span(start, name.end), "person.role" if role else "person.lead", 0.85 if weak else 0.93)


def _names_place(text: str, name: Name) -> bool:
    return bool(_PLACE_TAIL.match(text, name.end)) and name.score < _SPEAKER


def _listed(text: str, within: Span, places: dict[int, Mention]) -> Iterator[Found]:
    """`县领导甲、乙、丙一同参加`: names that a list adds to one just found."""
    end = within.start
    while separator := _SEPARATOR.match(text, end, within.end):
        start = separator.end()
        if not surname_at(text, start) or _is_place(start, places):
            return
        name = name_at(text, start, announced=True)
        if name is None or _PLACE_TAIL.match(text, name.end):
            return
        inner = separator[1] == "、" and (is_closed(text, name.end) or name.score > _SPEAKER)
        if name.score < (_LISTED if inner else _LISTED_LAST):
            return
        yield Found(Span(start, name.end), "person.list", 0.9)
        end = name.end


def _unannounced(text: str, start: int, begin: int, places: dict[int, Mention]) -> Found | None:
    """`，郭瑞平说`, `罗天贵（左）`: a subject whose verb, description or title shows a person."""
    if not _opens(text, start, begin):
        return None
    name = name_at(text, start, announced=False)
    if name is None or _PLACE_TAIL.match(text, name.end) or any(start < p < name.end for p in places):
        return None
    for pattern, least, rule in (
        (_verbs("speech"), _SPEAKER, "person.speech"),
        (_DESCRIPTION, _DESCRIBED, "person.description"),
        (_titles(), _DESCRIBED, "person.title"),
        (_verbs("act"), _ACTOR, "person.speech"),
    ):
        if pattern.match(text, name.end) and name.score >= least:
            return Found(Span(start, name.end), rule, 0.9)
    copula = _COPULA.match(text, name.end)
    if copula and name.score >= _DESCRIBED and role_before(text, copula.end()):
        return Found(Span(start, name.end), "person.copula", 0.9)
    return None


def _opens(text: str, start: int, begin: int) -> bool:
    return start == begin or text[start - 1] in _BOUNDARY or bool(_OPENERS.search(text, max(0, start - 3), start))


@cache
def _verbs(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(vocab.words("speech_verbs", kind=kind), key=len, reverse=True)))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(sorted(vocab.words("roles", kind="title") - {"总"}, key=len, reverse=True)))
