"""Every query of `queries/` gives the same rows in the stores that people have: each is started here and asked.

The sample graph is small enough for the slowest of them and holds every kind of record.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.query import Result
from servers import oxigraph, virtuoso
from serving import running

from kg.export import Contents, export
from kg.query import LocalSource, Reading, Table, parse_bindings, read, read_query, source_of
from kg.query.sources import read_results

ROOT = Path(__file__).parents[2]
NODE = ROOT / "tests" / "npm"
VALUES = {
    "programmes-by-township": ["place=白石"],
    "officials": ["place=青溪县"],
    "figures-over-time": ["name=青竹科技"],
    "sources": ["name=凉亭夜话"],
    "within-a-county": ["county=青溪县"],
}
"""Parameters: these queries are asked with them as well."""


def readings() -> list[tuple[str, Reading]]:
    found = []
    for file in sorted((ROOT / "queries").glob("*.rq")):
        query = read_query(str(file))
        found.append((file.stem, read(query)))
        if file.stem in VALUES:
            found.append((f"{file.stem} {VALUES[file.stem][0]}", read(query, parse_bindings(VALUES[file.stem]))))
    return found


READINGS = readings()


@pytest.fixture(scope="module")
def turtle(sample_graph, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "graph.ttl"
    export("turtle", Contents.of_graph(sample_graph), path)
    return path


@pytest.fixture(scope="module")
def expected(turtle) -> dict[str, list[list[str]]]:
    """What `kg query` answers on the file."""
    source = source_of(turtle)
    return {name: source.answer(reading).cells() for name, reading in READINGS}


@pytest.fixture(scope="module")
def in_oxigraph(turtle) -> Iterator[str]:
    with oxigraph(turtle.read_bytes()) as address:
        yield address


@pytest.fixture(scope="module")
def in_virtuoso(turtle, tmp_path_factory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso"), turtle) as address:
        yield address


@pytest.fixture(scope="module")
def in_kg_serve(turtle) -> Iterator[str]:
    with running(turtle) as (client, _):
        yield f"{client.base_url}/sparql".replace("//sparql", "/sparql")


@pytest.fixture(scope="module")
def in_comunica(turtle) -> list[Table]:
    texts = json.dumps([reading.text for _, reading in READINGS])
    done = subprocess.run(
        ["node", str(NODE / "comunica.mjs"), str(turtle)], input=texts, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    return [read_results(reading, json.dumps(a).encode()) for (_, reading), a in zip(READINGS, answers, strict=True)]


@pytest.fixture(scope="module")
def in_rdflib(turtle) -> Callable[[str], Result]:
    return Graph().parse(turtle).query


@pytest.mark.parametrize(("name", "reading"), READINGS, ids=[name for name, _ in READINGS])
def test_virtuoso(in_virtuoso, expected, name, reading):
    assert source_of(in_virtuoso).answer(reading).cells() == expected[name]


@pytest.mark.parametrize(("name", "reading"), READINGS, ids=[name for name, _ in READINGS])
def test_oxigraph(in_oxigraph, expected, name, reading):
    assert source_of(in_oxigraph).answer(reading).cells() == expected[name]


@pytest.mark.parametrize(("name", "reading"), READINGS, ids=[name for name, _ in READINGS])
def test_kg_serve(in_kg_serve, expected, name, reading):
    assert source_of(in_kg_serve).answer(reading).cells() == expected[name]


@pytest.mark.parametrize("number", range(len(READINGS)), ids=[name for name, _ in READINGS])
def test_comunica(in_comunica, expected, number):
    # It sorts texts by UTF-16 and, of equal keys, as they come: the rows are the same, their order need not be.
    assert sorted(in_comunica[number].cells()) == sorted(expected[READINGS[number][0]])


@pytest.mark.parametrize(("name", "reading"), READINGS, ids=[name for name, _ in READINGS])
def test_rdflib(in_rdflib, expected, name, reading):
    result = in_rdflib(reading.text)
    rows = tuple(tuple(row) for row in result)
    assert Table(tuple(map(str, result.vars)), rows).cells() == expected[name]


def test_most_queries_find_something(expected):
    """Two empty answers would be equal as well."""
    assert sum(bool(rows) for rows in expected.values()) >= len(expected) - 1


def test_n3_reads_every_notation_strictly(sample_graph, tmp_path):
    files = []
    for name, suffix in (("turtle", "ttl"), ("ntriples", "nt"), ("nquads", "nq"), ("trig", "trig")):
        files.append(tmp_path / f"graph.{suffix}")
        export(name, Contents.of_graph(sample_graph), files[-1])
    done = subprocess.run(["node", str(NODE / "n3.mjs"), *map(str, files)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    triples, lines, quads, grouped = json.loads(done.stdout)
    assert triples == lines == len(files[1].read_text(encoding="utf-8").splitlines())
    assert quads == grouped == len(files[2].read_text(encoding="utf-8").splitlines())


def test_n3_refuses_what_is_no_turtle(tmp_path):
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b> 新塍镇 .", encoding="utf-8")
    done = subprocess.run(["node", str(NODE / "n3.mjs"), str(tmp_path / "bad.ttl")], capture_output=True, text=True)
    assert done.returncode != 0


def test_n_quads_with_named_graphs_answer_like_the_turtle(sample_graph, tmp_path, expected):
    export("nquads", Contents.of_graph(sample_graph), tmp_path / "graph.nq")
    with oxigraph((tmp_path / "graph.nq").read_bytes(), "application/n-quads") as address:
        union = source_of(f"{address}?union-default-graph")
        for name, reading in READINGS:
            assert union.answer(reading).cells() == expected[name], name


def test_kg_serve_tells_which_article_says_so(sample_graph, tmp_path):
    for name, suffix in (("turtle", "ttl"), ("nquads", "nq")):
        export(name, Contents.of_graph(sample_graph), tmp_path / f"graph.{suffix}")
    question = "SELECT ?article { GRAPH ?article { ?who lg:aimsAt ?honour } }"
    with running(tmp_path) as (client, _):
        answer = client.get("/sparql", params={"query": question, "format": "csv"})
    assert answer.text.split() == ["article", "https://w3id.org/local-governance/id/article/tea"]


def test_the_local_source_is_one_of_them(turtle, expected):
    local = LocalSource.of_text(turtle.read_text(encoding="utf-8"))
    assert {name: local.answer(reading).cells() for name, reading in READINGS} == expected
