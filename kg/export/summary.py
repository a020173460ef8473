"""Count what a build holds: KnowledgeGraph and failed inputs → the tables of `summary.json`.

The trap: no clock time and no absolute path of its own goes in, so that the same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from kg.errors import KgError
from kg.graph import (
    DateStatement,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    RelationStatement,
    Statement,
)


def summarize(graph: KnowledgeGraph, failures: Sequence[KgError] = ()) -> dict[str, Any]:
    """Return counts of documents, articles, passages, entities by type and class, and statements by predicate."""
    return {
        "documents": len(graph.documents),
        "articles": len(graph.articles),
        "passages": len(graph.passages),
        "entities": _counted(str(e.type) for e in graph.entities.values()),
        "classes": _counted(e.kind for e in graph.entities.values() if e.kind),
        "statements": _counted(predicate(s) for s in graph.statements.values()),
        "failures": [{"error": type(f).__name__, "message": str(f)} for f in failures],
    }


def write_summary(summary: dict[str, Any], stream: TextIO) -> None:
    """Write a summary as JSON."""
    json.dump(summary, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def predicate(statement: Statement) -> str:
    """Return the name under which statements of its kind are counted: a predicate, or the class of its node."""
    match statement:
        case RelationStatement(predicate=name) | DateStatement(predicate=name):
            return name
        case Membership():
            return "position"
        case FundingStatement():
            return "finances"
        case ObservationStatement():
            return "observation"
    return type(statement).__name__


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts = Counter(names)
    return {"total": counts.total(), **dict(sorted(counts.items()))}
