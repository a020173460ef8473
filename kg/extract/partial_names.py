"""Persons named in part: `张先生`, `劳某`, `王主任`, `老李`, and `德顺叔` for a full name found elsewhere.

In: an article and its full names; out: further Person mentions, with the full name as antecedent where exactly
one of that surname (or given name) is known. The trap: 高 in `高女士` is a surname and in `提高女士` is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg import vocab
from kg.extract.person_names import is_everyday_word, name_at, surname_at, surnames, verb_pattern
from kg.extract.roles import role_before
from kg.model import Article, EntityType, Mention, Span
from kg.text import dictionary_words, occurrences

_BOUNDARY = "，。、；：！？（）()“”‘’《》\n 　—…的"
# 某些, 某种 …: 某 belongs to what follows.
_MASKED = re.compile(r"某{1,2}(?![些种个年月日地项类家条天次时])")
# Forms of address by kin that follow a given name, as villagers say: 德顺叔, 秀英嫂.
_KIN_TITLES = tuple("叔伯婶嫂哥姐爷娘")
_TOLD = ("occupation", "villager", "member")
"""Kinds of roles behind which 老李 and 小王 are persons without a verb of speech."""
_PREFIXED = re.compile("[老小](.)")


def partial_names(article: Article, full: list[Mention]) -> Iterator[Mention]:
    """Yield partial names in text order of their kinds, none inside a full name."""
    taken = {i for m in full for i in range(m.start, m.end)}
    for rule in (_addressed, _masked, _familiar, _by_kin):
        for mention in rule(article, full):
            place = range(mention.start, mention.end)
            if taken.isdisjoint(place):
                taken.update(place)
                yield mention


def _addressed(article: Article, full: list[Mention]) -> Iterator[Mention]:
    """`水稻种植大户张先生`: 张先生; `王主任说`: 王主任; a post asks for more than a form of address does."""
    for match in _surname_and_title().finditer(article.text):
        surname, title = match[1], match[2]
        if not _is_in_text(article, match.start()) or is_everyday_word(match[0]):
            continue
        if 1 < len(dictionary_words(match[0])[0]) < len(match[0]):  # 武警|官 is no 武|警官
            continue
        if title in _posts():
            known = len({m.label for m in full if m.label.startswith(surname)}) == 1
            if not (known or surname in _plain_surnames()) or not _opens(article.text, match.start()):
                continue
            if title == "总" and not _closes(article.text, match.end()):
                continue
        elif not _begins_word(article.text, match.start(), surname) or _is_preposition(article.text, match):
            continue
        yield _partial(article, Span(*match.span()), "person.title", full, surname)


def _is_preposition(text: str, match: re.Match[str]) -> bool:
    """Tell whether a rare surname leads a title with its full name: 向|师傅杨波|敬茶."""
    return match[1] not in _plain_surnames() and name_at(text, match.end(), announced=True) is not None


def _masked(article: Article, full: list[Mention]) -> Iterator[Mention]:
    """`会计师某虚报面积`: 师某, since 会计 is a role and 某 masks a given name."""
    for match in _MASKED.finditer(article.text):
        start = match.start() - 1
        before = article.text[start - 1 : start] if start else ""
        if start >= 0 and before != "某" and surname_at(article.text, start) == article.text[start]:
            yield _partial(article, Span(start, match.end()), "person.masked", [], "")


def _familiar(article: Article, full: list[Mention]) -> Iterator[Mention]:
    """`老张说`: 老张."""
    for match in _PREFIXED.finditer(article.text):
        surname = match[1]
        opens, speaks = _opens(article.text, match.start()), verb_pattern().match(article.text, match.end())
        role = None if opens else role_before(article.text, match.start())
        told = role is not None and role.kind in _TOLD and (speaks or _closes(article.text, match.end()))
        if surname in _plain_surnames() and ((opens and speaks) or told):
            yield _partial(article, Span(*match.span()), "person.familiar", full, surname)


def _by_kin(article: Article, full: list[Mention]) -> Iterator[Mention]:
    """`是德顺叔教我的` where 原德顺 is known: the same man."""
    for person in {m.label: m for m in reversed(full)}.values():
        given = person.label[len(surname_at(person.label, 0)) :]
        if len(given) == 2:
            for start in occurrences(article.text, given):
                if article.text[start + 2 : start + 3] in _KIN_TITLES:
                    yield _made(article, Span(start, start + 3), "person.kin", (person.start, person.end))


def _partial(article: Article, span: Span, rule: str, full: list[Mention], surname: str) -> Mention:
    """Make a mention that means the only full name of its surname, or else a person of its own."""
    known = {m.label: m for m in reversed(full) if surname and m.label.startswith(surname)}
    only = next(iter(known.values())) if len(known) == 1 and not _is_byline(article, known) else None
    made = _made(article, span, rule, (only.start, only.end) if only else None)
    return replace(made, name=only.label) if only else made


def _is_byline(article: Article, known: dict[str, Mention]) -> bool:
    return any(m.rule == "person.byline" for m in known.values())


def _made(article: Article, span: Span, rule: str, antecedent: tuple[int, int] | None) -> Mention:
    printed = span.of(article.text)
    return Mention(span.start, span.end, printed, EntityType.PERSON, rule, antecedent=antecedent, confidence=0.88)


def _is_in_text(article: Article, offset: int) -> bool:
    return any(body.start <= offset < body.end for body in article.bodies())


def _opens(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in _BOUNDARY


def _closes(text: str, end: int) -> bool:
    return text[end : end + 1] in _BOUNDARY or bool(verb_pattern().match(text, end))


def _begins_word(text: str, start: int, surname: str) -> bool:
    """Tell whether the surname stands as a word of its own: not 高 in 提高女士, 同 in 广大同学."""
    words = dictionary_words(text[max(0, start - 4) : start + len(surname)])
    return bool(words) and words[-1] == surname


@cache
def _posts() -> frozenset[str]:
    """Titles that are posts as well, `书记`, or so short (`总`) that they ask for the same care."""
    return (vocab.words("roles", kind="title") & vocab.words("roles", kind="post")) | {"总"}


@cache
def _plain_surnames() -> frozenset[str]:
    return vocab.words("surnames", "surname", **{"class": "common", "word": ""})


@cache
def _surname_and_title() -> re.Pattern[str]:
    usual = sorted((s for s, kind in surnames().items() if kind != "rare"), key=len, reverse=True)
    titles = sorted(vocab.words("roles", kind="title"), key=len, reverse=True)
    return re.compile(f"({'|'.join(usual)})({'|'.join(titles)})")
