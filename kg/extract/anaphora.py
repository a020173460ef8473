"""Words that point back: Article, mentions → anaphor mentions, each with what it means as antecedent.

Four kinds: a level word with 该, 全 or 我 (`该镇`, `全县`, `我市`, `镇里`), a noun with 该 (`该行`, `该项目`), a bare
noun that takes a name up again (`平台由…`, `商会130多家会员`), and 他, 她, 自己. The trap: a word without something
named that it can mean is no anaphor (`企业` in a text about many firms), so each needs an antecedent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.extract.in_order import outermost
from kg.extract.scope import place_in_scope
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.text import occurrences
from kg.vocab import Row, lexicon

# The grammar of pointing at a place: 该镇, 全县, 我市, 镇里. What may not follow is in `org_levels.tsv`.
_PLACE = re.compile(
    "(?P<lead>[该全我本])(?P<level>街道|苏木|嘎查|社区|[省市州盟县区旗镇乡村])|(?P<inside>[市州县区旗镇乡村])里"
)
_LEAD = re.compile(
    "该|本(?!报|次|届|月|周|年|期|轮|地|土|身|来|着)|这[一个家款项笔套支条座所种]|全(?=[行校院所]|公司|集团|厂)"
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


def _points_at_noun(article: Article, known: list[Mention], span: Span) -> Iterator[Mention]:
    text = article.text
    for m in _LEAD.finditer(text, span.start, span.end):
        rows = [r for r in _nouns() if text.startswith(r["word"], m.end())]
        for row in (r for r in rows if len(r["word"]) == len(rows[0]["word"])):
            if meant := _latest(known, m.start(), row):
                yield _anaphor(article, Span(m.start(), m.end() + len(row["word"])), meant, "anaphor.noun")
                break


def _latest(known: list[Mention], before: int, row: Row) -> Mention | None:
    """Return the last mention of the row's type before an offset that fits by name or class, else any of a thing's."""
    endings = tuple(filter(None, row["endings"].split("|")))
    kinds = row["kinds"].split("|") if row["kinds"] else ()
    typed = [m for m in known if m.end <= before and m.type == row["type"]]
    labels = {(m.start, m.end): m.label for m in known}
    fitting = [m for m in typed if m.kind in kinds or _ends_in(m, labels, endings)]
    fitting = [m for m in fitting if _ends_in(m, labels, (row["word"],))] or fitting
    if not fitting and row["type"] in _NAMED_WITHOUT_HEAD:
        fitting = typed
    return max(fitting, key=lambda m: (m.end, m.start), default=None)


def _ends_in(mention: Mention, labels: dict[tuple[int, int], str], endings: tuple[str, ...]) -> bool:
    full = labels.get(mention.antecedent, "") if mention.antecedent else ""
    return any(label.rstrip("”」").endswith(endings or ("",)) for label in (mention.label, full) if label)


def _takes_up(article: Article, known: list[Mention], span: Span) -> Iterator[Mention]:
    text = article.text
    for row in (r for r in _nouns() if r["bare"]):
        for start in occurrences(text, row["word"], span.start, span.end):
            end = start + len(row["word"])
            if text[end : end + 1] in (row["not_before"] or "\0"):
                continue
            if not _OPENING.search(text[max(0, start - 2) : start]):
                continue
            if row["word"] == _SOLE_FIRM and _firms(known) != 1:
                continue
            if meant := _latest(known, start, row):
                yield _anaphor(article, Span(start, end), meant, "anaphor.bare_noun")


def _firms(known: Iterable[Mention]) -> int:
    """Count the firms of an article, short forms with their full names."""
    return len({m.label for m in known if m.kind == "Company" and m.antecedent is None})


def _pronouns(article: Article, found: Findings, span: Span) -> Iterator[Mention]:
    text = article.text
    named = [m for m in outermost(found.mentions) if not m.anaphor and span.covers(m)]
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
    things = [m for m in found.mentions if m.type in _NAMED_WITHOUT_HEAD]
    # 该行 is the branch, not the 农行 inside the name of its 农行掌上银行.
    known = [m for m in found.mentions if not m.anaphor and not any(_is_inside(m, t) for t in things)]
    made: list[Mention] = []
    for span in article.bodies():
        for m in (
            *_points_at_noun(article, known, span),
            *_points_at_place(article, found, span),
            *_takes_up(article, known, span),
            *_pronouns(article, found, span),
        ):
            if not any(x.start < m.end and m.start < x.end for x in (*known, *made)):
                made.append(m)
    return sorted(made, key=lambda m: m.start)
