from kg.export.html.homes import homes
from kg.graph import Entity, KnowledgeGraph, RelationStatement, collect
from kg.model import EntityType as T


def graph(*told: tuple[str, str, str]) -> KnowledgeGraph:
    """Return a graph in which the words are identifiers; what has an administrative ending is a place."""
    names = sorted({end for s, _, o in told for end in (s, o)})
    entities = [Entity(n, T.PLACE if n[-1] in "省市县镇村" else T.ORGANIZATION, n) for n in names]
    statements = [
        RelationStatement(id=f"s{i}", subject=s, predicate=p, object=o, passages=(), rules=("r",), confidence=0.9)
        for i, (s, p, o) in enumerate(told)
    ]
    return collect(documents=[], articles=[], passages=[], entities=entities, statements=statements)


def test_a_place_is_at_home_in_the_innermost_place_around_it():
    told = graph(("松坪村", "within", "青溪县"), ("松坪村", "within", "白石镇"), ("白石镇", "within", "青溪县"))
    assert homes(told) == {"松坪村": "白石镇", "白石镇": "青溪县"}


def test_two_places_inside_each_other_do_not_run_in_a_circle():
    found = homes(graph(("甲镇", "within", "乙镇"), ("乙镇", "within", "甲镇")))
    assert len(found) == 1


def test_a_body_is_at_home_where_it_stands_and_its_people_and_schemes_with_it():
    told = graph(
        ("合作社", "locatedIn", "松坪村"), ("社长", "holdsPositionIn", "合作社"), ("合作社", "implements", "夜话"),
        ("分社", "locatedIn", "合作社"), ("夜话", "serves", "老人"),
    )  # fmt: skip
    assert homes(told) == dict.fromkeys(["合作社", "社长", "夜话", "分社", "老人"], "松坪村")


def test_what_a_place_runs_is_at_home_there():
    assert homes(graph(("白石镇", "operates", "平台"))) == {"平台": "白石镇"}


def test_what_belongs_nowhere_has_no_home():
    assert homes(graph(("甲公司", "cooperatesWith", "乙公司"))) == {}


def test_everything_inside_a_county_of_the_sample(sample_graph):
    found = homes(sample_graph)
    assert found["place/990101101201"] == "place/990101101"
    assert found["organization/青竹科技"] == "place/990101001"
    assert found["person/方远-1"] == "place/990101101"
