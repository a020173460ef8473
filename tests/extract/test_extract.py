"""What holds for whatever the extractors find: every record rests on words of its article."""

from __future__ import annotations

from collections.abc import Iterator

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


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=3), max_size=30))
def test_any_text_is_read_without_error_and_every_passage_is_its_words(parts: list[str]) -> None:
    text = "报道\n\n" + "".join(parts).replace("\r", "") + "这是一段完整的话。"
    document = Document("a.txt", text, "0" * 64, Metadata("2022-07", "", "嘉兴市"))
    graph = resolve([document], [(a, extract(a)) for a in split_articles(document)])
    for passage in graph.passages.values():
        assert graph.articles[passage.article].text[passage.start : passage.end] == passage.text != ""
