"""What is exported: a graph in memory, or the file of a graph that was built earlier.

In: KnowledgeGraph and base IRI, or a path. Out: whichever of both an exporter asks for: the records, or triples
subject by subject. The trap: the triples of a file are never held all at once; the records always are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg import stored
from kg.export.rdf import Node, triples
from kg.export.turtle import by_subject, objects, predicates
from kg.graph import KnowledgeGraph
from kg.notation import DEFAULT_BASE
from kg.stored import Block, Term


class Contents:
    """A graph that is to be written in some format."""

    def __init__(
        self, blocks: Callable[[], Iterator[Block]], graph: Callable[[], KnowledgeGraph], base: str, licence: str = ""
    ) -> None:
        self.blocks, self.base, self.licence = blocks, base, licence
        self.file: Path | None = None
        """Where the graph stands, if it is that of a file."""
        self._graph = graph

    @classmethod
    def of_graph(cls, graph: KnowledgeGraph, base: str = DEFAULT_BASE, licence: str = "") -> Contents:
        """Take a graph in memory, whose identifiers become IRIs below the base; the licence is an IRI as well."""
        return cls(lambda: _blocks(graph, base), lambda: graph, base, licence)

    @classmethod
    def of_file(cls, where: Path | str) -> Contents:
        """Take a file of RDF, or `graph.ttl` of an output folder; GraphFileError if there is none."""
        file = stored.graph_file(where)
        contents = cls(lambda: stored.blocks(file), lambda: stored.load(file), stored.base_of(file))
        contents.file = file
        return contents

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """All records, in memory."""
        return self._graph()


def _blocks(graph: KnowledgeGraph, base: str) -> Iterator[Block]:
    facts = by_subject(triples(graph, base))
    for subject in sorted(facts):
        said = facts[subject]
        yield (
            ox.NamedNode(subject),
            [(ox.NamedNode(p), _term(node)) for p in predicates(said) for node in objects(said, p)],
        )


def _term(node: Node) -> Term:
    if isinstance(node, str):
        return ox.NamedNode(node)
    if node.language:
        return ox.Literal(node.text, language=node.language)
    return ox.Literal(node.text, datatype=ox.NamedNode(node.datatype) if node.datatype else None)
