"""`kg.load` as users meet it: names, things, facts, questions, tables, networks, notebooks."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
from hostile import NAMES, hostile

import kg
from kg.api import frames
from kg.errors import GraphFileError, MissingLibraryError, QueryError, UnknownNameError
from kg.graph import RelationStatement, collect

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def graph(sample_graph, tmp_path_factory) -> kg.Graph:
    folder = tmp_path_factory.mktemp("output")
    kg.Graph(sample_graph).export("turtle", folder / "graph.ttl")
    return kg.load(folder)


def test_importing_kg_loads_nothing_else():
    heavy = {"pyoxigraph", "rdflib", "pyarrow", "networkx", "kg.graph", "kg.vocab"}
    code = f"import sys, kg; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_a_name_that_is_not_there_offers_near_ones(graph):
    with pytest.raises(UnknownNameError, match=r"unknown name: 白石乡; known: .*白石"):
        graph.find("白石乡")
    assert len(graph.find_all("白石乡")) == 0


def test_no_graph_there(tmp_path):
    with pytest.raises(GraphFileError, match="no such file"):
        kg.load(tmp_path)


# ---- things


def test_a_township_has_what_is_said_of_it_and_of_what_lies_in_it(graph):
    town = graph.find("白石镇")
    assert (str(town), town.kind, town.type, town.code) == ("白石镇", "Township", "Place", "990101101")
    assert town.iri == "https://w3id.org/local-governance/id/place/990101101"
    assert graph.find("白石") == town
    assert town.above.labels == ["青溪县"]
    assert set(town.inside.labels) == {"松坪村", "白石镇党委", "青溪农商银行白石支行", "“凉亭夜话”活动"}
    assert town.inside.of_kind("Village").labels == ["松坪村"]
    assert set(town.programmes.labels) == {"“凉亭夜话”活动", "石板课堂"}
    assert town.platforms.labels == ["云上白石"]
    assert town.honours.labels == ["全国文明村"]  # the village strives for it
    assert town.products.labels == ["竹林贷"]  # lent to the village
    assert town.objects("implements").labels == ["“凉亭夜话”活动"]
    assert town in graph.find("青溪县").subjects("within")


@pytest.mark.parametrize(
    ("name", "property_", "expected"),
    [
        ("青溪县", "places", {"白石镇", "柳湾街道", "松坪村", "柳湾社区"}),
        ("青溪县", "projects", {"竹材产业园"}),
        ("青溪县", "policies", {"《青溪县乡村夜校管理办法》"}),
        ("青竹科技", "honours", {"省级绿色工厂"}),
        ("凉亭夜话", "groups", {"留守老人", "务工人员"}),
        ("凉亭夜话", "organizations", set()),
        ("何青", "people", {"方远"}),
        ("白石镇党委", "people", {"方远"}),
    ],
)
def test_what_is_connected(graph, name, property_, expected):
    assert set(getattr(graph.find(name), property_).labels) == expected


def test_two_people_of_one_name(graph):
    assert len(graph.find_all("方远")) == 2
    assert graph.find("方远") == graph.find_all("方远")[0]


def test_things_of_a_class(graph):
    assert set(graph.things("Township").labels) == {"白石镇", "柳湾街道"}
    assert len(graph.things("Place")) == 5
    assert graph.things()[:3] and len(graph.things()[:3]) == 3
    with pytest.raises(UnknownNameError, match=r"unknown class: Town; known: .*Township"):
        graph.things("Town")


def test_a_circle_of_containment_ends(sample_graph):
    by = {"passages": (), "rules": ("x",), "confidence": 1.0}
    county, town = "place/990101", "place/990101101"
    around = [
        RelationStatement(id="statement/a", subject=county, predicate="within", object=town, **by),
        RelationStatement(id="statement/b", subject=town, predicate="within", object=county, **by),
    ]
    records = collect(
        documents=[], articles=[], passages=[], entities=sample_graph.entities.values(), statements=around
    )
    graph = kg.Graph(records)
    assert graph.find("青溪县").inside.labels == graph.find("青溪县").above.labels == ["白石镇"]


# ---- facts


def test_a_fact_carries_its_words(graph):
    loan = next(f for f in graph.find("松坪村").facts if f.predicate == "finances" and f.number)
    assert str(loan) == "青溪农商银行白石支行 finances 松坪村 800000 元 竹林贷"
    assert (loan.subject.kind, loan.object, loan.number) == ("Bank", graph.find("松坪村"), 800_000)
    assert "80万元" in loan.words[0]
    assert loan.articles == ("“凉亭夜话”送到村口",)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("何青", "何青 mentors 方远"),
        ("白石镇党委", "方远 holdsPositionIn 白石镇党委 书记"),
        ("松坪村", "松坪村 aimsAt 全国文明村"),
        ("青竹科技", "青竹科技有限公司 observation 产值 327000000 元 2022-01/2022-06"),
    ],
)
def test_facts_read_as_lines(graph, name, line):
    assert line in [str(fact) for fact in graph.find(name).facts]


def test_what_the_gazetteer_alone_says_has_no_words(graph):
    fact = next(f for f in graph.find("柳湾社区").facts if f.predicate == "within")
    assert (fact.words, fact.articles, fact.confidence) == ((), (), 1.0)


def test_all_facts(graph, sample_graph):
    assert len(graph.facts) == len(sample_graph.statements)


# ---- questions, tables, networks


def test_a_query_gives_python_values(graph):
    rows = graph.query('SELECT ?v ?t { ?o lg:indicator "产值"@zh ; lg:value ?v ; lg:time ?t }')
    assert list(rows) == [{"v": Decimal(327_000_000), "t": "2022-01/2022-06"}]
    assert graph.query("ASK { ?x a lg:Platform }").boolean is True
    assert graph.query("SELECT ?x { ?y a lg:Platform OPTIONAL { ?y lg:mentors ?x } }")[0] == {"x": None}
    with pytest.raises(QueryError, match="query:1:"):
        graph.query("SELECT {")


def test_a_query_file_takes_values():
    graph = kg.load(ROOT / "output" / "graph.ttl")
    rows = graph.query(str(ROOT / "queries" / "programmes-by-township.rq"), {"place": "新塍镇"})
    assert {row["township"] for row in rows} == {"新塍镇"}
    assert list(rows.to_pandas().columns) == list(rows.columns)


def test_tables(graph, sample_graph):
    for name in ("entities", "statements", "passages", "articles"):
        frame = graph.to_pandas(name)
        assert graph.to_polars(name).shape == frame.shape == (len(getattr(sample_graph, name)), frame.shape[1])
    assert graph.to_pandas().query("product_name == '竹林贷'")["value"].max() == 800_000
    with pytest.raises(UnknownNameError, match="unknown table: things; known: entities"):
        graph.to_pandas("things")


def test_a_library_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingLibraryError, match="polars is not installed; `pip install polars`"):
        frames.polars()


def test_a_network(graph):
    network = graph.to_networkx()
    assert nx.has_path(network, "place/990101101201", "place/990101")


# ---- notebooks


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [name for name, _ in attrs]


def test_a_notebook_shows_what_is_there(graph):
    assert "<td>Place</td><td>5</td>" in graph._repr_html_()
    assert "<h4>白石镇 · Township</h4>" in graph.find("白石")._repr_html_()
    assert "<td>“凉亭夜话”活动</td>" in graph.find("白石").programmes._repr_html_()
    assert "<td>何青</td><td>holdsPositionIn</td>" in graph.find("何青").facts[0]._repr_html_()
    assert "<th>n</th>" in graph.query("SELECT ?n { ?x a lg:Township ; rdfs:label ?n }")._repr_html_()
    assert "50 of " in graph.query("SELECT * { ?s ?p ?o }")._repr_html_()
    assert repr(graph).startswith("<Graph: ")
    assert repr(graph.find("白石").above) == "[<County 青溪县>]"


def test_no_name_becomes_markup():
    graph = kg.Graph(hostile())
    shown = [graph, graph.things(), *graph.things(), *graph.facts, graph.query("SELECT * { ?s rdfs:label ?o }")]
    for item in shown:
        elements = Elements()
        elements.feed(item._repr_html_())
        assert elements.tags <= {"table", "thead", "tbody", "tr", "th", "td", "p", "h4", "ul", "li", "br"}
        assert elements.attributes == []
    assert any("&lt;script&gt;" in item._repr_html_() for item in shown), NAMES
