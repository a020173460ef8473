"""The description of a dataset agrees with what SPARQL counts in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, PROV, RDF, VOID, Graph, Literal, URIRef
from typer.testing import CliRunner

from kg import __version__
from kg.cli import app
from kg.errors import LicenceError
from kg.export import Contents, export
from kg.export.void import write_void
from kg.graph import KnowledgeGraph

DATASET = URIRef("https://w3id.org/local-governance/id/dataset")
BY = "https://creativecommons.org/licenses/by/4.0/"


def description(contents: Contents, folder: Path) -> Graph:
    write_void(contents, folder / "void.ttl")
    return Graph().parse(folder / "void.ttl")


@pytest.fixture
def void(sample_graph, tmp_path) -> Graph:
    return description(Contents.of_graph(sample_graph), tmp_path)


def count(graph: Graph, query: str) -> int:
    ((number,),) = graph.query(query)
    return int(number)


@pytest.mark.parametrize(
    ("term", "query"),
    [
        (VOID.triples, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctSubjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        (VOID.properties, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        (VOID.classes, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        (VOID.documents, "SELECT (COUNT(?s) AS ?n) { ?s a lg:Document }"),
        (
            VOID.entities,
            "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s rdfs:label ?l FILTER NOT EXISTS"
            " { ?s a ?c FILTER(?c IN (lg:Rule, lg:Gazetteer, <http://www.w3.org/ns/org#Role>)) } }",
        ),
    ],
)
def test_sizes(void, rdf, term, query):
    assert void.value(DATASET, term) == Literal(count(rdf, query))


def test_each_class_and_property_has_its_number(void, rdf):
    classes = {
        void.value(p, VOID["class"]): void.value(p, VOID.entities) for p in void.objects(None, VOID.classPartition)
    }
    assert classes == {c: Literal(len(set(rdf.subjects(RDF.type, c)))) for c in set(rdf.objects(None, RDF.type))}
    parts = void.objects(None, VOID.propertyPartition)
    properties = {void.value(p, VOID.property): void.value(p, VOID.triples) for p in parts}
    assert properties == {p: Literal(len(list(rdf.subject_objects(p)))) for p in set(rdf.predicates())}


def test_titles_and_rights_are_in_both_languages(void):
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.rights):
        assert {text.language for text in void.objects(DATASET, predicate)} == {"en", "zh"}


def test_where_it_comes_from(void):
    run = void.value(DATASET, PROV.wasGeneratedBy)
    software = void.value(run, PROV.wasAssociatedWith)
    assert str(void.value(software, URIRef("http://www.w3.org/2000/01/rdf-schema#label"))) == f"kg {__version__}"
    assert "stats.gov.cn" in str(void.value(DATASET, DCTERMS.source))
    assert "青溪日报" in {str(name) for name in void.objects(None, URIRef("http://xmlns.com/foaf/0.1/name"))}
    period = void.value(DATASET, DCTERMS.temporal)
    assert (str(void.value(period, DCAT.startDate)), str(void.value(period, DCAT.endDate))) == (
        "2022-07-01",
        "2022-07-31",
    )


def test_the_version_follows_the_inputs(void, sample_graph, tmp_path):
    version = str(void.value(DATASET, DCAT.version))
    assert version.startswith(f"{__version__}+")
    one = next(iter(sample_graph.documents.items()))
    fewer = KnowledgeGraph(dict([one]), {}, {}, sample_graph.entities, {})
    assert str(description(Contents.of_graph(fewer), tmp_path).value(DATASET, DCAT.version)) != version


def test_it_names_no_licence_but_the_one_that_is_given(void, sample_graph, tmp_path):
    assert void.value(DATASET, DCTERMS.license) is None
    licensed = description(Contents.of_graph(sample_graph, licence=BY), tmp_path)
    assert licensed.value(DATASET, DCTERMS.license) == URIRef(BY)
    with pytest.raises(LicenceError, match="no IRI of a licence"):
        write_void(Contents.of_graph(sample_graph, licence="CC BY 4.0"), tmp_path / "x.ttl")


def test_an_empty_graph_is_described_too(tmp_path):
    void = description(Contents.of_graph(KnowledgeGraph()), tmp_path)
    assert void.value(DATASET, VOID.triples) == Literal(0)


def test_kg_build_writes_it(tmp_path):
    (tmp_path / "page.txt").write_text("路灯亮了\n\n昨晚，新塍镇潘家浜村的路灯第一次亮了。\n", encoding="utf-8")
    arguments = ["build", str(tmp_path / "page.txt"), "-o", str(tmp_path / "out"), "--licence", BY]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    void = Graph().parse(tmp_path / "out" / "graph.void.ttl")
    assert void.value(DATASET, DCTERMS.license) == URIRef(BY)
    triples = Graph().parse(tmp_path / "out" / "graph.ttl")
    assert void.value(DATASET, VOID.triples) == Literal(len(triples))


def test_it_has_the_base_of_the_graph(sample_graph, tmp_path):
    export("turtle", Contents.of_graph(sample_graph, "http://example.org/"), tmp_path / "graph.ttl")
    void = description(Contents.of_file(tmp_path), tmp_path)
    assert void.value(URIRef("http://example.org/dataset"), VOID.uriSpace) == Literal("http://example.org/")
