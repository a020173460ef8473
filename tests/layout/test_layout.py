"""Pages as data: each `tests/cases/layout/X.txt` must give the articles of `X.json`, and the real page its gold."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NoArticleError
from kg.ingest import read_paths
from kg.layout import split_articles
from kg.model import Article, Document, Span

TESTS = Path(__file__).parents[1]
CASES = sorted((TESTS / "cases" / "layout").glob("*.txt"))
GOLD = TESTS / "gold"


def articles_of(text: str) -> list[Article]:
    return split_articles(Document("page.txt", text, "0" * 64))


def parts(article: Article) -> dict[str, Any]:
    def of(spans: tuple[Span, ...]) -> list[str]:
        return [span.of(article.text) for span in spans]

    return {
        "title": article.title.of(article.text) if article.title else "",
        "authors": of(article.authors),
        "photographers": of(article.photographers),
        "paragraphs": of(article.paragraphs),
        "captions": of(article.captions),
    }


@pytest.mark.parametrize("page", CASES, ids=lambda p: p.stem)
def test_page_gives_its_articles(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["articles"]
    assert [parts(a) for a in articles_of(page.read_text(encoding="utf-8"))] == expected


def test_the_real_page_is_cut_exactly() -> None:
    reading = read_paths([TESTS.parent / "seeds"])
    assert not reading.failures
    expected = json.loads((GOLD / "seed" / "layout.json").read_text(encoding="utf-8"))["articles"]
    found = [parts(a) for a in split_articles(reading.documents[0])]
    assert found == [{key: article[key] for key in found[0]} for article in expected]


@pytest.mark.parametrize("page", sorted((GOLD / "dev").glob("*.txt")), ids=lambda p: p.stem)
def test_other_newspapers_are_cut_right(page: Path) -> None:
    gold = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    found = [parts(a) for a in articles_of(page.read_text(encoding="utf-8"))]
    assert [a["title"] for a in found] == gold.get("titles", [gold["title"]])
    assert [n for a in found for n in a["authors"]] == gold["authors"]
    assert [n for a in found for n in a["photographers"]] == gold["photographers"]
    assert all(p.endswith(("。", "。”")) for a in found for p in a["paragraphs"])
    joined = "".join(p for a in found for p in a["paragraphs"])
    for fact in [*gold["facts"], *gold["dates"], *gold["observations"]]:
        assert fact["evidence"] in joined or any(fact["evidence"] in c for a in found for c in a["captions"])


@pytest.mark.parametrize("text", ["一行字", "没有句号的一行\n又一行", "README", "12 34\n56 78"])
def test_text_without_a_sentence_is_no_article(text: str) -> None:
    with pytest.raises(NoArticleError, match=r"page\.txt.*no article"):
        articles_of(text)


@given(
    st.lists(
        st.text(alphabet="甲乙丙王李记者摄文图：。，“”（）！？ \u3000/、通讯员本报讯12a\n", max_size=40), max_size=12
    )
)
def test_any_text_keeps_exact_spans_and_order(blocks: list[str]) -> None:
    try:
        articles = articles_of("\n\n".join(blocks))
    except NoArticleError:
        return
    for number, article in enumerate(articles, start=1):
        assert article.number == number
        body = [s for s in (article.title, *article.paragraphs, *article.captions) if s]
        assert all(a.end < b.start for a, b in pairwise(body))
        assert all("\n" not in s.of(article.text) and s.of(article.text).strip() for s in body)
        for name in (*article.authors, *article.photographers):
            assert name.end - name.start >= 2 and "\n" not in name.of(article.text)


def test_headlines_that_the_source_marks_are_all_there_are() -> None:
    text = "镇里的新事\n甲乙丙\n一、路灯亮了\n昨晚，村口的路灯第一次亮了。\n桥通了。\n另一件\n桥在村西，今天通了车。"
    titles = tuple(Span(text.index(t), text.index(t) + len(t)) for t in ("镇里的新事", "另一件"))
    found = [parts(a) for a in split_articles(Document("a.docx", text, "0", titles=titles, is_wrapped=False))]
    assert [a["title"] for a in found] == ["镇里的新事", "另一件"]
    assert found[0]["authors"] == ["甲乙丙"]
    assert found[0]["paragraphs"][0] == "一、路灯亮了"


def test_what_the_source_marks_as_a_headline_is_neither_imprint_nor_caption() -> None:
    text = "图为什么重要\n昨晚，村口的路灯第一次亮了。\n来源：一口井的故事\n桥在村西，今天通了车。"
    titles = (Span(0, 6), Span(text.index("来源"), text.index("来源") + 9))
    found = [parts(a) for a in split_articles(Document("a.html", text, "0", titles=titles))]
    assert [a["title"] for a in found] == ["图为什么重要", "来源：一口井的故事"]
