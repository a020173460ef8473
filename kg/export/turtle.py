"""Write a KnowledgeGraph as Turtle whose bytes depend on nothing but the graph.

In: KnowledgeGraph. Out: text, by rdflib's serializer. The trap: rdflib orders subjects by how often they are referred
to, so that one new fact moves many lines; here they stand sorted by IRI, and a diff shows what a change did.
"""

from __future__ import annotations

import io
from typing import TextIO

from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Literal, Node

from kg.export.rdf import to_rdflib
from kg.graph import KnowledgeGraph
from kg.rdf import DEFAULT_BASE, XSD

_COLLECTIONS = ("article", "document", "passage", "place", "rule", "source", "statement")
"""Identifiers below these are ASCII and are written with a prefix; names in Chinese as whole IRIs, which every
store reads."""


class _InOrder(TurtleSerializer):
    """rdflib's Turtle, subjects sorted by IRI."""

    def orderSubjects(self) -> list[Node]:
        return sorted(set(self.store.subjects()), key=str)

    def label(self, node: Node, position: int) -> str:
        # The short form of a decimal would turn 120 people into 120.0.
        if isinstance(node, Literal) and node.datatype == XSD.decimal and "." not in node:
            return node.n3(self.store.namespace_manager)
        return super().label(node, position)


def write_turtle(graph: KnowledgeGraph, stream: TextIO, base: str = DEFAULT_BASE) -> None:
    """Write the graph as Turtle."""
    rdf = to_rdflib(graph, base)
    for collection in _COLLECTIONS:
        rdf.bind(collection, f"{base}{collection}/")
    out = io.BytesIO()
    _InOrder(rdf).serialize(out)
    stream.write(out.getvalue().decode("utf-8"))
