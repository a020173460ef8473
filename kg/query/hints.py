"""Say which names of a query nothing in the graph has, and which name of the ontology is near.

In: a source and the reading of a query that has run. Out: sentences. The trap: a misspelt predicate is no error of
SPARQL: the query runs and finds nothing, and its author believes that there is nothing.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.notation import PREFIXES
from kg.query.reading import Reading, place
from kg.query.sources import Source

_VOCABULARIES = tuple(PREFIXES[p] for p in ("dcterms", "lg", "oa", "org", "prov", "rdf", "rdfs", "schema", "skos"))


@cache
def known_terms() -> tuple[str, ...]:
    """Return all classes and properties that the ontology defines or refers to, as IRIs."""
    text = files("kg.vocab").joinpath("ontology.ttl").read_bytes()
    found = {
        node.value
        for quad in ox.parse(text, ox.RdfFormat.TURTLE)
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(_VOCABULARIES)
    }
    return tuple(sorted(found))


def hints(source: Source, reading: Reading) -> list[str]:
    """Return a sentence for each class or predicate of the query that the graph does not have.

    A name that the ontology knows and the graph happens not to use is no mistake, and is not told.
    """
    terms = known_terms()
    doubtful = [i for i in reading.names if i.startswith(_VOCABULARIES) and i not in terms]
    return [_sentence(reading, iri, terms) for iri in sorted(doubtful) if not _has(source, reading, iri)]


def _has(source: Source, reading: Reading, iri: str) -> bool:
    ask = f"ASK {{ {{ ?s <{iri}> ?o }} UNION {{ ?s a <{iri}> }} UNION {{ ?s ?p <{iri}> }} }}"
    return bool(source.answer(replace(reading, text=ask, form="ASK")).boolean)


def _sentence(reading: Reading, iri: str, terms: tuple[str, ...]) -> str:
    written = reading.names[iri]
    _, line, column = place(reading.query, rf"(?<![\w:]){written}(?![\w-])")
    where = f"{reading.query.path or 'query'}:{line}:{column}: " if line else ""
    short = {_shortened(term): term for term in terms}
    near = difflib.get_close_matches(_shortened(iri), sorted(short), 1, 0.7)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{where}nothing in the graph has {written}, nor does the ontology{hint}"


def _shortened(iri: str) -> str:
    prefix, namespace = next((p, n) for p, n in PREFIXES.items() if iri.startswith(n))
    return f"{prefix}:{iri.removeprefix(namespace)}"
