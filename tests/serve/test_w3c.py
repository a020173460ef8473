"""The W3C's own tests of the SPARQL 1.1 Protocol and of its Service Description, read from their manifests.

Updates are refused on purpose. The tests that expect one to be carried out stand in REFUSED; here they must be
answered with 403 and a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from serving import running

from kg.serve.answers import TRIPLE_FORMATS
from kg.serve.formats import TABLES, TRIPLES

W3C = Path(__file__).parent / "w3c"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
MANIFEST = Graph().parse(W3C / "protocol" / "manifest.ttl")
DATA = "http://kasei.us/2009/09/sparql/data/"

REFUSED = {
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
}
"""Tests of updates that are to succeed; this server reads only."""


@dataclass(frozen=True)
class Exchange:
    """A request of a test and what it expects."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    """`2xx`, `4xx`; any of them will do."""
    boolean: bool | None
    format: str | None


def entries() -> dict[str, Node]:
    listed = MANIFEST.value(MANIFEST.value(predicate=RDF.type, object=MF.Manifest), MF.entries)
    return {str(entry).rpartition("#")[2]: entry for entry in Collection(MANIFEST, listed)}


def exchanges(entry: Node) -> Iterator[Exchange]:
    for request in Collection(MANIFEST, MANIFEST.value(MANIFEST.value(entry, MF.action), HT.requests)):
        listed = MANIFEST.value(request, HT.headers)
        headers = {
            str(MANIFEST.value(h, HT.fieldName)): str(MANIFEST.value(h, HT.fieldValue))
            for h in (Collection(MANIFEST, listed) if listed else ())
        }
        content = MANIFEST.value(request, HT.body)
        encoding = str(MANIFEST.value(content, CNT.characterEncoding) or "UTF-8")
        response = MANIFEST.value(request, HT.resp)
        boolean = MANIFEST.value(response, MF.expectedBoolean)
        yield Exchange(
            method=str(MANIFEST.value(request, HT.methodName)),
            path=str(MANIFEST.value(request, HT.absolutePath)),
            headers=headers,
            body=str(MANIFEST.value(content, CNT.chars)).encode(encoding) if content else None,
            statuses=tuple(str(s)[-3:] for s in MANIFEST.objects(response, MF.expectedStatus)),
            boolean=None if boolean is None else bool(boolean.toPython()),
            format=str(MANIFEST.value(response, MF.expectedFormat) or "") or None,
        )


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with the graphs that the manifest names."""
    data = tmp_path_factory.mktemp("w3c") / "data.nq"
    store = ox.Store()
    for file in sorted((W3C / "protocol").glob("*.nt")):
        store.load(path=str(file), to_graph=ox.NamedNode(f"{DATA}{file.stem}.rdf"))
    store.dump(str(data), ox.RdfFormat.N_QUADS)
    with running(data) as (client, _):
        yield client


def sent(endpoint: httpx.Client, exchange: Exchange) -> httpx.Response:
    # The manifest asks for the prefix /sparql/ to be replaced by the endpoint's own.
    path = re.sub("^/sparql/?", "/sparql", exchange.path)
    return endpoint.request(exchange.method, path, headers=exchange.headers, content=exchange.body)


def kind(response: httpx.Response) -> str:
    """What an answer is, in the manifest's words."""
    media_type = response.headers["content-type"].partition(";")[0]
    if media_type in {f.media_type for f in TRIPLES.values()}:
        return "RDF"
    assert media_type in {f.media_type for f in TABLES.values()}
    return (
        "boolean"
        if isinstance(ox.parse_query_results(response.content, media_type_of(media_type)), ox.QueryBoolean)
        else "tabular"
    )


def media_type_of(media_type: str) -> ox.QueryResultsFormat:
    found = ox.QueryResultsFormat.from_media_type(media_type)
    assert found is not None
    return found


@pytest.mark.parametrize("name", sorted(entries()))
def test_the_protocol(endpoint: httpx.Client, name: str) -> None:
    asked = list(exchanges(entries()[name]))
    assert asked
    if name in REFUSED:
        update = sent(endpoint, asked[0])
        assert update.status_code == 403
        assert "updates are refused" in update.text
        return
    for exchange in asked:
        response = sent(endpoint, exchange)
        assert f"{response.status_code // 100}xx" in exchange.statuses, response.text
        if exchange.format:
            assert kind(response) == exchange.format
        if exchange.boolean is not None:
            assert response.json()["boolean"] is exchange.boolean


def test_only_updates_are_refused() -> None:
    assert {name for name in entries() if name.startswith("update_")} == REFUSED


@pytest.mark.parametrize("notation", list(TRIPLES))
def test_service_description(endpoint: httpx.Client, notation: str) -> None:
    """The three tests of its manifest: GET returns RDF, with a matching sd:endpoint, conforming to the schema."""
    response = endpoint.get("/sparql", headers={"accept": TRIPLES[notation].media_type})
    assert response.status_code == 200
    told = Graph().parse(
        data=response.content,
        format={"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}[notation],
    )
    address = URIRef(str(endpoint.base_url.join("/sparql")))
    [service] = told.subjects(RDF.type, SD.Service)
    assert list(told.objects(service, SD.endpoint)) == [address]
    assert set(told.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    [dataset] = told.objects(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in told
    [default] = told.objects(dataset, SD.defaultGraph)
    assert (default, RDF.type, SD.Graph) in told
    names = {str(told.value(g, SD.name)) for g in told.objects(dataset, SD.namedGraph)}
    assert names == {f"{DATA}data{i}.rdf" for i in (1, 2, 3)}


def test_the_description_is_to_be_had_in_all_that_the_service_names() -> None:
    assert set(TRIPLES) == set(TRIPLE_FORMATS)
