"""The benchmark of the page measures pages that really open: ours, and what pyvis makes of a graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from page import WRITERS, opened, written
from sample import sample

from kg.export.html.arrangement import arrange


@pytest.mark.parametrize("name", ["kg", "pyvis, as it is"])
def test_a_page_is_written_and_opened(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert written(WRITERS[name], sample(), arrange(sample()), path)
    found = opened(path, has_search=name == "kg")
    assert found.painted and found.usable
    assert bool(found.key) == (name == "kg")


def test_a_page_that_cannot_be_written_is_given_up(tmp_path: Path) -> None:
    assert written(WRITERS["kg"], sample(), arrange(sample()), tmp_path / "no" / "page.html") is None
