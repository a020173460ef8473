"""docs/ontology.html has every class and property of the ontology as it is now, in both languages, with an example."""

from __future__ import annotations

import importlib.util
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

ROOT = Path(__file__).parents[2]
LG = "https://w3id.org/local-governance/ontology#"


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_ontology_page", ROOT / "tools" / "build_ontology_page.py")
    module = importlib.util.module_from_spec(spec)

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(builder) -> Graph:
    """The graph of the article that is written for the page."""
    return builder.to_rdflib(builder.build(builder.ARTICLE).graph)


@pytest.fixture(scope="module")
def kept() -> str:
    return (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "kg" / "vocab" / "ontology.ttl")


class Page(HTMLParser):
    """Collects what the page holds by the id of each term."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.examples: dict[str, str] = {}
        self.tags: set[str] = set()
        self.targets: set[str] = set()
        self._term = self._figure = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.add(tag)
        if tag == "article":
            self._term = attributes["id"] or ""
        if tag == "figure":
            self._figure = self._term
        if tag == "a":
            self.targets.add(attributes["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._term = ""
        if tag == "figure":
            self._figure = ""

    def handle_data(self, data: str) -> None:
        self.texts[self._term] = self.texts.get(self._term, "") + data
        if self._figure:
            self.examples[self._figure] = self.examples.get(self._figure, "") + data


@pytest.fixture(scope="module")
def page(kept: str) -> Page:
    read = Page()
    read.feed(kept)
    return read


def test_it_is_what_the_ontology_says_now(builder, ontology, written, kept):
    """Examples may lag behind the extraction; all else is as `make ontology` writes it."""

    def without_examples(text: str) -> str:
        return re.sub(r"<figure>.*?</figure>", "", text, flags=re.DOTALL)

    seeds = Graph().parse(ROOT / "output" / "graph.ttl")
    now = builder.page(ontology, [(builder.SEEDS, seeds), (builder.WRITTEN, written)])
    assert without_examples(kept) == without_examples(now), "run `make ontology`"


def test_every_term_is_there_under_its_name_in_both_languages_with_an_example(builder, ontology, page):
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    terms = {t for kind in kinds for t in ontology.subjects(RDF.type, kind) if isinstance(t, URIRef)}
    assert len(terms) > 90
    for term in terms:
        anchor = builder.anchor(str(term))
        for predicate in (RDFS.label, RDFS.comment):
            for text in ontology.objects(term, predicate):
                assert str(text) in page.texts[anchor], (term, text.language)
        assert builder.short(str(term)) in page.examples[anchor] or "a" in page.examples[anchor].split(), term


def test_an_iri_of_the_ontology_leads_to_its_place(page):
    """Behind # stands the local name, as in the IRI."""
    assert {"Township", "implements", "confidence", "org-Membership"} <= set(page.texts)
    assert {target.removeprefix("#") for target in page.targets} <= set(page.texts)


def test_it_holds_no_script_and_asks_for_nothing(kept, page):
    assert page.tags.isdisjoint({"script", "img", "link", "iframe", "form"})
    assert "default-src 'none'" in kept
    assert not re.search(r"(?:src|href)=\"(?!#)", kept)


def test_a_name_from_a_graph_is_no_markup(builder, ontology, written):
    place = URIRef("http://example.org/id/place/1")
    hostile = Graph().parse(ROOT / "output" / "graph.ttl")
    for term in (LG + "Place", LG + "County"):
        hostile.remove((None, RDF.type, URIRef(term)))
        hostile.add((place, RDF.type, URIRef(term)))
    hostile.add((place, RDFS.label, Literal("<script>alert(1)</script>", lang="zh")))
    shown = builder.example(URIRef(LG + "Place"), True, [(builder.SEEDS, hostile)])
    assert shown.subject == "<script>alert(1)</script>"
    page = builder.page(ontology, [(builder.SEEDS, hostile), (builder.WRITTEN, written)])
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_term_that_nothing_shows_is_named(builder, ontology):
    with pytest.raises(KeyError, match=r"no graph has .*#Place"):
        builder.term(ontology, URIRef(LG + "Place"), [(builder.SEEDS, Graph())])
