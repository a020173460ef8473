"""Where a query is answered: a file of RDF that is read into memory, or a SPARQL endpoint; the home of pyoxigraph here.

In: a path or an address. Out: a source, whose answers are the same rows in the same order and notation for the same
graph. The trap: an endpoint is a stranger: its answer is read as SPARQL results or N-Triples and as nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Identifier

from kg.errors import EndpointError, GraphFileError, QueryError
from kg.query.reading import Reading
from kg.query.results import Table
from kg.stored import NOTATIONS, Block, graph_file

_TIMEOUT = 300
"""Seconds that an endpoint may take."""
_TRIPLE = ("subject", "predicate", "object")


class Source(Protocol):
    """What can answer a query."""

    def answer(self, reading: Reading) -> Table:
        """Return the answer; QueryError if the store refuses the query."""


class LocalSource:
    """A graph in memory."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def of_text(cls, text: str, notation: str = ".ttl") -> LocalSource:
        """Read RDF from a text; SyntaxError if it is none."""
        store = ox.Store()
        store.bulk_load(text.encode(), NOTATIONS[notation])
        return cls(store)

    @classmethod
    def of_blocks(cls, blocks: Iterable[Block]) -> LocalSource:
        """Take triples, subject by subject."""
        store = ox.Store()
        store.bulk_extend(ox.Quad(subject, predicate, value) for subject, said in blocks for predicate, value in said)
        return cls(store)

    def answer(self, reading: Reading) -> Table:
        """Return the answer; QueryError if the query cannot be answered."""
        try:
            # A file with named graphs answers as one without: what it says, wherever in it.
            return _table(reading, self._store.query(reading.text, use_default_graph_as_union=True))
        except (SyntaxError, OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"cannot be answered ({error})", reading.query.path) from error


class Endpoint:
    """A SPARQL endpoint, asked over the SPARQL 1.1 Protocol."""

    def __init__(self, address: str) -> None:
        self._address = address

    def answer(self, reading: Reading) -> Table:
        """Return the answer; QueryError if the endpoint refuses the query, EndpointError if it cannot be asked."""
        triples = reading.form in ("CONSTRUCT", "DESCRIBE")
        accept = "application/n-triples" if triples else "application/sparql-results+json"
        body = self._fetch(reading, accept)
        try:
            if triples:
                return _table(reading, [quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)])
            return read_results(reading, body)
        except (SyntaxError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise EndpointError(self._address, f"the answer is no {accept}: {error}") from error

    def _fetch(self, reading: Reading, accept: str) -> bytes:
        request = Request(
            self._address,
            data=urlencode({"query": reading.text}).encode(),
            headers={"Accept": accept, "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "kg"},
        )
        try:
            with urlopen(request, timeout=_TIMEOUT) as response:
                return bytes(response.read())
        except HTTPError as error:
            reason = " ".join(error.read(2000).decode("utf-8", "replace").split())[:300]
            if error.code == 400:
                raise QueryError(f"refused by {self._address} ({reason})", reading.query.path) from error
            raise EndpointError(self._address, f"status {error.code} {error.reason}: {reason}") from error
        except URLError as error:
            raise EndpointError(self._address, str(error.reason)) from error
        except (OSError, ValueError) as error:
            raise EndpointError(self._address, str(error) or type(error).__name__) from error


def source_of(where: Path | str) -> Source:
    """Return the graph of a file, of `graph.ttl` in an output folder, or of an endpoint (`http://…`, `https://…`)."""
    if re.match(r"https?://", str(where)):
        return Endpoint(str(where))
    file = graph_file(where)
    store = ox.Store()
    try:
        store.bulk_load(path=str(file), format=NOTATIONS[file.suffix.lower()])
    except (OSError, ValueError, SyntaxError) as error:
        raise GraphFileError(str(file), f"no valid RDF: {error}") from error
    return LocalSource(store)


def read_results(reading: Reading, body: bytes) -> Table:
    """Return the answer that SPARQL results in JSON hold; ValueError or SyntaxError if they are none."""
    document = json.loads(body)
    # Some endpoints add keys of their own, as they may, which pyoxigraph takes for an error.
    kept: dict[str, Any] = {"head": {name: v for name, v in document["head"].items() if name == "vars"}}
    if "boolean" in document:
        kept["boolean"] = document["boolean"]
    else:
        kept["results"] = {"bindings": document["results"]["bindings"]}
    return _table(reading, ox.parse_query_results(json.dumps(kept).encode(), ox.QueryResultsFormat.JSON))


def _table(reading: Reading, answer: object) -> Table:
    if isinstance(answer, ox.QueryBoolean):
        return Table((), (), bool(answer))
    if isinstance(answer, ox.QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        order = list(range(len(columns)))
        if re.search(r"\bselect\s+(?:distinct\s+|reduced\s+)?\*", reading.query.text, re.IGNORECASE):
            # Each store gives the variables of * in an order of its own: take that in which they stand.
            order.sort(key=lambda i: reading.variables.index(columns[i]) if columns[i] in reading.variables else i)
        rows = tuple(tuple(_term(solution[i]) for i in order) for solution in answer)
        return Table(tuple(columns[i] for i in order), rows)
    found = {(t.subject, t.predicate, t.object) for t in answer}  # type: ignore[attr-defined]
    return Table(_TRIPLE, tuple(tuple(map(_required, triple)) for triple in sorted(found, key=_as_text)))


def _as_text(triple: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(map(str, triple))


def _term(term: object) -> Identifier | None:
    return None if term is None else _required(term)


def _required(term: object) -> Identifier:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype.endswith("#string"):
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(datatype), normalize=False)
    return BNode(getattr(term, "value", str(term)))
