"""A built graph as a Python object: find things by name, ask, look at it as tables and as a network.

In: an output folder, a file of RDF, or the KnowledgeGraph of a build. Out: Graph.
The trap: several entities may bear a name; `find` gives the likeliest, `find_all` all of them.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.api.index import Index
from kg.api.notebook import table
from kg.api.things import Fact, Thing, Things
from kg.errors import UnknownNameError
from kg.graph import KnowledgeGraph
from kg.model import EntityType
from kg.notation import DEFAULT_BASE

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd  # type: ignore[import-untyped]
    import polars as pl

    from kg.api.answers import Answers
    from kg.export import Contents
    from kg.query import Source


def load(where: Path | str = "output") -> Graph:
    """Return the graph of an output folder or a file of RDF; GraphFileError tells what is wrong with it."""
    from kg.export.contents import Contents

    return Graph._of(Contents.of_file(where))


class Graph:
    """A knowledge graph: things, what is stated of them, and the articles that say so."""

    def __init__(self, records: KnowledgeGraph, base: str = DEFAULT_BASE) -> None:
        """Take the records of a build: `Graph(kg.build("pages").graph)`."""
        from kg.export.contents import Contents

        self._contents = Contents.of_graph(records, base)
        self._index = Index(records, base)

    @classmethod
    def _of(cls, contents: Contents) -> Graph:
        graph = cls(contents.graph, contents.base)
        graph._contents = contents
        return graph

    @property
    def records(self) -> KnowledgeGraph:
        """The plain records: documents, articles, passages, entities, statements."""
        return self._index.graph

    def find(self, name: str) -> Thing:
        """Return what bears a name, the likeliest if several do; UnknownNameError offers near names."""
        found = self._index.named(name)
        if not found:
            near = difflib.get_close_matches(name, self._index.names(), 3, 0.5)
            raise UnknownNameError("name", name, near)
        return self._index.thing(found[0])

    def find_all(self, name: str) -> Things:
        """Return all that bear a name, the likeliest first; none if nothing does."""
        return self._index.things(self._index.named(name), in_order=True)

    def things(self, class_: str = "") -> Things:
        """Return all things, or those of a class of the ontology (`Place`, `Township`), most mentioned first."""
        kinds = {t.value for t in EntityType} | {e.kind for e in self.records.entities.values()}
        if class_ and class_ not in kinds:
            raise UnknownNameError("class", class_, sorted(kinds - {""}))
        found = self._index.things(self.records.entities)
        return found.of_kind(class_) if class_ else found

    @cached_property
    def facts(self) -> list[Fact]:
        """All statements as facts."""
        return [self._index.fact(statement) for statement in self.records.statements.values()]

    def query(self, query: str, values: Mapping[str, str] | None = None) -> Answers:
        """Answer a SPARQL query, or a .rq file with values for its parameters; QueryError tells where it is wrong."""
        from kg import query as ask
        from kg.api.answers import Answers

        bindings = ask.parse_bindings(f"{name}={value}" for name, value in (values or {}).items())
        return Answers(ask.run(self._source, ask.read_query(query), bindings))

    @cached_property
    def _source(self) -> Source:
        from kg.query import LocalSource, source_of

        file = self._contents.file
        return source_of(file) if file else LocalSource.of_blocks(self._contents.blocks())

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return things as nodes and statements between two of them as edges."""
        return self.records.to_networkx()

    def to_pandas(self, table_: str = "statements") -> pd.DataFrame:
        """Return a table (entities, statements, passages, articles) as a pandas DataFrame."""
        from kg.api.frames import pandas

        pandas()
        return self._arrow(table_).to_pandas()

    def to_polars(self, table_: str = "statements") -> pl.DataFrame:
        """Return a table (entities, statements, passages, articles) as a polars DataFrame."""
        from kg.api.frames import polars

        frame: pl.DataFrame = polars().from_arrow(self._arrow(table_))
        return frame

    def _arrow(self, name: str) -> Any:
        from kg.export.tables import TABLES, arrow

        for found in TABLES:
            if found.name == name:
                return arrow(found, self._contents)
        raise UnknownNameError("table", name, [t.name for t in TABLES])

    def export(self, format_: str, path: Path | str) -> None:
        """Write the graph in one of the formats of `kg export`."""
        from kg.export import export

        export(format_, self._contents, path)

    def __repr__(self) -> str:
        """Return the size."""
        records = self.records
        return (
            f"<Graph: {len(records.entities)} things, {len(records.statements)} statements,"
            f" {len(records.articles)} articles>"
        )

    def _repr_html_(self) -> str:
        counts = Counter(entity.type.value for entity in self.records.entities.values())
        rows = [[name, str(n)] for name, n in counts.most_common()]
        rows += [["statements", str(len(self.records.statements))], ["articles", str(len(self.records.articles))]]
        return table(["what", "how many"], rows, len(rows))
