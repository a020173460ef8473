"""What a reader saves from the page is what the build itself writes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hostile import NAMES, hostile
from rdflib import Graph
from sample import sample

from kg.export.html import write_html
from kg.export.rdf import to_rdflib
from kg.graph import KnowledgeGraph


def saved(graph: KnowledgeGraph, folder: Path, **options: str) -> dict[str, Any]:
    """Write a graph as a page, and return what the page saves."""
    page = folder / "graph.html"
    with open(page, "w", encoding="utf-8", newline="\n") as stream:
        write_html(graph, stream, **options)
    script = Path(__file__).with_name("export.js")
    ran = subprocess.run(["node", str(script), str(page)], capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stderr.decode()
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def of_sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return saved(sample(), tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def of_hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return saved(hostile(), tmp_path_factory.mktemp("hostile"))


def test_the_whole_graph_as_turtle_is_the_graph_of_the_build(of_sample: dict[str, Any]) -> None:
    written = set(Graph().parse(data=of_sample["turtle"], format="turtle"))
    built = set(to_rdflib(sample()))
    assert written - built == set()
    assert built - written == set()


def test_turtle_has_the_base_of_the_build(tmp_path: Path) -> None:
    base = "https://data.example.org/qingxi#"
    turtle = saved(sample(), tmp_path, base=base)["turtle"]
    assert set(Graph().parse(data=turtle, format="turtle")) == set(to_rdflib(sample(), base))


def test_hostile_names_say_in_turtle_what_they_say_in_the_build(of_hostile: dict[str, Any]) -> None:
    assert set(Graph().parse(data=of_hostile["turtle"], format="turtle")) == set(to_rdflib(hostile()))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_statements_as_csv_hold_value_unit_time_and_words(of_sample: dict[str, Any]) -> None:
    text = of_sample["zh"]["statements"]
    assert text.startswith("\ufeff")
    output = next(row for row in rows(text) if row["关系或指标"] == "产值")
    assert (output["主语"], output["数值"], output["单位"]) == ("青竹科技有限公司", "327000000", "元")
    assert (output["时间"], output["最早"], output["最晚"]) == ("2022-01/2022-06", "2022-01-01", "2022-06-30")
    assert output["原文"] == "1至6月产值3.27亿元，同比增长24.5%"
    assert output["标识符"].startswith("https://w3id.org/local-governance/id/statement/")


def test_entities_as_csv_hold_all_of_them(of_sample: dict[str, Any]) -> None:
    found = {row["Identifier"]: row for row in rows(of_sample["en"]["entities"])}
    assert len(found) == len(sample().entities)
    town = found["https://w3id.org/local-governance/id/place/990101101"]
    assert (town["Name"], town["Also called"], town["Place"]) == ("白石镇", "白石", "青溪县")
    assert town["Division code"] == "990101101"


def test_hostile_names_stay_text_in_csv(of_hostile: dict[str, Any]) -> None:
    found = rows(of_hostile["zh"]["statements"])
    assert len(found) == 3 * len(NAMES)
    cells = [cell for row in found for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
