"""Which format an Accept header or `format=` chooses."""

from __future__ import annotations

import pytest

from kg.serve.formats import TABLES, TRIPLES, accepted, named, prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("header", "table", "triples"),
    [
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        (BROWSER, "json", "turtle"),
        ("application/json", "json", "jsonld"),
        ("application/xml", "xml", "rdfxml"),
        ("text/*", "csv", "turtle"),
        ("text/csv;q=0.2, application/n-triples;q=0.1", "csv", "ntriples"),
        ("text/csv;q=0", None, None),
        ("text/csv;q=nonsense", None, None),
        ("*/*;q=0.1, text/csv;q=0", "json", "turtle"),
        ("image/png", None, None),
        (",;,", None, None),
    ],
)
def test_accept(header: str, table: str | None, triples: str | None) -> None:
    assert accepted(header, TABLES) == table
    assert accepted(header, TRIPLES) == triples


@pytest.mark.parametrize(
    ("name", "table", "triples"),
    [
        ("json", "json", "jsonld"),
        ("XML", "xml", "rdfxml"),
        ("ttl", None, "turtle"),
        ("nt", None, "ntriples"),
        ("text/csv", "csv", None),
        ("application/ld+json", None, "jsonld"),
        ("excel", None, None),
    ],
)
def test_format(name: str, table: str | None, triples: str | None) -> None:
    assert named(name, TABLES) == table
    assert named(name, TRIPLES) == triples


@pytest.mark.parametrize(
    ("header", "person"),
    [(BROWSER, True), ("text/html", True), ("*/*", False), ("", False), ("text/turtle, text/html;q=0.5", False)],
)
def test_a_person_is_known_by_asking_for_html(header: str, person: bool) -> None:
    assert prefers_html(header) is person
