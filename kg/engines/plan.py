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
from kg.engines.records import packed, told_as_bytes, told_from_bytes, unpacked
from kg.engines.rows import Row
from kg.graph import Entity, Statement, as_edge, ends
from kg.model import EntityType
from kg.resolve import officials, resolved
from kg.resolve.identity import Described, Roots, entity, gazetteer_ancestors, keys_of_one
from kg.resolve.statements import GAZETTEER_RULE, joined, statements


@dataclass(frozen=True, slots=True)
class Step:
    """A query, and what is done with each group of its rows."""

    name: str
    sql: str
    """Gives the columns kind, id, other, number, data."""
    function: Callable[[list[Row]], Iterable[Row]]
    """Takes the rows of one group."""
    makes: tuple[str, ...]
    """The kinds of the rows that the function gives."""
    group: str = "id"
    """Rows that agree in this column stay together; they come sorted by it, then by id and number."""
    narrowed: str = ""
    """The query for the groups alone that stand in the table `touched`, where SQLite does not see how to make it."""

    def sql_of_touched(self) -> str:
        """Return the query for the groups alone that stand in the table `touched`."""
        return self.narrowed or _of_touched(self.sql, self.group)


@dataclass(frozen=True, slots=True)
class Writing:
    """A query, and how the rows of each of its groups are written as lines of N-Quads, for IRIs below a base."""

    name: str
    sql: str
    function: Callable[[list[Row], str], list[bytes]]
    group: str = "id"

    def sql_of_touched(self) -> str:
        """Return the query for the groups alone that stand in the table `touched`."""
        return _of_touched(self.sql, self.group)


def _of_touched(sql: str, group: str) -> str:
    return f"SELECT * FROM ({sql}){_IS_TOUCHED.format(group)}"


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


def _described(rows: list[Row]) -> Iterator[Row]:
    """Join what the clusters of one root tell, and name the entity."""
    told = _joined(rows)
    yield Row("described", rows[0].id, entity(told).id, data=told_as_bytes(told))


def _entities(rows: list[Row]) -> Iterator[Row]:
    """Make the entity of one identifier, and state where a division lies."""
    yield from of_entity(entity(_joined(rows)), rows[0].id)


def _joined(rows: list[Row]) -> Described:
    return reduce(Described.joined, (told_from_bytes(row.data) for row in rows))


def of_entity(made: Entity, id_: str) -> Iterator[Row]:
    """Yield an entity's own row, its division, and where this lies."""
    yield Row("entity", id_, f"{made.type}|{made.kind}", data=packed(made))
    if made.code:
        yield Row("place", made.code)
    stated, _ = statements((), [made])
    yield from map(_statement_row, stated)


def _stated(rows: list[Row]) -> Iterator[Row]:
    """Say an article's facts of the entities that its clusters are."""
    article, *clusters = rows
    said = resolved(unpacked(article.data), article.other, [row.other for row in clusters])
    stated, passages = statements([said.facts()], ())
    yield Row("said", said.id, data=packed((said.source_article(), passages)))
    yield from map(_statement_row, stated)
    known = {row.other: _bare(row.other, row.kind) for row in clusters}
    yield from (Row("official", person) for person in sorted(officials(stated, known)))
    yield from (Row("term", *term) for term in sorted(shards.terms_of(stated)))


def _bare(id_: str, kind: str) -> Entity:
    """Return an entity of which only type and kind are known."""
    type_, _, kind = kind.partition("|")
    return Entity(id_, EntityType(type_), "", kind)


def _statement_row(statement: Statement) -> Row:
    return Row("statement", statement.id, _about(statement), data=packed(statement))


def _about(statement: Statement) -> str:
    """Return what a statement is written with: its subject, and the object where both make a plain triple.

    Statements that repeat one triple must not be torn apart, since it would be written twice.
    """
    edge = as_edge(statement)
    return f"{edge[0]} {edge[2]}" if edge else ends(statement)[0]


def _merged(rows: list[Row], base: str) -> list[bytes]:
    """Merge equal statements, and write those about one thing together."""
    return shards.of_statements(
        [joined([unpacked(row.data) for row in equal]) for _, equal in grouped(rows, "id")], base
    )


