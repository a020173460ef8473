import csv
import io
import json
from decimal import Decimal

import pytest
from rdflib import Literal, URIRef

from kg.errors import GraphFileError, QueryError, UnknownNameError
from kg.query import Query, Table, formatted, parse_bindings, read_query, run
from kg.rdf import XSD, load

NAMES = """PREFIX lg: <https://w3id.org/local-governance/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
# @param place  地名 / name of a place
SELECT ?place_ ?name WHERE {
  ?place_ a lg:Place ; rdfs:label ?name .
  FILTER(!BOUND(?place) || STR(?name) = STR(?place))
} ORDER BY ?name"""


def names(table: Table) -> list[str]:
    return [str(row[-1]) for row in table.rows]


def test_without_its_parameter_a_query_gives_all(source):
    assert names(run(source, Query(NAMES))) == ["松坪村", "柳湾社区", "柳湾街道", "白石镇", "青溪县"]


@pytest.mark.parametrize("value", ["白石镇", '"白石镇"', '"白石镇"@zh'])
def test_a_bound_name_selects(source, value):
    assert names(run(source, Query(NAMES), parse_bindings([f"place={value}"]))) == ["白石镇"]


@pytest.mark.parametrize("value", ['白石镇" || true || "', "白石镇') || true #", "} DROP ALL #", "\\u0022", ""])
def test_a_bound_text_stays_a_text(source, value):
    assert names(run(source, Query(NAMES), parse_bindings([f"place={value}"]))) == []


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("新塍镇", Literal("新塍镇")),
        ("2021", Literal("2021", datatype=XSD.integer)),
        ("-0.5", Literal("-0.5", datatype=XSD.decimal)),
        ("007", Literal("007")),
        ("2021-05-01", Literal("2021-05-01", datatype=XSD.date)),
        ("2021-05", Literal("2021-05")),
        ('"2021"', Literal("2021")),
        ('"town"@en-GB', Literal("town", lang="en-GB")),
        ("<urn:x>", URIRef("urn:x")),
        ("https://example.org/村", URIRef("https://example.org/村")),
        ("https://example.org/a b", Literal("https://example.org/a b")),
        ("<a> <b>", Literal("<a> <b>")),
        ("a=b", Literal("a=b")),
    ],
)
def test_terms_of_bindings(value, term):
    assert parse_bindings([f"?x={value}"]) == {"x": term}


@pytest.mark.parametrize("pair", ["place", "=x", "a b=x", ""])
def test_a_binding_without_name_or_value_is_refused(pair):
    with pytest.raises(QueryError, match="name=value"):
        parse_bindings([pair])


def test_an_unknown_parameter_lists_the_declared_ones(source):
    with pytest.raises(QueryError, match="no parameter town; it has: place"):
        run(source, Query(NAMES), parse_bindings(["town=x"]))


def test_without_declarations_all_variables_are_parameters(source):
    query = Query("SELECT ?b ?a WHERE { ?b ?p ?a }")
    with pytest.raises(QueryError, match="it has: a, b, p"):
        run(source, query, parse_bindings(["town=x"]))


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("SELECT ?x WHERE {\n ?x a \n}", 2, 2, "not valid SPARQL"),
        ("# 一句注释\nSELEC ?x", 2, 1, "from here on: SELEC"),
        ("SELECT ?x WHERE {\n ?x ?y ?z \n", 3, 1, "ends too early"),
        ("", 1, 1, "ends too early"),
        ("# lg: in a comment\nSELECT ?x WHERE {\n  ?x a foo:Place }", 3, 8, "prefix foo: is not declared"),
        ("SELECT ?x WHERE {\n SERVICE <http://127.0.0.1/> { ?x ?y ?z } }", 2, 2, "SERVICE is not allowed"),
        ("SELECT ?x FROM <http://127.0.0.1/x> WHERE { ?x ?y ?z }", 1, 11, "FROM is not allowed"),
        ("ASK FROM NAMED <file:///etc/passwd> { ?x ?y ?z }", 1, 5, "FROM is not allowed"),
        ("SELECT ?x { { SELECT ?x { OPTIONAL { SERVICE SILENT ?x { ?x ?y ?z } } } } }", 1, 38, "SERVICE is not"),
        ("LOAD <http://127.0.0.1/>", 1, 1, "LOAD is not allowed"),
        ("PREFIX a: <urn:a>\nINSERT DATA { a:a a:a a:a }", 2, 1, "INSERT is not allowed"),
    ],
)
def test_errors_say_where(source, text, line, column, message):
    with pytest.raises(QueryError, match=message) as caught:
        run(source, Query(text, "x.rq"))
    assert (caught.value.line, caught.value.column) == (line, column)
    assert str(caught.value).startswith(f"x.rq:{line}:{column}: ")


