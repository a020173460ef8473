"""Answer one question from a store: the bytes that go out, or the reason why none do.

In: a store and a Question's fields. Out: Answer. Runs in a worker, which is stopped if it takes too long.
The traps: a worker starts anew after each query that is stopped, so nothing here may import the server's libraries;
and pyoxigraph follows SERVICE to any address. What might be read as SERVICE is refused whatever stands around it,
even in a comment or a text, so that no trick of quoting gets past: a false alarm costs a user one rewording.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.notation import PREFIXES
from kg.serve.formats import TABLES, TRIPLES, content_type
from kg.serve.mistakes import explained

READ_ONLY = "updates are refused: this endpoint only answers queries; change the texts and run `kg build` again"
_GAP = r"(?:\s|#[^\r\n]*(?:[\r\n]|$))*"
_SERVICE = re.compile(
    rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^<>]*>|[?$]?(?:\\.|[^\s{{#<>?$\\])+){_GAP}\{{", re.IGNORECASE
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATE = re.compile(
    rf"^{_GAP}(?:(?:BASE{_GAP}|PREFIX{_GAP}[^\s:]*:{_GAP})<[^<>]*>{_GAP})*"
    r"(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_DEEPEST = 200
"""Brackets in brackets; some thousands overflow the parser's stack, which ends the process."""

TABLE_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLE_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the client."""

    status: int
    content_type: str
    body: bytes


class _TooLargeError(Exception):
    pass


class _Bounded(io.BytesIO):
    """Gathers bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._limit:
            raise _TooLargeError
        return super().write(data)


def refused(status: int, reason: str) -> Answer:
    """Return an answer that tells in one line why there is none."""
    return Answer(status, "text/plain; charset=utf-8", (reason + "\n").encode("utf-8", "replace"))


def answer(store: ox.Store, question: Mapping[str, Any], base: str, limit: int) -> Answer:
    """Answer a question; whatever is wrong with it becomes an answer that says so."""
    text = question["query"]
    if reason := _forbidden(text):
        return refused(403, reason)
    if _depth(text) > _DEEPEST:
        return refused(400, f"the query is nested too deeply: more than {_DEEPEST} brackets in one another")
    try:
        return _written(_asked(store, question, base), question, limit)
    except SyntaxError as error:
        update = _UPDATE.search(text)
        return refused(403, READ_ONLY) if update else refused(400, explained(text, str(error)))
    except _TooLargeError:
        return refused(400, f"the answer is larger than {limit // (1024 * 1024)} MB: ask for less, with LIMIT")
    except (RuntimeError, ValueError, OSError) as error:
        return refused(400, f"the query cannot be answered: {error}")


def _asked(
    store: ox.Store, question: Mapping[str, Any], base: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    return store.query(
        question["query"],
        base_iri=base,
        prefixes=PREFIXES,
        default_graph=_nodes(question.get("default_graphs")),
        named_graphs=_nodes(question.get("named_graphs")),
        use_default_graph_as_union=question.get("all_graphs", False),
    )


def _nodes(iris: list[str] | None) -> Any:
    # pyoxigraph's lists may hold blank nodes too, and a list of IRIs alone is none of those to a type checker.
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _written(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, question: Mapping[str, Any], limit: int
) -> Answer:
    out = _Bounded(limit)
    formats = TRIPLES if isinstance(found, ox.QueryTriples) else TABLES
    name = question.get("triples" if formats is TRIPLES else "table") or ""
    if name not in formats:
        known = ", ".join(f"{f.media_type} (format={n})" for n, f in formats.items())
        return refused(406, f"the answer to this query can be had as {known}")
    if isinstance(found, ox.QueryTriples):
        ox.serialize(found, out, TRIPLE_FORMATS[name], prefixes=PREFIXES)
    else:
        found.serialize(out, TABLE_FORMATS[name])
    return Answer(200, content_type(formats[name].media_type), out.getvalue())


# ---- what is refused


def _forbidden(text: str) -> str:
    """Return why a query is not run at all; empty if it may."""
    if "service" not in _unescaped(text).lower():
        return ""
    if _SERVICE.search(text) or _SERVICE.search(_unescaped(text)):
        return "SERVICE is refused: a query reads the graph that is served here, and nothing leaves this machine"
    return ""


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code < 0x110000 else ""

    return _CODEPOINT.sub(character, text)


def _depth(text: str) -> int:
    """Return how many brackets are open at most; those in texts count too, which only errs on the safe side."""
    depth = deepest = 0
    for bracket in re.findall(r"[{}()\[\]]", text):
        depth = depth + 1 if bracket in "{([" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest
