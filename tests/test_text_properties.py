"""Every public function that takes texts, given hostile Chinese ones; and what the functions on texts promise.

A function that is added is tested from then on without being named here. More examples, other ones each time:
`EXAMPLES=5000 pytest tests/test_text_properties.py`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from text_functions import NOT_OF_TEXTS, Unfitting, arguments_of, called, takes_texts, text_functions, texts

from kg.extract.head_nouns import is_boundary
from kg.extract.person_names import is_verb_and_noun
from kg.extract.piece_words import acts
from kg.model import Span
from kg.numerals import chinese_digits, chinese_number, chinese_range, halfwidth, multiplier, number
from kg.terminal import plain
from kg.text import bare, clauses, dictionary_words, folded, is_word, sentences, tagged, widened, words

FUNCTIONS = {name: function for name, function in text_functions().items() if name not in NOT_OF_TEXTS}
_USUAL = 12
_EXAMPLES = int(os.environ.get("EXAMPLES", _USUAL))
_MANY = settings(
    max_examples=_EXAMPLES,
    derandomize=_EXAMPLES == _USUAL,  # what a change broke is told at each run or at none
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
_ERROR = re.compile(r"\b[A-Z]\w*Error\b")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_any_text_gives_an_answer_or_an_error_that_is_told_of(name: str) -> None:
    function = FUNCTIONS[name]
    told = set(_ERROR.findall(function.__doc__ or ""))

    @_MANY
    @given(arguments_of(name, function))
    def holds(values: Mapping[str, Any]) -> None:
        try:
            with _terminals():
                result = called(function, values)
        except Exception as error:
            if told.isdisjoint(kind.__name__ for kind in type(error).__mro__):
                raise
            return
        if isinstance(text := values.get("text"), str):
            assert all(0 <= start <= end <= len(text) for start, end in _spans(result))

    holds()


@contextlib.contextmanager
def _terminals() -> Iterator[None]:
    """Take what is printed as a terminal does, which has no half characters."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        yield
        for stream in streams:
            stream.flush()


def _spans(result: Any) -> Iterator[tuple[int, int]]:
    """Yield the offsets of all records in a result."""
    if dataclasses.is_dataclass(result):
        values = {f.name: getattr(result, f.name) for f in dataclasses.fields(result)}
        if isinstance(values.get("start"), int) and isinstance(values.get("end"), int):
            yield values["start"], values["end"]
        yield from _spans(list(values.values()))
    elif isinstance(result, list | tuple | set | frozenset):
        for part in result:
            yield from _spans(part)


def test_nothing_is_no_verb_no_name_and_ends_a_phrase() -> None:
    assert is_boundary("")
    assert not acts("")
    assert not is_verb_and_noun("")
    assert not is_verb_and_noun("的")


def test_half_a_character_is_printed_as_one_that_is_missing() -> None:
    assert plain("嘉\ud800兴").plain == "嘉\ufffd兴"


def test_what_is_found_is_what_takes_texts() -> None:
    assert {"kg.text.words", "kg.numerals.number", "kg.extract.roles.role_at", "kg.layout.lines.width"} < set(FUNCTIONS)
    assert set(NOT_OF_TEXTS) < set(text_functions())


def test_a_new_function_is_taken_up_or_its_parameter_is_complained_of() -> None:
    def cut(text: str, start: int) -> str:
        """Return the rest."""
        return text[start:]

    def times(text: str, sheets: int) -> str:
        """Return it often."""
        return text * sheets

    assert takes_texts(cut)
    assert takes_texts(times)
    arguments_of("kg.new.cut", cut)
    with pytest.raises(Unfitting, match=r"kg\.new\.times\.sheets"):
        arguments_of("kg.new.times", times)


@_MANY
@given(texts())
def test_folding_names_is_settled_at_once_and_leaves_no_marks(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert not set(folded(name)) & set("“”‘’「」『』《》〈〉[]【】()（） \t\u3000")


@_MANY
@given(texts(), st.sampled_from(("“”", "‘’", "「」", "『』")))
def test_a_bare_name_is_the_name_or_what_its_marks_enclose(name: str, marks: str) -> None:
    assert bare(name) in (name, name[1:-1])
    plain = "".join(c for c in name if c not in "“”‘’") or "甲"
    assert bare(marks[0] + plain + marks[1]) == plain


@_MANY
@given(texts())
def test_a_widened_text_has_other_marks_and_the_same_words_in_their_places(text: str) -> None:
    assert len(widened(text)) == len(text)
    assert all(old == new or old in ',:;?!()"' for old, new in zip(text, widened(text), strict=True))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("近日,某镇", "近日，某镇"),
        ("好!!!他说", "好！！！他说"),
        ("v1.2,v1.3", "v1.2,v1.3"),
        ('"三农"工作', "“三农”工作"),
    ],
)
def test_marks_beside_chinese_are_widened_all_of_a_run(printed: str, expected: str) -> None:
    assert widened(printed) == expected


