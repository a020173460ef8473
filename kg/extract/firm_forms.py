"""The short forms that a firm's full name allows: 綦力齿轮传动, 綦力齿轮, 綦力传动, 綦力 for 重庆綦力齿轮传动有限公司.

In: a full name and the length of the place that opens it; out: its short forms, the proper core last. The trap: a
name that begins with a trade word (新能源…) has no proper core and only the one form without its legal tail.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.body_heads import words_of
from kg.model import Span
from kg.text import is_word
from kg.vocab import lexicon
from kg.vocab import words as word_set

_LONGEST_CORE = 4
_GROUP = "集团"
_COMPANY = ("公司", "股份")
"""What a reader may put behind the core of any firm: 万凯公司."""


@cache
def _legal_forms() -> tuple[str, ...]:
    heads = [r["head"] for r in lexicon("org_heads") if r["kind"] == "Company"]
    return tuple(sorted(heads, key=lambda h: (-len(h), h)))


def legal_tail(name: str) -> str:
    """Return the words for the legal form that end a firm's name (股份有限公司), or nothing."""
    return next((h for h in _legal_forms() if name.endswith(h)), "")


@cache
def _trades() -> re.Pattern[str]:
    longest_first = sorted(word_set("trade_words"), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, longest_first)))


def _split(stripped: str) -> tuple[str, list[str]]:
    """Return the proper core of a name without place and legal form, and the trade words behind it.

    jieba cuts an unknown core anyhow (万凯新|材料), so the core is what leaves nothing but trade words.
    """
    for length in range(2, _LONGEST_CORE + 1):
        trades = _trades().findall(stripped, length)
        if length + sum(map(len, trades)) == len(stripped):
            return stripped[:length], trades
    words = words_of(stripped, Span(0, len(stripped)))
    first = next((w.start for w in words if len(w.text) > 1 and is_word(w.text)), 0)
    core = stripped[:first] if 1 < first <= _LONGEST_CORE else ""
    return core, [w.text for w in words if w.start >= first > 0]


def proper_core(name: str, opening: int) -> str:
    """Return what stands between the place (of length `opening`) and the first trade word: 万凯, 綦力."""
    core, _ = _split(name[opening:].removesuffix(legal_tail(name)))
    return "" if core in word_set("trade_words") else core


def firm_forms(name: str, opening: int) -> tuple[str, ...]:
    """Return the short forms of a firm's name: without legal form, core with a trade word or 集团, core."""
    tail = legal_tail(name)
    stripped = name[opening:].removesuffix(tail)
    core = proper_core(name, opening)
    group = [name[: -len(tail)] + _GROUP] if tail.startswith(_GROUP) else []
    if not core:
        forms = [*group, name[:opening] + stripped] if opening and tail else group
    else:
        _, trades = _split(stripped)
        forms = [*group, name[opening:], stripped, name[:opening] + stripped]
        forms += [core + t for t in (*trades, _GROUP, *_COMPANY)] + [core]
    return tuple(f for f in dict.fromkeys(forms) if len(f) > 1 and f != name)
