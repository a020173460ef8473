"""Texts in traditional characters: understood as simplified ones are, every name as it is printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.characters import is_traditional, same_script, simplified
from kg.ingest import read_paths
from kg.model import Document, EntityType, Metadata, Position, Relation
from kg.pipeline import build, mentions
from kg.text import folded
from kg.traditional import as_printed, in_simplified
from kg.understanding import understand
from kg.vocab import lexicon

ROOT = Path(__file__).parents[1]
PAGE = """金融助力 繪就鄉村振興新圖景

本報記者 王建國 通訊員 李小芳

今年，嘉興市秀洲區新塍鎮黨委書記張偉走進潘家浜村。「以前出門要打手電，現在好了。」村民說。農行嘉興分行
為潘家浜村發放貸款900萬元。

圖為村民在曬穀場上。 王建國 攝
"""


def in_traditional(text: str) -> str:
    """Return a simplified text in traditional characters, where only one stands for the simplified one."""
    pairs: dict[str, list[str]] = {}
    for row in lexicon("traditional"):
        pairs.setdefault(row["simplified"], []).append(row["traditional"])
    return text.translate({ord(s): t[0] for s, t in pairs.items() if len(t) == 1})


def test_a_page_gives_its_article_and_names_as_printed() -> None:
    understood = understand(Document("page.txt", PAGE, "0", Metadata("2022-07")))
    assert isinstance(understood, list)
    ((article, found),) = understood
    assert article.title is not None
    assert article.title.of(article.text) == "金融助力 繪就鄉村振興新圖景"
    assert [s.of(article.text) for s in article.authors] == ["王建國", "李小芳"]
    assert [s.of(article.text) for s in article.captions] == ["圖為村民在曬穀場上。 王建國 攝"]
    assert "「以前出門要打手電，現在好了。」" in article.text
    assert "嘉興分行為潘家浜村" in article.text  # the line break is mended
    named = {m.text: (m.type, m.code) for m in found.mentions}
    assert named["嘉興市"] == (EntityType.PLACE, "330400")
    assert named["新塍鎮"] == (EntityType.PLACE, "330411104")
    assert named["農行嘉興分行"][0] is EntityType.ORGANIZATION
    assert [(f.person.text, f.role) for f in found.facts if isinstance(f, Position)] == [("張偉", "书记")]
    within = [
        (f.subject.text, f.object.text) for f in found.facts if isinstance(f, Relation) and f.predicate == "within"
    ]
    assert ("新塍鎮", "秀洲區") in within


@pytest.mark.parametrize("name", ["451.txt", "453.txt", "456.txt"])
def test_the_same_is_found_in_either_script(name: str) -> None:
    (document,) = read_paths([ROOT / "tests" / "corpus" / "dev" / name]).documents
    twin = replace(document, text=in_traditional(document.text))
    assert is_traditional(twin.text)
    assert not is_traditional(document.text)
    simple, printed = understand(in_simplified(twin)), understand(twin)
    assert isinstance(simple, list)
    assert isinstance(printed, list)
    for (article, found), (other, shown) in zip(simple, printed, strict=True):
        assert simplified(other.text) == simplified(article.text)
        assert [(m.start, m.end, m.type, m.code) for m in found.mentions] == [
            (m.start, m.end, m.type, m.code) for m in shown.mentions
        ]
        assert all(other.text[m.start : m.end] == m.text for m in shown.mentions)
        assert len(found.facts) == len(shown.facts)
    assert all(line in twin.text for other, _ in printed for line in other.text.split("\n")[:1])


def test_a_name_in_both_scripts_is_one_entity(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("昨天，嘉兴市绿盾环保科技有限公司在秀洲区开业。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("昨天，嘉興市綠盾環保科技有限公司在秀洲區開業，書記張偉說。", encoding="utf-8")
    firms = [e for e in build(tmp_path).graph.entities.values() if e.type is EntityType.ORGANIZATION]
    assert len(firms) == 1
    assert {firms[0].label, *firms[0].aliases} >= {"嘉兴市绿盾环保科技有限公司"}


def test_mentions_of_a_line_are_as_printed() -> None:
    line = "海鹽縣公安局民警李建國走進武原街道。"
    found = mentions(line)
    assert [m.text for m in found][:2] == ["海鹽縣公安局", "李建國"]
    assert all(line[m.start : m.end] == m.text for m in found)


def test_surnames_that_simplified_text_has_are_told_apart() -> None:
    assert folded("嘉興日報") == folded("嘉兴日报")
    assert folded("於海") != folded("于海")
    assert not is_traditional("毕昇和於海在乾县走了一天，没有说话，天黑了才回到村里。")


@given(st.text())
def test_the_length_of_any_text_stays(text: str) -> None:
    assert len(simplified(text)) == len(text) == len(same_script(text))
    is_traditional(text)


def test_simplified_documents_are_left_alone() -> None:
    document = Document("a.txt", "昨晚，路灯亮了。", "0")
    assert in_simplified(document) == document
    assert as_printed(document, []) == []
