import io
import random
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from hostile import hostile
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from sample import sample

from kg.errors import BaseIriError
from kg.export.rdf import to_rdflib
from kg.export.turtle import write_turtle
from kg.graph import Entity, KnowledgeGraph, ObservationStatement, SourceDocument, collect
from kg.model import EntityType
from kg.notation import DEFAULT_BASE, PREFIXES
from kg.rdf import DCTERMS, LG, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, XSD


def turtle(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> str:
    stream = io.StringIO()
    write_turtle(graph, stream, base)
    return stream.getvalue()


def iri(identifier: str) -> URIRef:
    return URIRef(DEFAULT_BASE + identifier)


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=XSD[datatype], normalize=False)


def expanded(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


def test_whole_output(sample_graph, golden):
    golden("sample.ttl", turtle(sample_graph))


def test_any_order_of_records_gives_the_same_bytes(sample_graph):
    expected = turtle(sample_graph)
    for seed in range(3):
        shuffled = KnowledgeGraph(
            *(
                dict(random.Random(seed).sample(sorted(records.items()), len(records)))
                for records in (
                    sample_graph.documents,
                    sample_graph.articles,
                    sample_graph.passages,
                    sample_graph.entities,
                    sample_graph.statements,
                )
            )
        )
        assert turtle(shuffled) == expected


@pytest.mark.parametrize("graph", [sample(), hostile(), KnowledgeGraph()], ids=["sample", "hostile", "empty"])
def test_turtle_reads_back_as_the_same_triples(graph):
    assert set(Graph().parse(data=turtle(graph), format="turtle")) == set(to_rdflib(graph))


@given(st.text(st.sampled_from('\n\r\t"\\\x00\x7f\u0085\u2028甲n𠮷'), max_size=12))
def test_any_text_reads_back(text):
    source = SourceDocument("document/1", text, "00")
    graph = collect(documents=[source], articles=(), passages=(), entities=(), statements=())
    back = Graph().parse(data=turtle(graph), format="turtle")
    assert str(back.value(iri("document/1"), DCTERMS.source)) == text


def test_writing_needs_no_rdf_library():
    code = """
import io, sys
from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph
write_turtle(KnowledgeGraph(), io.StringIO())
sys.exit("rdflib" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_subjects_predicates_and_objects_stand_in_order(sample_graph):
    prologue, *blocks = turtle(sample_graph).removesuffix(" .\n\n").split(" .\n\n")
    prologue += " .\n"
    subjects = [str(next(Graph().parse(data=f"{prologue}{block} .").subjects())) for block in blocks]
    assert subjects == sorted(map(str, set(to_rdflib(sample_graph).subjects())))
    (town,) = [block for block in blocks if block.startswith("place:990101101 ")]
    predicates = [line.split()[0] for line in town.splitlines()[2:] if line.startswith("    ") and line[4] != " "]
    assert predicates[0] == "rdfs:label" and predicates[1:] == sorted(predicates[1:], key=expanded)


def test_only_plain_names_are_written_with_a_prefix():
    places = ["330411104", "新城-1", "a.b", "a.", "-a", "a%20b", "a/b", "a b", ""]
    entities = [Entity(f"place/{name}", EntityType.PLACE, "地") for name in places]
    text = turtle(collect(documents=(), articles=(), passages=(), entities=entities, statements=()))
    assert {line.split()[0] for line in text.splitlines() if line.startswith("place:")} == {
        "place:330411104",
        "place:a.b",
        "place:",
    }
    assert set(Graph().parse(data=text, format="turtle").subjects()) == set(
        to_rdflib(collect(documents=(), articles=(), passages=(), entities=entities, statements=())).subjects()
    )


def test_entity_has_classes_names_and_code(rdf):
    town = iri("place/990101101")
    assert set(rdf.objects(town, RDF.type)) == {LG.Place, LG.Township}
    assert list(rdf.objects(town, RDFS.label)) == [Literal("白石镇", lang="zh")]
    assert list(rdf.objects(town, SKOS.altLabel)) == [Literal("白石", lang="zh")]
    assert str(rdf.value(town, DCTERMS.identifier)) == "990101101"


def test_only_who_holds_office_is_an_official(rdf):
    assert (iri("person/方远-1"), RDF.type, LG.Official) in rdf
    assert (iri("person/方远-2"), RDF.type, LG.Official) not in rdf


def test_relation_is_a_plain_triple_and_a_node(rdf):
    town, talks = iri("place/990101101"), iri("programme/凉亭夜话")
    assert (town, LG.implements, talks) in rdf
    (node,) = set(rdf.subjects(RDF.predicate, LG.implements)) & set(rdf.subjects(RDF.subject, town))
    assert rdf.value(node, RDF.object) == talks
    passage = rdf.value(node, PROV.wasDerivedFrom)
    text = str(rdf.value(rdf.value(passage, DCTERMS.isPartOf), LG.text))
    start, end = int(rdf.value(passage, OA.start)), int(rdf.value(passage, OA.end))
    assert text[start:end] == str(rdf.value(passage, OA.exact))
    assert rdf.value(node, LG.confidence) == typed("0.9", "decimal")
    assert rdf.value(rdf.value(node, PROV.wasGeneratedBy), RDFS.label) == Literal("relation.sample")


def test_an_aim_is_not_stated_as_borne(rdf):
    village, honour = iri("place/990101101201"), iri("honour/文明村")
    assert (village, LG.recognizedAs, honour) not in rdf
    assert (village, LG.aimsAt, honour) in rdf
    node = rdf.value(predicate=RDF.object, object=honour)
    assert rdf.value(node, RDF.predicate) == LG.recognizedAs
    assert rdf.value(node, LG.status) == Literal("aim")


@pytest.mark.parametrize(
    ("identifier", "predicate", "value", "datatype", "earliest", "latest"),
    [
        ("programme/凉亭夜话", "started", "2019-03", "gYearMonth", "2019-03-01", "2019-03-31"),
        ("platform/云上白石", "started", "2021", "gYear", "2021-01-01", "2021-12-31"),
    ],
)
def test_date_keeps_its_precision_and_has_bounds(rdf, identifier, predicate, value, datatype, earliest, latest):
    assert (iri(identifier), LG[predicate], typed(value, datatype)) in rdf
    (node,) = [s for s in rdf.subjects(RDF.subject, iri(identifier)) if (s, RDF.predicate, LG[predicate]) in rdf]
    assert rdf.value(node, LG.earliest) == typed(earliest, "date")
    assert rdf.value(node, LG.latest) == typed(latest, "date")


def test_membership_with_and_without_a_body(rdf):
    holder, body = iri("person/方远-1"), iri("organization/白石镇党委")
    node = rdf.value(predicate=ORG.member, object=holder)
    assert rdf.value(node, ORG.organization) == body
    assert rdf.value(rdf.value(node, ORG.role), RDFS.label) == Literal("书记", lang="zh")
    assert (holder, LG.holdsPositionIn, body) in rdf
    assert rdf.value(rdf.value(predicate=ORG.member, object=iri("person/何青")), ORG.organization) is None


def test_funding_with_and_without_an_amount(rdf):
    bank, village, firm = iri("organization/农商行"), iri("place/990101101201"), iri("organization/青竹科技")
    assert (bank, LG.finances, village) in rdf
    node = rdf.value(predicate=LG.funder, object=bank)
    assert rdf.value(node, LG.amount) == typed("800000", "decimal")
    assert rdf.value(node, LG.product) == iri("product/竹林贷")
    unstated = rdf.value(predicate=LG.funder, object=firm)
    assert rdf.value(unstated, LG.amount) is None
    assert rdf.value(unstated, LG.time) == typed("2022-07-16", "date")


def test_observation_with_an_interval(rdf):
    node = rdf.value(predicate=LG.indicator, object=Literal("产值", lang="zh"))
    assert rdf.value(node, LG.value) == typed("327000000", "decimal")
    assert str(rdf.value(node, LG.unit)) == "元"
    assert rdf.value(node, LG.time) == Literal("2022-01/2022-06")
    assert (str(rdf.value(node, LG.earliest)), str(rdf.value(node, LG.latest))) == ("2022-01-01", "2022-06-30")


def test_what_only_the_gazetteer_says_is_derived_from_it(rdf):
    nodes = [n for n in rdf.subjects(RDF.subject, iri("place/990101101201")) if (n, RDF.predicate, LG.within) in rdf]
    source = rdf.value(nodes[0], PROV.wasDerivedFrom)
    assert (source, RDF.type, LG.Gazetteer) in rdf
    assert rdf.value(source, DCTERMS.source)


def test_article_and_document(rdf):
    article = iri("article/tea")
    assert rdf.value(article, SCHEMA.headline) == Literal("“凉亭夜话”送到村口", lang="zh")
    assert rdf.value(article, SCHEMA.author) == iri("person/记者")
    assert rdf.value(iri("article/plant"), LG.photographer) == iri("person/记者")
    assert rdf.value(article, SCHEMA.datePublished) == typed("2022-07", "gYearMonth")
    assert iri("programme/凉亭夜话") in set(rdf.objects(article, SCHEMA.mentions))
    document = rdf.value(article, DCTERMS.isPartOf)
    assert str(rdf.value(document, DCTERMS.source)) == "青溪/page-1.txt"


@pytest.mark.parametrize(
    "name",
    [
        'a b<c>"d{e}|f^g`h\\i',
        "a#b?c%d&e",
        "甲·乙（丙）“丁”",
        "../..//x",
        "𠮷野家",
        "tab\there",
        "line\nbreak",
        "\x00",
        "'",
    ],
)
def test_any_name_gives_a_valid_iri_and_reads_back(name):
    entity = Entity(f"person/{name}", EntityType.PERSON, name, "", (f"{name}”", f'{name}"""'))
    graph = collect(documents=(), articles=(), passages=(), entities=[entity], statements=())
    back = Graph().parse(data=turtle(graph), format="turtle")
    assert set(back) == set(to_rdflib(graph))
    (subject,) = set(back.subjects())
    assert not set(subject) & set('<>"{}|^`\\ \t\n\x00')
    assert str(back.value(subject, RDFS.label)) == name


def test_names_that_differ_have_iris_that_differ():
    names = ["a%20b", "a b", "a+b", "a　b"]
    graph = collect(
        documents=(),
        articles=(),
        passages=(),
        entities=[Entity(f"person/{n}", EntityType.PERSON, n) for n in names],
        statements=(),
    )
    assert len(set(to_rdflib(graph).subjects())) == len(names)


@pytest.mark.parametrize("number", ["0", "0.5", "-3.20", "24.94", "257300000000", "1E+8", "1E-7", "100", "10.0"])
def test_numbers_read_back_as_they_are(number):
    said = ObservationStatement(
        id="statement/1", passages=(), rules=("r",), confidence=1, about="x/1", indicator="i", value=Decimal(number)
    )
    graph = collect(documents=(), articles=(), passages=(), entities=(), statements=[said])
    text = turtle(graph)
    value = Graph().parse(data=text, format="turtle").value(predicate=LG.value, object=None, subject=iri("statement/1"))
    assert value.toPython() == Decimal(number)
    assert "E" not in str(value)


@pytest.mark.parametrize("time", ["上月", "2022-13", "2022-02-30", "2022-06/2022-01", "20221"])
def test_a_time_that_is_no_iso_value_stays_a_text_without_bounds(sample_graph, time):
    (old,) = [s for s in sample_graph.statements.values() if getattr(s, "indicator", "") == "产值"]
    graph = collect(
        documents=(), articles=(), passages=(), entities=(), statements=[replace(old, time=time, passages=())]
    )
    out = to_rdflib(graph)
    assert list(out.objects(None, LG.time)) == [Literal(time)]
    assert not list(out.objects(None, LG.earliest))


def test_base_is_an_option(sample_graph):
    text = turtle(sample_graph, "https://data.example.org/青溪#")
    assert "@prefix place: <https://data.example.org/青溪#place/> ." in text
    assert "w3id.org/local-governance/id" not in text


@pytest.mark.parametrize(
    "base", ["", "id/", "https://example.org", "https://ex ample.org/", "javascript:/", "https://a/>/"]
)
def test_a_base_that_is_no_iri_is_refused(sample_graph, base):
    with pytest.raises(BaseIriError, match="base IRI"):
        turtle(sample_graph, base)
