"""A real sample of each format gives its articles, with what it says of itself."""

from __future__ import annotations

from pathlib import Path

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
