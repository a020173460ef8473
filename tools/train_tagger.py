"""Train `kg/tagger/weights.npz` on the marked sentences in `tests/corpus/sentences/train`.

    .venv/bin/python tools/train_tagger.py

In: lines such as `[张建国]P在[北京]L会见[世界银行]O代表团。`. Out: the weights of a conditional random field, those of
features that matter alone, in half precision. The trap: a tagger learns the names of its sentences by heart, so each
sentence is also read with other names in the places of its own, drawn by a seeded generator.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pycrfsuite
from names import Renamer

from kg.tagger import LABELS, TYPES
from kg.tagger.features import feature_numbers

SENTENCES = Path("tests/corpus/sentences/train")
WEIGHTS = Path("kg/tagger/weights.npz")
MARKED = re.compile(r"\[([^\[\]]+)\]([" + "".join(TYPES) + "])")
SENTENCE_END = re.compile("(?<=[。！？；])")

Names = list[tuple[str, str]]
"""Pieces of a sentence: text, and the letter of its type or nothing."""


def parse(line: str) -> Names:
    """Return a marked line as pieces."""
    pieces: Names = []
    begin = 0
    for match in MARKED.finditer(line):
        pieces += [(line[begin : match.start()], ""), (match[1], match[2])]
        begin = match.end()
    return [piece for piece in (*pieces, (line[begin:], "")) if piece[0]]


def labelled(pieces: Names) -> tuple[str, list[str]]:
    """Return the text of a line and a label for each of its characters."""
    labels: list[str] = []
    for text, letter in pieces:
        if not letter:
            labels += ["-"] * len(text)
        elif len(text) == 1:
            labels.append(f"S{letter}")
        else:
            labels += [f"B{letter}", *[f"I{letter}"] * (len(text) - 2), f"E{letter}"]
    return "".join(text for text, _ in pieces), labels


def sequences(pieces: Names) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Yield a line's sentences as features and labels; the features see the whole line."""
    text, labels = labelled(pieces)
    numbers = np.stack(feature_numbers(text), axis=1)
    begin = 0
    for sentence in SENTENCE_END.split(text):
        end = begin + len(sentence)
        if sentence:
            yield [[str(n) for n in row] for row in numbers[begin:end]], labels[begin:end]
        begin = end


def lines(paths: Iterable[Path]) -> Iterator[Names]:
    """Yield the marked lines of files as pieces."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield parse(line.strip())


def train(sentences: list[Names], model: Path, *, renamed: int, iterations: int, c1: float, c2: float) -> None:
    """Train on sentences, each also with other names as often as asked."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": iterations, "feature.possible_transitions": True})
    renamer = Renamer(random.Random(0))
    for pieces in sentences:
        for version in (pieces, *(renamer.renamed(pieces) for _ in range(renamed))):
            for features, labels in sequences(version):
                trainer.append(features, labels)
    trainer.train(str(model))


def stored(model: Path, least: float) -> dict[str, np.ndarray]:
    """Return a trained model as arrays; weights smaller than the least are left out."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    info = tagger.info()
    place = {label: i for i, label in enumerate(LABELS)}
    rows: dict[int, np.ndarray] = {}
    for (number, label), weight in info.state_features.items():
        if abs(weight) >= least:
            rows.setdefault(int(number), np.zeros(len(LABELS)))[place[label]] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)))
    for (before, after), weight in info.transitions.items():
        transitions[place[before], place[after]] = weight
    numbers = np.array(sorted(rows), dtype=np.int32)
    return {
        "numbers": numbers,
        "weights": np.array([rows[n] for n in numbers], dtype=np.float16),
        "transitions": transitions.astype(np.float16),
    }


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=Path, nargs="*", default=sorted(SENTENCES.glob("*.txt")))
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    parser.add_argument("--renamed", type=int, default=1, help="versions of each sentence with other names")
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--c1", type=float, default=0.1, help="weight of the L1 penalty")
    parser.add_argument("--c2", type=float, default=0.05, help="weight of the L2 penalty")
    parser.add_argument("--least", type=float, default=0.02, help="smallest weight that is kept")
    options = parser.parse_args()
    model = options.output.with_suffix(".crfsuite")
    train(
        list(lines(options.sentences)),
        model,
        renamed=options.renamed,
        iterations=options.iterations,
        c1=options.c1,
        c2=options.c2,
    )
    np.savez_compressed(options.output, **stored(model, options.least))
    model.unlink()


if __name__ == "__main__":
    main()
