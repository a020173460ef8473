"""How an article's text is linked and marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.serve.marking import Piece, links_of, paragraphs


def test_the_longest_name_is_linked() -> None:
    [line] = paragraphs("在新塍镇，在新塍。", {"新塍": "/short", "新塍镇": "/long"})
    assert line == [Piece("在"), Piece("新塍镇", "/long"), Piece("，在"), Piece("新塍", "/short"), Piece("。")]


def test_words_are_marked_across_links_and_the_first_can_be_pointed_to() -> None:
    [first, second] = paragraphs("秀洲区新塍镇\n\n推出", {"新塍镇": "/x"}, range(2, 9))
    assert first == [
        Piece("秀洲"),
        Piece("区", marked=True, first=True),
        Piece("新塍镇", "/x", marked=True),
    ]
    assert second == [Piece("推", marked=True), Piece("出")]


def test_a_name_that_two_bear_is_linked_to_neither() -> None:
    assert links_of([("方远", "/1", True), ("方远", "/2", True), ("何青", "/3", True)]) == {"何青": "/3"}


def test_a_label_counts_more_than_another_name() -> None:
    assert links_of([("新塍", "/town", False), ("新塍", "/village", True), ("", "/x", True)]) == {"新塍": "/village"}


@given(
    st.text("新塍镇a\n𠮷.", max_size=40),
    st.dictionaries(st.text("新塍镇a\n.", min_size=1, max_size=4), st.just("/x")),
    st.integers(-5, 50),
    st.integers(-5, 50),
)
def test_the_pieces_are_the_text(text: str, links: dict[str, str], start: int, end: int) -> None:
    lines = ["".join(piece.text for piece in line) for line in paragraphs(text, links, range(start, end))]
    assert lines == [line for line in text.split("\n") if line]
    marked = "".join(p.text for line in paragraphs(text, links, range(start, end)) for p in line if p.marked)
    assert marked == "".join(text[i] for i in range(max(start, 0), min(end, len(text)))).replace("\n", "")
