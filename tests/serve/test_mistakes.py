"""What a user is told of a query that is none."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.serve.mistakes import explained


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * WHERE {\n  ?s ?p ?o .\n  FILTER ?s\n}", "query:3:3: not valid SPARQL, cannot be read from here on"),
        ("SELEC * { ?s ?p ?o }", "query:1:1: not valid SPARQL, cannot be read from here on: SELEC"),
        ("SELECT * {\n ?s lgg:label ?x }", "query:2:5: prefix lgg: is not declared; did you mean lg:?"),
        ("SELECT ?x { ?s ?p ?o", "query:1:21: not valid SPARQL, ends too early"),
        ("SELECT ?a (1 AS ?a) {}", "query:1:23: not valid SPARQL: Duplicated variable name in SELECT"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?o", "The SELECT contains a variable that is unbound"),
        ("SELECT * { ?s ?p '\\uD800' }", "\\u escape sequence should be followed by hexadecimal digits"),
    ],
)  # fmt: skip
def test_the_place_and_what_was_meant(query: str, told: str) -> None:
    with pytest.raises(SyntaxError) as refused:
        ox.Store().query(query, prefixes={"lg": "https://w3id.org/local-governance/ontology#"})
    assert told in explained(query, str(refused.value))
