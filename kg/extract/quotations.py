"""Quotations: every stretch in quotation marks with what stands around it, before anyone decides what it means.

In: a text; out: `Quotation` records in text order. The trap: only innermost quotations are read, so that a name
quoted within direct speech is seen and the speech itself is not; those that stand side by side in a list
(`“甲”“乙”等产品`) share the verb before the first and the head noun behind the last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.head_nouns import Head, head_behind, head_within
from kg.model import EntityType, Span
from kg.text import Endings, folded
from kg.vocab import Row, lexicon

# Straight marks do not say which of them opens: only what is short and without punctuation is read between two.
# “万名专家服务‘三农’行动”: a name may hold a quotation of its own, somebody's words end in a stop or hold a comma.
_NESTED = r"“((?=[^“”\n]*‘)(?:[^“”‘’，。！？；：、\n]|‘[^‘’“”，。、\n]{1,10}’){4,26})”"
_QUOTED = re.compile(
    _NESTED + r"|“([^“”‘’\n]{1,40})”|‘([^“”‘’\n]{1,40})’|「([^「」\n]{1,40})」|\"([^\"\n，。！？；：]{2,24})\""
)
# What joins the members of a list of quotations.
_JOINT = re.compile(r"[、和与及]?|以及")
# A gloss between a quoted name and its head noun: “五心”（即…）机制.
_GLOSS = re.compile(r"（[^（）]{2,80}）")
# 等 and a count between a list and the noun that closes it: “甲”“乙”等5项…
_AND_SO_ON = re.compile(r"等(?:[一二三四五六七八九十两\d]*(?:个|项|类|款|种|大|批|系列)?)|(?:[两三四五六七八九十]大)")
_EDITION = re.compile(r"(?:第[一二三四五六七八九十百\d]+[期届批轮季次]|首届)(?=$)")
# Between verb and quotation: aspect and complements that say nothing (推出了, 探索出).
_COMPLEMENT = re.compile(r"^[了出过起好实]*")
_CLAUSE_MARKS = "，。；：！？“”‘’\n"
_LOOK_BACK = 16


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch with its surroundings."""

    start: int
    end: int
    core: str
    """Without the quotation marks."""
    edition: int
    """Where 第四期 before the quotation begins; `start` where there is none."""
    head: Head | None
    """The head noun behind it, or behind its list."""
    head_of_list: bool
    verb: str
    """The naming verb before it, or before its list."""
    gap: str
    """What stands between the verb and the quotation."""
    members: int
    """How many quotations stand side by side with it, itself included."""
    list_end: int
    """End of the last of them."""

    @property
    def span(self) -> Span:
        """The quotation with its marks."""
        return Span(self.start, self.end)

    @property
    def key(self) -> str:
        """What quotations of the same name share."""
        return folded(self.core)


def quotations(text: str) -> list[Quotation]:
    """Return the innermost quotations of a text, those of a list with the list's verb and head noun.

    `推出了“春耕贷”“秋收贷”等产品` gives two quotations, both with verb 推出 and head noun 产品.
    """
    found: list[Quotation] = []
    group: list[re.Match[str]] = []
    for match in _QUOTED.finditer(text):
        if group and not _JOINT.fullmatch(text, group[-1].end(), match.start()):
            found += _read(text, group)
            group = []
        group.append(match)
    return found + (_read(text, group) if group else [])


def _read(text: str, group: list[re.Match[str]]) -> list[Quotation]:
    verb, gap = _verb_before(text, group[0].start())
    list_head = _list_head(text, group[-1].end())
    result = []
    for match in group:
        core = next(filter(None, match.groups()))
        before = text[max(0, match.start() - 8) : match.start()]
        edition = match.start() - len(m[0]) if (m := _EDITION.search(before)) else match.start()
        result.append(
            Quotation(match.start(), match.end(), core, edition, None, False, verb, gap, len(group), group[-1].end())
        )
    if listed := _split(result[0]) if len(result) == 1 else []:
        head = list_head or head_behind(text, group[0].end())
        return [replace(q, head=head, head_of_list=head is not None) for q in listed]
    if list_head:
        return [replace(q, head=list_head, head_of_list=True) for q in result]
    gloss = _GLOSS.match(text, group[-1].end())
    head = head_behind(text, gloss.end() if gloss else group[-1].end())
    if len(group) > 1:
        return [replace(q, head=head, head_of_list=True) for q in result]
    return [replace(result[0], head=head)]


def _split(quoted: Quotation) -> list[Quotation]:
    """Return the members of a list within one pair of marks, each a product by its last word: “甲贷、乙贷”."""
    items = quoted.core.split("、")
    heads = [head_within(item) for item in items]
    if len(items) < 2 or not all(h and h.type is EntityType.PRODUCT for h in heads):
        return []
    found, start = [], quoted.start + 1
    for item in items:
        end = start + len(item)
        found.append(replace(quoted, start=start, end=end, core=item, edition=start, members=len(items)))
        start = end + 1
    return found


def _list_head(text: str, end: int) -> Head | None:
    match = _AND_SO_ON.match(text, end)
    return head_behind(text, match.end()) if match else None


def _verb_before(text: str, start: int) -> tuple[str, str]:
    """Return the nearest naming verb before a position in its clause, the longest at that place, and the gap."""
    begin = max(start - _LOOK_BACK, 0)
    window = text[begin:start]
    cut = max((window.rfind(mark) for mark in _CLAUSE_MARKS), default=-1)
    window = window[cut + 1 :]
    for end in range(len(window), 0, -1):
        for verb in _verb_endings().at(window, end):
            return verb, _COMPLEMENT.sub("", window[end:])
    return "", ""


@cache
def naming_verbs() -> dict[str, Row]:
    """Return the verbs that names stand behind, with what each says of the name."""
    return {row["verb"]: row for row in reversed(lexicon("naming_verbs"))}


@cache
def _verb_endings() -> Endings:
    return Endings(naming_verbs())
