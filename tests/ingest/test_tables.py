"""JSON Lines and CSV: one document a row."""

from __future__ import annotations

import json
from pathlib import Path

from kg.ingest import read_paths
from kg.layout import split_articles
from kg.model import Metadata

BODY = "昨晚，村口的路灯第一次亮了。\n村民说，从此不再摸黑。"


def test_each_line_of_json_is_a_document(tmp_path: Path) -> None:
    rows = [
        {"标题": "路灯亮了", "正文": BODY, "作者": "甲乙丙", "日期": "2022年7月16日", "报纸": "某某日报"},
        {"正文": BODY},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = read_paths([tmp_path])
    assert [d.source for d in found.documents] == ["a.jsonl#1", "a.jsonl#2"]
    assert found.documents[0].metadata == Metadata("2022-07-16", "某某日报")
    (article,) = split_articles(found.documents[0])
    assert article.title is not None
    assert article.title.of(article.text) == "路灯亮了"
    assert [s.of(article.text) for s in article.authors] == ["甲乙丙"]
    assert len(article.paragraphs) == 2
    assert [(n.source, n.reader, n.documents) for n in found.files] == [("a.jsonl", "JSON Lines", 2)]


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    lines = ['{"text": "路灯亮了。"}', "{broken", "[1]", "[" * 100_000, '{"text": "half \\ud800 character"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = read_paths([tmp_path])
    assert [d.text for d in found.documents] == ["路灯亮了。", "half \ufffd character"]
    assert [f.place for f in found.failures] == ["line 2", "line 3", "line 4"]


def test_csv_is_read_with_its_columns_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(f'\ufeff标题;内容;日期\r\n路灯亮了;"{BODY}";20220716\r\n空;;\r\n'.encode())
    found = read_paths([tmp_path])
    assert [d.source for d in found.documents] == ["a.csv#3"]
    assert found.documents[0].text == "路灯亮了\n" + BODY
    assert found.documents[0].metadata.published == "2022-07-16"


def test_the_columns_can_be_named_in_the_settings(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('[columns]\ntext = "report"\n', encoding="utf-8")
    (tmp_path / "a.csv").write_text("id,report\n1,路灯亮了。\n", encoding="utf-8")
    assert [d.text for d in read_paths([tmp_path]).documents] == ["路灯亮了。"]


def test_a_table_without_a_text_says_which_columns_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,value\n1,2\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("\n \n{}\n", encoding="utf-8")
    first, second = map(str, read_paths([tmp_path]).failures)
    assert "no column for the text among id, value" in first
    assert "b.jsonl" in second
