"""The learned tagger: its word lists, its decoding, and what it finds in sentences that it was not trained on."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.tagger import LABELS, TYPES, Tagger, _allowed, _best_paths, tagger
from kg.tagger.features import feature_numbers
from kg.tagger.substrings import Hashed, WordLists, code_points

CORPUS = Path(__file__).parents[1] / "corpus" / "sentences"
TEXT = st.text("甲乙丙丁戊·在的市县，。Aa9９\n", max_size=40)


@given(TEXT, st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=4), max_size=6))
def test_word_lists_find_what_a_search_finds(text: str, words: list[str]) -> None:
    found = WordLists({"words": words or ["无"]}).matches(Hashed(code_points(text)), len(text))["words"]
    for i in range(len(text)):
        longest = max((len(w) for w in words if text.startswith(w, i)), default=0)
        assert found.starting[i] == longest
        ending = max((len(w) for w in words if text[: i + 1].endswith(w)), default=0)
        assert found.ending[i] == ending


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_every_character_has_its_features(text: str) -> None:
    if text:
        assert {len(column) for column in feature_numbers(text)} == {len(text)}


def test_features_do_not_depend_on_pythons_own_hash() -> None:
    code = (
        "from kg.tagger.features import feature_numbers;"
        "print(sum(int(c.sum()) for c in feature_numbers('新塍镇的李建国说。')))"
    )

    def total(seed: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout

    assert total("1") == total("2")


def test_the_best_path_is_the_best_of_all_paths() -> None:
    generator = np.random.default_rng(7)
    letters = [i for i, label in enumerate(LABELS) if label[1:] in ("", "P")]  # few labels, so that all can be tried
    emissions = np.full((4, len(LABELS)), -1e3, dtype=np.float32)
    emissions[:, letters] = generator.normal(size=(4, len(letters)))
    transitions = np.where(_allowed(), generator.normal(size=(len(LABELS), len(LABELS))), -1e4).astype(np.float32)

    def score(path: tuple[int, ...]) -> float:
        steps = sum(transitions[a, b] for a, b in pairwise(path))
        return float(steps + sum(emissions[i, label] for i, label in enumerate(path)))

    possible = [
        p
        for p in product(letters, repeat=4)
        if LABELS[p[0]][0] in "-BS" and LABELS[p[-1]][0] in "-ES" and all(_allowed()[a, b] for a, b in pairwise(p))
    ]
    (found,) = _best_paths(emissions, [(0, 4)], transitions)
    assert tuple(found) == max(possible, key=score)


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_spans_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for span in tagger().spans(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


def marked(path: Path) -> list[tuple[str, set[tuple[int, int, str]]]]:
    sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
    from train_tagger import lines

    sentences = []
    for pieces in lines([path]):
        names, at = set(), 0
        for words, letter in pieces:
            if letter:
                names.add((at, at + len(words), TYPES[letter]))
            at += len(words)
        sentences.append(("".join(words for words, _ in pieces), names))
    return sentences


def f1(model: Tagger, sentences: list[tuple[str, set[tuple[int, int, str]]]]) -> float:
    right = said = true = 0
    for text, names in sentences:
        found = {(s.start, s.end, s.type) for s in model.spans(text)}
        right, said, true = right + len(found & names), said + len(found), true + len(names)
    return 2 * right / (said + true)


@pytest.mark.parametrize("path", sorted((CORPUS / "dev").glob("*.txt")), ids=lambda p: p.stem)
def test_names_are_found_in_sentences_that_it_was_not_trained_on(path: Path) -> None:
    assert f1(tagger(), marked(path)) > 0.7


def test_training_learns_what_it_is_shown(tmp_path: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
    import train_tagger

    from kg.tagger import from_arrays

    path = sorted((CORPUS / "train").glob("*.txt"))[0]
    sentences = list(train_tagger.lines([path]))[:40]
    model = tmp_path / "model"
    train_tagger.train(sentences, model, renamed=0, iterations=30, c1=0.1, c2=0.05)
    arrays = train_tagger.stored(model, 0.02)
    learned = from_arrays(arrays["numbers"], arrays["weights"], arrays["transitions"])
    assert f1(learned, marked(path)[:40]) > 0.9
