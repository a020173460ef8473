"""A graph that was written is read back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile import hostile

from kg import stored
from kg.errors import GraphFileError
from kg.export import Contents, export
from kg.graph import KnowledgeGraph
from kg.pipeline import build

SEEDS = Path(__file__).parents[1] / "seeds"


def comparable(graph: KnowledgeGraph) -> tuple[Any, ...]:
    """Return the records without what RDF does not keep: the order of values, the places of mentions."""
    return (
        graph.documents,
        graph.passages,
        {i: replace(e, aliases=tuple(sorted(e.aliases))) for i, e in graph.entities.items()},
        {
            i: replace(a, mentions=(), authors=tuple(sorted(a.authors)), photographers=tuple(sorted(a.photographers)))
            for i, a in graph.articles.items()
        },
        {i: {m.entity for m in a.mentions} for i, a in graph.articles.items()},
        {
            i: replace(s, passages=tuple(sorted(s.passages)), rules=tuple(sorted(s.rules)))
            for i, s in graph.statements.items()
        },
    )


@pytest.fixture(params=["sample", "hostile", "seeds"])
def graph(request, sample_graph) -> KnowledgeGraph:
    return {"sample": lambda: sample_graph, "hostile": hostile, "seeds": lambda: build(SEEDS).graph}[request.param]()


@pytest.mark.parametrize(("name", "suffix"), [("turtle", "ttl"), ("nquads", "nq"), ("jsonld", "jsonld")])
def test_all_records_come_back(graph, tmp_path, name, suffix):
    export(name, Contents.of_graph(graph), tmp_path / f"graph.{suffix}")
    assert comparable(stored.load(tmp_path / f"graph.{suffix}")) == comparable(graph)


def test_another_base_makes_no_difference(sample_graph, tmp_path):
    export("turtle", Contents.of_graph(sample_graph, "http://example.org/县/"), tmp_path / "graph.ttl")
    assert stored.base_of(tmp_path) == "http://example.org/县/"
    assert comparable(stored.load(tmp_path)) == comparable(sample_graph)


def test_mentions_stand_where_a_name_stands(sample_graph, tmp_path):
    export("turtle", Contents.of_graph(sample_graph), tmp_path / "graph.ttl")
    read = stored.load(tmp_path)
    for article in read.articles.values():
        for mention in article.mentions:
            words = article.text[mention.start : mention.end]
            assert words in (*read.entities[mention.entity].names, "")
    places = [(m.start, m.end) for m in read.articles["article/tea"].mentions]
    assert (read.articles["article/tea"].text.index("白石镇"),) * 2 < places[-1]
    assert places == sorted(places) and len(places) > 15


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no lg:Article"),
        ("<urn:a> <urn:b> <urn:c> .", "has no lg:Article"),
        ("@prefix", "no valid RDF: .*line 1"),
        (
            "@prefix lg: <https://w3id.org/local-governance/ontology#> . <http://x/article/1> a lg:Article ."
            " <http://x/passage/1> a lg:Passage .",
            "not as the ontology has it",
        ),
    ],
)
def test_what_is_no_built_graph(tmp_path, text, message):
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(GraphFileError, match=message):
        stored.load(tmp_path)
