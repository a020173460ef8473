from kg.model import EntityType
from kg.rdf import RELATIONS
from kg.vocab.terms import TermLabel, term_labels


def test_terms_have_labels_by_local_name():
    labels = term_labels()
    assert labels["implements"] == TermLabel("实施", "implements")
    assert {*RELATIONS, *(t.value for t in EntityType)} <= set(labels)
