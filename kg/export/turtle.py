"""Write a KnowledgeGraph as Turtle whose bytes depend on nothing but the graph.

In: KnowledgeGraph. Out: text, subjects sorted by IRI, predicates and objects sorted, no blank nodes. rdflib makes the
terms; its own serializer is not used, since it orders subjects by how often they are referred to (one new fact moves
many lines of a diff), differs between releases and is several times slower.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import TextIO

from rdflib import URIRef

from kg.export.rdf import Node, triples
from kg.graph import KnowledgeGraph
from kg.rdf import DEFAULT_BASE, PREFIXES, RDF, XSD, quoted

_COLLECTIONS = ("article", "document", "passage", "place", "rule", "source", "statement")
"""Identifiers below these are ASCII and are written with a prefix; names in Chinese as whole IRIs, which every
store reads."""


def write_turtle(graph: KnowledgeGraph, stream: TextIO, base: str = DEFAULT_BASE) -> None:
    """Write the graph as Turtle."""
    prefixes = {str(namespace): f"{prefix}:" for prefix, namespace in PREFIXES.items()}
    prefixes |= {f"{base}{collection}/": f"{collection}:" for collection in _COLLECTIONS}
    for iri, prefix in sorted(prefixes.items(), key=lambda item: item[1]):
        stream.write(f"@prefix {prefix} <{iri}> .\n")
    by_subject: dict[URIRef, dict[URIRef, set[Node]]] = defaultdict(lambda: defaultdict(set))
    for s, p, o in triples(graph, base):
        by_subject[s][p].add(o)
    term = _term_writer(prefixes)
    for subject in sorted(by_subject):
        lines = []
        for predicate, objects in sorted(by_subject[subject].items(), key=lambda item: (item[0] != RDF.type, item[0])):
            verb = "a" if predicate == RDF.type else term(predicate)
            lines.append(f"{verb} {_listed(sorted(map(term, objects)))}")
        stream.write(f"\n{term(subject)} " + " ;\n    ".join(lines) + " .\n")


def _listed(terms: list[str]) -> str:
    # Long lists get a line each: one entity more is one line more in a diff.
    return (",\n        " if len(terms) > 3 else ", ").join(terms)


def _term_writer(prefixes: dict[str, str]) -> Callable[[Node], str]:
    """Return a function that writes one term, with a prefix where its local name needs no escape."""

    @cache
    def named(iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = prefixes.get(iri[:cut])
        local = iri[cut:]
        if prefix and re.fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", local):
            return prefix + local
        return f"<{iri}>"

    def term(node: Node) -> str:
        if isinstance(node, URIRef):
            return named(str(node))
        text = str(node)
        if node.language:
            return f"{quoted(text)}@{node.language}"
        if node.datatype is None:
            return quoted(text)
        if node.datatype == XSD.integer or (node.datatype == XSD.decimal and "." in text):
            return text
        return f"{quoted(text)}^^{named(str(node.datatype))}"

    return term