def test_deep_nesting_is_an_error_of_the_query(source):
    with pytest.raises(QueryError):
        run(source, Query("SELECT ?x WHERE " + "{" * 3000 + "}" * 3000))


def test_ask_and_construct(source):
    assert run(source, Query("ASK { ?x a lg:Platform }")).boolean is True
    assert run(source, Query("ASK { ?x a lg:Nothing }")).boolean is False
    table = run(source, Query("CONSTRUCT { ?x a lg:Place } WHERE { ?x a lg:Township }"))
    assert table.columns == ("subject", "predicate", "object")
    assert len(table.rows) == 2


def test_columns_of_a_star_stand_in_text_order(source):
    query = Query("SELECT DISTINCT * WHERE { ?zeta a lg:Township . ?zeta rdfs:label ?alpha }")
    assert run(source, query).columns == ("zeta", "alpha")


def test_read_query(tmp_path):
    file = tmp_path / "x.rq"
    file.write_text(NAMES, encoding="utf-8")
    query = read_query(str(file))
    assert (query.text, query.path) == (NAMES, str(file))
    assert [(p.name, p.description) for p in query.parameters] == [("place", "地名 / name of a place")]
    assert read_query("ASK { ?x a ?y }") == Query("ASK { ?x a ?y }")
    with pytest.raises(QueryError, match="no such query file"):
        read_query("nowhere.rq")
    file.write_bytes("查询".encode("gb18030"))
    with pytest.raises(QueryError, match="no UTF-8 text"):
        read_query(str(file))
    with pytest.raises(QueryError, match="cannot be read"):
        read_query(str(tmp_path))


TABLE = Table(
    ("entity", "name", "figure"),
    (
        (
            URIRef("https://example.org/村"),
            Literal('“甲”,"乙"\n丙\t', lang="zh"),
            Literal("24.5", datatype=XSD.decimal),
        ),
        (None, Literal("x"), Literal("2022", datatype=XSD.gYear, normalize=False)),
    ),
)


def test_json_is_sparql_results():
    assert json.loads(formatted(TABLE, "json")) == {
        "head": {"vars": ["entity", "name", "figure"]},
        "results": {
            "bindings": [
                {
                    "entity": {"type": "uri", "value": "https://example.org/村"},
                    "name": {"type": "literal", "value": '“甲”,"乙"\n丙\t', "xml:lang": "zh"},
                    "figure": {"type": "literal", "value": "24.5", "datatype": str(XSD.decimal)},
                },
                {
                    "name": {"type": "literal", "value": "x"},
                    "figure": {"type": "literal", "value": "2022", "datatype": str(XSD.gYear)},
                },
            ]
        },
    }


def test_csv_gives_values():
    text = formatted(TABLE, "csv")
    assert text.startswith("entity,name,figure\r\n")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [
        ["https://example.org/村", '“甲”,"乙"\n丙\t', "24.5"],
        ["", "x", "2022"],
    ]


def test_tsv_gives_terms():
    assert formatted(TABLE, "tsv") == (
        "?entity\t?name\t?figure\n"
        '<https://example.org/村>\t"“甲”,\\"乙\\"\\n丙\\t"@zh\t24.5\n'
        '\t"x"\t"2022"^^<http://www.w3.org/2001/XMLSchema#gYear>\n'
    )


def test_cells_shorten_known_iris(source):
    table = run(source, Query("SELECT ?type WHERE { <https://w3id.org/local-governance/id/place/990101> a ?type }"))
    assert sorted(table.cells()) == [["lg:County"], ["lg:Place"]]


def test_formats_are_listed():
    with pytest.raises(UnknownNameError, match="known: json, csv, tsv"):
        formatted(TABLE, "xml")


def test_ask_in_every_format():
    yes = Table((), (), True)
    assert json.loads(formatted(yes, "json")) == {"head": {}, "boolean": True}
    assert formatted(yes, "csv") == "boolean\r\ntrue\r\n"
    assert formatted(yes, "tsv") == "?boolean\ntrue\n"


def test_decimals_stay_as_written(source):
    table = run(source, Query('SELECT ?v { ?o lg:indicator "产值"@zh ; lg:value ?v }'))
    assert table.rows[0][0].toPython() == Decimal("327000000")
    assert formatted(table, "csv") == "v\r\n327000000\r\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file"),
        (b"@prefix a: <urn:a> .\n\na:a a:b .", "no valid Turtle, line 3"),
        ("新塍镇".encode("gb18030"), "no UTF-8 text"),
        (b"<urn:a> <urn:b> \x00\x01", "no valid Turtle"),
    ],
)
def test_a_broken_graph_file_is_reported(tmp_path, content, message):
    if content is not None:
        (tmp_path / "graph.ttl").write_bytes(content)
    with pytest.raises(GraphFileError, match=message):
        load(tmp_path)
