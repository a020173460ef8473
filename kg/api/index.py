"""Find quickly what belongs together in a graph: names, ends of statements, what lies in what.

In: KnowledgeGraph and base IRI. Out: things and facts. The trap: containment comes from texts as well as from the
gazetteer, and may go in a circle; every walk remembers where it has been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from kg.api.things import Fact, Thing, Things
from kg.export.rdf import minter
from kg.export.tables import what
from kg.graph import KnowledgeGraph, RelationStatement, SourceArticle, Statement, ends
from kg.model import EntityType

Step = Callable[[RelationStatement, str], str]
"""From a statement and one of its ends to the other end, or to nothing."""
_CONTAINED = ("within", "locatedIn")


class Index:
    """A graph, and where to find things in it."""

    def __init__(self, graph: KnowledgeGraph, base: str) -> None:
        self.graph = graph
        self.iri = minter(base)
        self._things: dict[str, Thing] = {}

    def thing(self, entity: str) -> Thing:
        """Return an entity as a thing, the same each time."""
        if entity not in self._things:
            self._things[entity] = Thing(self, self.graph.entities[entity])
        return self._things[entity]

    def things(self, entities: Iterable[str], *, in_order: bool = False) -> Things:
        """Return entities as things, each once, those that most articles mention first; or in the given order."""
        found = dict.fromkeys(entities)
        order = found if in_order else sorted(found, key=lambda i: (-len(self.articles_of(i)), i))
        return Things(map(self.thing, order))

    def named(self, name: str) -> list[str]:
        """Return the entities that bear a name: as label first, then those that more articles mention."""
        bearers = self._by_name.get(name, [])
        labels = {i: self.graph.entities[i].label for i in bearers}
        return sorted(bearers, key=lambda i: (labels[i] != name, -len(self.articles_of(i)), i))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for entity in self.graph.entities.values():
            for name in dict.fromkeys(entity.names):
                found[name].append(entity.id)
        return dict(found)

    def names(self) -> Iterable[str]:
        """Return all names."""
        return self._by_name

    def articles_of(self, entity: str) -> list[SourceArticle]:
        """Return the articles that mention an entity."""
        return self._articles.get(entity, [])

    @cached_property
    def _articles(self) -> dict[str, list[SourceArticle]]:
        found = defaultdict(list)
        for article in self.graph.articles.values():
            for entity in dict.fromkeys(m.entity for m in article.mentions):
                found[entity].append(article)
        return dict(found)

    def about(self, entity: str) -> list[Statement]:
        """Return the statements that have an entity at any end."""
        return self._about.get(entity, [])

    @cached_property
    def _about(self) -> dict[str, list[Statement]]:
        found = defaultdict(list)
        for statement in self.graph.statements.values():
            for entity in dict.fromkeys(ends(statement)):
                found[entity].append(statement)
        return dict(found)

    def above(self, entity: str) -> Iterator[str]:
        """Yield the places that an entity lies in, the nearest first."""
        yield from self._reached(entity, lambda s, e: s.object if s.subject == e else "")

    def inside(self, entity: str) -> Iterator[str]:
        """Yield everything that lies inside, at any depth."""
        yield from self._reached(entity, lambda s, e: s.subject if s.object == e else "")

    def _reached(self, entity: str, step: Step) -> Iterator[str]:
        seen, waiting = {entity}, [entity]
        for here in waiting:
            for statement in self.about(here):
                if isinstance(statement, RelationStatement) and statement.predicate in _CONTAINED:
                    there = step(statement, here)
                    if there and there not in seen:
                        seen.add(there)
                        waiting.append(there)
                        yield there

    def related(self, entity: str, type_: EntityType) -> Iterator[str]:
        """Yield the entities of a type that a statement connects with an entity, or with anything inside it."""
        outside = {entity, *self.above(entity)}
        inside = list(self.inside(entity))
        connected = (end for i in (entity, *inside) for s in self.about(i) for end in ends(s))
        for found in (*inside, *connected):
            if found not in outside and self.graph.entities[found].type is type_:
                yield found

    def fact(self, statement: Statement) -> Fact:
        """Return a statement as a fact."""
        row = what(statement)
        passages = [self.graph.passages[p] for p in statement.passages]
        headlines = dict.fromkeys(self.graph.articles[p.article].headline for p in passages)
        return Fact(
            subject=self.thing(row["subject"]),
            predicate=row["predicate"],
            object=self.thing(row["object"]) if row.get("object") else None,
            value=self._value(row),
            time=row.get("time", ""),
            confidence=statement.confidence,
            words=tuple(p.text for p in passages),
            articles=tuple(headlines),
            number=row.get("value"),
        )

    def _value(self, row: dict[str, object]) -> str:
        if row["kind"] == "date":
            return str(row["time"])
        number = row.get("value")
        figure = "" if number is None else f"{number:.15g} {row.get('unit', '')}".strip()
        product = self.graph.entities[str(row["product"])].label if row.get("product") else ""
        parts = (row.get("role"), row.get("indicator"), figure, row.get("qualifier"), product)
        return " ".join(str(part) for part in parts if part)
