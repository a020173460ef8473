"""A large graph is sorted into clusters, each of which shows 150 things at most, whatever the graph looks like."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from big_graph import invent

from kg.export.html.clusters import LIMIT, Cluster, cluster
from kg.graph import Entity, EntityMention, KnowledgeGraph, RelationStatement, SourceArticle, collect
from kg.model import EntityType as T


def made(
    entities: list[Entity], links: list[tuple[str, str, str]], articles: list[SourceArticle] | None = None
) -> KnowledgeGraph:
    return collect(
        documents=[],
        articles=articles or [],
        passages=[],
        entities=entities,
        statements=[
            RelationStatement(
                id=f"statement/{n}", passages=(), rules=("test",), confidence=1.0, subject=s, predicate=p, object=o
            )
            for n, (s, p, o) in enumerate(links)
        ],
    )


def people(count: int, name: str = "person") -> list[Entity]:
    return [Entity(f"{name}/{i:06}", T.PERSON, f"某{i}") for i in range(count)]


def chained(count: int) -> KnowledgeGraph:
    places = [Entity(f"place/{i:06}", T.PLACE, f"村{i}") for i in range(count)]
    return made(places, [(a.id, "within", b.id) for a, b in pairwise(places)])


def star(count: int) -> KnowledgeGraph:
    return made(people(count), [(f"person/{i:06}", "mentors", "person/000000") for i in range(1, count)])


def flat(count: int) -> KnowledgeGraph:
    """Many places right below one, each with a few people in it."""
    places = [Entity(f"place/{i:06}", T.PLACE, f"村{i}") for i in range(count)]
    links = [(p.id, "within", "place/000000") for p in places[1:]]
    links += [(f"person/{i:06}", "holdsPositionIn", places[i % count].id) for i in range(count * 5)]
    return made(places + people(count * 5), links)


GRAPHS = {
    "invented": lambda: invent(2000),
    "all alone": lambda: made(people(30_000), []),
    "a star": lambda: star(1000),
    "places one inside the other": lambda: chained(3000),
    "many places side by side": lambda: flat(1000),
    "one more than one view shows": lambda: made(people(LIMIT + 1), []),
}


@pytest.fixture(scope="module", params=GRAPHS)
def found(request: pytest.FixtureRequest) -> tuple[KnowledgeGraph, list[Cluster]]:
    graph = GRAPHS[request.param]()
    return graph, cluster(graph)


def test_no_view_shows_more_than_the_limit(found: tuple[KnowledgeGraph, list[Cluster]]) -> None:
    assert max(len(c.members) + len(c.children) for c in found[1]) <= LIMIT


def test_each_entity_is_shown_in_one_cluster(found: tuple[KnowledgeGraph, list[Cluster]]) -> None:
    shown = [member for c in found[1] for member in c.members]
    assert sorted(shown) == sorted(found[0].entities)


def test_clusters_form_a_tree_below_the_whole(found: tuple[KnowledgeGraph, list[Cluster]]) -> None:
    clusters = {c.id: c for c in found[1]}
    assert len(clusters) == len(found[1])
    for number, c in enumerate(found[1]):
        assert (c.id == "") == (number == 0)
        assert c.size == len(c.members) + sum(clusters[child].size for child in c.children)
        assert c.size > 1
        assert all(clusters[child].parent == c.id for child in c.children)
    assert sorted(child for c in found[1] for child in c.children) == sorted(clusters.keys() - {""})


def test_a_small_graph_needs_no_clusters() -> None:
    assert cluster(made(people(LIMIT), [])) == []
    assert cluster(KnowledgeGraph()) == []


def test_the_order_of_the_records_changes_nothing() -> None:
    graph = invent(2000)
    shuffled = KnowledgeGraph()
    for kind in ("documents", "articles", "passages", "entities", "statements"):
        items = list(getattr(graph, kind).items())
        Random(3).shuffle(items)
        getattr(shuffled, kind).update(items)
    assert cluster(shuffled) == cluster(graph)


def counties() -> list[Entity]:
    return [Entity("place/1", T.PLACE, "青溪县", "County"), Entity("place/2", T.PLACE, "白石县", "County")]


def in_counties(*extra: tuple[str, str, str], more: list[Entity] | None = None) -> dict[str, Cluster]:
    """Return the clusters of two counties with a hundred people each, by identifier."""
    staff = people(200)
    links = [(p.id, "holdsPositionIn", f"place/{1 + i % 2}") for i, p in enumerate(staff)]
    return {c.id: c for c in cluster(made([*counties(), *staff, *(more or [])], [*links, *extra]))}


def test_a_place_shows_what_is_at_home_in_it() -> None:
    clusters = in_counties()
    assert clusters[""].children == ("place/1", "place/2")
    assert clusters["place/1"].entity == "place/1"
    assert {"place/1", "person/000000", "person/000002"} <= set(clusters["place/1"].members)


def test_what_has_no_home_is_drawn_where_most_of_its_links_lead() -> None:
    scheme = Entity("programme/凉亭夜话", T.PROGRAMME, "凉亭夜话")
    clusters = in_counties(
        *((f"person/{i:06}", "mentors", scheme.id) for i in (1, 3, 4)),
        more=[scheme],
    )
    assert scheme.id in clusters["place/2"].members


def test_what_all_places_share_is_drawn_in_none() -> None:
    group = Entity("group/老人", T.GROUP, "老人")
    clusters = in_counties(*((f"person/{i:06}", "mentors", group.id) for i in range(4)), more=[group])
    assert group.id in clusters[""].members


def test_what_is_only_named_is_drawn_where_the_article_plays() -> None:
    writer = Entity("person/writer", T.PERSON, "马兰")
    article = SourceArticle("article/1", "document/1", "青溪县某0", authors=(writer.id,))
    named = tuple(EntityMention(0, 3, e) for e in ("place/1", "person/000002"))
    staff = people(200)
    links = [(p.id, "holdsPositionIn", f"place/{1 + i % 2}") for i, p in enumerate(staff)]
    article = SourceArticle(article.id, article.document, article.text, authors=article.authors, mentions=named)
    clusters = {c.id: c for c in cluster(made([*counties(), *staff, writer], links, [article]))}
    assert writer.id in clusters["place/1"].members


def test_a_place_with_next_to_nothing_in_it_is_shown_as_such() -> None:
    village = Entity("place/11", T.PLACE, "松坪村", "Village")
    clusters = in_counties(("place/11", "within", "place/1"), more=[village])
    assert "place/11" in clusters["place/1"].members


def test_a_community_is_called_after_its_most_linked_members() -> None:
    circles = [f"circle{c}" for c in range(4)]
    entities = [e for name in circles for e in people(60, name)]
    links = [(f"{name}/{i:06}", "mentors", f"{name}/000000") for name in circles for i in range(1, 60)]
    links += [(f"{name}/{i:06}", "mentors", f"{name}/000001") for name in circles for i in range(2, 30)]
    clusters = {c.id: c for c in cluster(made(entities, links))}
    assert clusters[""].children == tuple(f"community/{name}/000000" for name in circles)
    first = clusters["community/circle0/000000"]
    assert first.leaders[:2] == ("circle0/000000", "circle0/000001")
    assert first.type == T.PERSON
    assert set(first.members) == {e.id for e in people(60, "circle0")}
