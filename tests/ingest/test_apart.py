"""Inputs that are read by several machines, each a part, give the documents that one machine reads."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kg.errors import EmptyInputError, MissingInputError
from kg.ingest import read_paths
from kg.ingest.apart import parted, read_apart
from kg.ingest.reading import joined

PAGE = "近日，河阳镇党委书记张三到红旗村调研。\n"


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    for name in ("a/04.txt", "b/04.txt", "a/2022-07-16/1.txt", "b/more.zip.d/1.txt", "a/empty.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("" if "empty" in name else PAGE + name, encoding="utf-8")
    (tmp_path / "a" / "04.meta.toml").write_text('newspaper = "某报"\n', encoding="utf-8")
    (tmp_path / "a" / "kg.toml").write_text('paths = "{published}/{*}.txt"\n', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "a" / "more.zip", "w") as archive:
        archive.writestr("1.txt", PAGE * 2)
        archive.writestr("2.txt", PAGE * 3)
    (tmp_path / "c" / "more.zip").mkdir(parents=True)
    (tmp_path / "c" / "more.zip" / "1.txt").write_text(PAGE * 4, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return ["a", "b", "c", "nowhere"]


def test_the_documents_are_the_same(papers: list[str]) -> None:
    parts = parted(papers)
    read = joined([parts.together, *(reading for text in parts.apart for reading in read_apart([text]))])
    whole = read_paths(papers)
    assert len(whole.documents) == 7
    assert sorted(read.documents, key=lambda d: d.source) == list(whole.documents)
    assert {type(f) for f in read.failures} == {type(f) for f in whole.failures} == {EmptyInputError, MissingInputError}


def test_those_with_one_source_are_read_together_and_the_others_apart(papers: list[str]) -> None:
    parts = parted(papers)
    assert {d.source.partition("~")[0] for d in parts.together.documents} == {"04", "more.zip/1", "more.zip/2.txt"}
    assert len(parts.apart) == 3


def test_another_working_folder_changes_nothing(papers: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parted(papers)
    monkeypatch.chdir("/")
    assert sum(len(reading.documents) for reading in read_apart(parts.apart)) == 2
