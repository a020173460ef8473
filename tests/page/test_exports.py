"""What a reader saves from the page is what the build itself writes."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import NAMES, hostile
from rdflib import Graph
from rdflib.compare import to_isomorphic

from kg.export.html import write_html
from kg.export.rdf import to_rdflib
from kg.graph import KnowledgeGraph

Save = Callable[..., str]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Write a graph as a page, and return what the page saves."""

    def saved(graph: KnowledgeGraph, kind: str, language: str = "zh", **options: str) -> str:
        page = tmp_path / "graph.html"
        with open(page, "w", encoding="utf-8", newline="\n") as stream:
            write_html(graph, stream, **options)
        script = Path(__file__).with_name("export.js")
        ran = subprocess.run(["node", str(script), str(page), kind, language], capture_output=True, timeout=60)
        assert ran.returncode == 0, ran.stderr.decode()
        return ran.stdout.decode("utf-8")

    return saved


def test_the_whole_graph_as_turtle_is_the_graph_of_the_build(save: Save, sample_graph: KnowledgeGraph) -> None:
    saved = Graph().parse(data=save(sample_graph, "turtle"), format="turtle")
    built = to_rdflib(sample_graph)
    assert {t for t in saved if t not in built} == set()
    assert {t for t in built if t not in saved} == set()
    assert to_isomorphic(saved) == to_isomorphic(built)


def test_turtle_has_the_base_of_the_build(save: Save, sample_graph: KnowledgeGraph) -> None:
    base = "https://data.example.org/qingxi#"
    saved = Graph().parse(data=save(sample_graph, "turtle", base=base), format="turtle")
    assert set(saved) == set(to_rdflib(sample_graph, base))


def test_hostile_names_say_in_turtle_what_they_say_in_the_build(save: Save) -> None:
    saved = Graph().parse(data=save(hostile(), "turtle"), format="turtle")
    assert set(saved) == set(to_rdflib(hostile()))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_statements_as_csv_hold_value_unit_time_and_words(save: Save, sample_graph: KnowledgeGraph) -> None:
    text = save(sample_graph, "statements")
    assert text.startswith("\ufeff")
    output = next(row for row in rows(text) if row["关系或指标"] == "产值")
    assert (output["主语"], output["数值"], output["单位"]) == ("青竹科技有限公司", "327000000", "元")
    assert (output["时间"], output["最早"], output["最晚"]) == ("2022-01/2022-06", "2022-01-01", "2022-06-30")
    assert output["原文"] == "1至6月产值3.27亿元，同比增长24.5%"
    assert output["标识符"].startswith("https://w3id.org/local-governance/id/statement/")


def test_entities_as_csv_hold_all_of_them(save: Save, sample_graph: KnowledgeGraph) -> None:
    found = {row["Identifier"]: row for row in rows(save(sample_graph, "entities", "en"))}
    assert len(found) == len(sample_graph.entities)
    town = found["https://w3id.org/local-governance/id/place/990101101"]
    assert (town["Name"], town["Also called"], town["Place"]) == ("白石镇", "白石", "青溪县")
    assert town["Division code"] == "990101101"


def test_hostile_names_stay_text_in_csv(save: Save) -> None:
    found = rows(save(hostile(), "statements"))
    assert len(found) == 3 * len(NAMES)
    cells = [cell for row in found for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
