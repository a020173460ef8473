"""A file whose reader is slow is read once; what was read of it is what reading it again would give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import cache, ingest
from kg.errors import CacheError, KgError, ReaderLimitError
from kg.ingest import Reading, read_paths
from kg.ingest.isolation import Later, Readers
from kg.ingest.reading import Source
from kg.ingest.settings import Settings

SAMPLES = Path(__file__).parent / "samples"
EMPTY: dict[str, list[object]] = {"documents": [], "failures": [], "warnings": [], "files": []}
SLOW = ["archive.zip", "bulletin.docx", "page.html", "post.md"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for name in [*SLOW, "rows.csv"]:
        shutil.copy(SAMPLES / name, place / name)
    (place / "page.txt").write_text("新塍镇启动了。", encoding="utf-8")
    (place / "broken.docx").write_bytes(b"PK\3\4 no archive")
    return place


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, not recalled."""
    seen: list[str] = []
    begin = Readers.begin

    def noted(self: Readers, source: Source, settings: Settings) -> Reading | Later:
        seen.append(source.name)
        return begin(self, source, settings)

    monkeypatch.setattr(Readers, "begin", noted)
    return seen


def reading_of(folder: Path, warnings: list[KgError]) -> Reading:
    with cache.opened(folder.parent, warnings.append) as earlier:
        return read_paths([folder], earlier)


def as_text(reading: Reading) -> str:
    """Errors have no equality of their own."""
    told = [str(e) for e in (*reading.failures, *reading.warnings)]
    return repr((reading.documents, told, reading.files))


def test_what_was_read_is_recalled_until_its_bytes_or_columns_change(folder: Path, read_files: list[str]) -> None:
    first = reading_of(folder, [])
    assert set(SLOW) < set(read_files)
    read_files.clear()
    assert as_text(reading_of(folder, [])) == as_text(first)
    assert set(read_files) == {"broken.docx", "page.txt", "rows.csv"}
    read_files.clear()
    (folder / "post.md").write_text("# 另一个标题\n\n富园社区启动了爱心凉茶。\n", encoding="utf-8")
    changed = reading_of(folder, [])
    assert "post.md" in read_files
    assert not {"bulletin.docx", "page.html", "archive.zip"} & set(read_files)
    assert as_text(changed) == as_text(read_paths([folder]))
    read_files.clear()
    (folder / "kg.toml").write_text('[columns]\ntext = "正文"\n', encoding="utf-8")
    assert as_text(reading_of(folder, [])) == as_text(read_paths([folder]))
    assert "archive.zip" in read_files


def test_a_reader_that_ran_out_of_time_is_asked_again(
    folder: Path, read_files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Reading(failures=(ReaderLimitError("archive.zip/page.pdf", "no answer"),))
    with monkeypatch.context() as patch:
        patch.setattr(Readers, "begin", lambda *_: lambda: slow)
        assert len(reading_of(folder, []).failures) == 1
    reading_of(folder, [])
    assert "archive.zip" in read_files


@pytest.mark.parametrize(
    "value",
    [{}, 3, {**EMPTY, "files": [{"source": 1, "reader": "", "documents": 1, "note": ""}]}],
)
def test_a_reading_that_cannot_be_one_is_dropped_with_a_warning(
    folder: Path, monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    first = reading_of(folder, [])
    with monkeypatch.context() as patch:
        patch.setattr(ingest.recalled, "to_json", lambda _: value)
        (folder.parent / "findings.sqlite").unlink()
        reading_of(folder, [])
    warnings: list[KgError] = []
    assert as_text(reading_of(folder, warnings)) == as_text(first)
    assert {type(w) for w in warnings} == {CacheError}
