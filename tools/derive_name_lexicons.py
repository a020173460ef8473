"""Derive the lexicons `name_characters` and `surname_words` from jieba's dictionary (MIT licence).

In: `jieba/dict.txt` (word, frequency, part of speech) and `lexicons/surnames.tsv`; out: two tables beside it.
The trap: the entries that jieba marks as names hold much that is none (`周五输`), so only those under the common
surnames are counted, each once, and a character needs several of them.

Run it again after jieba or the surnames change: `python tools/derive_name_lexicons.py`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jieba

LEXICONS = Path(__file__).parent.parent / "kg" / "vocab" / "lexicons"
NAMES = {"nr", "nrt", "nrfg"}
PROPER = NAMES | {"nz"}
"""Parts of speech of names: of persons, and (nz) of anything else but places; they are no everyday words."""
POSITIONS = ("single", "middle", "last")
WORD_FREQUENCY = 20
"""Rarer words of the dictionary are as often a name as the word."""
KNOWN = 3
"""A character counts in a position from so many names on."""
SMOOTHING = 0.5
FREQUENT = 3e-5
"""A character of this share of all text is listed even if no name has it; others that are missing are rare."""

CHARACTERS_HEAD = """character\tsingle\tmiddle\tlast
# Derived by tools/derive_name_lexicons.py from jieba's dictionary (MIT): how much likelier a character is as the
# only, first or second one of a given name than in any text, as ten times the natural logarithm.
"""
WORDS_HEAD = """word
# Derived by tools/derive_name_lexicons.py from jieba's dictionary (MIT): everyday words that begin like a name.
"""

Entry = tuple[str, int, str]


def entries() -> Iterator[Entry]:
    """Yield word, frequency and part of speech of each line of jieba's dictionary."""
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        word, frequency, tag = line.split()
        yield word, int(frequency), tag


def surnames() -> dict[str, str]:
    """Return the single surnames with their class."""
    lines = (LEXICONS / "surnames.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {row[0]: row[1] for row in rows if len(row[0]) == 1}


def character_odds(dictionary: list[Entry], common: set[str]) -> Iterator[tuple[str, list[float]]]:
    """Yield each character with ln P(character | place in a given name) - ln P(character | any text)."""
    text: Counter[str] = Counter()
    given: dict[str, Counter[str]] = {position: Counter() for position in POSITIONS}
    for word, frequency, tag in dictionary:
        if tag not in NAMES:
            for character in word:
                text[character] += frequency
        elif word[0] in common and len(word) == 2:
            given["single"][word[1]] += 1
        elif word[0] in common and len(word) == 3:
            given["middle"][word[1]] += 1
            given["last"][word[2]] += 1
    total = sum(text.values())
    known = {c for counts in given.values() for c, n in counts.items() if n >= KNOWN}
    for character in sorted(known | {c for c, n in text.items() if n / total > FREQUENT}):
        share = (text[character] + 1) / total
        yield (
            character,
            [math.log((given[p][character] + SMOOTHING) / sum(given[p].values()) / share) for p in POSITIONS],
        )


def words_like_names(dictionary: list[Entry], known: set[str]) -> list[str]:
    """Return the everyday words of two to four characters that begin with a surname."""
    return sorted(
        word
        for word, frequency, tag in dictionary
        if word[0] in known and 2 <= len(word) <= 4 and tag not in PROPER and frequency >= WORD_FREQUENCY
    )


def main() -> None:
    """Write both tables."""
    dictionary, known = list(entries()), surnames()
    common = {surname for surname, kind in known.items() if kind == "common"}
    with (LEXICONS / "name_characters.tsv").open("w", encoding="utf-8") as out:
        out.write(CHARACTERS_HEAD)
        for character, odds in character_odds(dictionary, common):
            out.write("\t".join([character, *(str(round(10 * value)) for value in odds)]) + "\n")
    with (LEXICONS / "surname_words.tsv").open("w", encoding="utf-8") as out:
        out.write(WORDS_HEAD)
        out.writelines(f"{word}\n" for word in words_like_names(dictionary, set(known)))


if __name__ == "__main__":
    main()
