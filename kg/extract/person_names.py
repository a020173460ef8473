"""Decide whether, and how far, a person's name runs from an offset of a text.

In: a text, an offset and how strongly the words before it announce a name; out: the name's end and a score in
natural-log odds. Surname, given-name characters, the words around it and repetition in the text all count. The
trap: `王磊是` and `安排好` have the shape of a name; what a reader takes for granted is that 是 hardly ever ends a
given name and that 安排 is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import vocab
from kg.model import Span
from kg.text import dictionary_words, is_word, occurrences

_RARE_CHARACTER = 1.0
"""Odds of a character that the table of name characters lacks since it is rare in any text."""
_RARE = (_RARE_CHARACTER,) * 3
_LONG_NAME = 1.5
"""Three characters are the rule: four in five names of the Ministry of Public Security's reports."""
_SURNAME_THAT_IS = {"yes": -2.0, "function": -6.0}
"""Where the surname is an everyday word (`高`) or a function word (`和`) as well."""
_SURNAME_OF_CLASS = {"common": 1.0, "rare": -1.5}
_WORD_INSIDE = -3.0
_WORD_CUT = -2.5
_WORD_NEXT = 1.0
_PLACE_LIKE = -4.0
_PLACE_ENDS = "村镇乡县区州街路厂"
"""A name that ends so is rather a place's or a body's: 柳林村, 王家厂."""
_REPEATED = 1.5
_GOES_ON = -2.5
_SPOKEN = 2.0
"""A role before, a speech verb behind, and no word between them."""
_BEST_SURROUNDINGS = 6.0
"""A name of three characters with a speech verb behind it that the text repeats: 1.5 + 3.0 + 1.5."""
_HAN = re.compile("[一-鿿]+")
_CLAUSE_END = "，。、；：！？（）()“”‘’《》\n 　—…"
# 热情地说, 笑着说, 也说.
_MANNER = r"(?:[一-鿿]{2,4}地|[一-鿿]着|[也还又则])?"
_FOLLOWERS = "及是在把带的等和与就也还都从为对向将被给让用拿正又已说有曾很来到去当摄"
"""Function words and plain verbs that often stand right behind a name and never end one."""

_FAMILY = "氏"
"""Ends the name of a family, and of firms called after it, never a person's: 负责人和|杨氏|果业."""
_SAYS = "说"
_AFTER_VERBS = "了着过们"
"""What stands before one of these is a verb or a noun: 龚燕|来了, 张罗着."""


class Name(NamedTuple):
    """A name that may stand in a text, with the odds (natural logarithm) that it is one."""

    start: int
    end: int
    score: float


@cache
def surnames() -> dict[str, str]:
    """Return the surnames with their class: common, other, rare, compound."""
    return {r["surname"]: r["class"] for r in vocab.lexicon("surnames")}


@cache
def _everyday_use() -> dict[str, str]:
    return {r["surname"]: r["word"] for r in vocab.lexicon("surnames")}


@cache
def _odds() -> dict[str, tuple[float, float, float]]:
    rows = vocab.lexicon("name_characters")
    return {r["character"]: (int(r["single"]) / 10, int(r["middle"]) / 10, int(r["last"]) / 10) for r in rows}


@cache
def verb_pattern(kind: str = "") -> re.Pattern[str]:
    """Return a pattern of the verbs that a person's name stands before, `speech` or `act` or all, with an adverb."""
    only = {"kind": kind} if kind else {}
    verbs = "|".join(sorted(vocab.words("speech_verbs", **only), key=len, reverse=True))
    return re.compile(f"{_MANNER}(?:{verbs})")


def surname_at(text: str, start: int) -> str:
    """Return the surname that begins at the offset, a compound one first; empty if there is none."""
    for length in (2, 1):
        if text[start : start + length] in surnames():
            return text[start : start + length]
    return ""


def is_everyday_word(word: str) -> bool:
    """Tell whether a string that begins like a name is an ordinary word or a place: 安排, 高温, 江苏."""
    return word in _everyday_words()


@cache
def _everyday_words() -> frozenset[str]:
    """Words that begin like a name, and roles, which stand before names (师傅, 党员)."""
    roles = {r["word"] for r in vocab.lexicon("roles") if r["kind"] not in ("modifier", "suffix", "not")}
    return vocab.words("surname_words") | vocab.words("name_lookalikes") | roles


def surname_starts(text: str, within: Span) -> Iterator[int]:
    """Yield where a surname begins, one character after another."""
    return (m.start() for m in _surname_ahead().finditer(text, within.start, within.end))


@cache
def _surname_ahead() -> re.Pattern[str]:
    single = "".join(sorted(s for s in surnames() if len(s) == 1))
    compound = "|".join(sorted(s for s in surnames() if len(s) > 1))
    return re.compile(f"(?=[{single}]|{compound})")


def name_at(text: str, start: int, announced: bool) -> Name | None:
    """Return the likeliest name that begins at the offset, or None; `announced` if a role or the like leads it.

    `护士霍敏每周来一次`, at 霍: 霍敏; `陈大钧表示`, at 陈: 陈大钧.
    """
    word = _everyday_word_at(text, start)
    names = [
        Name(start, start + n, score)
        for s in {surname_at(text, start), text[start : start + 1]} & surnames().keys()
        for n in (len(s) + 1, len(s) + 2)
        if (score := _score(text, start, s, n, announced, word)) is not None
    ]
    return max(names, key=lambda n: (n.score, n.end), default=None)


