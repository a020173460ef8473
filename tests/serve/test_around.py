"""What the explorer fetches from the store as one walks: columns of a small part of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from crowd import COUNTY, VILLAGES, crowd
from sample import sample
from serving import running, written

from kg.export.contents import Contents
from kg.export.html.content import describe, texts
from kg.export.notations import write_nquads
from kg.graph import KnowledgeGraph, ends
from kg.serve.around import _unplaced, shares

TOWN = "place/990101101"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with running(written(sample(), tmp_path_factory.mktemp("sample"))) as (client, _):
        yield client


def around(client: httpx.Client, id_: str, **more: str) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/graph/around", params={"id": id_} | more).json()
    return told


def ids(core: dict[str, Any], table: str) -> list[str]:
    found: list[str] = core[table]["plain"].get("id", [])
    return found


def statements(core: dict[str, Any]) -> set[str]:
    return {i for table in core["statements"].values() for i in table["plain"]["id"]}


def about(graph: KnowledgeGraph, entity: str) -> set[str]:
    return {s.id for s in graph.statements.values() if entity in ends(s)}


def test_every_statement_about_an_entity_comes_with_all_that_a_built_page_tells_of_it(client: httpx.Client) -> None:
    graph = sample()
    told = around(client, TOWN)
    assert statements(told["core"]) == about(graph, TOWN)
    assert told["next"] is None
    assert told["total"] == sum(r["count"] for r in told["relations"]) == len(about(graph, TOWN))
    built, fetched = describe(graph, _unplaced(graph)), told["core"]
    for kind, table in fetched["statements"].items():
        whole = built["statements"][kind]["plain"]
        for i, confidence in zip(table["plain"]["id"], table["plain"]["confidence"], strict=True):
            assert confidence == whole["confidence"][whole["id"].index(i)]


def test_names_kinds_and_headlines_are_those_of_a_built_page(client: httpx.Client) -> None:
    graph, core = sample(), around(client, TOWN)["core"]
    for name in ("label", "aliases", "code"):
        expected = {e.id: getattr(e, name) for e in graph.entities.values()}
        for i, value in zip(ids(core, "entities"), core["entities"]["plain"][name], strict=True):
            assert value == (list(expected[i]) if name == "aliases" else expected[i])
    for i, headline in zip(ids(core, "articles"), core["articles"]["plain"]["headline"], strict=True):
        assert headline == graph.articles[i].headline


def test_an_article_comes_with_its_text_and_whom_it_names(client: httpx.Client) -> None:
    graph = sample()
    for number, article in enumerate(sorted(graph.articles)):
        told = client.get("/graph/article", params={"id": article}).json()
        whole = [row for block in texts(graph) for row in block][number]
        named = ids(told["core"], "entities")
        assert told["text"][0] == whole[0] == graph.articles[article].text
        mentioned = {named[n] for n in told["text"][3::3]}
        assert mentioned == {m.entity for m in graph.articles[article].mentions}


def test_a_statement_can_be_fetched_by_itself(client: httpx.Client) -> None:
    one = min(sample().statements)
    assert statements(around(client, one)["core"]) == {one}


def test_the_opening_shows_the_entities_with_the_most_links_and_what_links_them(client: httpx.Client) -> None:
    told = client.get("/graph/opening").json()
    assert {i for i, _ in told["links"]} <= set(ids(told["core"], "entities"))
    counts = [count for _, count in told["links"]]
    assert counts == sorted(counts, reverse=True) and counts[0] > 1
    assert statements(told["core"])


@pytest.mark.parametrize(
    ("path", "values", "status"),
    [
        ("around", {"id": "place/0"}, 404),
        ("around", {}, 404),
        ("around", {"id": "x> } DROP"}, 404),
        ("around", {"id": TOWN, "from": "-1"}, 400),
        ("around", {"id": "article/990101-20240315-01"}, 404),
        ("article", {"id": TOWN}, 404),
    ],
)
def test_what_cannot_be_fetched(client: httpx.Client, path: str, values: dict[str, str], status: int) -> None:
    assert client.get(f"/graph/{path}", params=values).status_code == status


def test_a_large_neighbourhood_comes_in_parts_that_together_are_all_of_it(tmp_path: Path) -> None:
    graph = crowd()
    with running(written(graph, tmp_path)) as (client, _):
        first = around(client, COUNTY)
        assert first["total"] == len(about(graph, COUNTY)) > VILLAGES
        found, told = statements(first["core"]), first
        assert any("implements" in r["key"] for r in first["relations"])
        programme = {s.id for s in graph.statements.values() if "programme/x" in ends(s)}
        assert programme <= found  # five hundred villages do not hide one programme
        while told["next"] is not None:
            told = around(client, COUNTY, **{"from": str(told["next"])})
            part = statements(told["core"])
            assert part and not part & found
            found |= part
        assert found == about(graph, COUNTY)
        villages = around(client, COUNTY, relation="object within")
        assert set(villages["core"]["statements"]) == {"relation"} and villages["next"] == 100


def test_shards_are_served_as_one_graph(tmp_path: Path) -> None:
    folder = tmp_path / "output" / "nquads"
    folder.mkdir(parents=True)
    write_nquads(Contents.of_graph(sample()), folder / "statements-0.nq")
    lines = (folder / "statements-0.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, part in (("statements-0.nq", lines[::2]), ("statements-1.nq", lines[1::2])):
        (folder / name).write_text("".join(part), encoding="utf-8")
    for output in (folder, folder.parent):
        with running(output) as (client, site):
            assert site.contents.spread
            assert statements(around(client, TOWN)["core"]) == about(sample(), TOWN)


def test_a_statement_that_several_articles_make_is_counted_once(tmp_path: Path) -> None:
    graph = crowd(articles=3)
    write_nquads(Contents.of_graph(graph), tmp_path / "statements-0.nq")  # where it stands in three graphs
    with running(tmp_path) as (client, site):
        assert site.contents.spread
        assert dict(site.contents.hubs)[f"{site.contents.base}{COUNTY}"] == VILLAGES + 1
        told = around(client, COUNTY, relation="subject implements")
        assert told["total"] == VILLAGES + 1
        assert {r["key"]: r["count"] for r in told["relations"]} == {"subject implements": 1, "object within": VILLAGES}
        assert len(statements(told["core"])) == 1 and told["next"] is None


def test_relations_take_turns() -> None:
    assert shares([5000, 1, 30], 100) == [69, 1, 30]
    assert shares([2, 3], 100) == [2, 3]
    assert shares([], 100) == []
    counts, before = [7, 500, 3, 41, 41], [0] * 5
    for size in range(700):
        given = shares(counts, size)
        assert sum(given) == min(size, sum(counts))
        assert all(a <= b for a, b in zip(before, given, strict=True))
        before = given
