"""A learned tagger: persons, places, facilities and organizations of any Chinese text, flat and without overlap.

In: a text. Out: spans with a type. A linear-chain conditional random field over characters, trained by
`tools/train_tagger.py` on the sentences in `tests/corpus/sentences/train`; its weights are in `weights.npz`. The
trap: a rule knows why it finds a name, the tagger only how likely one looks, and a span is no entity yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from kg.errors import VocabularyError
from kg.model import EntityType
from kg.tagger.features import BITS, feature_numbers

Scores = npt.NDArray[np.float32]

TYPES = {
    "P": EntityType.PERSON,
    "L": EntityType.PLACE,
    "F": EntityType.FACILITY,
    "O": EntityType.ORGANIZATION,
}
"""The letters that the training sentences mark names with."""
LABELS = ("-", *(f"{position}{letter}" for letter in TYPES for position in "BIES"))
"""What a character can be: outside, or the first, a middle, the last or the only one of a name."""

_SENTENCE = re.compile("[^。！？；\n]*[。！？；\n]?")
_IMPOSSIBLE = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A name that the tagger sees."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class Tagger:
    """The weights of a trained model."""

    rows: npt.NDArray[np.int32]
    """For each feature number its row of weights; the first row is zero."""
    weights: Scores
    """Shape (rows, labels)."""
    transitions: Scores
    """Score of a label after a label, shape (labels, labels)."""

    def spans(self, text: str) -> list[TaggedSpan]:
        """Return the names of a text, in text order."""
        if not text:
            return []
        emissions = self._emissions(text)
        sentences = [m.span() for m in _SENTENCE.finditer(text) if m.group()]
        labels = np.zeros(len(text), dtype=np.int64)
        for (start, end), path in zip(sentences, _best_paths(emissions, sentences, self.transitions), strict=True):
            labels[start:end] = path
        return list(_spans(labels))

    def _emissions(self, text: str) -> Scores:
        scores = np.zeros((len(text), len(LABELS)), dtype=np.float32)
        for numbers in feature_numbers(text):
            scores += self.weights[self.rows[numbers]]
        return scores


@cache
def tagger() -> Tagger:
    """Return the tagger with the weights that come with the package."""
    path = files("kg.tagger").joinpath("weights.npz")
    try:
        with path.open("rb") as file:
            stored = np.load(file)
            numbers, weights, transitions = stored["numbers"], stored["weights"], stored["transitions"]
    except (OSError, ValueError, KeyError) as error:
        raise VocabularyError(str(path), "the tagger's weights are missing or damaged") from error
    return from_arrays(numbers, weights, transitions)


def from_arrays(
    numbers: npt.NDArray[np.int32], weights: npt.NDArray[np.float16], transitions: npt.NDArray[np.float16]
) -> Tagger:
    """Return a tagger of feature numbers, their rows of weights, and the scores of one label after another."""
    rows = np.zeros(1 << BITS, dtype=np.int32)
    rows[numbers] = np.arange(1, len(numbers) + 1)
    padded = np.concatenate([np.zeros((1, len(LABELS))), weights]).astype(np.float32)
    return Tagger(rows, padded, np.where(_allowed(), transitions.astype(np.float32), _IMPOSSIBLE))


def _allowed() -> npt.NDArray[np.bool_]:
    """Return which label may follow which: a name goes on until its end."""

    def follows(before: str, after: str) -> bool:
        if before[0] in "BI":
            return after[0] in "IE" and after[1:] == before[1:]
        return after[0] in "-BS"

    return np.array([[follows(before, after) for after in LABELS] for before in LABELS])


def _best_paths(
    emissions: Scores, sentences: Sequence[tuple[int, int]], transitions: Scores
) -> list[npt.NDArray[np.int64]]:
    """Return each sentence's best labels (Viterbi), all sentences a step at a time."""
    lengths = np.array([end - start for start, end in sentences])
    starts = np.array([start for start, _ in sentences])
    longest = int(lengths.max())
    may_begin = np.array([label[0] in "-BS" for label in LABELS])
    may_end = np.array([label[0] in "-ES" for label in LABELS])
    best = np.where(may_begin, emissions[starts], _IMPOSSIBLE)
    came_from = np.zeros((longest, len(sentences), len(LABELS)), dtype=np.int8)
    for step in range(1, longest):
        alive = np.flatnonzero(lengths > step)
        reached = best[alive, :, None] + transitions
        came_from[step, alive] = reached.argmax(axis=1)
        best[alive] = reached.max(axis=1) + emissions[starts[alive] + step]
    last = np.where(may_end, best, _IMPOSSIBLE).argmax(axis=1)
    return [_path(came_from[:length, i], int(last[i])) for i, length in enumerate(lengths)]


def _path(came_from: npt.NDArray[np.int8], last: int) -> npt.NDArray[np.int64]:
    path = np.zeros(len(came_from), dtype=np.int64)
    path[-1] = last
    for step in range(len(came_from) - 1, 0, -1):
        path[step - 1] = came_from[step, path[step]]
    return path


def _spans(labels: npt.NDArray[np.int64]) -> Iterator[TaggedSpan]:
    start = 0
    for i in np.flatnonzero(labels):
        position, letter = LABELS[labels[i]]
        if position in "BS":
            start = int(i)
        if position in "ES":
            yield TaggedSpan(start, int(i) + 1, TYPES[letter])
