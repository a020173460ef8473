"""IRIs as addresses and back."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from kg.export.rdf import minter
from kg.notation import DEFAULT_BASE
from kg.serve.addresses import address, candidates, passage_address


@pytest.mark.parametrize(
    "identifier",
    [
        "place/330411104",
        "person/史意-33877206",
        "organization/a·b",
        "organization/50%25",
        "organization/𠮷?#&<a>",
        "x/a b",
    ],
)
def test_each_iri_that_a_build_mints_leads_back_to_itself(identifier: str) -> None:
    iri = minter(DEFAULT_BASE)(identifier)
    here = address(DEFAULT_BASE, iri)
    assert here.startswith("/id/")
    assert here.isascii()
    assert candidates(DEFAULT_BASE, here.removeprefix("/id/"))[0] == iri
    # A program that only replaces what the IRI begins with arrives at the same place.
    sent = quote(iri.removeprefix(DEFAULT_BASE), safe="/%")
    assert candidates(DEFAULT_BASE, sent)[0] == iri


def test_an_article_is_read_at_its_own_address() -> None:
    assert address(DEFAULT_BASE, DEFAULT_BASE + "article/1-02") == "/article/1-02"
    assert passage_address(DEFAULT_BASE, DEFAULT_BASE + "article/1", "3", "8") == "/article/1?from=3&to=8#words"


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "urn:x"])
def test_nothing_that_a_browser_might_run_becomes_a_link(iri: str) -> None:
    assert address(DEFAULT_BASE, iri) == ""


def test_the_web_is_linked() -> None:
    assert address(DEFAULT_BASE, "https://www.stats.gov.cn/") == "https://www.stats.gov.cn/"
