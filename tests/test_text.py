"""Looking words up in a text, sentences and clauses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.text import Endings, clauses, occurrences, sentence_at, sentences

_CHINESE = st.text("村镇乡县的，。！“”（）\n ", max_size=40)


@given(_CHINESE, st.text("村镇乡县", min_size=1, max_size=3))
def test_occurrences_are_those_of_a_pattern(text: str, words: str) -> None:
    assert list(occurrences(text, words)) == [m.start() for m in re.finditer(re.escape(words), text)]


def test_no_words_occur_nowhere() -> None:
    assert list(occurrences("甲乙", "")) == []


@given(st.lists(st.text("村镇乡", min_size=1, max_size=3)), _CHINESE, st.integers(0, 40))
def test_endings_are_all_words_that_end_there(words: list[str], text: str, end: int) -> None:
    end = min(end, len(text))
    expected = sorted({w for w in words if text.endswith(w, 0, end)}, key=len, reverse=True)
    assert Endings(words).at(text, end) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“来了。”大家都笑。", ["他说：“来了。”", "大家都笑。"]),
        ("甲来了；乙没来\n丙也没来", ["甲来了；", "乙没来", "丙也没来"]),
        (" 没有句号 ", ["没有句号"]),
        ("\n\n", []),
    ],
)
def test_sentences_keep_their_closing_marks(text: str, expected: list[str]) -> None:
    assert [s.of(text) for s in sentences(text)] == expected


@given(_CHINESE)
def test_a_sentence_is_found_again_at_any_offset_in_it(text: str) -> None:
    for sentence in sentences(text):
        if sentence.of(text)[0] not in "”）":  # a closing mark at the start belongs to the sentence before
            assert sentence_at(text, sentence.start).end == sentence.end


def test_clauses_are_not_cut_in_names_and_brackets() -> None:
    text = "推出“甲、乙，丙”服务（含甲，乙），效果：好"
    assert [c.of(text) for c in clauses(text, Span(0, len(text)))] == [
        "推出“甲、乙",
        "丙”服务（含甲，乙）",
        "效果",
        "好",
    ]
