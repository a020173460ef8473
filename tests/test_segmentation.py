"""jieba and rjieba must agree, so that a graph does not depend on which of the two a machine has."""

from __future__ import annotations

from pathlib import Path

import pytest
import rjieba

from kg.segmentation import JiebaSegmenter

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("seeds/*.txt"), *ROOT.glob("tests/gold/dev/*.txt"), *ROOT.glob("tests/cases/layout/*.txt")])
FALLBACK = JiebaSegmenter()


@pytest.mark.parametrize(
    "text",
    ["在A-B两地", "2023-09-04", "B-2-C型", "1月-6月", "v1.2.3版", "3.5-4.5元", "10%-20%", "6S-培训", "a_b", "A-", "C#"],
)
def test_both_join_letters_and_digits_alike(text: str) -> None:
    assert FALLBACK.cut(text) == list(rjieba.cut(text))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_both_segmenters_agree(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert FALLBACK.cut(text) == list(rjieba.cut(text))
    assert FALLBACK.cut(text, hmm=False) == list(rjieba.cut(text, hmm=False))
    ours, theirs = FALLBACK.tag(text), [tuple(pair) for pair in rjieba.tag(text)]
    assert [w for w, _ in ours] == [w for w, _ in theirs]
    for (word, tag), (_, other) in zip(ours, theirs, strict=True):
        assert FALLBACK.has_word(word) == rjieba.has_word(word)
        if FALLBACK.has_word(word):
            assert tag == other, word
