"""The steps between the rows of single documents and the shards of the whole graph, whatever engine runs them.

In: an engine that holds the rows of `kg.engines.rows.extract`. Out: shards of N-Quads, and the numbers of what is in
them. A step is a query in the SQL that SQLite and Spark share, and a function from the rows of whole groups, sorted, to
rows or lines; so an engine may cut the rows into as many parts as it likes, if only each group stays in one. The trap:
keys that mean one thing are joined in one place, on the machine that drives; that holds two texts for each name that a
thing has beside its first, and nothing of the articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from kg.engines import shards
from kg.engines.rows import Row, packed, unpacked
from kg.graph import Entity, Statement, ends
from kg.model import EntityType
from kg.resolve import Resolved, officials
from kg.resolve.identity import Described, Roots, entity, gazetteer_ancestors, lone_counties
from kg.resolve.statements import GAZETTEER_RULE, joined, statements

by_id = attrgetter("id")


@dataclass(frozen=True, slots=True)
class Step:
    """A query, and what is done with each group of its rows."""

    name: str
    sql: str
    """Gives the columns kind, id, other, number, data."""
    function: Callable[[Iterator[Row]], Iterator[Row]]
    makes: tuple[str, ...]
    """The kinds of the rows that the function gives."""
    group: str = "id"
    """Rows that agree in this column stay together; they come sorted by it, then by id and number."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A query, and how its rows are written as lines of N-Quads, for IRIs below a base."""

    name: str
    sql: str
    function: Callable[[Iterator[Row], str], Iterator[bytes]]
    group: str = "id"


class Engine(Protocol):
    """What runs the steps; each kind of row is a table of its own."""

    def add(self, rows: Iterable[Row], kinds: Sequence[str]) -> None:
        """Store rows of these kinds."""

    def rows(self, sql: str) -> Iterator[Row]:
        """Return the rows of a query here, to the machine that drives."""

    def run(self, step: Step) -> None:
        """Run a step and store its rows."""

    def write(self, writing: Writing, base: str) -> None:
        """Write shards."""

    def write_lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Write one shard from here."""


def _described(rows: Iterator[Row]) -> Iterator[Row]:
    """Join what the clusters of one root tell, and name the entity."""
    for root, group in groupby(rows, by_id):
        told: Described = reduce(Described.joined, (unpacked(row.data) for row in group))
        yield Row("described", root, entity(told).id, data=packed(told))


def _entities(rows: Iterator[Row]) -> Iterator[Row]:
    """Make the entity of each identifier, and state where a division lies."""
    for id_, group in groupby(rows, by_id):
        told: Described = reduce(Described.joined, (unpacked(row.data) for row in group))
        yield from _of_entity(entity(told), id_)


def _of_entity(made: Entity, id_: str) -> Iterator[Row]:
    yield Row("entity", id_, f"{made.type}|{made.kind}", data=packed(made))
    if made.code:
        yield Row("place", made.code)
    stated, _ = statements((), [made])
    yield from map(_statement_row, stated)


def _stated(rows: Iterator[Row]) -> Iterator[Row]:
    """Say an article's facts of the entities that its clusters are."""
    for _, group in groupby(rows, by_id):
        article, *clusters = group
        resolved = Resolved(unpacked(article.data), article.other, tuple(row.other for row in clusters))
        stated, passages = statements([resolved.facts()], ())
        yield Row("said", resolved.id, data=packed((resolved.source_article(), passages)))
        yield from map(_statement_row, stated)
        known = {row.other: _bare(row.other, row.kind) for row in clusters}
        yield from (Row("official", person) for person in sorted(officials(stated, known)))
        yield from (Row("term", *term) for term in sorted(shards.terms_of(stated)))


def _bare(id_: str, kind: str) -> Entity:
    """Return an entity of which only type and kind are known."""
    type_, _, kind = kind.partition("|")
    return Entity(id_, EntityType(type_), "", kind)


def _statement_row(statement: Statement) -> Row:
    return Row("statement", statement.id, ends(statement)[0], data=packed(statement))


