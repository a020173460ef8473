from pathlib import Path

from rdflib import RDFS, Graph

from kg.model import EntityType
from kg.rdf import LG, RELATIONS
from kg.vocab.terms import TermLabel, term_labels


def test_terms_have_labels_by_local_name():
    labels = term_labels()
    assert labels["implements"] == TermLabel("实施", "implements")
    assert {*RELATIONS, *(t.value for t in EntityType)} <= set(labels)


def test_labels_are_those_that_rdf_reads():
    ontology = Graph().parse(Path(__file__).parents[2] / "kg" / "vocab" / "ontology.ttl")
    expected = {
        (str(term).removeprefix(LG), label.language, str(label))
        for term, label in ontology[: RDFS.label]
        if term.startswith(LG)
    }
    found = {(name, lang, getattr(label, lang)) for name, label in term_labels().items() for lang in ("zh", "en")}
    assert found == expected
