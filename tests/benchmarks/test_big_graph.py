"""The invented graphs that benchmarks measure hold together as built ones do, and are the same each time."""

from __future__ import annotations

import pytest
from big_graph import invent

from kg.export.html.homes import homes
from kg.graph import KnowledgeGraph, ends
from kg.model import EntityType


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return invent(2000)


@pytest.mark.parametrize("entities", [1, 2, 50, 999])
def test_it_has_as_many_entities_as_were_asked_for(entities: int) -> None:
    assert len(invent(entities).entities) == entities


def test_it_has_the_statements_and_articles_of_a_build(graph: KnowledgeGraph) -> None:
    assert len(graph.statements) == 5000
    assert len(graph.articles) == 400
    assert {type(s).__name__ for s in graph.statements.values()} == {
        "RelationStatement",
        "DateStatement",
        "Membership",
        "FundingStatement",
        "ObservationStatement",
    }
    assert {e.type for e in graph.entities.values()} == set(EntityType)


def test_the_same_seed_gives_the_same_graph(graph: KnowledgeGraph) -> None:
    assert invent(2000) == graph
    assert invent(2000, seed=8) != graph


def test_mentions_and_passages_are_words_of_their_article(graph: KnowledgeGraph) -> None:
    for article in graph.articles.values():
        for mention in article.mentions:
            assert article.text[mention.start : mention.end] in graph.entities[mention.entity].names
    for passage in graph.passages.values():
        assert graph.articles[passage.article].text[passage.start : passage.end] == passage.text


def test_a_statement_names_its_entities_in_its_passage(graph: KnowledgeGraph) -> None:
    for statement in graph.statements.values():
        assert set(ends(statement)) <= graph.entities.keys()
        for passage in statement.passages:
            assert all(graph.entities[e].label in graph.passages[passage].text for e in ends(statement))


def test_places_form_a_tree_in_which_most_things_are_at_home(graph: KnowledgeGraph) -> None:
    found = homes(graph)
    roots = [e for e in graph.of_type(EntityType.PLACE) if e.id not in found]
    assert len(roots) == 1
    assert len(found) > 0.6 * len(graph.entities)


def test_a_few_entities_are_hubs(graph: KnowledgeGraph) -> None:
    links: dict[str, int] = {}
    for statement in graph.statements.values():
        for end in ends(statement):
            links[end] = links.get(end, 0) + 1
    assert max(links.values()) > 12 * sum(links.values()) / len(links)
