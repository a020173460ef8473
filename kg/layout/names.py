"""Names of persons in bylines, by their form: characters printed as names → spans of the single names.

Nobody is known here. The trap is print: `谭 啸` is one name with a space for alignment, and `李明王小芳` two names
without one.
"""

from __future__ import annotations

import re
from functools import cache

from kg.model import Span
from kg.vocab import lexicon, words

HAN = "\u4e00-\u9fff\u3400-\u4dbf〇"
_DOTTED = re.compile(f"[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}})+")
_PLAIN = re.compile(f"[{HAN}]{{2,4}}")
_HAN_ALONE = re.compile(f"[{HAN}]+")
_MAX_FUSED = 12
_SURNAME_SCORES = {"common": 25.0, "compound": 30.0, "other": 8.0, "rare": 0.0}


def name_spans(text: str, start: int, end: int) -> list[Span] | None:
    """Return the names that a run of characters without spaces consists of, or None where it is no name.

    `霍中元` → one, `艾山江·吐尔逊` → one, `李明王小芳` → 李明, 王小芳.
    """
    run = text[start:end]
    if _DOTTED.fullmatch(run):
        return [Span(start, end)]
    if len(run) > 3 and not _transcribed().fullmatch(run) and (parts := _split(run)):
        return [Span(start + a, start + b) for a, b in parts]
    return [Span(start, end)] if _PLAIN.fullmatch(run) else None


def without_alignment(text: str) -> str:
    """Return running text with a name put together that a space aligns with longer ones: `经理谭 啸三次上山`."""
    return _aligned().sub(r"\1\2", text)


@cache
def _transcribed() -> re.Pattern[str]:
    """Return a pattern of names that are nothing but elements of Tibetan, Yi or Mongolian ones: 扎西才旦."""
    languages = {"bo", "ii", "mn"}
    elements = {r["element"] for r in lexicon("name_elements") if r["language"] in languages}
    return re.compile(f"(?:{'|'.join(sorted(elements, key=lambda e: (-len(e), e)))}){{2,3}}")


@cache
def _aligned() -> re.Pattern[str]:
    usual = words("surnames", "surname", **{"class": "common"}) | words("surnames", "surname", **{"class": "other"})
    surnames = "".join(sorted(s for s in usual if len(s) == 1))  # not 员, the rare surname of 通讯员
    return re.compile(f"(?<=[{HAN}、，。：“])([{surnames}])[ \u3000]{{1,2}}([{HAN}])(?=[{HAN}、，。；：”])")


def is_likely_name(name: str) -> bool:
    """Tell whether a name of the right form also begins with a surname and is no everyday word."""
    if _DOTTED.fullmatch(name):
        return True
    name = name.replace(" ", "").replace("\u3000", "")
    surname = _surname_of(name)
    return bool(surname) and len(name) - len(surname) in (1, 2) and name not in words("surname_words", "word")


def _surname_of(name: str) -> str:
    """Return the surname that a name begins with; 欧阳 before 欧."""
    surnames = _surnames()
    return next((name[:n] for n in (2, 1) if len(name) > n and name[:n] in surnames), "")


@cache
def _surnames() -> dict[str, float]:
    return {row["surname"]: _SURNAME_SCORES.get(row["class"], 0.0) for row in lexicon("surnames")}


@cache
def _given_scores() -> dict[str, tuple[int, int, int]]:
    return {r["character"]: (int(r["single"]), int(r["middle"]), int(r["last"])) for r in lexicon("name_characters")}


def _split(run: str) -> list[tuple[int, int]]:
    """Cut fused names where surnames and the usual characters of given names fit best; [] where they do not."""
    if len(run) > _MAX_FUSED or (len(run) == 4 and run[:2] in _surnames()) or not _HAN_ALONE.fullmatch(run):
        return []
    best: list[tuple[float, list[tuple[int, int]]] | None] = [(0.0, [])] + [None] * len(run)
    for end in range(2, len(run) + 1):
        for start in range(max(0, end - 4), end - 1):
            before, score = best[start], _name_score(run[start:end])
            if before is None or score is None:
                continue
            total = before[0] + score
            found = best[end]
            if found is None or total > found[0]:
                best[end] = (total, [*before[1], (start, end)])
    whole = best[-1]
    return whole[1] if whole else []


def _name_score(name: str) -> float | None:
    surname = _surname_of(name)
    given = name[len(surname) :]
    if not surname or len(given) not in (1, 2):
        return None
    scores = [_given_scores().get(c, (-5, -5, -5)) for c in given]
    fit = scores[0][0] if len(given) == 1 else scores[0][1] + scores[1][2]
    return _surnames()[surname] + fit
