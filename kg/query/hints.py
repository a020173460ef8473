"""Say which names of a query nothing in the graph has, and which name of the ontology is near.

In: a source and the reading of a query that has run. Out: sentences. The trap: a misspelt predicate is no error of
SPARQL: the query runs and finds nothing, and its author believes that there is nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from kg.notation import PREFIXES
from kg.query.reading import Reading, place
from kg.query.sources import Source

_VOCABULARIES = tuple(PREFIXES[p] for p in ("dcterms", "lg", "oa", "org", "prov", "rdf", "rdfs", "schema", "skos"))
_NEARLY = 0.94
"""How alike two namespaces are of which one is a slip: a letter of some forty, http for https, / for #."""
_OTHERS = ("http://www.w3.org/ns/as#",)
"""Vocabularies that are as near to one of ours, and meant."""


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
    """Return a sentence for each class or predicate of the query that the graph does not have, and each odd namespace.

    A name that the ontology knows and the graph happens not to use is no mistake, and is not told.
    """
    terms = known_terms()
    doubtful = [i for i in reading.names if i.startswith(_VOCABULARIES) and i not in terms]
    found = [_sentence(reading, iri, terms) for iri in sorted(doubtful) if not _has(source, reading, iri)]
    return [*_namespaces(reading), *found]


def _namespaces(reading: Reading) -> Iterator[str]:
    """Yield a sentence for each declared namespace that is nearly one of the graph's: http://schema.org/."""
    for prefix, namespace in sorted(reading.prefixes.items()):
        near = difflib.get_close_matches(namespace, sorted(PREFIXES.values()), 1, _NEARLY)
        if near and near[0] != namespace and namespace not in _OTHERS:
            where = _where(reading, rf"(?<![\w:]){re.escape(prefix)}:")
            yield f"{where}<{namespace}> is none of the graph's vocabularies; did you mean <{near[0]}>?"


def _has(source: Source, reading: Reading, iri: str) -> bool:
    ask = f"ASK {{ {{ ?s <{iri}> ?o }} UNION {{ ?s a <{iri}> }} UNION {{ ?s ?p <{iri}> }} }}"
    return bool(source.answer(replace(reading, text=ask, form="ASK")).boolean)


def _sentence(reading: Reading, iri: str, terms: tuple[str, ...]) -> str:
    written = reading.names[iri]
    where = _where(reading, rf"(?<![\w:]){re.escape(written)}(?![\w-])")
    short = {_shortened(term): term for term in terms}
    near = difflib.get_close_matches(_shortened(iri), sorted(short), 1, 0.7)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{where}nothing in the graph has {written}, nor does the ontology{hint}"


def _where(reading: Reading, pattern: str) -> str:
    _, line, column = place(reading.query, pattern)
    return f"{reading.query.path or 'query'}:{line}:{column}: " if line else ""


def _shortened(iri: str) -> str:
    prefix, namespace = next((p, n) for p, n in PREFIXES.items() if iri.startswith(n))
    return f"{prefix}:{iri.removeprefix(namespace)}"
