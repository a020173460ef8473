"""Describe the service in its own terms (SPARQL 1.1 Service Description): where it is, what it knows, what it refuses.

In: the endpoint's address and what the store holds. Out: bytes in one of the notations for triples.
The trap: the address comes from the Host header, which a client may fill with anything; what is no IRI is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.notation import PREFIXES
from kg.serve.answers import TRIPLE_FORMATS
from kg.serve.protocol import Refusal
from kg.serve.store import Contents

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def described(endpoint: str, contents: Contents, notation: str) -> bytes:
    """Return the description of the service at an address, in a notation of `formats.TRIPLES`."""
    try:
        service = ox.NamedNode(endpoint)
    except ValueError as error:
        raise Refusal(400, "the Host header is no host") from error
    known = {"sd": _SD, "void": _VOID, "rdf": PREFIXES["rdf"]}
    return ox.serialize(_triples(service, contents), format=TRIPLE_FORMATS[notation], prefixes=known) or b""


def _triples(service: ox.NamedNode, contents: Contents) -> Iterator[ox.Triple]:
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _RESULTS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("graph")
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, _sd("Graph"))
    yield ox.Triple(default, ox.NamedNode(_VOID + "triples"), ox.Literal(contents.triples))
    for i, name in enumerate(contents.graphs):
        named = ox.BlankNode(f"named{i}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(name))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
