"""The typed graph in memory, as those use it who analyse a build in Python."""

from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph, as_edge, at_least, ends
from kg.model import EntityType


def test_entities_are_found_by_type_and_by_any_name(sample_graph: KnowledgeGraph) -> None:
    places = sample_graph.of_type(EntityType.PLACE)
    assert places == sorted(places, key=lambda e: e.id)
    assert {e.type for e in places} == {EntityType.PLACE}
    assert [e.label for e in sample_graph.find("白石")] == ["白石镇"]
    assert sample_graph.find("没有这个名字") == []


def test_statements_about_an_entity_have_it_at_an_end(sample_graph: KnowledgeGraph) -> None:
    for entity in sample_graph.entities:
        about = list(sample_graph.about(entity))
        assert [s.id for s in about] == sorted(s.id for s in about)
        assert all(entity in ends(s) for s in about)
    reached = {s.id for e in sample_graph.entities for s in sample_graph.about(e)}
    assert reached == set(sample_graph.statements)


def test_every_end_is_an_entity_of_the_graph(sample_graph: KnowledgeGraph) -> None:
    for statement in sample_graph.statements.values():
        assert set(ends(statement)) <= set(sample_graph.entities)
        edge = as_edge(statement)
        assert edge is None or {edge[0], edge[2]} <= set(ends(statement))


def test_networkx_has_entities_as_nodes_and_statements_as_edges(sample_graph: KnowledgeGraph) -> None:
    view = sample_graph.to_networkx()
    assert {n: (d["label"], d["type"]) for n, d in view.nodes(data=True)} == {
        e.id: (e.label, str(e.type)) for e in sample_graph.entities.values()
    }
    edges = {key: (a, d["predicate"], b) for a, b, key, d in view.edges(keys=True, data=True)}
    assert edges == {s.id: as_edge(s) for s in sample_graph.statements.values() if as_edge(s)}
    amounts = [d["amount"] for *_, d in view.edges(data=True) if d["predicate"] == "finances"]
    assert 800000.0 in amounts
    assert all(d["role"] for *_, d in view.edges(data=True) if d["predicate"] == "holdsPositionIn")


@pytest.mark.parametrize("name", ["documents", "articles", "passages", "entities", "statements"])
def test_records_stand_in_the_order_of_their_identifiers(sample_graph: KnowledgeGraph, name: str) -> None:
    records = getattr(sample_graph, name)
    assert list(records) == sorted(records)
    assert all(key == record.id for key, record in records.items())


def test_the_less_sure_is_left_out_with_the_passages_that_nothing_else_rests_on(
    sample_graph: KnowledgeGraph,
) -> None:
    levels = sorted({s.confidence for s in sample_graph.statements.values()})
    sure = at_least(sample_graph, levels[-1])
    assert {s.confidence for s in sure.statements.values()} == {levels[-1]}
    assert set(sure.passages) == {p for s in sure.statements.values() for p in s.passages}
    assert len(sure.passages) < len(sample_graph.passages)
    assert sure.entities == sample_graph.entities
    assert at_least(sample_graph, levels[0]) == sample_graph
