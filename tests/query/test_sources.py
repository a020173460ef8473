"""The same graph gives the same answer wherever it is: a file of any notation, the output folder, an endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest
from rdflib import Graph
from servers import free_port, oxigraph
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import EndpointError, GraphFileError, QueryError
from kg.export.rdf import to_rdflib
from kg.query import Query, formatted, hints, parse_bindings, read, read_query, run, source_of

QUERIES = sorted((Path(__file__).parents[2] / "queries").glob("*.rq"))
NOTATIONS = ("ttl", "nt", "rdf", "jsonld", "trig", "nq")
TOWNS = (
    'SELECT * { ?town a lg:Township ; rdfs:label ?name . VALUES ?name { "白石镇"@zh "柳湾街道"@zh } } ORDER BY ?name'
)
TRIPLES = "CONSTRUCT { ?s rdfs:label ?n } WHERE { ?s a lg:Place ; rdfs:label ?n }"


@pytest.fixture(scope="module")
def files(sample_graph, tmp_path_factory) -> Path:
    """The sample in every notation, `sample.ttl` and so on."""
    folder = tmp_path_factory.mktemp("files")
    store = ox.Store()
    store.load(to_rdflib(sample_graph).serialize(format="turtle").encode(), ox.RdfFormat.TURTLE)
    for suffix in NOTATIONS:
        notation = ox.RdfFormat.from_extension(suffix)
        store.dump(folder / f"sample.{suffix}", notation, from_graph=ox.DefaultGraph())
    return folder


@pytest.fixture(scope="module")
def endpoint(files) -> Iterator[str]:
    with oxigraph((files / "sample.ttl").read_bytes()) as address:
        yield address


@pytest.mark.parametrize("suffix", NOTATIONS)
@pytest.mark.parametrize("text", [TOWNS, TRIPLES, "ASK { ?x a lg:Platform }"])
def test_a_file_of_any_notation_answers_alike(source, files, suffix, text):
    assert run(source_of(files / f"sample.{suffix}"), Query(text)) == run(source, Query(text))


@pytest.mark.parametrize("file", QUERIES, ids=lambda f: f.stem)
def test_an_endpoint_answers_as_the_file_does(source, endpoint, file):
    query = read_query(str(file))
    assert formatted(run(source_of(endpoint), query), "json") == formatted(run(source, query), "json")


@pytest.mark.parametrize("text", [TOWNS, TRIPLES, "ASK { ?x a lg:Platform }", "DESCRIBE ?x { ?x a lg:Platform }"])
def test_an_endpoint_answers_every_form(source, endpoint, text):
    assert run(source_of(endpoint), Query(text)) == run(source, Query(text))


def test_named_graphs_are_read_as_one(tmp_path):
    file = tmp_path / "two.nq"
    file.write_text("<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:b> <urn:p> <urn:c> .\n", encoding="utf-8")
    assert len(run(source_of(file), Query("SELECT * { ?a <urn:p> ?b . ?b <urn:p> ?c }")).rows) == 1


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ('VALUES ?name { "" }', 'VALUES ?name { "白石镇" }'),
        ('VALUES (?name) { ("") }', 'VALUES (?name) { ("白石镇") }'),
        ("values $name{UNDEF}", 'values $name{ "白石镇" }'),
        ('VALUES ?name { "}" }  # VALUES ?name { }', 'VALUES ?name { "白石镇" }  # VALUES ?name { }'),
    ],
)
def test_a_value_takes_the_place_of_the_default(clause, expected):
    query = Query(f"SELECT * {{ ?x rdfs:label ?n {clause}\n}}")
    assert expected in read(query, parse_bindings(["name=白石镇"])).text


def test_a_variable_without_a_clause_is_bound_where_the_pattern_begins():
    query = Query("# {\nCONSTRUCT { ?x rdfs:label ?n } WHERE { ?x rdfs:label ?n }")
    assert 'WHERE { VALUES ?n { "白石镇"@zh }  ?x' in read(query, parse_bindings(['n="白石镇"@zh'])).text


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.ttl", "no such file"), ("bad.ttl", "no valid RDF: .*line 1"), ("x.csv", "suffix is none of .ttl")],
)
def test_a_file_that_is_no_graph(tmp_path, name, message):
    (tmp_path / "bad.ttl").write_text("这不是图谱", encoding="utf-8")
    with pytest.raises(GraphFileError, match=message):
        source_of(tmp_path / name)


# ---- endpoints are strangers


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        status = int(self.path[1:4])
        self.send_response(status)
        self.end_headers()
        self.wfile.write("不是结果".encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", TRIPLES])
def test_an_answer_that_is_none_is_the_endpoints_error(stranger, text):
    with pytest.raises(EndpointError, match="the answer is no application/"):
        run(source_of(f"{stranger}/200"), Query(text))


@pytest.mark.parametrize(("status", "error"), [(400, QueryError), (500, EndpointError), (404, EndpointError)])
def test_a_status_is_told_with_the_reason(stranger, status, error):
    with pytest.raises(error, match="不是结果"):
        run(source_of(f"{stranger}/{status}"), Query("ASK { ?s ?p ?o }"))


def test_nobody_there():
    with pytest.raises(EndpointError, match="is it the address of a running SPARQL endpoint"):
        run(source_of(f"http://127.0.0.1:{free_port()}/sparql"), Query("ASK { ?s ?p ?o }"))


# ---- names that are mistyped


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x { ?x lgg:within ?y }", "query:1:16: prefix lgg: is not declared; did you mean lg:?"),
        ("SELECT ?x { ?x a scheam:Person }", "did you mean schema:?"),
        ("SELECT ?x WERE { ?x a lg:Place }", "did you mean WHERE?"),
    ],
)
def test_a_mistyped_prefix_or_word_gets_a_suggestion(source, text, message):
    with pytest.raises(QueryError) as caught:
        run(source, Query(text))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "SELECT ?x {\n  ?x lg:implments ?y }",
            "query:2:6: nothing in the graph has lg:implments, nor does the ontology; did you mean lg:implements?",
        ),
        ("SELECT ?x { ?x a lg:Organisation }", "did you mean lg:Organization?"),
        ("SELECT ?x { ?x skos:altlabel ?y }", "did you mean skos:altLabel?"),
        ("SELECT ?x { ?x <https://schema.org/headlin> ?y }", "did you mean schema:headline?"),
    ],
)
def test_a_mistyped_name_gets_a_hint(source, text, hint):
    (found,) = hints(source, read(Query(text)))
    assert hint in found


@pytest.mark.parametrize("text", [TOWNS, TRIPLES, "SELECT ?x { ?x lg:mentors ?y ; a lg:Hospital ; <urn:own> 1 }"])
def test_a_name_that_is_known_gets_none(source, text):
    assert hints(source, read(Query(text))) == []


@pytest.mark.parametrize(
    ("declared", "hint"),
    [
        (
            "s: <http://schema.org/>",
            "query:1:8: <http://schema.org/> is none of the graph's vocabularies; did you mean <https://schema.org/>?",
        ),
        (
            "lg: <https://w3id.org/local-governance/ontolgy#>",
            "did you mean <https://w3id.org/local-governance/ontology#>?",
        ),
    ],
)
def test_a_namespace_that_is_nearly_right_gets_a_hint(source, declared, hint):
    (found,) = hints(source, read(Query(f"PREFIX {declared}\nSELECT * {{ ?x {declared.split(':')[0]}:headline ?y }}")))
    assert hint in found


@pytest.mark.parametrize(
    "declared",
    [
        "skos: <http://www.w3.org/2004/02/skos/core#>",
        "own: <http://example.org/>",
        "sh: <http://www.w3.org/ns/shacl#>",
        "a: <http://www.w3.org/ns/as#>",
    ],
)
def test_a_namespace_that_is_known_or_ones_own_gets_none(source, declared):
    assert hints(source, read(Query(f"PREFIX {declared}\nSELECT * {{ ?x rdfs:label ?y }}"))) == []


def test_a_hint_comes_from_an_endpoint_too(endpoint):
    assert "did you mean lg:within?" in hints(source_of(endpoint), read(Query("ASK { ?x lg:wihtin ?y }")))[0]


def test_the_place_of_an_error_is_marked_below_the_line(files):
    result = CliRunner().invoke(
        app, ["query", "SELECT ?x {\n ?x rdfs:label '新塍镇' ; foo:bar ?y }", "-g", str(files / "sample.ttl")]
    )
    assert result.exit_code == 3
    assert "query:2:24: prefix foo: is not declared" in result.output
    lines = result.output.splitlines()
    mark = lines[lines.index("   ?x rdfs:label '新塍镇' ; foo:bar ?y }") + 1]
    assert mark == "  " + " " * 16 + "\u3000" * 3 + " " * 4 + "^"


def test_the_commands_answer_is_the_same_everywhere(files, endpoint):
    output = files / "output"
    output.mkdir()
    Graph().parse(files / "sample.ttl").serialize(output / "graph.ttl", format="turtle")
    question = "SELECT ?x { ?x a lg:Townshipp }"
    answers = {
        (result.stdout, result.stderr)
        for where in (output, files / "sample.nt", endpoint)
        for result in [CliRunner().invoke(app, ["query", question, "-g", str(where), "-f", "csv"])]
    }
    ((stdout, stderr),) = answers
    assert stdout == "x\r\n" or stdout == "x\n"
    assert "did you mean lg:Township?" in stderr