@_MANY
@given(texts(), st.data())
def test_clauses_stand_in_order_within_their_sentence_and_hold_words(text: str, data: st.DataObject) -> None:
    within = Span(*sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))))
    end = within.start
    for clause in clauses(text, within):
        assert end <= clause.start < clause.end <= within.end
        assert clause.of(text) == clause.of(text).strip() != ""
        end = clause.end


@_MANY
@given(texts())
def test_sentences_hold_all_that_is_not_blank(text: str) -> None:
    found = list(sentences(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join("".join(s.of(text).split()) for s in found) == "".join(text.split())


@_MANY
@given(texts())
def test_words_make_up_the_text_that_they_are_cut_from(text: str) -> None:
    assert "".join(words(text)) == text
    assert "".join(dictionary_words(text)) == text
    assert [word for word, _ in tagged(text)] == words(text)
    assert all(tag for _, tag in tagged(text))


@_MANY
@given(texts())
def test_what_the_dictionary_cuts_is_a_character_or_a_word_of_it(text: str) -> None:
    for word in dictionary_words(text):
        assert len(word) == 1 or is_word(word) or word.isascii()


def test_half_a_character_stands_alone_and_the_words_beside_it_stay() -> None:
    assert words("嘉兴市\ud800人民政府") == ["嘉兴市", "\ud800", "人民政府"]
    assert dictionary_words("嘉兴市\udfff") == ["嘉兴市", "\udfff"]
    assert tagged("嘉兴市\ud800")[0] == ("嘉兴市", "ns")
    assert not is_word("\ud800")


@_MANY
@given(st.integers(0, 10**12 - 1))
def test_a_number_written_in_chinese_is_read_again(value: int) -> None:
    assert chinese_number(_in_chinese(value)) == value


def _in_chinese(value: int) -> str:
    """Write a number as newspapers do: 10500 is 一万零五百."""
    if value < 10:
        return "零一二三四五六七八九"[value]
    for power, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        high, low = divmod(value, power)
        if high:
            gap = "零" if low and low < power // 10 else ""
            return _in_chinese(high) + sign + gap + (_in_chinese(low) if low else "")
    raise AssertionError(value)


@_MANY
@given(st.decimals(0, 10**15, places=2), st.booleans())
def test_a_number_in_digits_is_read_again_whatever_their_width(value: Decimal, is_wide: bool) -> None:
    written = f"{value:,}"
    if is_wide:
        written = written.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    assert number(halfwidth(written)) == value


@_MANY
@given(texts())
def test_half_width_digits_stand_where_the_full_width_ones_stood(text: str) -> None:
    assert len(halfwidth(text)) == len(text)
    assert halfwidth(halfwidth(text)) == halfwidth(text)
    assert not set(halfwidth(text)) & set("０１２３４５６７８９％．＋－～：")


@_MANY
@given(st.integers(1, 8), st.sampled_from(("", "十", "百", "千", "万", "千万", "亿")))
def test_a_range_of_two_numerals_is_no_number(first: int, powers: str) -> None:
    low, high = "一二三四五六七八九"[first - 1 : first + 1]
    expected = (first * multiplier(powers), (first + 1) * multiplier(powers))
    assert chinese_range(low + high + powers) == expected
    assert chinese_number(low + high + powers) is None


@_MANY
@given(st.integers(1000, 9999))
def test_a_year_written_digit_by_digit_is_read_again(year: int) -> None:
    assert chinese_digits("".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))) == year


@pytest.mark.parametrize("numeral", ["", "二〇x一", "10"])
def test_what_is_not_in_chinese_digits_is_no_year(numeral: str) -> None:
    with pytest.raises(ValueError, match="Chinese digits"):
        chinese_digits(numeral)
