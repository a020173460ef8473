"""The report tells what was read, what was found, and what somebody should look at; nothing in it runs."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg import cache
from kg.export.report import write_page
from kg.pipeline import BuildResult, build, write_output

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus" / "dev"
EVIL = '<img src=x onerror="alert(1)">'
PAGE = f"{EVIL}新塍镇启动凉茶\n\n新塍镇启动“{EVIL}”志愿服务。大柳树屯的王建国来到富园社区。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("in")
    for text in sorted(CORPUS.glob("45[1-4].txt")):
        (place / text.name).write_bytes(text.read_bytes())
    (place / "page.txt").write_text(PAGE, encoding="utf-8")
    (place / "page.meta.toml").write_text('home = "无此地"\n', encoding="utf-8")
    (place / "empty.txt").write_bytes(b"")
    (place / "noarticle.txt").write_text("没有句号的一行", encoding="utf-8")
    (place / "table.xlsx").write_bytes(b"PK")
    return place


@pytest.fixture(scope="module")
def result(folder: Path) -> BuildResult:
    return build(folder)


@pytest.fixture(scope="module")
def written(result: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("out")
    write_output(result, place)
    return place


@pytest.fixture(scope="module")
def tables(written: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((written / "report.json").read_text(encoding="utf-8"))
    return found


def test_each_file_is_told_of_with_the_reason(tables: dict[str, Any]) -> None:
    states = {f["source"]: (f["state"], f["note"]) for f in tables["files"]["list"]}
    assert states["451.txt"] == states["page.txt"] == ("read", "")
    assert states["empty.txt"][0] == states["noarticle.txt"][0] == "failed"
    assert "is empty" in states["empty.txt"][1]
    assert "no article found" in states["noarticle.txt"][1]
    assert states["table.xlsx"] == ("skipped", "no reader for its suffix")
    files = tables["files"]
    assert (files["read"], files["skipped"], files["failed"]) == (5, 1, 2)
    assert {f["error"] for f in tables["failures"]} == {"EmptyInputError", "NoArticleError"}
    assert [w["error"] for w in tables["warnings"]] == ["UnknownHomeError"]


def test_counts_are_those_of_the_graph(tables: dict[str, Any], result: BuildResult) -> None:
    counts, graph = tables["counts"], result.graph
    assert counts["articles"] == len(graph.articles) == len(tables["articles"])
    assert counts["mentions"]["total"] == sum(len(a.mentions) for a in graph.articles.values())
    assert counts["mentions"]["total"] == sum(n for name, n in counts["mentions"].items() if name != "total")
    assert counts["statements"] == result.summary["statements"]
    assert sum(bar["statements"] for bar in tables["confidence"]) == len(graph.statements)
    assert sum(a["mentions"] for a in tables["articles"]) == counts["mentions"]["total"]


def test_the_least_sure_come_first_with_their_sentences(tables: dict[str, Any], result: BuildResult) -> None:
    check = tables["to check"]
    sure = [item["confidence"] for item in check]
    assert sure == sorted(sure)
    stated = [s.confidence for s in result.graph.statements.values() if s.passages]
    assert sure == sorted(stated)[: len(sure)]
    texts = [a.text for a in result.graph.articles.values()]
    for item in check:
        assert item["quotes"]
        for q in item["quotes"]:
            assert q["words"] in q["sentence"]
            assert any(q["sentence"] in text for text in texts)


def test_what_has_no_place_is_listed_with_a_sentence(tables: dict[str, Any], result: BuildResult) -> None:
    places, names = tables["unresolved"]["places"], tables["unresolved"]["names"]
    assert {p["id"] for p in places} == {
        e.id for e in result.graph.entities.values() if str(e.type) == "Place" and not e.code
    }
    assert "县人社局" in {n["name"] for n in names}
    for item in (*places, *names):
        assert item["quote"] is None or item["quote"]["words"] in item["quote"]["sentence"]
    assert [p["mentions"] for p in places] == sorted((p["mentions"] for p in places), reverse=True)


def test_two_builds_differ_in_speed_alone(folder: Path, tables: dict[str, Any], written: Path, tmp_path: Path) -> None:
    with cache.opened(tmp_path / "cache", pytest.fail) as earlier:  # type: ignore[arg-type]
        build(folder, earlier=earlier)
    with cache.opened(tmp_path / "cache", pytest.fail) as earlier:  # type: ignore[arg-type]
        write_output(build(folder, earlier=earlier), tmp_path)
    again = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert again["speed"]["documents known from earlier builds"] == 5
    assert set(again["speed"]["seconds"]) == {"read", "extract", "resolve"}
    assert {**again, "speed": None} == {**tables, "speed": None}
    pages = [(f / "report.html").read_text(encoding="utf-8").split('<h2 id="speed">')[0] for f in (tmp_path, written)]
    assert pages[0] == pages[1]


class Elements(HTMLParser):
    """Collects the elements of a page, and what they point at."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.handlers: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            if name in ("href", "src"):
                self.links.add(value or "")
            if name.startswith("on") or name == "style":
                self.handlers.add(name)


def test_nothing_of_a_text_becomes_part_of_the_page(written: Path) -> None:
    page = (written / "report.html").read_text(encoding="utf-8")
    assert "&lt;img src=x" in page
    elements = Elements(page)
    assert not elements.names & {"script", "img", "link", "iframe", "object", "form"}
    assert not elements.handlers
    assert all(link.startswith("#") for link in elements.links)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy


def test_long_tables_end_with_where_the_rest_is(tables: dict[str, Any]) -> None:
    many = {**tables, "articles": tables["articles"][:1] * 1000}
    stream = io.StringIO()
    write_page(many, stream)
    assert "700 more in report.json" in stream.getvalue()
    assert stream.getvalue().count(tables["articles"][0]["headline"]) < 700


def test_an_empty_build_has_a_report(tmp_path: Path) -> None:
    write_output(build(tmp_path), tmp_path / "out")
    assert json.loads((tmp_path / "out" / "report.json").read_bytes())["counts"]["articles"] == 0
