"""What came, went and changed between two graphs: entities, statements and documents, with the sentences that say so.

In: two graphs. Out: Changes, sorted. The trap: identifiers of passages hold the hash of their file, so that they change
with each word of it; what a statement rests on is compared by its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from kg.graph import Entity, KnowledgeGraph, Statement
from kg.telling import Quote, Told, quote, quotes, told

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose values differ."""

    field: str
    """label, aliases, type, code, official, confidence; passage for each that came or went, the other side empty."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity that came, went or changed."""

    sign: str
    """`+` came, `-` went, `~` changed."""
    id: str
    type: str
    label: str
    differences: tuple[Difference, ...] = ()
    quotes: tuple[Quote, ...] = ()
    """A sentence that names it."""


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that came, went or changed."""

    sign: str
    id: str
    said: Told
    confidence: float
    differences: tuple[Difference, ...] = ()
    quotes: tuple[Quote, ...] = ()
    """What it rests on: of one that changed, all that it rests on now."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs between two graphs."""

    documents: tuple[tuple[str, str], ...]
    """Sign and source of each file."""
    entities: tuple[EntityChange, ...]
    statements: tuple[StatementChange, ...]

    def __bool__(self) -> bool:
        return bool(self.documents or self.entities or self.statements)

    def to_json(self) -> dict[str, Any]:
        """Return them as what JSON can hold; statements with the labels of their predicates."""
        return {
            "documents": [{"sign": sign, "source": source} for sign, source in self.documents],
            "entities": [asdict(e) for e in self.entities],
            "statements": [
                {**asdict(s), "said": {**asdict(s.said), "label": asdict(s.said.label)}} for s in self.statements
            ],
        }


def changes(old: KnowledgeGraph, new: KnowledgeGraph) -> Changes:
    """Compare two graphs."""
    return Changes(_documents(old, new), tuple(_entities(old, new)), tuple(_statements(old, new)))


def _documents(old: KnowledgeGraph, new: KnowledgeGraph) -> tuple[tuple[str, str], ...]:
    before = {d.source: d.sha256 for d in old.documents.values()}
    after = {d.source: d.sha256 for d in new.documents.values()}
    return tuple((sign, source) for sign, source, _, _ in _compared(before, after))


def _entities(old: KnowledgeGraph, new: KnowledgeGraph) -> list[EntityChange]:
    named = {"-": _naming(old), "+": _naming(new)}
    found = []
    for sign, i, before, after in _compared(old.entities, new.entities):
        entity = after or before
        assert entity
        differences = _differences(_face(before), _face(after)) if before and after else ()
        said = () if sign == "~" else named[sign].get(i, ())
        found.append(EntityChange(sign, i, entity.kind or str(entity.type), entity.label, differences, said))
    return found


def _statements(old: KnowledgeGraph, new: KnowledgeGraph) -> list[StatementChange]:
    found = []
    for sign, i, before, after in _compared(old.statements, new.statements):
        graph, statement = (new, after) if after else (old, before)
        assert statement
        differences: tuple[Difference, ...] = ()
        if before and after:
            differences = _differences_of_basis(before, old, after, new)
            if not differences:
                continue
        found.append(
            StatementChange(
                sign, i, told(statement, graph), statement.confidence, differences, quotes(statement, graph)
            )
        )
    return sorted(found, key=lambda s: ("-+~".index(s.sign), s.said.predicate, s.said.subject, s.said.object, s.id))


def _compared(
    old: Mapping[str, _Record], new: Mapping[str, _Record]
) -> list[tuple[str, str, _Record | None, _Record | None]]:
    """Return (sign, key, old, new) of all that differs: what went, what came, what changed, each sorted."""
    went = [("-", k, old[k], None) for k in sorted(old) if k not in new]
    came = [("+", k, None, new[k]) for k in sorted(new) if k not in old]
    changed = [("~", k, old[k], new[k]) for k in sorted(old) if k in new and old[k] != new[k]]
    return [*went, *came, *changed]


def _differences(old: dict[str, str], new: dict[str, str]) -> tuple[Difference, ...]:
    return tuple(Difference(name, value, new[name]) for name, value in old.items() if value != new[name])


def _face(entity: Entity) -> dict[str, str]:
    return {
        "label": entity.label,
        "aliases": "、".join(entity.aliases),
        "type": entity.kind or str(entity.type),
        "code": entity.code,
        "official": "yes" if entity.official else "no",
    }


def _differences_of_basis(
    before: Statement, old: KnowledgeGraph, after: Statement, new: KnowledgeGraph
) -> tuple[Difference, ...]:
    sure = _differences({"confidence": f"{before.confidence:g}"}, {"confidence": f"{after.confidence:g}"})
    words, now = ({q.words for q in quotes(s, g)} for s, g in ((before, old), (after, new)))
    gone = tuple(Difference("passage", w, "") for w in sorted(words - now))
    return (*sure, *gone, *(Difference("passage", "", w) for w in sorted(now - words)))


def _naming(graph: KnowledgeGraph) -> dict[str, tuple[Quote, ...]]:
    """Return for each entity the first sentence that names it."""
    found: dict[str, tuple[Quote, ...]] = {}
    for article in graph.articles.values():
        for mention in article.mentions:
            if mention.entity not in found:
                found[mention.entity] = (quote(article, mention.start, mention.end, graph),)
    return found
