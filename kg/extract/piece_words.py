"""The words that open and close the pieces of a sentence, as patterns built from the lexicons.

In: nothing, or the words of a piece. Out: patterns and whether words end in one of them. The trap: they hold where a
piece begins or ends; inside it the same characters are mostly part of a longer word.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.indicators import helping_words
from kg.model import EntityType, Mention
from kg.text import tagged
from kg.vocab import words

_BROUGHT_TAIL = re.compile("[”’）)]*[^，。的了在0-9（）]{0,6}(?:（[^）]*）)?[”’]*$")  # “…”专项监督（以下简称“…”）
_PRODUCT_TAIL = re.compile(
    "[”’]?(?:[^，。0-9（）]{0,3}[0-9.]+[万亿]?[余多]?[元笔])?(?:（[^）]*）)?[^，。的了在0-9（）]{0,6}$"
)
_QUOTED_REST = re.compile("[^“”，。！？；：、\n]{1,10}”")  # “云安|瑶绣”


def _alternatives(name: str, column: str = "word", **only: str) -> str:
    return "|".join(sorted(map(re.escape, words(name, column, **only)), key=lambda w: (-len(w), w)))


@cache
def opener() -> re.Pattern[str]:
    """Return the pattern of what may stand before a subject: 目前, 其中, 还."""
    return re.compile(f"(?:[“‘”’]|{_alternatives('openers')}|{helping_words('adverb')})")


@cache
def preposition() -> re.Pattern[str]:
    """Return the pattern of the prepositions that words may end in."""
    return re.compile(f"(?:{_alternatives('prepositions')})了?$")


@cache
def helping_pattern(sense: str) -> re.Pattern[str]:
    """Return the pattern of the helping words of a sense."""
    return re.compile(f"(?:{helping_words(sense)})")


@cache
def by() -> re.Pattern[str]:
    """Return the pattern of the words that bring in who does something, at the end: 由."""
    return re.compile(f"(?:{helping_words('by')})$")


@cache
def where() -> re.Pattern[str]:
    """Return the pattern of the words behind which a piece only says where: 在…上."""
    return re.compile(f"(?<![以之0-9一两二三四五六七八九十百千万多余])(?:{helping_words('where')})$")


@cache
def brings() -> re.Pattern[str]:
    """Return the pattern of the verbs that bring in a thing, at the end: 推出了."""
    return re.compile(f"(?:{helping_words('brings')})(?:了|起)?(?:[^，。、；0-9]{{0,6}})?$")


def begins_quotation(text: str, mention: Mention) -> bool:
    """Tell whether a place or body only begins what is quoted: 云安 in “云安瑶绣”入选…, which nobody has found."""
    if (
        mention.type not in (EntityType.PLACE, EntityType.ORGANIZATION)
        or text[mention.start - 1 : mention.start] != "“"
    ):
        return False
    return _QUOTED_REST.match(text, mention.end) is not None


@cache
def speech_end() -> re.Pattern[str]:
    """Return the pattern of the verbs of saying that end a piece: 李某说."""
    return re.compile(f"(?:{_alternatives('speech_verbs', kind='speech')})(?:道|记者)?$")


def ends_in_preposition(words_before: str) -> bool:
    """Tell whether words end in a preposition: 项目|在, which keeps the next name from being their head."""
    return bool(preposition().search(words_before))


def brought_tail(thing: Mention) -> re.Pattern[str]:
    """Return what may follow a thing that is brought in at the end of a piece: for a loan its sum too."""
    return _PRODUCT_TAIL if thing.type is EntityType.PRODUCT else _BROUGHT_TAIL


def acts(words_behind: str) -> bool:
    """Tell whether words open with a verb: 扩建厂房, not 320户 nor 的发展."""
    tag = next((tag for _, tag in tagged(words_behind)), "")
    return tag[:1] == "v" and tag != "vn"
