from importlib.resources import files

import pytest
from rdflib import OWL, Graph

from kg.graph import KnowledgeGraph
from kg.model import EntityType
from kg.rdf import DATES, LG, RDF, RDFS, RELATIONS
from kg.vocab import lexicon


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(data=files("kg.vocab").joinpath("ontology.ttl").read_text(encoding="utf-8"), format="turtle")


def _terms(graph: Graph) -> set:
    return {s for s in graph.subjects() if str(s).startswith(LG)}


def test_every_term_has_labels_and_comments_in_both_languages(ontology):
    for term in _terms(ontology):
        for predicate in (RDFS.label, RDFS.comment):
            assert sorted(o.language for o in ontology.objects(term, predicate)) == ["en", "zh"], (term, predicate)


def test_every_top_class_and_predicate_is_declared(ontology):
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert {LG[t.value] for t in EntityType} <= classes
    assert {LG[p] for p in RELATIONS} <= set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    assert {LG[p] for p in DATES} <= set(ontology.subjects(RDF.type, OWL.DatatypeProperty))


def test_every_top_class_is_aligned_with_a_public_vocabulary(ontology):
    for t in EntityType:
        parents = set(ontology.objects(LG[t.value], RDFS.subClassOf))
        assert parents and not any(str(p).startswith(LG) for p in parents)


def test_domains_and_ranges_are_declared_classes(ontology):
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    for predicate in (RDFS.domain, RDFS.range):
        for term, target in ontology.subject_objects(predicate):
            if str(target).startswith(LG):
                assert target in classes, term
            union = ontology.value(target, OWL.unionOf)
            assert union is None or set(ontology.items(union)) <= classes


def test_exported_graphs_use_only_declared_terms(ontology, rdf):
    used = {t for triple in rdf for t in triple if str(t).startswith(LG)}
    assert used <= _terms(ontology)


def test_a_kind_is_below_its_top_class(ontology, sample_graph: KnowledgeGraph):
    for entity in sample_graph.entities.values():
        if entity.kind:
            assert LG[entity.type.value] in set(ontology.objects(LG[entity.kind], RDFS.subClassOf))


def test_kinds_in_lexicons_are_classes(ontology):
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    for file in files("kg.vocab").joinpath("lexicons").iterdir():
        for row in lexicon(file.name.removesuffix(".tsv")):
            kind = row.get("kind", "")
            if kind[:1].isupper():
                assert LG[kind] in classes, f"{file.name}: {kind}"


def test_names_of_other_vocabularies_that_the_graph_uses_are_explained_too(ontology, rdf):
    used = set(rdf.predicates()) | set(rdf.objects(None, RDF.type))
    for term in used - {RDF.type}:
        for predicate in (RDFS.label, RDFS.comment):
            assert {o.language for o in ontology.objects(term, predicate)} == {"en", "zh"}, term
