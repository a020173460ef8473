"""Records are pickled as their class and their fields, and come back as they were."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kg.engines.records import ForeignBytesError, packed, unpacked
from kg.graph import KnowledgeGraph
from kg.ingest import read_paths
from kg.model import Document, EntityType, Fact, Mention, Relation, Span
from kg.record import made
from kg.resolve import resolve, work_on
from kg.resolve.identity import describe
from kg.understanding import Understood, understand

SEEDS = Path(__file__).parents[1] / "seeds"
DOCUMENTS = read_paths([SEEDS]).documents
PLACE = Mention(0, 3, "新塍镇", EntityType.PLACE, "place.gazetteer", code="330411104")
WITHIN = Relation(evidence=Span(0, 9), rule="place", subject=PLACE, predicate="within", object=PLACE)


def understood() -> list[tuple[Document, Understood]]:
    return [(document, understand(document)) for document in DOCUMENTS[:4]]


def test_all_that_a_build_makes_comes_back() -> None:
    found = understood()
    extracted = [pair for _, pairs in found if isinstance(pairs, list) for pair in pairs]
    graph = resolve([document for document, _ in found], extracted)
    works = [work_on(*pair) for pair in extracted]
    for value in (found, graph, works, [describe(item) for work in works for item in work.located]):
        assert pickle.loads(pickle.dumps(value)) == value
        assert unpacked(packed(value)) == value
    assert isinstance(graph, KnowledgeGraph)


def test_what_two_records_share_they_share_afterwards() -> None:
    again: Relation = pickle.loads(pickle.dumps(WITHIN))
    assert again.subject is again.object
    assert again.subject == PLACE


def test_a_copy_is_equal() -> None:
    assert copy.copy(WITHIN) == WITHIN
    assert copy.deepcopy(WITHIN) == WITHIN


def test_a_pickle_holds_no_more_than_class_and_values() -> None:
    values = [
        "place.gazetteer",
        "新塍镇",
        "330411104",
        "Place",
        0,
        3,
        None,
        False,
        0.9,
        "kg.model",
        "Mention",
        "EntityType",
    ]
    assert len(pickle.dumps(PLACE)) < len(pickle.dumps(values)) + 40


def test_what_is_no_record_is_not_made_of_fields() -> None:
    for kind in (dict, Fraction, EntityType, exec):
        with pytest.raises(AttributeError):
            made(kind, "print(1)")


class Calling:
    """What is pickled as a call of a function."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.call


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(Calling(exec, "1"), id="a function"),
        pytest.param(Calling(made, exec, "1"), id="a function in the place of a class"),
        pytest.param(Calling(made, frozenset, "1"), id="a class that is no record"),
        pytest.param(Calling(made, Decimal, "1"), id="a number"),
        pytest.param(Calling(made, made, "1"), id="itself"),
        pytest.param(Calling(getattr, Decimal, "from_float"), id="an attribute"),
        pytest.param(Calling(Relation, Span(0, 1)), id="a record of too few fields"),
        pytest.param(Calling(made, Fact, Span(0, 1), "rule", 0.8, "one more"), id="a record of too many fields"),
        pytest.param(Fraction(1), id="another library's class"),
        pytest.param(Path("x"), id="a path"),
    ],
)
def test_bytes_that_ask_for_anything_else_are_refused(value: object) -> None:
    with pytest.raises(ForeignBytesError):
        unpacked(packed(value))
