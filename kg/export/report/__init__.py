"""Tell what a build read, what it found, and what somebody should look at: `report.json` and `report.html`.

In: the graph, what was done with each file, and how long it took. Out: tables that JSON can hold, and a page without a
script. The trap: how long it took differs from build to build and stands nowhere else in the output, so it is the one
entry, `speed`, by which two reports of the same input differ.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TextIO

from kg.errors import KgError
from kg.export.html.homes import homes
from kg.export.report.page import write_page
from kg.export.summary import summarize
from kg.graph import Entity, KnowledgeGraph, SourceArticle, Statement
from kg.model import EntityType
from kg.telling import quote, quotes, told

__all__ = ["FileLine", "Run", "report", "write_page", "write_report"]

TO_CHECK = 300
"""Statements that are listed for checking."""
_STEP = 10  # bars of the confidence's histogram
_LOCATED = (EntityType.FACILITY, EntityType.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class FileLine:
    """What was done with one file."""

    source: str
    reader: str
    """Empty where none took it."""
    documents: int
    note: str


@dataclass(frozen=True, slots=True)
class Run:
    """What a build did, beside its graph."""

    files: Sequence[FileLine] = ()
    failures: Sequence[KgError] = ()
    warnings: Sequence[KgError] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Of each stage."""
    known: int = 0
    """Documents that earlier builds had read."""


def report(graph: KnowledgeGraph, run: Run) -> dict[str, Any]:
    """Return the tables of a report."""
    summary = summarize(graph)
    mentions = Counter(m.entity for a in graph.articles.values() for m in a.mentions)
    by_type = Counter(str(graph.entities[e].type) for e, n in mentions.items() for _ in range(n))
    return {
        "files": _files(run),
        "failures": [_message(e) for e in run.failures],
        "warnings": [_message(e) for e in run.warnings],
        "counts": {
            "documents": summary["documents"],
            "articles": summary["articles"],
            "mentions": {"total": by_type.total(), **dict(sorted(by_type.items()))},
            "entities": summary["entities"],
            "statements": summary["statements"],
        },
        "confidence": _histogram(graph.statements.values()),
        "to check": [_to_check(s, graph) for s in _least_sure(graph.statements.values())],
        "unresolved": _unresolved(graph, mentions),
        "articles": _articles(graph),
        "speed": _speed(graph, run),
    }


def write_report(tables: dict[str, Any], stream: TextIO) -> None:
    """Write a report as JSON."""
    json.dump(tables, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _files(run: Run) -> dict[str, Any]:
    lines = [_line(line, run.failures) for line in run.files]
    counts = Counter(str(line["state"]) for line in lines)
    readers = Counter(line.reader for line in run.files if line.reader)
    return {
        **{state: counts[state] for state in ("read", "skipped", "failed")},
        "by format": dict(sorted(readers.items())),
        "list": lines,
    }


def _line(line: FileLine, failures: Iterable[KgError]) -> dict[str, Any]:
    """A file may fail in its reader, which its note tells, or later: then it is the path of the error."""
    for error in failures:
        if str(error) in line.note or getattr(error, "path", "") == line.source:
            return {**asdict(line), "note": line.note or str(error), "state": "failed"}
    return {**asdict(line), "state": "read" if line.reader else "skipped"}


def _message(error: KgError) -> dict[str, str]:
    return {"error": type(error).__name__, "message": str(error)}


def _least_sure(statements: Iterable[Statement]) -> list[Statement]:
    """Return those to be checked first: the least sure, of those that an article states."""
    stated = (s for s in statements if s.passages)
    return sorted(stated, key=lambda s: (s.confidence, s.id))[:TO_CHECK]


def _to_check(statement: Statement, graph: KnowledgeGraph) -> dict[str, Any]:
    said = told(statement, graph)
    return {
        "id": statement.id,
        "confidence": statement.confidence,
        "subject": said.subject,
        "predicate": said.predicate,
        "label": asdict(said.label),
        "object": said.object,
        "detail": said.detail,
        "rules": list(statement.rules),
        "quotes": [asdict(q) for q in quotes(statement, graph)],
    }


def _histogram(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Count statements by confidence, in steps of a tenth; a step holds its lower end, the last both."""
    counts = Counter(min(int(s.confidence * _STEP), _STEP - 1) for s in statements)
    return [{"from": i / _STEP, "to": (i + 1) / _STEP, "statements": counts[i]} for i in range(_STEP)]


def _unresolved(graph: KnowledgeGraph, mentions: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
    """List places that the gazetteer does not have, and bodies and facilities that nothing says the place of."""
    home = homes(graph)
    places = [e for e in graph.of_type(EntityType.PLACE) if not e.code]
    names = [e for e in graph.of_type(*_LOCATED) if e.id not in home]
    first = _first_mentions(graph, {e.id for e in (*places, *names)})

    def listed(entities: Iterable[Entity]) -> list[dict[str, Any]]:
        ordered = sorted(entities, key=lambda e: (-mentions.get(e.id, 0), e.label, e.id))
        return [
            {
                "id": e.id,
                "name": e.label,
                "type": str(e.type),
                "kind": e.kind,
                "in": graph.entities[home[e.id]].label if e.id in home else "",
                "mentions": mentions.get(e.id, 0),
                "quote": asdict(quote(*first[e.id], graph)) if e.id in first else None,
            }
            for e in ordered
        ]

    return {"places": listed(places), "names": listed(names)}


def _first_mentions(graph: KnowledgeGraph, wanted: set[str]) -> dict[str, tuple[SourceArticle, int, int]]:
    found: dict[str, tuple[SourceArticle, int, int]] = {}
    for article in graph.articles.values():
        for m in article.mentions:
            if m.entity in wanted and m.entity not in found:
                found[m.entity] = (article, m.start, m.end)
    return found


def _articles(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    stated = Counter(a for s in graph.statements.values() for a in {graph.passages[p].article for p in s.passages})
    return [
        {
            "id": a.id,
            "source": graph.documents[a.document].source,
            "headline": a.headline,
            "published": a.published,
            "mentions": len(a.mentions),
            "statements": stated[a.id],
        }
        for a in graph.articles.values()
    ]


def _speed(graph: KnowledgeGraph, run: Run) -> dict[str, Any]:
    characters, seconds = sum(len(a.text) for a in graph.articles.values()), sum(run.seconds.values())
    return {
        "seconds": {stage: round(value, 3) for stage, value in run.seconds.items()},
        "characters": characters,
        "characters a second": round(characters / seconds) if seconds else None,
        "documents known from earlier builds": run.known,
    }
