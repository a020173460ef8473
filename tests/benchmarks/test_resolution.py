"""Copies of rows grow as invented articles do, and resolution of them is that of a build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from big_text import write_articles, write_folder
from copies import Sample, copies, read
from resolution import as_table, fill, measure, resolve

from kg.engines.building import build_on_disk
from kg.engines.rows import Row
from kg.vocab import divisions

ARTICLES = 220  # of two counties


@pytest.fixture(scope="module")
def sample() -> Sample:
    return read(ARTICLES)


def keys(rows: list[list[Row]]) -> set[str]:
    return {row.id for article in rows for row in article if row.kind == "told"}


def test_the_first_copy_is_what_was_read(sample: Sample, tmp_path: Path) -> None:
    write_folder(write_articles(ARTICLES), tmp_path / "in")
    built = build_on_disk([tmp_path / "in"], tmp_path / "out", processes=1)
    fill(tmp_path / "rows.sqlite", copies(sample, ARTICLES))
    found = resolve(tmp_path / "rows.sqlite")
    assert found["entities"] == built.counts["entities"]


def test_copies_have_entities_of_their_own_but_for_what_counties_share(sample: Sample) -> None:
    rows = list(copies(sample, 3 * ARTICLES))
    first, second, third = (keys(rows[n * ARTICLES : (n + 1) * ARTICLES]) for n in range(3))
    shared = first & second
    assert shared == second & third
    assert {key.partition("|")[0] for key in shared} <= {"Honour", "Group", "Product"}
    assert not [key for key in first | second | third if "\ue000" in key]


def test_places_of_copies_are_real_ones(sample: Sample) -> None:
    places = {key.split("|")[1] for key in keys(list(copies(sample, 2 * ARTICLES))) if key.count("|") == 1}
    assert len(places) > 100
    assert all(divisions.by_code(code) for code in places)


def test_each_cluster_is_told_its_entity(sample: Sample, tmp_path: Path) -> None:
    rows = list(copies(sample, 2 * ARTICLES))
    fill(tmp_path / "rows.sqlite", rows)
    clusters = sum(row.kind == "cluster" for article in rows for row in article)
    assert resolve(tmp_path / "rows.sqlite")["clusters"] == clusters


def test_a_size_is_measured_and_shown(sample: Sample, tmp_path: Path) -> None:
    rows = [measure(sample, size, tmp_path / str(size)) for size in (50, 100) if not (tmp_path / str(size)).mkdir()]
    assert json.dumps(rows)
    assert all(row["peak"] > 20 and row["stored"] > 0 for row in rows)
    assert as_table(rows).count("\n") == 5
    assert "**exponent**" in as_table(rows)
