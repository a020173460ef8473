"""A real sample of each format gives its articles, with what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ingest import read_paths
from kg.layout import split_articles
from kg.model import Article, Metadata

SAMPLES = Path(__file__).with_name("samples")


def articles_of(path: Path) -> list[Article]:
    found = read_paths([path])
    assert not found.failures
    return [article for document in found.documents for article in split_articles(document)]


def titles_of(path: Path) -> list[str]:
    return [a.title.of(a.text) if a.title else "" for a in articles_of(path)]


def test_a_web_page_gives_its_article_and_what_it_says_of_itself() -> None:
    (article,) = articles_of(SAMPLES / "page.html")
    assert article.title is not None
    assert article.title.of(article.text) == "村口的路灯亮了"
    assert [s.of(article.text) for s in article.authors] == ["甲乙丙"]
    assert article.metadata == Metadata("2022-07-16", "嘉兴日报")
    assert len(article.paragraphs) == 3
    for word in ("首页", "相关阅读", "备案号", "不该读到", "字体"):
        assert word not in article.text


@pytest.mark.parametrize("name", ["bulletin.docx", "post.md"])
def test_headings_of_word_and_markdown_begin_articles_and_subheadings_none(name: str) -> None:
    first, second = articles_of(SAMPLES / name)
    assert titles_of(SAMPLES / name) == ["新塍镇路灯进村", "油车港镇开设夜校"]
    assert [s.of(first.text) for s in first.authors] == ["甲乙丙"]
    assert [s.of(first.text) for s in first.paragraphs][1] == "钱从哪里来"
    assert [s.of(second.text) for s in second.paragraphs][1] == "夜校每周三晚上开课，免费向居民开放。"
    assert "秀洲信息" not in first.text + second.text


def test_markdown_loses_its_signs_and_keeps_its_day() -> None:
    first = articles_of(SAMPLES / "post.md")[0]
    assert "新塍镇潘家浜村村口的路灯第一次亮了。" in first.text
    assert first.metadata == Metadata("2022-07-16")


def test_chapters_of_an_epub_are_documents_in_the_books_order() -> None:
    found = read_paths([SAMPLES / "book.epub"])
    assert [d.source for d in found.documents] == ["book.epub/OEBPS/ch1.xhtml", "book.epub/OEBPS/ch2.xhtml"]
    assert titles_of(SAMPLES / "book.epub") == ["新塍镇路灯进村", "油车港镇开设夜校"]
    assert {d.metadata for d in found.documents} == {Metadata("2022-07-16", "嘉兴日报")}


def test_an_archive_of_chinese_windows_is_read_member_by_member_with_its_sidecars() -> None:
    found = read_paths([SAMPLES / "archive.zip"])
    assert [(n.source.removeprefix("archive.zip/嘉兴日报/"), n.reader, n.note) for n in found.files] == [
        ("2022-07-16/01.txt", "text", ""),
        ("picture.psd", "", "no reader for its suffix"),
        ("网页.html", "HTML", ""),
    ]
    assert [d.metadata for d in found.documents] == [
        Metadata("2022-07-16", "嘉兴日报", "嘉兴市"),
        Metadata("2022-07-16", "嘉兴日报"),
    ]


def test_a_web_archive_gives_its_pages_by_their_address() -> None:
    (document,) = read_paths([SAMPLES / "site.warc.gz"]).documents
    assert document.source == "site.warc.gz/https://news.example.org/2022/07/16/lamp"
    assert document.metadata == Metadata("2022-07-16", "嘉兴日报")
    assert titles_of(SAMPLES / "site.warc.gz") == ["村口的路灯亮了"]


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_rows_of_a_table_are_articles(name: str) -> None:
    assert titles_of(SAMPLES / name) == ["新塍镇路灯进村", "油车港镇开设夜校"]
    assert {d.metadata.published for d in read_paths([SAMPLES / name]).documents} == {"2022-07-16"}


def test_a_format_without_a_reader_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100)
    (failure,) = read_paths([tmp_path]).failures
    assert "a Word, Excel or PowerPoint file of before 2007" in str(failure)


def test_what_a_file_is_counts_more_than_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes((SAMPLES / "bulletin.docx").read_bytes())
    assert [n.reader for n in read_paths([tmp_path]).files] == ["Word"]
