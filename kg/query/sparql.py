"""Run SPARQL queries over a graph, wherever it is, with parameters given from outside.

In: a source (a file in memory, or an endpoint), a query and texts for its parameters. Out: Table, the same for the same
graph everywhere. The trap: queries come from anyone; what would fetch from elsewhere is refused before it runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from rdflib.term import Identifier

from kg.query.question import Query
from kg.query.reading import read
from kg.query.results import Table
from kg.query.sources import Source


def run(source: Source, query: Query, bindings: Mapping[str, Identifier] | None = None) -> Table:
    """Answer a query; QueryError tells where it is wrong, or which parameters it has.

    The rows of CONSTRUCT and DESCRIBE are triples, sorted.
    """
    return source.answer(read(query, bindings))
