"""Find the entries of word lists at every place of a text at once, with numpy.

In: the characters of a text as an array of code points. Out: for a class of words the length of the longest that
begins and of the longest that ends at each character, and how long a word covers it. The trap: substrings are compared
by 64-bit hashes, so a false match is possible, once in some 10^13 look-ups; a feature of a tagger can bear that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]
Lengths = npt.NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15
_FILTER_BITS = 20


def code_points(text: str) -> Codes:
    """Return the characters of a text as code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


class Hashed:
    """Hashes of all substrings of a text: sums of code points times powers of an odd number, modulo 2^64."""

    def __init__(self, codes: Codes) -> None:
        n = len(codes)
        powers = np.cumprod(np.full(n + 1, _BASE, dtype=np.uint64), dtype=np.uint64)
        self._inverse = np.cumprod(np.full(n + 1, pow(_BASE, -1, 1 << 64), dtype=np.uint64), dtype=np.uint64)
        self._sums: Hashes = np.zeros(n + 1, dtype=np.uint64)
        np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers[:n], out=self._sums[1:])

    def of(self, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Hashes:
        """Return the hashes of the substrings that begin and end at the offsets."""
        found: Hashes = (self._sums[ends] - self._sums[starts]) * self._inverse[starts]
        return found

    def of_length(self, length: int) -> Hashes:
        """Return the hashes of all substrings of a length, by where they begin."""
        n = len(self._sums) - length
        found: Hashes = (self._sums[length:] - self._sums[:n]) * self._inverse[:n]
        return found


def hashes(words: Sequence[str]) -> Hashes:
    """Return the hashes of whole words, in their order."""
    ends = np.cumsum(np.array([len(word) for word in words], dtype=np.int64))
    hashed = Hashed(code_points("".join(words)))
    return hashed.of(np.concatenate([[0], ends[:-1]]), ends)


@dataclass(frozen=True, slots=True)
class Matches:
    """Where words of one class stand in a text of n characters; each array has n elements."""

    starting: Lengths
    """Length of the longest word that begins at the character, 0 for none."""
    ending: Lengths
    """Length of the longest word whose last character it is."""
    covering: Lengths
    """Length of the longest word that holds it."""


class WordLists:
    """Word lists under single-character names, looked up together."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._classes = tuple(lists)
        flags: dict[str, int] = {}
        for bit, words in enumerate(lists.values()):
            for word in words:
                flags[word] = flags.get(word, 0) | 1 << bit
        by_length: dict[int, list[str]] = {}
        for word in flags:
            by_length.setdefault(len(word), []).append(word)
        self._lengths = sorted(by_length)
        keys = hashes(list(flags))
        order = np.argsort(keys)
        self._keys = keys[order]
        self._flags = np.array(list(flags.values()), dtype=np.int64)[order]
        self._seen = np.zeros(1 << _FILTER_BITS, dtype=bool)
        self._seen[self._keys >> np.uint64(64 - _FILTER_BITS)] = True

    def matches(self, hashed: Hashed, length_of_text: int) -> dict[str, Matches]:
        """Return where words of each class stand."""
        found = {c: Matches(*(np.zeros(length_of_text, dtype=np.int64) for _ in range(3))) for c in self._classes}
        for length in self._lengths:  # longer ones come later and overwrite
            if length > length_of_text:
                break
            starts, flags = self._look_up(hashed.of_length(length))
            for bit, name in enumerate(self._classes):
                here = starts[(flags >> bit & 1).astype(bool)]
                found[name].starting[here] = length
                found[name].ending[here + length - 1] = length
                for i in range(length):
                    found[name].covering[here + i] = length
        return found

    def _look_up(self, wanted: Hashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return which of the hashes are in the lists, and the flags of those."""
        maybe = np.nonzero(self._seen[wanted >> np.uint64(64 - _FILTER_BITS)])[0]
        at = np.minimum(np.searchsorted(self._keys, wanted[maybe]), len(self._keys) - 1)
        held = self._keys[at] == wanted[maybe]
        return maybe[held], self._flags[at[held]]
