"""What the documentation claims about names, checked against the code and the ontology."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LG = "https://w3id.org/local-governance/ontology#"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_glossary_has_every_term_of_the_ontology() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    ontology = Graph().parse(ROOT / "kg" / "vocab" / "ontology.ttl")
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(LG):
                labels = {str(getattr(x, "language", "")): str(x) for x in ontology.objects(term, RDFS.label)}
                row = f"| {labels['zh']} | {labels['en']} | `lg:{str(term).removeprefix(LG)}` |"
                assert row in glossary, row
