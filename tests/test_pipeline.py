"""The stages in order: the same input gives the same bytes, and an output folder is replaced as a whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import kg
from kg import pipeline
from kg.errors import NoArticleError, OutputError
from kg.output import STATE
from kg.pipeline import BuildResult, build, write_output

SEEDS = Path(__file__).parents[1] / "seeds"
DEV = Path(__file__).parent / "gold" / "dev"


@pytest.fixture(scope="module")
def result() -> BuildResult:
    return build(SEEDS)


def output_of(result: BuildResult, folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in write_output(result, folder) if p.stem != "report"}  # it holds times


def test_build_is_offered_by_the_package(result: BuildResult) -> None:
    assert kg.build is build
    graph = result.to_networkx()
    assert graph.number_of_nodes() == len(result.graph.entities)
    assert graph.number_of_edges() > 0


def test_every_statement_rests_on_words_of_an_article(result: BuildResult) -> None:
    graph = result.graph
    for passage in graph.passages.values():
        assert graph.articles[passage.article].text[passage.start : passage.end] == passage.text
    for statement in graph.statements.values():
        assert all(p in graph.passages for p in statement.passages)


def test_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    files = [*sorted(DEV.glob("*.txt")), *SEEDS.glob("*.txt")]
    forward = output_of(build(files), tmp_path / "1")
    backward = output_of(build(files[::-1]), tmp_path / "2")
    assert forward == backward


def test_place_of_the_folder_does_not_matter(tmp_path: Path, result: BuildResult) -> None:
    shutil.copytree(SEEDS, tmp_path / "elsewhere" / "pages")
    copied = build(tmp_path / "elsewhere" / "pages")
    assert output_of(copied, tmp_path / "1") == output_of(result, tmp_path / "2")


def test_progress_is_told_for_each_stage() -> None:
    calls: list[tuple[str, int, int]] = []
    build(DEV, progress=lambda *call: calls.append(call))
    assert list(dict.fromkeys(stage for stage, _, _ in calls)) == ["read", "extract", "resolve"]
    assert all(0 <= done <= total for _, done, total in calls)


def test_nothing_to_read_gives_an_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("没有句号的一行", encoding="utf-8")
    empty = build(tmp_path)
    assert not empty.graph.articles
    assert [type(f) for f in empty.failures] == [NoArticleError]
    assert empty.summary["failures"][0]["error"] == "NoArticleError"


def test_other_files_in_the_output_stay(tmp_path: Path, result: BuildResult) -> None:
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")
    (tmp_path / "graph.ttl").write_text("old", encoding="utf-8")
    write_output(result, tmp_path)
    assert (tmp_path / "notes.md").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8") != "old"
    assert sorted(p.name for p in (tmp_path / STATE).iterdir()) == [".gitignore", "lock", "manifest.json"]


def test_a_failing_exporter_leaves_the_old_output(
    tmp_path: Path, result: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graph.ttl").write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline, "write_summary", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_output(result, tmp_path)
    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir() if p.is_file()} == {"graph.ttl": "old"}


def test_a_failing_rename_puts_the_old_files_back(tmp_path: Path, result: BuildResult) -> None:
    (tmp_path / "graph.ttl").write_text("old", encoding="utf-8")
    (tmp_path / "summary.json").mkdir()  # a folder stands where the file should go
    with pytest.raises(OutputError):
        write_output(result, tmp_path)
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == [STATE, "graph.ttl", "summary.json"]


def test_an_interruption_between_two_renames_puts_the_old_files_back(
    tmp_path: Path, result: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graph.ttl").write_text("old", encoding="utf-8")
    rename = os.replace

    def interrupted(source: Path, target: Path) -> None:
        if target.name == "summary.json":
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_output(result, tmp_path)
    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir() if p.is_file()} == {"graph.ttl": "old"}
