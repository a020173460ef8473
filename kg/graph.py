"""Entities and statements of a whole build as one typed graph in memory, and its networkx view.

Everything here is already merged across articles and carries its final identifier: a path below the base
IRI such as `place/330411104`, which exporters turn into IRIs. Records are kept by identifier and read back
in sorted order, so that the same input gives the same output whatever the order of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.model import EntityType
from kg.record import Record

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class SourceDocument(Record):
    """One input file."""

    id: str
    source: str
    sha256: str
    newspaper: str = ""


@dataclass(frozen=True, slots=True)
class EntityMention(Record):
    """Where an article mentions an entity: half-open character offsets of the article's text."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class SourceArticle(Record):
    """One article with its text and everything that is mentioned in it."""

    id: str
    document: str
    text: str
    headline: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    mentions: tuple[EntityMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage(Record):
    """Words of an article that state something; `text` is `article.text[start:end]`."""

    id: str
    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity(Record):
    """A thing that the articles speak of."""

    id: str
    type: EntityType
    label: str
    """Fullest known name."""
    kind: str = ""
    """Local name of the most specific class, `Township`; empty: the top class alone."""
    aliases: tuple[str, ...] = ()
    code: str = ""
    """NBS code of a division."""
    official: bool = False
    """True for a person who holds a position in a government or party body (lg:Official)."""

    @property
    def names(self) -> tuple[str, ...]:
        """Label first, then every other name."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Provenance that all statements share."""

    id: str
    passages: tuple[str, ...]
    """Identifiers of the passages that state it; empty only for what the gazetteer alone says."""
    rules: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationStatement(Statement):
    """subject predicate object, both entities."""

    subject: str
    predicate: str
    object: str
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateStatement(Statement):
    """subject started/founded/opened/completed/planned/joined on an ISO year, month or day."""

    subject: str
    predicate: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Statement):
    """A person's role at an organization (or place, facility, programme), or at none that is named."""

    member: str
    organization: str
    """Empty where the text names none."""
    role: str
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingStatement(Statement):
    """Money lent, donated or invested."""

    funder: str
    recipient: str
    amount: Decimal | None
    """Yuan."""
    product: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationStatement(Statement):
    """A figure about an entity."""

    about: str
    indicator: str
    value: Decimal
    unit: str = ""
    qualifier: str = ""
    time: str = ""


@dataclass(slots=True)
class KnowledgeGraph(Record):
    """The result of a build."""

    documents: dict[str, SourceDocument] = field(default_factory=dict)
    articles: dict[str, SourceArticle] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)

    def of_type(self, *types: EntityType) -> list[Entity]:
        """Return the entities of the given types, sorted by identifier."""
        return [e for _, e in sorted(self.entities.items()) if e.type in types]

    def find(self, name: str) -> list[Entity]:
        """Return the entities that bear the name, as label or alias, labels first."""
        hits = [e for _, e in sorted(self.entities.items()) if name in e.names]
        return sorted(hits, key=lambda e: (e.label != name, e.id))

    def about(self, entity_id: str) -> Iterator[Statement]:
        """Yield the statements that have the entity at any end, sorted by identifier."""
        for _, statement in sorted(self.statements.items()):
            if entity_id in ends(statement):
                yield statement

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return entities as nodes and statements between two entities as edges, keyed by statement id."""
        import networkx as nx

        g: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for _, e in sorted(self.entities.items()):
            g.add_node(e.id, label=e.label, type=str(e.type), kind=e.kind)
        for _, s in sorted(self.statements.items()):
            if edge := as_edge(s):
                source, predicate, target = edge
                g.add_edge(source, target, key=s.id, predicate=predicate, confidence=s.confidence, **_data(s))
        return g


def at_least(graph: KnowledgeGraph, confidence: float) -> KnowledgeGraph:
    """Return the graph with the statements that are at least so sure, 0 to 1, and the passages that these rest on."""
    statements = {i: s for i, s in graph.statements.items() if s.confidence >= confidence}
    cited = {passage for s in statements.values() for passage in s.passages}
    return replace(graph, statements=statements, passages={i: p for i, p in graph.passages.items() if i in cited})


def ends(statement: Statement) -> tuple[str, ...]:
    """Return the identifiers of all entities that a statement speaks of."""
    match statement:
        case RelationStatement(subject=s, object=o):
            return (s, o)
        case DateStatement(subject=s):
            return (s,)
        case Membership(member=m, organization=o):
            return (m, o) if o else (m,)
        case FundingStatement(funder=f, recipient=r, product=p):
            return (f, r, p) if p else (f, r)
        case ObservationStatement(about=a):
            return (a,)
    return ()


def as_edge(statement: Statement) -> tuple[str, str, str] | None:
    """Return (source, predicate, target) for a statement between two entities, else None."""
    match statement:
        case RelationStatement(subject=s, predicate=p, object=o):
            return (s, p, o)
        case Membership(member=m, organization=o) if o:
            return (m, "holdsPositionIn", o)
        case FundingStatement(funder=f, recipient=r):
            return (f, "finances", r)
    return None


def _data(statement: Statement) -> dict[str, Any]:
    match statement:
        case Membership(role=role):
            return {"role": role}
        case FundingStatement(amount=amount):
            return {"amount": None if amount is None else float(amount)}
    return {}


def collect(
    *,
    documents: Iterable[SourceDocument],
    articles: Iterable[SourceArticle],
    passages: Iterable[Passage],
    entities: Iterable[Entity],
    statements: Iterable[Statement],
) -> KnowledgeGraph:
    """Build a graph from its records, each kept once under its identifier, in sorted order."""

    def keyed(items: Iterable[Any]) -> dict[str, Any]:
        return dict(sorted((i.id, i) for i in items))

    return KnowledgeGraph(keyed(documents), keyed(articles), keyed(passages), keyed(entities), keyed(statements))