def _merged(rows: Iterator[Row], base: str) -> Iterator[bytes]:
    """Merge equal statements, and write those about one thing together."""
    for _, about in groupby(rows, attrgetter("other")):
        equal = (group for _, group in groupby(about, by_id))
        merged = [reduce(joined, (unpacked(row.data) for row in group)) for group in equal]
        yield from shards.of_statements(merged, base)


_ROOTED = "LEFT JOIN root ON root.id = {0} "
DESCRIBED = Step(
    "described",
    "SELECT 'told' AS kind, coalesce(root.other, told.id) AS id, '' AS other, 0 AS number, told.data AS data FROM told "
    + _ROOTED.format("told.id"),
    _described,
    ("described",),
)
ENTITIES = Step(
    "entities",
    "SELECT 'told' AS kind, other AS id, '' AS other, 0 AS number, data FROM described",
    _entities,
    ("entity", "place", "statement"),
)
STATED = Step(
    "stated",
    "SELECT kind, id, other, number, data FROM article UNION ALL "
    "SELECT entity.other AS kind, cluster.id AS id, entity.id AS other, cluster.number AS number, NULL AS data "
    "FROM cluster "
    + _ROOTED.format("cluster.other")
    + "JOIN described ON described.id = coalesce(root.other, cluster.other) JOIN entity ON entity.id = described.other",
    _stated,
    ("said", "statement", "official", "term"),
)
WRITINGS = (
    Writing("documents", "SELECT kind, id, other, number, data FROM document", shards.of_documents),
    Writing("articles", "SELECT kind, id, other, number, data FROM said", shards.of_articles),
    Writing(
        "entities",
        "SELECT entity.kind AS kind, entity.id AS id, entity.other AS other, "
        "CASE WHEN holder.id IS NULL THEN 0 ELSE 1 END AS number, entity.data AS data "
        "FROM entity LEFT JOIN (SELECT DISTINCT id FROM official) holder ON holder.id = entity.id",
        shards.of_entities,
    ),
    Writing("statements", "SELECT kind, id, other, number, data FROM statement", _merged, group="other"),
)
FUNCTIONS = {step.name: step.function for step in (DESCRIBED, ENTITIES, STATED)}
WRITERS = {writing.name: writing.function for writing in WRITINGS}

EXTRACTED = ("document", "failure", "article", "cluster", "told", "edge", "tie")
"""The kinds of rows that come from the documents."""
KINDS = tuple(dict.fromkeys((*EXTRACTED, "root", *DESCRIBED.makes, *ENTITIES.makes, *STATED.makes)))
"""The tables."""


def finish(engine: Engine, base: str) -> None:
    """Resolve what the engine holds, and write the graph."""
    engine.add((Row("root", key, root) for key, root in _roots(engine).changed()), ("root",))
    engine.run(DESCRIBED)
    engine.run(ENTITIES)
    engine.add(_ancestors(engine), ENTITIES.makes)
    engine.run(STATED)
    for writing in WRITINGS:
        engine.write(writing, base)
    terms = {(row.id, row.other) for row in engine.rows(_DISTINCT.format("term"))}
    if next(engine.rows("SELECT kind, id, other, number, data FROM place LIMIT 1"), None):
        terms.add(("rule", GAZETTEER_RULE))
    engine.write_lines("terms", shards.of_terms(terms, base))


_DISTINCT = "SELECT DISTINCT kind, id, other, number, NULL AS data FROM {0}"


def _roots(engine: Engine) -> Roots:
    roots = Roots()
    for row in engine.rows(_DISTINCT.format("edge")):
        roots.connect([row.id, row.other])
    for keys in lone_counties((row.id, row.other) for row in engine.rows(_DISTINCT.format("tie"))):
        roots.connect(keys)
    return roots


def _ancestors(engine: Engine) -> Iterator[Row]:
    """Yield the divisions above those that are named, and where each lies."""
    codes = [row.id for row in engine.rows(_DISTINCT.format("place"))]
    named = [Entity(f"place/{code}", EntityType.PLACE, "", code=code) for code in codes]
    for above in gazetteer_ancestors(named):
        yield from _of_entity(above, above.id)
