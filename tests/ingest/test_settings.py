"""What the path of a file tells, by the pattern of `kg.toml` or by a date that is written in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ingest import read_paths
from kg.ingest.settings import Settings
from kg.model import Metadata

TOML = """
paths = "{newspaper}/{published}/{*}.txt"

[newspapers.jxrb]
name = "嘉兴日报"
home = "嘉兴市"
"""


def write(path: Path, text: str = "昨晚，村口的路灯第一次亮了。") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path) -> list[Metadata]:
    found = read_paths([folder])
    assert not found.failures
    return [d.metadata for d in found.documents]


def test_a_pattern_reads_newspaper_day_and_home_from_the_path(tmp_path: Path) -> None:
    write(tmp_path / "kg.toml", TOML)
    write(tmp_path / "jxrb" / "2022-07-16" / "04.txt")
    write(tmp_path / "other" / "202207" / "a" / "04.txt")
    write(tmp_path / "loose.txt")
    assert told(tmp_path) == [
        Metadata("2022-07-16", "嘉兴日报", "嘉兴市"),
        Metadata(),
        Metadata("2022-07", "other", ""),
    ]


def test_the_sidecar_is_believed_before_the_path_field_by_field(tmp_path: Path) -> None:
    write(tmp_path / "kg.toml", TOML)
    write(tmp_path / "jxrb" / "2022-07-16" / "04.txt")
    write(tmp_path / "jxrb" / "2022-07-16" / "04.meta.toml", 'published = "2022-07-15"')
    assert told(tmp_path) == [Metadata("2022-07-15", "嘉兴日报", "嘉兴市")]


def test_the_file_itself_is_believed_before_its_path(tmp_path: Path) -> None:
    write(tmp_path / "2022-07-16" / "a.jsonl", '{"text": "路灯亮了。", "date": "2021-03-02"}')
    assert told(tmp_path) == [Metadata("2021-03-02")]


def test_the_home_of_a_newspaper_is_known_wherever_the_file_names_it(tmp_path: Path) -> None:
    write(tmp_path / "kg.toml", TOML)
    write(tmp_path / "a.jsonl", '{"text": "路灯亮了。", "报纸": "嘉兴日报"}\n{"text": "桥通了。", "报纸": "别的报"}')
    assert told(tmp_path) == [Metadata("", "嘉兴日报", "嘉兴市"), Metadata("", "别的报", "")]


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("2022-07-16/a.txt", "2022-07-16"),
        ("page-20220716.txt", "2022-07-16"),
        ("2022/07/16/a.txt", "2022-07-16"),
        ("2022年07月16日.txt", "2022-07-16"),
        ("20221350.txt", ""),
        ("000_3a2bb6f42732ac95.txt", ""),
        ("1202207165.txt", ""),
    ],
)
def test_without_a_pattern_only_a_written_date_counts(tmp_path: Path, path: str, published: str) -> None:
    write(tmp_path / path)
    assert told(tmp_path) == [Metadata(published)]


def test_a_pattern_that_fits_in_very_many_ways_is_soon_tried() -> None:
    settings = Settings("{*}a" * 12 + "{newspaper}/{*}")
    assert settings.metadata("a" * 4000 + ".txt") == Metadata()
    assert settings.metadata("a" * 40 + "/b.txt") == Metadata(newspaper="a")


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("paths = 3", "paths must be text"),
        ('paths = "{nonsense}"', "unknown field {nonsense}"),
        ('paths = "{home}/{home}"', "{home} stands twice"),
        ("[newspapers]\na = 1", "newspapers.a may hold"),
        ('[columns]\nwhat = "a"', "unknown column what"),
        ("colour = 1", "unknown key colour"),
        ("paths = ", "Invalid value"),
    ],
)
def test_broken_settings_are_told_once(tmp_path: Path, toml: str, problem: str) -> None:
    write(tmp_path / "kg.toml", toml)
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    found = read_paths([tmp_path])
    (failure,) = found.failures
    assert not found.documents
    assert problem in str(failure)
    assert "kg.toml" in str(failure)
