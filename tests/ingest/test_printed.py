"""Newspaper pages as PDF: five layouts made by Chromium give the articles that were set in them, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed_pages import NAMES, Made, layouts, printed

from kg.ingest import read_paths
from kg.ingest.printed import Fragment, PrintedPage, read_pages
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


def test_pages_without_words_give_nothing() -> None:
    assert read_pages([PrintedPage((), 200, 600)])[0].text == ""
