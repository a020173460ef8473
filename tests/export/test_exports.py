"""Every export is read back by a program of its field, and says what the graph says."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import networkx as nx
import pandas as pd
import pytest
from hostile import hostile
from rdflib import Dataset, Graph, URIRef
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import ExportError, UnknownNameError
from kg.export import EXPORTERS, Contents, export, exporter, workbook
from kg.export.notations import quads
from kg.export.rdf import to_rdflib
from kg.export.tables import TABLES
from kg.graph import KnowledgeGraph, Passage, RelationStatement, as_edge
from kg.rdf import LG, PROV, RDF

BASE = "https://w3id.org/local-governance/id/"
NAMES = [row.name for row in EXPORTERS]
XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(params=["sample", "hostile"])
def graph(request, sample_graph) -> KnowledgeGraph:
    return sample_graph if request.param == "sample" else hostile()


@pytest.fixture
def written(graph, tmp_path):
    """Write the graph in a format; return the path."""

    def write(name: str) -> Path:
        path = tmp_path / f"graph{exporter(name).suffix.rstrip('/')}"
        export(name, Contents.of_graph(graph), path)
        return path

    return write


def contents_of(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(path.iterdir())} if path.is_dir() else {"": path.read_bytes()}


# ---- all formats


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name != "html"]
)  # it marks mentions, whose places RDF loses
def test_the_same_graph_gives_the_same_bytes_in_memory_and_from_its_file(graph, tmp_path, name):
    export("turtle", Contents.of_graph(graph), tmp_path / "graph.ttl")
    export(name, Contents.of_graph(graph), tmp_path / "one")
    export(name, Contents.of_file(tmp_path), tmp_path / "two")
    assert contents_of(tmp_path / "one") == contents_of(tmp_path / "two")


def test_help_names_all_formats():
    words = CliRunner().invoke(app, ["export", "--help"], env={"COLUMNS": "200"}).output
    assert all(re.search(rf"\b{name}\b", words) for name in NAMES)


def test_an_unknown_format_lists_the_known_ones():
    with pytest.raises(UnknownNameError, match=r"unknown export format: excel; known: turtle, html, .*xlsx"):
        exporter("excel")


@pytest.mark.parametrize(("name", "expected"), [("ntriples", "graph.nt"), ("parquet", "graph-parquet")])
def test_the_command_writes_beside_the_graph_or_where_it_is_told(sample_graph, tmp_path, name, expected):
    export("turtle", Contents.of_graph(sample_graph), tmp_path / "graph.ttl")
    assert CliRunner().invoke(app, ["export", name, str(tmp_path)]).exit_code == 0
    assert (
        CliRunner().invoke(app, ["export", name, str(tmp_path / "graph.ttl"), "-o", str(tmp_path / "x")]).exit_code == 0
    )
    assert contents_of(tmp_path / expected) == contents_of(tmp_path / "x")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["graph.ttl", expected, "x"])


def test_what_cannot_be_written_leaves_what_was_there(tmp_path, sample_graph, monkeypatch):
    target = tmp_path / "graph.xlsx"
    target.write_text("before")
    monkeypatch.setattr(workbook, "_ROWS", 3)
    with pytest.raises(ExportError, match="entities has more than 3 rows; export parquet"):
        export("xlsx", Contents.of_graph(sample_graph), target)
    assert target.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.xlsx"]
    with pytest.raises(ExportError, match="cannot be exported"):
        export("ntriples", Contents.of_graph(sample_graph), target / "below-a-file.nt")


# ---- RDF


@pytest.mark.parametrize(("name", "notation"), [("ntriples", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_triples(graph, written, name, notation):
    expected = to_rdflib(graph)
    assert set(Graph().parse(written(name), format=notation)) == set(expected)


@pytest.mark.parametrize(("name", "notation"), [("nquads", "nquads"), ("trig", "trig")])
def test_named_graphs_hold_what_each_article_says(graph, written, name, notation):
    read = Dataset()
    read.parse(written(name), format=notation)
    assert {(s, p, o) for s, p, o, _ in read.quads()} == set(to_rdflib(graph))
    names = {str(g.identifier) for g in read.graphs() if len(g) and str(g.identifier).startswith(BASE)}
    assert names == {BASE + article for article in graph.articles}
    for statement in graph.statements.values():
        articles = {BASE + graph.passages[p].article for p in statement.passages}
        node = URIRef(BASE + statement.id)
        found = {str(g) for *_, g in read.quads((node, RDF.type, None, None)) if str(g).startswith(BASE)}
        assert found == articles
    for subject, predicate, node in to_rdflib(graph):  # what a plain query finds without naming a graph
        if predicate in (LG.implements, LG.holdsPositionIn, LG.finances, LG.aimsAt):
            assert (subject, predicate, node) in read.default_graph


def test_a_named_graph_answers_who_says_so(sample_graph, tmp_path):
    export("nquads", Contents.of_graph(sample_graph), tmp_path / "graph.nq")
    read = Dataset()
    read.parse(tmp_path / "graph.nq", format="nquads")
    question = f"SELECT ?article {{ GRAPH ?article {{ ?who <{LG.aimsAt}> ?honour }} }}"
    assert [str(row[0]) for row in read.query(question)] == [BASE + "article/tea"]


def test_what_several_articles_say_stands_in_the_graph_of_each_with_its_own_passages():
    passages = [Passage(f"passage/{a}-{n}-9", f"article/{a}", n, 9, "") for a in ("one", "two") for n in (1, 2)]
    said = RelationStatement(
        id="statement/x",
        passages=tuple(p.id for p in passages),
        rules=("verb",),
        confidence=0.9,
        subject="organization/a",
        predicate="operates",
        object="facility/b",
    )
    graph = KnowledgeGraph(passages={p.id: p for p in passages}, statements={said.id: said})
    read = [q for q in quads(Contents.of_graph(graph)) if q.predicate.value == str(PROV.wasDerivedFrom)]
    found = sorted((q.graph_name.value.removeprefix(BASE), q.object.value.removeprefix(BASE)) for q in read)
    assert found == [(p.article, p.id) for p in passages]


def test_json_ld_reads_as_plain_json(sample_graph, tmp_path):
    export("jsonld", Contents.of_graph(sample_graph), tmp_path / "graph.jsonld")
    objects = {o["id"]: o for o in json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]}
    town = objects["place/990101101"]
    assert (town["type"], town["label"], town["within"]) == (["Place", "Township"], "白石镇", "place/990101")
    assert objects["statement/01"]["predicate"] == "within"


def big_turtle(path: Path, statements: int) -> Path:
    """Write a graph of so many statements, each with its passage, as `kg build` orders them."""
    lg, prov = "https://w3id.org/local-governance/ontology#", "http://www.w3.org/ns/prov#"
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"@prefix lg: <{lg}> . @prefix prov: <{prov}> . @prefix b: <{BASE}> .\n")
        out.write(f"@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rdf: <{RDF}> .\n")
        for n in range(0, statements, 100):
            out.write(f"<{BASE}article/{n}> a lg:Article .\n")
        for n in range(statements):
            out.write(f"<{BASE}passage/{n}> a lg:Passage ; dcterms:isPartOf <{BASE}article/{n // 100 * 100}> .\n")
        for n in range(statements):
            out.write(
                f"<{BASE}statement/{n}> a rdf:Statement ; rdf:subject b:s{n} ; rdf:predicate lg:within ;"
                f" rdf:object b:o ; prov:wasDerivedFrom <{BASE}passage/{n}> .\n"
            )
    return path


@pytest.mark.parametrize("name", ["ntriples", "nquads"])
def test_a_file_ten_times_as_large_takes_no_more_memory(tmp_path, name):
    code = (
        "import resource, sys; from kg.export import Contents, export\n"
        "export(sys.argv[1], Contents.of_file(sys.argv[2]), sys.argv[3])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for statements in (2_000, 20_000):
        file = big_turtle(tmp_path / f"{statements}.ttl", statements)
        arguments = [sys.executable, "-c", code, name, str(file), str(tmp_path / "out")]
        done = subprocess.run(arguments, capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) / (1024 if sys.platform != "darwin" else 1024**2))
        lines = (tmp_path / "out").read_bytes().count(b"\n")
        assert lines == statements // 100 + statements * (7 if name == "ntriples" else 8)
    assert peaks[1] - peaks[0] < 5, f"{peaks} MB"


# ---- networks


def edges_of(graph: KnowledgeGraph) -> list[tuple[str, str, str]]:
    found = []
    for statement in graph.statements.values():
        if edge := as_edge(statement):
            subject, predicate, object_ = edge
            aim = getattr(statement, "status", "") == "aim"
            found.append((BASE + subject, "aimsAt" if aim else predicate, BASE + object_))
    return sorted(found)


@pytest.mark.parametrize(
    ("name", "read", "predicate"), [("graphml", nx.read_graphml, "predicate"), ("gexf", nx.read_gexf, "label")]
)
def test_networkx_reads_the_network(sample_graph, tmp_path, name, read, predicate):
    path = tmp_path / f"graph.{name}"
    export(name, Contents.of_graph(sample_graph), path)
    if name == "gexf":  # networkx knows the version before, which differs in the name alone
        path.write_text(
            path.read_text(encoding="utf-8").replace("gexf.net/1.3", "www.gexf.net/1.2draft").replace('"1.3"', '"1.2"')
        )
    network = read(path)
    town = network.nodes[BASE + "place/990101101"]
    assert {town["type"], town["class"], town["label"], town["official"]} == {"Place", "Township", "白石镇", False}
    assert sorted((s, d[predicate], o) for s, o, d in network.edges(data=True)) == edges_of(sample_graph)
    loan = next(d for *_, d in network.edges(data=True) if d.get("product_name"))
    assert (loan["value"], loan["product_name"]) == (800_000, "竹林贷")
    assert "80万元" in loan["words"]


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_holds_hostile_names(written, name):
    root = ElementTree.parse(written(name)).getroot()
    assert len(list(root.iter())) > 30


def test_neo4j_gets_typed_columns_and_no_formula(sample_graph, tmp_path):
    entity = sample_graph.entities["honour/文明村"]
    bad = {
        **sample_graph.entities,
        entity.id: type(entity)(entity.id, entity.type, "=cmd|' /C calc'!A0", "", ("+1;2", "-x")),
    }
    export(
        "neo4j",
        Contents.of_graph(
            KnowledgeGraph(
                sample_graph.documents, sample_graph.articles, sample_graph.passages, bad, sample_graph.statements
            )
        ),
        tmp_path / "neo4j",
    )
    with open(tmp_path / "neo4j" / "nodes.csv", encoding="utf-8", newline="") as stream:
        nodes = list(csv.DictReader(stream))
    with open(tmp_path / "neo4j" / "relationships.csv", encoding="utf-8", newline="") as stream:
        edges = list(csv.DictReader(stream))
    assert list(nodes[0])[:2] == ["id:ID", ":LABEL"]
    assert list(edges[0])[:3] == [":START_ID", ":END_ID", ":TYPE"]
    ids = {node["id:ID"] for node in nodes}
    assert len(ids) == len(nodes) == len(sample_graph.entities)
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} <= ids
    assert len(edges) == len(edges_of(sample_graph))
    town = next(node for node in nodes if node["name"] == "白石镇")
    assert (town[":LABEL"], town["official:boolean"], town["other_names:string[]"]) == (
        "Entity;Place;Township",
        "false",
        "白石",
    )
    honour = next(node for node in nodes if node["id:ID"].endswith("/honour/文明村"))
    assert (honour["name"], honour["other_names:string[]"]) == ("'=cmd|' /C calc'!A0", "'+1；2;'-x")
    assert not any(re.match(r"[=+\-@\t\r]", value) for row in (*nodes, *edges) for value in row.values())


# ---- tables


def test_duckdb_answers_from_parquet(sample_graph, tmp_path):
    export("parquet", Contents.of_graph(sample_graph), tmp_path)
    sql = f"""
        SELECT e.name, s.value, list_extract(s.words, 1), p.headline
        FROM '{tmp_path}/statements.parquet' s JOIN '{tmp_path}/entities.parquet' e ON s.object = e.id
        JOIN '{tmp_path}/passages.parquet' p ON p.id = s.passages[1]
        WHERE s.kind = 'funding' AND s.product_name = '竹林贷'"""
    ((village, yuan, words, headline),) = duckdb.sql(sql).fetchall()
    assert (village, yuan, headline) == ("松坪村", 800_000, "“凉亭夜话”送到村口")
    assert "80万元" in words


def test_the_query_of_the_documentation_runs(sample_graph, tmp_path, monkeypatch):
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    (sql,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    export("parquet", Contents.of_graph(sample_graph), tmp_path / "tables")
    monkeypatch.chdir(tmp_path)
    first = duckdb.sql(sql).fetchall()[0]
    assert first[:4] == ("青竹科技有限公司", "产值", 327_000_000, "元")


def test_the_documentation_has_every_format_and_column():
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in NAMES)
    for table in TABLES:
        assert table.name in page
        for column in table.columns:
            assert re.search(rf"\b{column.name}\b", page), (table.name, column.name)


def test_pandas_reads_the_tables_with_their_types(graph, written, sample_graph):
    folder = written("parquet")
    frames = {path.stem: pd.read_parquet(path) for path in folder.iterdir()}
    assert {name: len(frame) for name, frame in frames.items()} == {
        "entities": len(graph.entities),
        "statements": len(graph.statements),
        "passages": len(graph.passages),
        "articles": len(graph.articles),
    }
    assert frames["statements"]["confidence"].dtype == "float64"
    assert set(frames["entities"]["name"]) == {e.label for e in graph.entities.values()}
    assert all(
        frames["articles"].set_index("id").loc[p.article, "text"][p.start : p.end] == p.text
        for p in frames["passages"].itertuples()
    )


def test_a_workbook_holds_texts_and_no_formula(graph, written):
    with zipfile.ZipFile(written("xlsx")) as book:
        names = [
            sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{XLSX}sheet")
        ]
        strings = [
            "".join(t.text or "" for t in si.iter(f"{XLSX}t"))
            for si in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheets = [ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in range(1, 5)]
    assert names == ["实体 entities", "陈述 statements", "原文片段 passages", "文章 articles"]
    assert [len(list(sheet.iter(f"{XLSX}row"))) - 1 for sheet in sheets] == [
        len(graph.entities), len(graph.statements), len(graph.passages), len(graph.articles),
    ]  # fmt: skip
    assert not any(list(sheet.iter(f"{XLSX}{element}")) for sheet in sheets for element in ("f", "hyperlink"))
    assert {e.label for e in graph.entities.values() if e.label.isprintable()} <= set(strings)
    assert "名称\nname" in strings
    assert max(map(len, strings)) <= 32_767
