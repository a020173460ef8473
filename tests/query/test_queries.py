"""The queries that ship with the project: right answers on the sample and on the seeds, and standard SPARQL 1.1."""

import re
from pathlib import Path

import pytest
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.export.rdf import to_rdflib
from kg.pipeline import build
from kg.query import LocalSource, formatted, parse_bindings, read_query, run

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def seeds() -> LocalSource:
    return LocalSource.of_text(to_rdflib(build(ROOT / "seeds").graph).serialize(format="turtle"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_answers_on_the_sample(source, golden, file):
    golden(f"queries/sample/{file.stem}.tsv", formatted(run(source, read_query(str(file))), "tsv"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_answers_on_the_seeds(seeds, golden, file):
    golden(f"queries/seeds/{file.stem}.tsv", formatted(run(seeds, read_query(str(file))), "tsv"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_query_asks_its_question_in_both_languages_and_declares_its_parameter(file):
    query = read_query(str(file))
    chinese, english, empty = query.text.splitlines()[:3]
    assert re.match(r"# .*[\u4e00-\u9fff]", chinese)
    assert english.startswith("# ") and english.isascii()
    assert empty == "#"
    (parameter,) = query.parameters
    assert f'VALUES ?{parameter.name} {{ "" }}' in query.text
    assert " / " in parameter.description


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_query_stands_by_itself_and_has_an_order(file):
    text = file.read_text(encoding="utf-8")
    assert translateQuery(parseQuery(text))  # prefixes declared
    assert "ORDER BY" in text
    # Most stores compare the months and years of dates wrongly: only their texts, or whole days, may be compared.
    assert not re.search(r"[<>]=?\s*\?(?:when|time|since|published)", text)


@pytest.mark.parametrize(
    ("name", "binding", "column", "values"),
    [
        ("programmes-by-township", "place=青溪县", "programme", {"“凉亭夜话”活动"}),
        ("programmes-by-township", "place=柳湾街道", "programme", set()),
        ("officials", "place=白石", "role", {"书记"}),
        ("officials", "place=柳湾街道", "role", set()),
        ("companies-by-place", "place=柳湾街道", "company", {"青竹科技有限公司"}),
        ("companies-by-place", "place=白石镇", "company", set()),
        ("funding", "name=松坪村", "amount", {"800000"}),
        ("policies-by-issuer", "issuer=青溪县", "policy", {"《青溪县乡村夜校管理办法》"}),
        ("policies-by-issuer", "issuer=白石镇", "policy", set()),
        ("platforms", "operator=白石镇", "platform", {"云上白石"}),
        ("whom-they-serve", "group=老人", "serves", {"留守老人"}),
        ("figures-over-time", "name=青竹科技", "indicator", {"产值", "产值同比增长"}),
        ("within-a-county", "county=青溪县", "where", {"青溪县", "白石镇", "柳湾街道", ""}),
        ("within-a-county", "county=青溪县", "by", {"白石镇", "青竹科技有限公司", "青溪县", ""}),
        ("within-a-county", "county=无此县", "thing", set()),
        ("sources", "name=竹林贷", "predicate", {"finances 800000", "offers"}),
        ("townships-compared", "place=柳湾街道", "projects", {"1"}),
        ("timeline", "since=2020", "entity", {"云上白石"}),
        ("timeline", "since=2021-02", "entity", set()),
        ("honours", "name=松坪村", "standing", {"aims at"}),
        ("articles", "name=青竹科技", "headline", {"青竹科技新厂开建"}),
    ],
)
def test_a_parameter_selects(source, name, binding, column, values):
    table = run(source, read_query(str(ROOT / f"queries/{name}.rq")), parse_bindings([binding]))
    assert {row[table.columns.index(column)] for row in table.cells()} == values
