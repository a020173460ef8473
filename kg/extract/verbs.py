"""Verbs of a clause with their senses, read from `verbs.tsv`; verbs inside a name or under a plan are told apart.

In: a clause and the mentions. Out: `VerbUse` records. The trap: `推进“百日攻坚行动”` has a verb and a name that holds
one (行动); what stands inside a mention is no verb of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.model import Mention, Span
from kg.vocab import lexicon, words

_NEAR = 8


# 巡查科, 监督员, 服务队: a verb before a word for an office or a team is part of a noun.
_IN_NOUN = re.compile("科(?![技学普创])|股(?![份权东])|大队|支队|中队|中心|小组|员(?!工)|局(?![面势限部])")


@dataclass(frozen=True, slots=True)
class VerbUse:
    """A verb where it stands."""

    start: int
    end: int
    verb: str
    senses: frozenset[str]
    modality: str
    """plan, wish, order, condition or denial where a word before the verb says so; else empty."""


@cache
def senses() -> dict[str, frozenset[str]]:
    """Return the senses of each verb."""
    found: dict[str, set[str]] = {}
    for row in lexicon("verbs"):
        found.setdefault(row["word"], set()).add(row["sense"])
    return {verb: frozenset(s) for verb, s in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, senses()), key=lambda v: (-len(v), v))))


@cache
def _modal_kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in lexicon("modality")}


@cache
def _modal() -> re.Pattern[str]:
    alternatives = "|".join(sorted(map(re.escape, words("modality")), key=lambda w: (-len(w), w)))
    return re.compile(alternatives)


def verb_uses(text: str, clause: Span, names: Iterable[Mention]) -> list[VerbUse]:
    """Return the verbs of a clause that stand outside the given names, in order."""
    taken = [(m.start, m.end) for m in names]
    found, known = [], senses()
    for m in _pattern().finditer(text, clause.start, clause.end):
        start, end = m.span()
        if (
            known[m.group()] != {"none"}
            and not _IN_NOUN.match(text, end)
            and not any(s < end and start < e for s, e in taken)
        ):
            found.append(VerbUse(start, end, m.group(), known[m.group()], modality(text, clause.start, start)))
    return found


_TERM = re.compile("(?:于|在|到|用)?[^“”《》]{1,12}[前后内底末初间年月日起]")


_BY_THEN = re.compile("(?:年底|月底|季度|[0-9]月|年内)之?前(?:再|全面|基本|要|实现|把|将)")


def _modality_far(text: str, begin: int, verb_start: int) -> str:
    """Return the plan that stands further off: `计划明年3月前在某山|建成`, `年底前再|推广`, or a clause before."""
    if _BY_THEN.search(text, begin, verb_start):
        return "plan"
    for m in reversed(list(_modal().finditer(text, begin, verb_start))):
        is_plan = _modal_kinds()[m.group()] == "plan" and m.group() not in ("将", "即将") and text[m.start() - 1] != "”"
        if is_plan and _TERM.match(text, m.end(), verb_start):
            return "plan" if not _pattern().search(text, m.end(), verb_start) else ""
    near = verb_start - begin <= _NEAR and text[begin - 1 : begin] == "，"
    return _modality_before(text, begin) if near else ""


def _modality_before(text: str, begin: int) -> str:
    """Return the plan that a clause before holds open: `计划明年春茶开采前，在某村建成…`."""
    start = max(text.rfind(mark, 0, begin - 1) for mark in "，。；！？：\n”") + 1
    for m in reversed(list(_modal().finditer(text, start, begin - 1))):
        if _modal_kinds()[m.group()] == "plan" and m.group() != "将" and _TERM.fullmatch(text, m.end(), begin - 1):
            return "plan"
    return ""


def modality(text: str, begin: int, verb_start: int) -> str:
    """Return the kind of plan, wish, order or denial that stands shortly before a verb, empty if none does."""
    window, kinds = text[max(begin, verb_start - _NEAR) : verb_start], _modal_kinds()
    # The 计划 of “…”计划 is a name's, no plan.
    found = [m for m in _modal().finditer(window) if kinds[m.group()] != "none" and window[: m.start()][-1:] != "”"]
    if not found:
        return _modality_far(text, begin, verb_start)
    kind, gap = kinds[found[-1].group()], len(window) - found[-1].end()
    # Only a denial right before its verb denies it; 将 as in 将资源整合 moves an object forward, 将在某镇 does not.
    moves = found[-1].group() == "将" and gap > 3 and not window[-gap:].startswith(("在", "于"))
    if (kind == "denial" and gap > 2) or moves:
        return ""
    return kind
