"""The graph that the tests of the server ask."""

from __future__ import annotations

from pathlib import Path

import pytest

GRAPH = """
@prefix lg: <https://w3id.org/local-governance/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/local-governance/id/place/330411104> a lg:Place ; rdfs:label "新塍镇"@zh .
<https://w3id.org/local-governance/id/place/330411> a lg:Place ; rdfs:label "秀洲区"@zh .
"""


@pytest.fixture(scope="session")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with two places."""
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return path