def name_among_names(text: str, start: int, least: float) -> Span | None:
    """Return a name whose surname no list has, between two names in a row: 范东升、|润道宏|、鲁新建."""
    m = _AMONG_NAMES.match(text, start)
    if m is None or surname_at(text, start) or is_word(m[1]):
        return None
    following = name_at(text, m.end(), announced=True)
    is_next = following and following.score >= least and is_closed(text, following.end)
    return Span(start, m.end(1)) if is_next else None


_AMONG_NAMES = re.compile("([一-鿿]{2,3})、")


def may_score(text: str, start: int, least: float) -> bool:
    """Tell whether a name of three characters that begins at the offset may reach a score, whatever stands around."""
    name = text[start : start + 3]
    own = (s for s in (name[:1], name[:2]) if s in surnames())
    return len(name) == 3 and any(_name_odds(name, s) + _BEST_SURROUNDINGS >= least for s in own)


def _always_goes_on(text: str, name: str) -> bool:
    """Tell whether the same character follows a name wherever it stands: 王鹤|林, so that it belongs to the name."""
    next_ones = {text[at + len(name) : at + len(name) + 1] for at in occurrences(text, name)}
    following = next_ones.pop()
    return not next_ones and len(name) == 2 and "一" <= following <= "鿿" and following not in _FOLLOWERS


def is_verb_and_noun(name: str) -> bool:
    """Tell whether a surname that is seldom one, or a word as well, stands before a word: 敬|英雄, not 李|长春."""
    surname = surname_at(name, 0)
    if not surname:
        return False
    usual = surnames()[surname] in ("common", "compound") and not _everyday_use()[surname]
    return not usual and is_word(name[len(surname) :])


def _score(text: str, start: int, surname: str, length: int, announced: bool, word: str) -> float | None:
    """Return the odds of a name of that length; `word` is the everyday word that begins with it."""
    name = text[start : start + length]
    if len(name) < length or not _HAN.fullmatch(name) or name[-1] == _FAMILY:
        return None
    if len(word) > length or (len(word) == length and not (announced and _is_speaker(text, start + length))):
        return None
    score = _name_odds(name, surname)
    if 1 < len(word) < length:
        score += _WORD_INSIDE
    if name[-1] == _SAYS:
        score += _WORD_INSIDE
    if name[-1] in _PLACE_ENDS:
        score += _PLACE_LIKE
    if length - len(surname) == 2:
        score += _LONG_NAME
    score += _edge_odds(text, start + length)
    if announced and length - len(surname) == 2 and _is_speaker(text, start + length):
        score += 0.0 if is_word(name[len(surname) :]) else _SPOKEN  # 行长|向午阳|介绍, not 局长|向记者|介绍
    if text.count(name) > 1:
        score += _GOES_ON if _always_goes_on(text, name) else _REPEATED
    return score


def _name_odds(name: str, surname: str) -> float:
    return _given_odds(name[len(surname) :]) + _surname_odds(surname)


@cache
def _surname_odds(surname: str) -> float:
    by_class = _SURNAME_OF_CLASS.get(surnames()[surname], 0.0)
    everyday = _everyday_use()[surname]
    return min(_SURNAME_THAT_IS[everyday], by_class) if everyday else by_class


def _given_odds(given: str) -> float:
    odds = _odds()
    if len(given) == 1:
        return odds.get(given, _RARE)[0]
    return odds.get(given[0], _RARE)[1] + odds.get(given[1], _RARE)[2]


def _everyday_word_at(text: str, start: int) -> str:
    everyday = _everyday_words()
    return next((w for n in (4, 3, 2) if (w := text[start : start + n]) in everyday and len(w) == n), "")


def is_closed(text: str, end: int) -> bool:
    """Tell whether what follows the offset ends a name: punctuation, a speech verb, a function word."""
    return text[end : end + 1] in _CLAUSE_END or text[end] in _FOLLOWERS or bool(verb_pattern().match(text, end))


def _is_speaker(text: str, end: int) -> bool:
    """Tell whether a speech verb stands behind: 书记高峰说."""
    return bool(verb_pattern("speech").match(text, end))


def _edge_odds(text: str, end: int) -> float:
    """Punctuation or a speech verb behind the name speaks for it, a word that the name's end cuts against it."""
    if text[end : end + 1] in _CLAUSE_END:
        return 2.0
    if text[end] in _AFTER_VERBS:
        return _WORD_CUT
    if (
        text[end] in _FOLLOWERS and text[end + 1 : end + 2] == "、"
    ):  # 刘年|来、: no function word ends the member of a list
        return _WORD_CUT
    if verb_pattern().match(text, end):
        return 3.0
    if text[end].isascii():  # 冉博7月已经离开
        return 1.0
    odds = _WORD_CUT if len(dictionary_words(text[end - 1 : end + 4])[0]) > 1 else 0.0
    if text[end] in _FOLLOWERS:
        return odds + 1.5
    return odds + (_WORD_NEXT if len(dictionary_words(text[end : end + 4])[0]) > 1 else -_WORD_NEXT)
