"""Words that point back: Article, mentions → anaphor mentions, each with what it means as antecedent.

Four kinds: a level word with 该, 全 or 我 (`该镇`, `全县`, `我市`, `镇里`), a noun with 该 (`该行`, `该项目`), a bare
noun that takes a name up again (`平台由…`, `商会130多家会员`), and 他, 她, 自己. The trap: a word without something
named that it can mean is no anaphor (`企业` in a text about many firms), so each needs an antecedent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter

from kg.extract.in_order import outermost, within
from kg.extract.scope import place_in_scope
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.text import occurrences
from kg.vocab import Row, lexicon

# The grammar of pointing at a place: 该镇, 全县, 我市, 镇里. What may not follow is in `org_levels.tsv`.
_PLACE = re.compile(
    "(?P<lead>[该全我本]|这个?)(?P<level>街道|苏木|嘎查|社区|[省市州盟县区旗镇乡村])"
    "|(?P<inside>(?:[市州县区旗镇乡村](?=里)|[县镇乡村](?=上(?![下级报交述]))))[里上]"
)
_LEAD = re.compile(
    "该|本(?!报|次|届|月|周|年|期|轮|地|土|身|来|着)|这(?:一?[个家款项笔套支条座所种]|一)|全(?=[行校院所]|公司|集团|厂)"
)
# Where a bare noun or a pronoun may stand for a subject or object: at the start of a clause, behind a preposition.
_OPENING = re.compile("(?:^|[\\n。！？；，：、“”—]|[说由为在对向与和被给让把从据使]|表示|介绍|告诉|通过|依托)$")
_CLAUSE_START = re.compile("(?:^|[\\n。！？；，：“”]|说|表示|坦言|认为)$")
_PRONOUN = re.compile("[他她](?![们人])|自己(?!的|人)|它(?![们山日乡])")
_OF_THINGS = "它"
_NAMED_WITHOUT_HEAD = (EntityType.PLATFORM, EntityType.PROJECT, EntityType.PROGRAMME, EntityType.PRODUCT)
"""Types of which a name often lacks the head noun, so that any of them may be meant: 平台 for “某某码”."""
_THINGS = (*_NAMED_WITHOUT_HEAD, EntityType.FACILITY, EntityType.POLICY, EntityType.ORGANIZATION)
_SOLE_FIRM = "企业"
"""Means a firm only in an article that names no other one."""


def _points_at_place(article: Article, found: Findings, span: Span) -> Iterator[Mention]:
    for m in _PLACE.finditer(article.text, span.start, span.end):
        level = m["level"] or m["inside"]
        if m["level"] and article.text[m.end() : m.end() + 1] in _not_before().get(level, "\0"):
            continue
        if place := place_in_scope(article, found, m.start(), level):
            yield _anaphor(article, Span(m.start(), m.end()), place, "anaphor.place")


@cache
def _not_before() -> dict[str, str]:
    return {r["word"]: r["not_before"] or "\0" for r in lexicon("org_levels")}


@cache
def _nouns() -> tuple[Row, ...]:
    return tuple(sorted(lexicon("anaphor_nouns"), key=lambda r: -len(r["word"])))


def _points_at_noun(article: Article, known: _Known, span: Span) -> Iterator[Mention]:
    text = article.text
    for m in _LEAD.finditer(text, span.start, span.end):
        rows = [r for r in _nouns() if text.startswith(r["word"], m.end())]
        for row in (r for r in rows if len(r["word"]) == len(rows[0]["word"])):
            if meant := known.latest(m.start(), row):
                yield _anaphor(article, Span(m.start(), m.end() + len(row["word"])), meant, "anaphor.noun")
                break


class _Known:
    """The mentions of an article that may be meant, by what means them."""

    def __init__(self, found: Findings) -> None:
        things: defaultdict[int, list[Mention]] = defaultdict(list)
        for thing in found.of_type(*_NAMED_WITHOUT_HEAD):
            for i in range(thing.start, thing.end):
                things[i].append(thing)
        # 该行 is the branch, not the 农行 inside the name of its 农行掌上银行.
        named = (m for m in found.mentions if not m.anaphor)
        self.mentions = [m for m in named if not any(_is_inside(m, t) for t in things.get(m.start, ()))]
        self.firms = len({m.label for m in self.mentions if m.kind == "Company" and m.antecedent is None})
        """How many firms the article names, short forms counted with their full names."""
        self._labels = {(m.start, m.end): m.label for m in self.mentions}
        self._by_end = sorted(self.mentions, key=lambda m: (m.end, m.start))
        self._fitting: dict[tuple[str, ...], tuple[list[Mention], ...]] = {}

    def latest(self, before: int, row: Row) -> Mention | None:
        """Return the last mention of the row's type before an offset that fits by name or class, else any thing's."""
        key = tuple(row.values())
        if key not in self._fitting:
            self._fitting[key] = self._fitting_best_first(row)
        for fitting in self._fitting[key]:
            if at := bisect_right(fitting, before, key=attrgetter("end")):
                return fitting[at - 1]
        return None

    def _fitting_best_first(self, row: Row) -> tuple[list[Mention], ...]:
        endings = tuple(filter(None, row["endings"].split("|")))
        kinds = row["kinds"].split("|") if row["kinds"] else ()
        typed = [m for m in self._by_end if m.type == row["type"]]
        fitting = [m for m in typed if m.kind in kinds or _ends_in(m, self._labels, endings)]
        best = [m for m in fitting if _ends_in(m, self._labels, (row["word"],))]
        return (best, fitting, typed) if row["type"] in _NAMED_WITHOUT_HEAD else (best, fitting)


def _ends_in(mention: Mention, labels: dict[tuple[int, int], str], endings: tuple[str, ...]) -> bool:
    full = labels.get(mention.antecedent, "") if mention.antecedent else ""
    return any(label.rstrip("”」").endswith(endings or ("",)) for label in (mention.label, full) if label)


def _takes_up(article: Article, known: _Known, rows: list[Row], span: Span) -> Iterator[Mention]:
    """Take up the bare nouns of a stretch; `rows` are those of the nouns that the article has at all."""
    text = article.text
    for row in rows:
        for start in occurrences(text, row["word"], span.start, span.end):
            end = start + len(row["word"])
            if text[end : end + 1] in (row["not_before"] or "\0"):
                continue
            if not _OPENING.search(text[max(0, start - 2) : start]):
                continue
            if row["word"] == _SOLE_FIRM and known.firms != 1:
                continue
            if meant := known.latest(start, row):
                yield _anaphor(article, Span(start, end), meant, "anaphor.bare_noun")


def _pronouns(article: Article, names: list[Mention], span: Span) -> Iterator[Mention]:
    text = article.text
    named = [m for m in within(names, span) if not m.anaphor]
    persons = [m for m in named if m.type is EntityType.PERSON]
    things = [m for m in named if m.type in _THINGS]
    for m in _PRONOUN.finditer(text, span.start, span.end):
        before = [p for p in (things if m[0] == _OF_THINGS else persons) if p.end <= m.start()]
        if before and _CLAUSE_START.search(text[max(0, m.start() - 2) : m.start()]):
            yield _anaphor(article, Span(m.start(), m.end()), before[-1], "anaphor.pronoun")


def _is_inside(m: Mention, thing: Mention) -> bool:
    return thing.type is not m.type and thing.start <= m.start and m.end <= thing.end


def _anaphor(article: Article, span: Span, meant: Mention, rule: str) -> Mention:
    return Mention(
        span.start,
        span.end,
        span.of(article.text),
        meant.type,
        rule,
        kind=meant.kind,
        code=meant.code,
        anaphor=True,
        antecedent=(meant.start, meant.end),
        confidence=0.8,
    )


def extract_anaphora(article: Article, found: Findings) -> Iterable[Mention]:
    """Find words that point back at what the article has named.

    `农行嘉兴分行…该行在全市排第一` has 该行 for the branch and 全市 for 嘉兴市.
    """
    known, names = _Known(found), outermost(found.mentions)
    bare = [r for r in _nouns() if r["bare"] and r["word"] in article.text]
    made: list[Mention] = []
    taken = {i for m in known.mentions for i in range(m.start, m.end)}
    for span in article.bodies():
        for m in (
            *_points_at_noun(article, known, span),
            *_points_at_place(article, found, span),
            *_takes_up(article, known, bare, span),
            *_pronouns(article, names, span),
        ):
            if taken.isdisjoint(range(m.start, m.end)):
                taken.update(range(m.start, m.end))
                made.append(m)
    return sorted(made, key=lambda m: m.start)