_IS_TOUCHED = " WHERE {0} IN (SELECT id FROM touched)"
_ROOTED = "LEFT JOIN root ON root.id = {0} "
_TOLD = (
    "SELECT DISTINCT 'told' AS kind, coalesce(root.other, told.id) AS id, '' AS other, 0 AS number, told.data AS data "
    "FROM told " + _ROOTED.format("told.id")
)
KEYS_OF_TOUCHED = "SELECT id FROM touched UNION SELECT root.id FROM root" + _IS_TOUCHED.format("root.other")
"""The keys that those in the table `touched` stand for."""
DESCRIBED = Step(
    "described", _TOLD, _described, ("described",), narrowed=f"{_TOLD} WHERE told.id IN ({KEYS_OF_TOUCHED})"
)
ENTITIES = Step(
    "entities",
    "SELECT 'told' AS kind, other AS id, '' AS other, 0 AS number, data FROM described",
    _entities,
    ("entity", "place", "statement"),
)
_SAID = (
    "SELECT kind, id, other, number, data FROM article{0} UNION ALL "
    "SELECT entity.other AS kind, cluster.id AS id, entity.id AS other, cluster.number AS number, NULL AS data "
    "FROM cluster "
    + _ROOTED.format("cluster.other")
    + "JOIN described ON described.id = coalesce(root.other, cluster.other) "
    "JOIN entity ON entity.id = described.other{1}"
)
STATED = Step(
    "stated",
    _SAID.format("", ""),
    _stated,
    ("said", "statement", "official", "term"),
    narrowed=_SAID.format(_IS_TOUCHED.format("id"), _IS_TOUCHED.format("cluster.id")),
)
WRITINGS = (
    Writing("documents", "SELECT kind, id, other, number, data FROM document", shards.of_document),
    Writing("articles", "SELECT kind, id, other, number, data FROM said", shards.of_article),
    Writing(
        "entities",
        "SELECT entity.kind AS kind, entity.id AS id, entity.other AS other, "
        "CASE WHEN holder.id IS NULL THEN 0 ELSE 1 END AS number, entity.data AS data "
        "FROM entity LEFT JOIN (SELECT DISTINCT id FROM official) holder ON holder.id = entity.id",
        shards.of_entity,
    ),
    Writing("statements", "SELECT kind, id, other, number, data FROM statement", _merged, group="other"),
)
STEPS = {step.name: step for step in (DESCRIBED, ENTITIES, STATED)}
WRITERS = {writing.name: writing for writing in WRITINGS}

EXTRACTED = ("document", "failure", "article", "cluster", "told", "edge", "tie")
"""The kinds of rows that come from the documents."""
MADE = tuple(dict.fromkeys((*DESCRIBED.makes, *ENTITIES.makes, *STATED.makes)))
"""The kinds of rows that the steps make."""


def grouped(rows: Iterable[Row], column: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield each group of sorted rows with what its rows have in common."""
    for name, group in groupby(rows, attrgetter(column)):
        yield name, list(group)


def finish(engine: Engine, base: str) -> None:
    """Resolve what an engine holds, and write the graph, with nothing known from an earlier build."""
    engine.add((Row("root", key, root) for key, root in roots(engine.rows).changed()), ("root",))
    engine.run(DESCRIBED)
    engine.run(ENTITIES)
    named = {row.id for row in engine.rows(DISTINCT.format("place"))}
    engine.add((row for made in ancestors(named) for row in of_entity(made, made.id)), ENTITIES.makes)
    engine.run(STATED)
    for writing in WRITINGS:
        engine.write(writing, base)
    engine.write_lines("terms", terms(engine.rows, base))


DISTINCT = "SELECT DISTINCT '{0}' AS kind, id, other, 0 AS number, NULL AS data FROM {0}"
_LONE_COUNTIES = (
    "SELECT 'tie' AS kind, id, min(other) AS other, 0 AS number, NULL AS data FROM tie "
    "GROUP BY id HAVING min(other) = max(other)"
)
Query = Callable[[str], Iterator[Row]]


def roots(rows: Query) -> Roots:
    """Return which keys mean one thing."""
    found = Roots()
    for row in rows(DISTINCT.format("edge")):
        found.connect([row.id, row.other])
    for row in rows(_LONE_COUNTIES):
        found.connect(keys_of_one(row.id, row.other))
    return found


def ancestors(codes: Iterable[str]) -> Iterator[Entity]:
    """Yield the divisions above those that are named."""
    return gazetteer_ancestors([Entity(f"place/{code}", EntityType.PLACE, "", code=code) for code in codes])


def terms(rows: Query, base: str) -> list[bytes]:
    """Return the lines of what statements have in common."""
    found = {(row.id, row.other) for row in rows(DISTINCT.format("term"))}
    if next(rows("SELECT kind, id, other, number, data FROM place LIMIT 1"), None):
        found.add(("rule", GAZETTEER_RULE))
    return shards.of_terms(found, base)
