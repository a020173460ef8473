"""What holds for whatever the extractors find: every record rests on words of its article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.extract
from kg.errors import UnprovenError
from kg.extract import extract
from kg.layout import split_articles
from kg.model import Article, Document, EntityType, Fact, Findings, Mention, Metadata, Relation, Span
from kg.resolve import resolve

_TEXT = "秀洲区新塍镇推行“早晚办”机制。"
_WORDS = [
    "秀洲区",
    "新塍镇",
    "村党支部书记",
    "王建国",
    "说",
    "，",
    "。",
    "“早晚办”",
    "机制",
    "推行",
    "2019年",
    "3.5万元",
    "、",
    "\n\n",
]


def _article() -> Article:
    return Article("a.txt", 1, _TEXT, paragraphs=(Span(0, len(_TEXT)),), metadata=Metadata("2022-07", "", "嘉兴市"))


def _town(start: int = 3) -> Mention:
    return Mention(start, start + 3, "新塍镇", EntityType.PLACE, "test")


def _misplaced(article: Article, found: Findings) -> Iterator[Mention]:
    yield _town(start=2)


def _without_words(article: Article, found: Findings) -> Iterator[Fact]:
    yield Relation(subject=_town(), predicate="within", object=_town(), evidence=Span(4, 4), rule="test")


@pytest.mark.parametrize("extractor", [_misplaced, _without_words])
def test_a_rule_that_states_what_no_words_say_is_refused(monkeypatch, extractor) -> None:
    monkeypatch.setattr(kg.extract, "EXTRACTORS", (extractor,))
    with pytest.raises(UnprovenError, match=r"a\.txt: _"):
        extract(_article())


_CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("[td]*/*.txt"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(_CORPUS), st.integers(0, 1200), st.integers(1, 90))
def test_a_text_may_begin_and_end_anywhere(path: Path, start: int, length: int) -> None:
    """`农户帕提古丽`, and there the line ends: nothing may look for the next character."""
    text = "".join(path.read_text(encoding="utf-8").split())
    text = text[start % len(text) :][:length]
    extract(Article("a.txt", 1, text, paragraphs=(Span(0, len(text)),), metadata=Metadata("2022-07", "", "嘉兴市")))


@pytest.mark.parametrize(
    "text", ["农户帕提古丽", "亚格欧壤村的农户帕提古丽", "官阿尔布尔", "“", "的", "1", "、", "他", "王某"]
)
def test_a_text_of_a_few_characters_is_no_error(text: str) -> None:
    extract(Article("a.txt", 1, text, paragraphs=(Span(0, len(text)),)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=3), max_size=30))
def test_any_text_is_read_without_error_and_every_passage_is_its_words(parts: list[str]) -> None:
    text = "报道\n\n" + "".join(parts).replace("\r", "") + "这是一段完整的话。"
    document = Document("a.txt", text, "0" * 64, Metadata("2022-07", "", "嘉兴市"))
    graph = resolve([document], [(a, extract(a)) for a in split_articles(document)])
    for passage in graph.passages.values():
        assert graph.articles[passage.article].text[passage.start : passage.end] == passage.text != ""
