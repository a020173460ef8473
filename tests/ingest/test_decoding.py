"""Which encoding a text is in, and when the answer is in doubt."""

from __future__ import annotations

import pytest

from kg.errors import BinaryInputError, EncodingError, LongLineError
from kg.ingest.decoding import MAX_LINE, decoded

SIMPLE = "昨晚，村口的路灯第一次亮了。镇党委书记说，今年还要修三条路，让村民出门不再摸黑。\n"
TRADITIONAL = "昨晚，村口的路燈第一次亮了。臺灣的報紙用繁體字，經濟發展與社會進步，這裡有許多文章。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_simplified_text_is_read_in_each_encoding(encoding: str) -> None:
    found = decoded("a.txt", SIMPLE.encode(encoding))
    assert found.text == SIMPLE
    assert not found.rival


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_traditional_text_is_read_in_each_encoding(encoding: str) -> None:
    assert decoded("a.txt", TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"])
def test_text_in_ascii_alone_is_read(encoding: str) -> None:
    assert decoded("a.txt", "Street lights on.\n".encode(encoding)).text == "Street lights on.\n"


def test_traditional_text_in_gb18030_is_told_from_big5_or_doubted() -> None:
    found = decoded("a.txt", TRADITIONAL.encode("gb18030"))
    assert found.text == TRADITIONAL
    assert found.encoding == "gb18030"


def test_a_doubt_names_the_file_and_both_encodings() -> None:
    found = decoded("a.txt", "村口的路灯亮了".encode("gb18030"))
    assert found.rival
    doubt = found.doubt("a/page.txt")
    assert doubt is not None
    assert str(doubt).startswith("a/page.txt: its encoding is in doubt (taken for ")


def test_what_a_page_declares_is_believed_unless_its_bytes_say_otherwise() -> None:
    assert decoded("a.html", SIMPLE.encode("gb18030"), "gb2312").text == SIMPLE
    assert decoded("a.html", SIMPLE.encode(), "gb2312").text == SIMPLE
    assert decoded("a.html", SIMPLE.encode(), "no-such-encoding").text == SIMPLE


def test_signs_that_turn_the_direction_and_half_characters_do_not_get_in() -> None:
    assert decoded("a.txt", "税务\u202e局\u2066。\n".encode()).text == "税务局。\n"


def test_a_line_longer_than_any_paragraph_is_refused_by_its_number() -> None:
    with pytest.raises(LongLineError, match=r"line 2: .*1,000,001 characters"):
        decoded("a.txt", ("短行\n" + "长" * (MAX_LINE + 1)).encode())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (bytes(range(256)), BinaryInputError),
        (SIMPLE.encode("utf-16-le") + b"\0\0", BinaryInputError),
        (SIMPLE.encode()[:-2] + b"\xff", EncodingError),
        ("カタカナの文章はここでは読めません。".encode("shift-jis"), EncodingError),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        decoded("a.txt", data)
