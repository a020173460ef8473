"""Cut text into words with jieba itself, where rjieba (the same in Rust, a hundred times as fast) has no wheel.

In: text. Out: what rjieba gives: the same words, and the same tags of all words that the dictionary holds. The trap:
`jieba.posseg` cuts otherwise than `jieba.cut`; rjieba cuts first and looks each word's tag up, and so does this.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_JOINTS = ("-", "_", ".")


class JiebaSegmenter:
    """Has the functions of the module `rjieba` that `kg.text` calls."""

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        """Cut a text into words; without the hidden Markov model, into those of the dictionary."""
        words = list(_jieba().cut(text, HMM=hmm))
        return _joined(words) if hmm else words

    def tag(self, text: str) -> list[tuple[str, str]]:
        """Cut a text into words with their part-of-speech tags."""
        return [(word, _tags().get(word) or _guessed(word)) for word in self.cut(text)]

    def has_word(self, text: str) -> bool:
        """Tell whether the dictionary holds a word."""
        return bool(_jieba().dt.FREQ.get(text))


def _joined(words: list[str]) -> list[str]:
    """Join Latin letters and digits across `-`, `_` and `.` as rjieba does: A-B, 2022-07, v1.2.3."""
    joined: list[str] = []
    for i, word in enumerate(words):
        is_joint = word in _JOINTS and i + 1 < len(words) and _is_latin(words[i + 1][:1])
        goes_on = joined and joined[-1][-1] in _JOINTS and len(joined[-1]) > 1 and _is_latin(word[:1])
        if joined and ((is_joint and _is_latin(joined[-1][-1])) or goes_on):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@cache
def _jieba() -> Any:
    import logging

    import jieba  # type: ignore[import-untyped]

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba


@cache
def _tags() -> dict[str, str]:
    """Return the tag of every word; of a word that the dictionary lists twice, the last."""
    with _jieba().get_dict_file() as file:
        fields = (line.decode("utf-8").split() for line in file)
        return {row[0]: row[2] for row in fields if len(row) > 2}


def _guessed(word: str) -> str:
    """Return the tag of a word that the dictionary does not hold: that of its longest ending there."""
    if known := next((_tags()[word[i:]] for i in range(1, len(word)) if word[i:] in _tags()), ""):
        return known
    ascii_ones = [c for c in word if c.isascii() and c.isalnum()]
    if not ascii_ones:
        return "x"
    return "m" if all(c.isdigit() for c in ascii_ones) else "eng"
