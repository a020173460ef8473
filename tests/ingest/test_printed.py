"""Newspaper pages as PDF: six layouts made by Chromium give the articles that were set in them, word for word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from printed_pages import NAMES, Made, layouts, pdf, printed

from kg.ingest import read_paths
from kg.ingest.printed import Fragment, PrintedPage, read_pages
from kg.ingest.printed.initials import places_of_initials
from kg.ingest.readers import pdf as pdf_reader
from kg.ingest.reading import Source
from kg.ingest.settings import Settings
from kg.layout import split_articles
from kg.model import Article, Metadata
from kg.text import widened


def bare(text: str) -> str:
    """Return a text without spaces: where a printed line breaks, nobody sees whether there was one."""
    return "".join(widened(text).split())


def parts(article: Article) -> tuple[str, list[str]]:
    title = article.title.of(article.text) if article.title else ""
    return bare(title), [bare(p.of(article.text)) for p in article.paragraphs]


@pytest.fixture(scope="module")
def made() -> dict[str, Made]:
    return {page.name: page for page in layouts()}


@pytest.fixture(scope="module")
def files(made: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return printed(list(made.values()), tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_gives_the_articles_that_a_reader_sees(name: str, made: dict[str, Made], files: dict[str, Path]) -> None:
    found = read_paths([files[name]])
    assert not found.failures
    (document,) = found.documents
    assert document.metadata == Metadata("2022-07-16", "嘉兴日报")
    articles = dict(map(parts, split_articles(document)))
    kicker = bare("喜迎丰收季")
    expected = {bare(s.title): [bare(p) for p in s.paragraphs] for s in made[name].stories}
    assert {title.removeprefix(kicker): p for title, p in articles.items()} == expected


def test_captions_are_captions_and_advertisements_editors_and_mastheads_are_nothing(files: dict[str, Path]) -> None:
    side = [a for d in read_paths([files["side"]]).documents for a in split_articles(d)]
    assert [c.of(a.text) for a in side for c in a.captions] == ["图为村民在晒谷场上翻晒稻谷。 本报记者 周四 摄"]
    stacked = read_paths([files["stacked"]]).documents[0].text
    for word in ("广告", "购物节", "城东路", "责任编辑", "嘉兴日报", "星期六"):
        assert word not in stacked


def column(left: float, top: float, *lines: str) -> list[Fragment]:
    return [
        Fragment(
            text, left + 20 * text.startswith("\u3000"), top + 16 * n, left + 10 * len(text), top + 16 * n + 10, 10
        )
        for n, text in enumerate(lines)
    ]


def test_where_lines_leave_room_there_is_an_initial_whatever_is_seen_of_it() -> None:
    beside = [*column(30, 50, "盏路灯沿着新修的", "泥路排开，一直亮"), *column(0, 82, "到河边。村民走出家门看")]
    neighbour = column(140, 50, "昨天，夜校开课了。", "首批学员四十余人。")
    (place,) = places_of_initials([*beside, *neighbour], 10)
    assert (place.left, place.top, place.right, place.bottom) == (0, 50, 30, 76)


def test_the_edge_is_told_by_the_line_below_one_that_begins_a_paragraph() -> None:
    beside = [*column(30, 50, "盏路灯沿着新修的", "泥路排开。"), *column(0, 82, "\u3000村民走出家门看", "着一盏盏灯。")]
    byline = column(30, 25, "记者 王建国")  # it begins where they do, but too far above
    (place,) = places_of_initials([*byline, *beside], 10)
    assert (place.left, place.top, place.bottom) == (0, 50, 76)


@pytest.mark.parametrize(
    "lines",
    [
        [*column(0, 50, "\u3000昨晚，路灯亮", "\u3000村民走出家门"), *column(0, 82, "看着一盏盏灯沿着")],  # indents
        [*column(30, 50, "盏路灯沿着"), *column(0, 66, "到河边。村民走出")],  # one line
        [*column(30, 50, "盏路灯沿着", "泥路排开，"), *column(0, 120, "到河边。村民走出")],  # something stands between
        [*column(30, 50, "盏路灯沿着", "泥路排开，"), *column(-90, 82, "到河边。村民走出家门看")],  # too much room
    ],
)
def test_other_lines_that_begin_further_right_leave_none(lines: list[Fragment]) -> None:
    assert places_of_initials(lines, 10) == []


def test_lines_at_one_height_are_read_column_by_column() -> None:
    left = column(0, 50, "\u3000昨晚，路灯亮", "了。村民走出家门", "看着一盏盏灯沿着")
    right = column(100, 50, "新修的水泥路排开", "一直亮到河边。")
    text, _ = read_pages([PrintedPage((*right, *left), 200, 600)])
    assert text.text.strip() == "昨晚，路灯亮了。村民走出家门看着一盏盏灯沿着新修的水泥路排开一直亮到河边。"


def test_a_day_or_a_folio_in_a_story_at_the_top_is_no_masthead() -> None:
    lines = column(0, 20, "上月（下转第2版）", "2022年7月16日")
    story = column(0, 10, "昨晚，路灯亮了。")
    text, metadata = read_pages([PrintedPage((*story, *lines), 200, 600)])
    assert "2022年7月16日" in text.text
    assert metadata == Metadata()


def test_a_sentence_set_in_large_amid_its_article_is_no_headline() -> None:
    headline = Fragment("路灯亮到潘家浜", 0, 0, 140, 20, 20)
    above = column(0, 50, "\u3000昨晚，路灯亮了。", "\u3000“换个法子照亮。”")
    inset = Fragment("换个法子照亮", 0, 90, 96, 106, 16)
    below = column(0, 115, "\u3000村民走出家门看。")
    text, _ = read_pages([PrintedPage((headline, *above, inset, *below), 200, 600)])
    assert [span.of(text.text) for span in text.titles] == ["路灯亮到潘家浜"]
    assert "换个法子照亮\n" not in text.text


def test_pages_without_words_give_nothing() -> None:
    assert read_pages([PrintedPage((), 200, 600)])[0].text == ""


def pdf_of(content: bytes, turn: int = 0) -> Source:
    """Return a PDF of one page that draws this, in Helvetica."""
    return Source(
        "page.pdf",
        pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [-100 -100 700 900] /CropBox [0 0 600 800] /Rotate %d "
            b"/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>" % turn,
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ),
    )


def test_what_is_drawn_twice_or_outside_of_the_page_is_read_once_or_not() -> None:
    words = (
        b"BT /F1 20 Tf 50 700 Td (Lights on.) Tj .5 -.5 Td (Lights on.) Tj ET BT /F1 9 Tf 50 -60 Td (crop mark) Tj ET"
    )
    assert pdf_reader.read(pdf_of(words), Settings()).documents[0].text == "Lights on."


@pytest.mark.parametrize(
    ("turn", "first", "second"),
    [
        (0, b"1 0 0 1 50 700", b"1 0 0 1 50 670"),
        (90, b"0 1 -1 0 300 50", b"0 1 -1 0 330 50"),
        (180, b"-1 0 0 -1 550 100", b"-1 0 0 -1 550 130"),
        (270, b"0 -1 1 0 300 750", b"0 -1 1 0 270 750"),
    ],
)
def test_a_page_that_is_kept_sideways_is_read_as_it_is_shown(turn: int, first: bytes, second: bytes) -> None:
    words = b"BT /F1 20 Tf %b Tm (then the bridge) Tj %b Tm (Lights on,) Tj ET" % (second, first)
    assert pdf_reader.read(pdf_of(words, turn), Settings()).documents[0].text == "Lights on,\nthen the bridge"


def test_a_layer_of_glyphs_without_characters_is_read_as_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    garbled = b"BT /F1 9 Tf 50 700 Td (" + bytes(range(0xC0, 0xFF)) + b") Tj ET"
    seen: list[tuple[int, ...]] = []

    def read_picture(pixels: Any, shown: str) -> PrintedPage:
        seen.append(pixels.shape[:2])
        return PrintedPage(tuple(column(0, 50, "\u3000昨晚，路灯亮", "了。")), 200, 600)

    monkeypatch.setattr(pdf_reader, "read_picture", read_picture)
    assert pdf_reader.read(pdf_of(garbled), Settings()).documents[0].text.strip() == "昨晚，路灯亮了。"
    assert seen == [(2223, 1667)]
