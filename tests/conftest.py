"""What tests share: the hand-made sample graph, and comparison with the whole outputs under tests/golden/."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph
from sample import sample

from kg.export.rdf import to_rdflib
from kg.graph import KnowledgeGraph
from kg.query import LocalSource

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/ (tests fail while it is on)")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file under tests/golden/, or rewrite the file and fail."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            pytest.fail(f"{path} rewritten: read the diff, then run without --update-golden")
        assert path.is_file(), f"{path} is missing: run with --update-golden"
        assert text == path.read_bytes().decode("utf-8")

    return check


@pytest.fixture(scope="session")
def sample_graph() -> KnowledgeGraph:
    """The hand-made graph of `sample.py`."""
    return sample()


@pytest.fixture
def rdf(sample_graph: KnowledgeGraph) -> Graph:
    """The sample as RDF, a copy that a test may change."""
    return to_rdflib(sample_graph)


@pytest.fixture(scope="session")
def source(sample_graph: KnowledgeGraph) -> LocalSource:
    """The sample, ready to be asked."""
    return LocalSource.of_text(to_rdflib(sample_graph).serialize(format="turtle"))
