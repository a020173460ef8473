"""Entities as things with their facts: what a user of `kg.load` holds in hand.

In: a graph's index. Out: Thing, Things, Fact. The trap: what is said of a township is mostly said of the
villages and bodies in it; so the things of a place are also those of everything that lies inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, overload

from kg.api.notebook import definitions, table
from kg.graph import Entity, SourceArticle
from kg.model import EntityType

if TYPE_CHECKING:
    from kg.api.index import Index

_SHOWN = 50
"""Lines that a notebook shows."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement, with the words that state it."""

    subject: Thing
    predicate: str
    """Name in the ontology, such as `implements`; `observation` for a figure."""
    object: Thing | None
    """What stands at the other end; None for dates, figures, and positions in no named body."""
    value: str
    """Role, date, or figure with its indicator and unit; empty for a plain relation."""
    time: str
    """ISO year, month, day or interval; empty if the text tells none."""
    confidence: float
    """0 to 1."""
    words: tuple[str, ...]
    """The passages that state it; none for what the gazetteer alone says."""
    articles: tuple[str, ...]
    """Headlines of the articles that these stand in."""
    number: float | None = field(default=None, compare=False)
    """The figure, or the money in yuan."""

    def __str__(self) -> str:
        """Return the fact as a line of text."""
        parts = [self.subject.label, self.predicate, self.object.label if self.object else "", self.value]
        return " ".join(part for part in (*parts, self.time if self.time != self.value else "") if part)

    def _repr_html_(self) -> str:
        return facts_table([self])


class Thing:
    """An entity: a place, a person, an organization, a programme …"""

    def __init__(self, index: Index, entity: Entity) -> None:
        self._index, self.entity = index, entity

    def __repr__(self) -> str:
        """Return the type and the name."""
        return f"<{self.kind} {self.label}>"

    def __str__(self) -> str:
        """Return the name."""
        return self.label

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same entity."""
        return isinstance(other, Thing) and self.id == other.id

    def __hash__(self) -> int:
        """Return the hash of the identifier."""
        return hash(self.id)

    @property
    def id(self) -> str:
        """The identifier, a path below the graph's base IRI: `place/330411104`."""
        return self.entity.id

    @property
    def iri(self) -> str:
        """The IRI by which RDF names it."""
        return self._index.iri(self.entity.id)

    @property
    def label(self) -> str:
        """The fullest known name."""
        return self.entity.label

    @property
    def names(self) -> tuple[str, ...]:
        """The label and all other names."""
        return self.entity.names

    @property
    def type(self) -> EntityType:
        """The top class."""
        return self.entity.type

    @property
    def kind(self) -> str:
        """The most specific class: `Township`, or else the top class."""
        return self.entity.kind or self.entity.type.value

    @property
    def code(self) -> str:
        """The division code; empty for what is no division."""
        return self.entity.code

    @cached_property
    def facts(self) -> list[Fact]:
        """What is stated of it, at either end, the surest first."""
        found = [self._index.fact(statement) for statement in self._index.about(self.id)]
        return sorted(found, key=lambda fact: (-fact.confidence, str(fact)))

    @cached_property
    def articles(self) -> list[SourceArticle]:
        """The articles that mention it."""
        return self._index.articles_of(self.id)

    def objects(self, predicate: str) -> Things:
        """Return what it implements, operates, serves …: the other ends of its facts of that predicate."""
        return self._index.things(
            f.object.id for f in self.facts if f.predicate == predicate and f.subject == self and f.object
        )

    def subjects(self, predicate: str) -> Things:
        """Return what implements it, lies within it …: those whose facts of that predicate end here."""
        return self._index.things(f.subject.id for f in self.facts if f.predicate == predicate and f.object == self)

    @property
    def above(self) -> Things:
        """The places that it lies in, the nearest first."""
        return self._index.things(self._index.above(self.id), in_order=True)

    @property
    def inside(self) -> Things:
        """Everything that lies inside, at any depth."""
        return self._index.things(self._index.inside(self.id))

    def related(self, type_: EntityType) -> Things:
        """Return the things of a type that some fact connects with it, or with anything inside it."""
        return self._index.things(self._index.related(self.id, type_))

    @property
    def places(self) -> Things:
        """Places inside it, or connected with it."""
        return self.related(EntityType.PLACE)

    @property
    def facilities(self) -> Things:
        """Facilities inside it, or connected with it."""
        return self.related(EntityType.FACILITY)

    @property
    def organizations(self) -> Things:
        """Organizations inside it, or connected with it."""
        return self.related(EntityType.ORGANIZATION)

    @property
    def people(self) -> Things:
        """Persons connected with it: officials, authors of what it does, members."""
        return self.related(EntityType.PERSON)

    @property
    def programmes(self) -> Things:
        """Programmes that it, or anything inside it, implements or takes part in."""
        return self.related(EntityType.PROGRAMME)

    @property
    def platforms(self) -> Things:
        """Platforms connected with it."""
        return self.related(EntityType.PLATFORM)

    @property
    def projects(self) -> Things:
        """Projects connected with it."""
        return self.related(EntityType.PROJECT)

    @property
    def products(self) -> Things:
        """Products connected with it."""
        return self.related(EntityType.PRODUCT)

    @property
    def policies(self) -> Things:
        """Policies connected with it."""
        return self.related(EntityType.POLICY)

    @property
    def honours(self) -> Things:
        """Honours that it bears or strives for."""
        return self.related(EntityType.HONOUR)

    @property
    def groups(self) -> Things:
        """Whom it serves."""
        return self.related(EntityType.GROUP)

    def _repr_html_(self) -> str:
        about = {"other names": "、".join(self.names[1:]), "code": self.code, "IRI": self.iri}
        about |= {"articles": str(len(self.articles))}
        return definitions(f"{self.label} · {self.kind}", about) + facts_table(self.facts)


class Things(Sequence[Thing]):
    """Several things, each once."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._things = tuple(things)

    @overload
    def __getitem__(self, place: int) -> Thing: ...
    @overload
    def __getitem__(self, place: slice) -> Things: ...
    def __getitem__(self, place: int | slice) -> Thing | Things:
        """Return one of them, or a stretch."""
        return Things(self._things[place]) if isinstance(place, slice) else self._things[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._things)

    def __iter__(self) -> Iterator[Thing]:
        """Yield each."""
        return iter(self._things)

    def __repr__(self) -> str:
        """Return the names, the first dozen."""
        more = f", … {len(self) - 12} more" if len(self) > 12 else ""
        return f"[{', '.join(map(repr, self._things[:12]))}{more}]"

    @property
    def labels(self) -> list[str]:
        """Their names."""
        return [thing.label for thing in self]

    def of_kind(self, kind: str) -> Things:
        """Return those of a class of the ontology, `Township` or `Place`."""
        return Things(thing for thing in self if kind in (thing.kind, thing.type.value))

    def _repr_html_(self) -> str:
        rows = [[t.label, t.kind, "、".join(t.names[1:]), str(len(t.articles))] for t in self._things[:_SHOWN]]
        return table(["name", "class", "other names", "articles"], rows, len(self))


def facts_table(facts: list[Fact]) -> str:
    """Return facts as a table for a notebook."""
    rows = [
        [f.subject.label, f.predicate, str(f.object or ""), f.value, f.time, f"{f.confidence:.2f}", "\n".join(f.words)]
        for f in facts[:_SHOWN]
    ]
    return table(["subject", "predicate", "object", "value", "time", "confidence", "words"], rows, len(facts))
