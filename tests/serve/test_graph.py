"""The explorer's page, and the neighbourhoods that it can ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sample import sample
from serving import running, written

from kg.export.html import BUILT, asset, join_modules, modules
from kg.export.turtle import write_turtle
from kg.notation import DEFAULT_BASE
from kg.serve.settings import MEGABYTE

LG = "https://w3id.org/local-governance/ontology#"
TOWN = DEFAULT_BASE + "place/990101101"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    with open(folder / "graph.ttl", "w", encoding="utf-8", newline="\n") as stream:
        write_turtle(sample(), stream, DEFAULT_BASE)
    (folder / "graph.html").write_text("<!doctype html><title>explorer</title>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def client(output: Path) -> Iterator[httpx.Client]:
    with running(output) as (client, _):
        yield client


def test_the_built_page_is_served(client: httpx.Client) -> None:
    answer = client.get("/graph")
    assert "explorer" in answer.text
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert 'href="/graph"' in client.get("/", headers={"accept": "text/html"}).text


def test_without_a_built_page_the_explorer_fetches(graph_file: Path) -> None:
    with running(graph_file) as (client, _):
        page = client.get("/graph")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.text)
        assert policy and "connect-src &#39;self&#39;" in policy[1] and "default-src &#39;none&#39;" in policy[1]
        assert "unsafe" not in policy[1] and 'id="core"' not in page.text
        assert 'href="/graph"' in client.get("/").text


def test_a_page_too_large_for_a_browser_gives_way_to_the_explorer_that_fetches(tmp_path: Path) -> None:
    written(sample(), tmp_path)
    (tmp_path / "graph.html").write_text("<!doctype html>" + " " * (8 * MEGABYTE), encoding="utf-8")
    with running(tmp_path) as (client, _):
        assert "connect-src" in client.get("/graph").text
        assert "connect-src" not in client.get("/graph", params={"from": "page"}).text


def test_the_built_page_can_be_left_for_the_store(client: httpx.Client) -> None:
    assert "connect-src" in client.get("/graph", params={"from": "store"}).text
    led = client.get("/walk", params={"iri": TOWN})
    assert led.status_code == 308
    at = "place/990101101"
    assert led.headers["location"] == f"/graph?from=store#scene=around,{at}&chosen=entity,{at}"
    assert f"#scene=around,{at}" in client.get("/id/" + at, headers={"accept": "text/html"}).text


def test_the_built_page_holds_nothing_that_could_ask() -> None:
    script = join_modules(modules(BUILT, asset))
    assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(", script)


def test_neighbours_are_told_by_relation_with_names_and_classes(client: httpx.Client) -> None:
    told = client.get("/graph/neighbours", params={"iri": TOWN}).json()
    assert told["label"] == "白石镇"
    assert set(told["types"]) == {LG + "Place", LG + "Township"}
    assert told["complete"] is True
    links = {(n["relation"].removeprefix(LG), n["inverse"], n["label"]) for n in told["neighbours"]}
    assert ("within", False, "青溪县") in links
    assert ("within", True, "松坪村") in links
    assert ("implements", False, "“凉亭夜话”活动") in links
    assert all(n["types"] for n in told["neighbours"])
    assert len(told["neighbours"]) == len({(n["relation"], n["inverse"], n["iri"]) for n in told["neighbours"]})


def test_a_neighbourhood_that_is_cut_says_so(client: httpx.Client) -> None:
    told = client.get("/graph/neighbours", params={"iri": TOWN, "limit": 2}).json()
    assert len(told["neighbours"]) == 2
    assert told["complete"] is False


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"iri": DEFAULT_BASE + "place/0"}, 404),
        ({"iri": "no iri> } DROP"}, 400),
        ({}, 400),
        ({"iri": TOWN, "limit": "0"}, 400),
        ({"iri": TOWN, "limit": "9999999999"}, 400),
        ({"iri": TOWN, "limit": "²"}, 400),
    ],
)
def test_what_cannot_be_told(client: httpx.Client, parameters: dict[str, str], status: int) -> None:
    assert client.get("/graph/neighbours", params=parameters).status_code == status
