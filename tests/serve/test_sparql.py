"""What /sparql answers beyond the W3C's tests: formats, and refusals with their reasons."""

from __future__ import annotations

import csv
import json
import socket
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import httpx
import pytest
from rdflib import Graph
from serving import SELECT, ask, running

from kg.serve.settings import Settings

CONSTRUCT = "CONSTRUCT WHERE { ?place rdfs:label ?name }"


@pytest.fixture(scope="module")
def client(graph_file: Path) -> Iterator[httpx.Client]:
    with running(graph_file) as (client, _):
        yield client


# ---- formats


def test_a_program_that_says_nothing_gets_json(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SELECT})
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert [row["name"]["value"] for row in answer.json()["results"]["bindings"]] == ["新塍镇", "秀洲区"]


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("image/png, */*;q=0.1", "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_a_table_comes_as_it_is_accepted(client: httpx.Client, accept: str, got: str) -> None:
    assert ask(client, SELECT, accept=accept).headers["content-type"] == got


@pytest.mark.parametrize(
    ("accept", "notation"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_triples_come_as_they_are_accepted(client: httpx.Client, accept: str, notation: str) -> None:
    answer = ask(client, CONSTRUCT, accept=accept)
    assert answer.headers["content-type"].startswith(accept)
    assert {str(name) for name in Graph().parse(data=answer.content, format=notation).objects()} == {"新塍镇", "秀洲区"}


def test_format_overrides_accept(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SELECT, "format": "csv"}, headers={"accept": "application/json"})
    assert [row["name"] for row in csv.DictReader(StringIO(answer.text))] == ["新塍镇", "秀洲区"]
    answer = client.get("/sparql", params={"query": CONSTRUCT, "format": "json"})
    assert answer.headers["content-type"] == "application/ld+json"


def test_what_cannot_be_had_is_told_with_what_can(client: httpx.Client) -> None:
    answer = ask(client, SELECT, accept="image/png")
    assert answer.status_code == 406
    assert "text/csv (format=csv)" in answer.text
    answer = client.get("/sparql", params={"query": SELECT, "format": "excel"})
    assert answer.status_code == 406
    assert "csv" in answer.text


def test_a_page_of_another_origin_may_ask(client: httpx.Client) -> None:
    answer = ask(client, SELECT, origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    asked_before = {"origin": "https://example.org", "access-control-request-method": "POST"}
    answer = client.options("/sparql", headers=asked_before | {"access-control-request-headers": "content-type"})
    assert answer.status_code == 200
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_no_page_of_another_origin_may_ask_where_none_is_allowed(graph_file: Path) -> None:
    with running(graph_file, Settings(cors="")) as (client, _):
        assert "access-control-allow-origin" not in ask(client, SELECT, origin="https://example.org").headers
    with running(graph_file, Settings(cors="https://example.org")) as (client, _):
        answer = ask(client, SELECT, origin="https://example.org")
        assert answer.headers["access-control-allow-origin"] == "https://example.org"
        assert "access-control-allow-origin" not in ask(client, SELECT, origin="https://elsewhere.org").headers


# ---- refusals


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "# a remark\nPREFIX lg: <a:>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "LOAD <http://127.0.0.1:1/x> INTO GRAPH <a:g>",
        "CLEAR ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_with_a_reason_however_it_is_sent(client: httpx.Client, update: str) -> None:
    as_itself = {"content-type": "application/sparql-update"}
    for answer in (
        ask(client, update),
        client.get("/sparql", params={"update": update}),
        client.post("/sparql", data={"update": update}),
        client.post("/sparql", content=update, headers=as_itself),
    ):
        assert answer.status_code == 403
        assert "updates are refused" in answer.text


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <{0}> {{ ?s ?p ?o }}",
        "service silent<{0}>{{?s ?p ?o}}",
        "SERVICE# a remark\n <{0}> {{ ?s ?p ?o }}",
        "\\u0053ERVICE <{0}> {{ ?s ?p ?o }}",
        "BIND(<{0}> AS ?address) SERVICE ?address {{ ?s ?p ?o }}",
        "VALUES ?address {{ <{0}> }} OPTIONAL {{ SERVICE SILENT $address {{ ?s ?p ?o }} }}",
        "SERVICE there:\\{{x {{ ?s ?p ?o }}",
        'FILTER(?s = "#") SERVICE <{0}> {{ ?s ?p ?o }}',
        "?s ?p '''#''' . SERVICE there: {{ ?s ?p ?o }}",
    ],
)
def test_no_query_leaves_the_machine(client: httpx.Client, pattern: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.2)
        address = f"http://127.0.0.1:{other.getsockname()[1]}/sparql"
        answer = ask(client, f"PREFIX there: <{address}>\nSELECT * {{ {pattern.format(address)} }}")
        assert answer.status_code in (400, 403)
        with pytest.raises(TimeoutError):
            other.accept()


def test_the_word_service_alone_is_no_reason_to_refuse(client: httpx.Client) -> None:
    assert ask(client, 'SELECT * { ?s rdfs:label ?name FILTER(CONTAINS(?name, "Service")) }').status_code == 200


@pytest.mark.parametrize("clause", ["FROM <file:///etc/passwd>", "FROM NAMED <file:///etc/passwd>"])
def test_no_file_of_the_host_is_read(client: httpx.Client, clause: str) -> None:
    answer = ask(client, f"SELECT * {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}")
    assert answer.json()["results"]["bindings"] == []


@pytest.mark.parametrize(
    "path", ["/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/sparql/../../etc/passwd", "//etc/passwd"]
)
def test_no_path_of_the_host_is_an_address(client: httpx.Client, path: str) -> None:
    host, port = client.base_url.host, client.base_url.port
    with socket.create_connection((host, port or 80)) as raw:  # a client of its own would tidy the path
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert raw.makefile("rb").readline().split()[1] == b"404"


def test_a_mistake_is_told_with_its_place(client: httpx.Client) -> None:
    answer = ask(client, "SELECT * WHERE {\n  ?s ?p ?o .\n  FILTER ?s\n}")
    assert answer.status_code == 400
    assert answer.text.startswith("query:3:3:")
    answer = ask(client, "SELECT * WHERE {\n  ?s foo:bar ?o }")
    assert answer.status_code == 400
    assert "query:2:" in answer.text
    assert "prefix foo: is not declared" in answer.text


def test_an_answer_says_that_it_depends_on_accept(client: httpx.Client) -> None:
    answer = ask(client, SELECT)
    assert answer.headers["vary"].startswith("Accept")
    assert json.loads(answer.content)["head"]["vars"] == ["name"]
