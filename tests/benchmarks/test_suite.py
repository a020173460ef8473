"""The suite measures builds that are whole and writers that write the same, and shows what it keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import suite
from big_text import write_articles
from chart import Aim, Bar, Panel
from lxml import etree
from measured import ROOT
from section import Section
from stages import STAGES, Stages, memory_and_quality
from writers import WRITERS, _prepare

from kg.model import Document, Metadata
from kg.pipeline import build

SECTION = Section(
    "Speed",
    "Some words.",
    ["", "seconds", "aim"],
    [["ours", "1.50", "< 2"], ["theirs, 3 files", "3.00", ""]],
    [Panel("Seconds", [Bar("ours", 1.5, "1.5 s"), Bar("theirs", 3, "3 s", is_own=False)], Aim("aim", 2))],
)


def test_a_section_is_the_same_when_it_was_kept() -> None:
    assert Section.again(json.loads(json.dumps(SECTION.kept()))).as_markdown() == SECTION.as_markdown()
    assert Section.again(json.loads(json.dumps(SECTION.kept()))).panels == SECTION.panels


def test_words_stand_on_the_left_and_figures_on_the_right() -> None:
    assert "| --- | ---: | ---: |" in SECTION.as_markdown()


def test_the_figures_of_a_run_make_its_tables_and_its_plot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(suite.MEASUREMENTS, "start", lambda is_long: [SECTION])
    suite.keep(tmp_path / "suite.json", suite.measured(["start"], is_long=False))
    suite.show(tmp_path)
    tables = (tmp_path / "suite.md").read_text(encoding="utf-8")
    assert SECTION.as_markdown() in tables
    assert "jieba 0." in tables and "cores" in tables
    texts = [t.text for t in etree.parse(tmp_path / "suite.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert {"ours", "1.5 s", "theirs", "aim"} <= set(texts)


def test_the_documentation_shows_the_figures_that_it_keeps(tmp_path: Path) -> None:
    kept = ROOT / "docs" / "performance"
    (tmp_path / "suite.json").write_bytes((kept / "suite.json").read_bytes())
    suite.show(tmp_path)
    for name in ("suite.md", "suite.svg"):
        assert (tmp_path / name).read_bytes() == (kept / name).read_bytes(), f"{name}: run `make bench`"


def test_the_stages_together_are_a_build(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    documents = []
    for article in write_articles(3):
        metadata = Metadata(published=article.published, home=article.home)
        documents.append(Document(f"{article.name}.txt", article.text, "", metadata))
        (tmp_path / "in" / f"{article.name}.txt").write_text(article.text, encoding="utf-8")
        sidecar = f'published = "{article.published}"\nhome = "{article.home}"\n'
        (tmp_path / "in" / f"{article.name}.meta.toml").write_text(sidecar, encoding="utf-8")
    stages = Stages(documents, tmp_path)
    for stage in STAGES:
        stages.run(stage)
    assert stages.graph.entities == build(tmp_path / "in").graph.entities
    assert all((tmp_path / f"graph.{suffix}").stat().st_size for suffix in ("ttl", "nq", "html"))


def test_memory_and_quality_are_measured_in_processes_of_their_own() -> None:
    memory, quality = memory_and_quality(20)
    assert [row[0] for row in memory.rows] == list(STAGES)
    assert all(float(row[1]) > 20 and float(row[2].replace(",", "")) >= 0 for row in memory.rows)
    scores = {row[0]: float(row[3]) for row in quality.rows}
    assert scores["entities"] > 0.9 and scores["all statements"] > 0.8


def test_all_writers_write_the_same_triples(tmp_path: Path) -> None:
    number = _prepare(tmp_path, 1)
    for write in WRITERS.values():
        seconds, megabytes = write(tmp_path)
        assert seconds > 0 and megabytes > 20
    ours, rdflibs, oxigraphs = (_triples(tmp_path / name) for name in ("kg.ttl", "rdflib.ttl", "ox.ttl"))
    assert len(ours) == number
    assert ours == oxigraphs == rdflibs


def _triples(path: Path) -> set[str]:
    """Return triples as texts; rdflib writes the number 44 as 44.0."""
    return {str(quad.triple).replace('.0"^^', '"^^') for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
