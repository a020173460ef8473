"""Other names in the places of a sentence's own: what a tagger must not learn by heart."""

from __future__ import annotations

import math
import random
import re

from kg import vocab
from kg.vocab import divisions

Pieces = list[tuple[str, str]]

_SURNAMES = {"common": 12, "other": 3, "rare": 1, "compound": 1}
"""How often a surname of a class is drawn; the common hundred are those of nine people in ten."""
_TWO_CHARACTERS = 0.8
"""The share of given names that have two characters."""
_FOREIGN = 4
"""A Han name has at most so many characters."""


def _is_usual(character: str) -> bool:
    """Tell whether a character is one of the 3,755 most frequent of GB 2312 (rows 16–55)."""
    code = character.encode("gb2312", errors="ignore")
    return bool(code) and 0xB0 <= code[0] <= 0xD7


class Renamer:
    """Draws names of the same kind by a seeded generator."""

    def __init__(self, generator: random.Random) -> None:
        self._random = generator
        rows = vocab.lexicon("surnames")
        self._surnames = [row["surname"] for row in rows]
        self._surname_weights = [_SURNAMES.get(row["class"], 1) for row in rows]
        characters = vocab.lexicon("name_characters")
        usual = [row for row in characters if _is_usual(row["character"])]
        self._given = {
            column: ([r["character"] for r in usual], [math.exp(int(r[column]) / 20) for r in usual])
            for column in ("single", "middle", "last")
        }
        self._cities = sorted(vocab.words("world_places", "name"))
        self._foreign = frozenset(self._cities)
        self._divisions: dict[str, list[str]] = {}
        towns = [t for p in divisions.upper() if p.level == 0 for t in divisions.townships(p.code)]
        for division in (*divisions.upper(), *towns):
            self._divisions.setdefault(division.name[-1], []).append(division.name)
        self._short = sorted({form for d in divisions.upper() for form in divisions.short_forms(d) if len(form) > 1})
        self._known = frozenset(self._short)

    def renamed(self, pieces: Pieces) -> Pieces:
        """Return a sentence with other names; the same name gets the same other one throughout."""
        others: dict[tuple[str, str], str] = {}
        for text, letter in pieces:
            if letter and (text, letter) not in others:
                others[text, letter] = self._other(text, letter)
        return [(others.get((text, letter), text) if letter else text, letter) for text, letter in pieces]

    def _other(self, name: str, letter: str) -> str:
        if letter == "P":
            return self._person(name)
        if letter == "L":
            return self._place(name)
        return self._led(name)

    def _person(self, name: str) -> str:
        if "·" in name:
            return "·".join(self._random.choice(self._cities)[:4] for _ in name.split("·"))
        is_han = any(name.startswith(s) for s in self._surnames) and 1 < len(name) < _FOREIGN
        if not is_han or re.search("某|[老小阿]|女士|先生", name):
            return name if len(name) < _FOREIGN else self._random.choice(self._cities)
        surname = self._random.choices(self._surnames, self._surname_weights)[0]
        if self._random.random() < _TWO_CHARACTERS:
            return surname + self._character("middle") + self._character("last")
        return surname + self._character("single")

    def _character(self, place: str) -> str:
        return self._random.choices(*self._given[place])[0]

    def _place(self, name: str) -> str:
        if name in self._foreign:
            return self._random.choice(self._cities)
        if name in self._known:
            return self._random.choice(self._short)
        same_kind = self._divisions.get(name[-1], [])
        return self._random.choice(same_kind) if name in same_kind else name

    def _led(self, name: str) -> str:
        """Exchange the place that an organization's or a facility's name begins with: `嘉兴市公安局`."""
        for length in range(min(len(name) - 2, 9), 1, -1):
            other = self._place(name[:length])
            if other != name[:length]:
                return other + name[length:]
        return name
