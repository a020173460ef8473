from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH

from kg.notation import DEFAULT_BASE, PREFIXES
from kg.query import validate
from kg.query.shapes import shapes
from kg.rdf import LG, RDFS

_LINES = (Path(__file__).parents[1] / "cases/query/shapes.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if not line.startswith("#")][1:]
COLLECTIONS = ("article", "document", "passage", "place", "statement")
PROLOGUE = "\n".join(
    [f"BASE <{DEFAULT_BASE}>"]
    + [f"PREFIX {p}: <{n}>" for p, n in PREFIXES.items()]
    + [f"PREFIX {c}: <{DEFAULT_BASE}{c}/>" for c in COLLECTIONS]
)


def test_the_sample_conforms(rdf):
    assert validate(rdf) == []


@pytest.mark.parametrize(("message", "update"), CASES)
def test_what_is_broken_is_named(rdf, message, update):
    rdf.update(f"{PROLOGUE}\n{update}")
    violations = validate(rdf)
    assert message in {v.english for v in violations}
    assert all(v.chinese and v.english and v.focus for v in violations)


def test_every_shape_has_a_case():
    messages = {str(m) for m in shapes().objects(None, SH.message) if m.language == "en"}
    assert messages == {message for message, _ in CASES}


def test_violations_are_sorted_and_name_what_is_wrong(rdf):
    town, county = URIRef(DEFAULT_BASE + "place/990101101"), URIRef(DEFAULT_BASE + "place/990101")
    rdf.remove((town, LG.within, county))
    rdf.remove((county, RDFS.label, Literal("青溪县", lang="zh")))
    rdf.add((county, RDFS.label, Literal("青溪县", lang="en")))
    violations = validate(rdf)
    assert violations == sorted(violations)
    assert [v.focus for v in violations] == ["白石镇 within 青溪县", "青溪县"]
    assert "statement/01>" in str(violations[0])
    assert violations[1].value == "青溪县"


def test_an_empty_graph_conforms():
    assert validate(Graph()) == []
