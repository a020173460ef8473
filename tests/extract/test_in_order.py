"""Records in text order, asked by place, against what a look at all of them gives."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.in_order import are_in_one, covering, outermost, starting, within
from kg.model import EntityType, Mention, Span

_TEXT = "一二三四五六七八九十" * 3


def _mention(place: tuple[int, int]) -> Mention:
    start, length = place
    return Mention(start, start + length, _TEXT[start : start + length], EntityType.PLACE, "test")


_places = st.tuples(st.integers(0, 20), st.integers(1, 9))
_mentions = st.lists(_places, max_size=12).map(
    lambda places: sorted(map(_mention, places), key=lambda m: (m.start, -m.end))
)


@given(_mentions, st.integers(0, 20), st.integers(0, 20))
def test_starting_and_within_see_what_a_scan_sees(mentions: list[Mention], begin: int, length: int) -> None:
    span = Span(begin, begin + length)
    assert list(starting(mentions, span.start, span.end)) == [m for m in mentions if span.start <= m.start < span.end]
    assert within(mentions, span) == [m for m in mentions if span.covers(m)]


@given(_mentions, st.integers(0, 29))
def test_the_outermost_cover_what_all_cover(mentions: list[Mention], offset: int) -> None:
    kept = outermost(mentions)
    assert all(any(k.span.covers(m) for k in kept) for m in mentions)
    assert (covering(kept, offset) is not None) == any(m.start <= offset < m.end for m in mentions)


def test_a_stretch_across_two_spans_is_in_none() -> None:
    spans = [Span(0, 4), Span(5, 9)]
    assert are_in_one(spans, 5, 9)
    assert not are_in_one(spans, 3, 6)
    assert not are_in_one([], 0, 1)
