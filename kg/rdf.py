"""Names of the vocabulary contract as rdflib namespaces, and the reader of a built Turtle file.

Shared by what writes RDF and by what reads it back (query, validate, evaluate, show), so that none of them needs
another. rdflib takes 0.2 s to import: import this module only where RDF is needed.
"""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import Graph, Literal, Namespace
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import GraphFileError

LG = Namespace("https://w3id.org/local-governance/ontology#")
SCHEMA = Namespace("https://schema.org/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")

PREFIXES = {
    "dcterms": DCTERMS,
    "lg": LG,
    "oa": OA,
    "org": ORG,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
}

DEFAULT_BASE = "https://w3id.org/local-governance/id/"
"""Where entities, statements and sources live unless the user says otherwise."""

RELATIONS = (
    "within",
    "locatedIn",
    "memberOf",
    "implements",
    "operates",
    "offers",
    "issues",
    "participatesIn",
    "partOf",
    "cooperatesWith",
    "inspects",
    "serves",
    "recognizedAs",
    "mentors",
)
"""Binary predicates between two entities."""
DATES = ("started", "founded", "opened", "completed", "planned", "joined")
"""Predicates whose object is a year, month or day."""


def load(path: Path | str) -> Graph:
    """Read a Turtle file, or `graph.ttl` of an output folder; GraphFileError tells what is wrong with it."""
    file = Path(path)
    if file.is_dir():
        file /= "graph.ttl"
    graph = Graph()
    try:
        text = file.read_text(encoding="utf-8")
        graph.parse(data=text, format="turtle")
    except FileNotFoundError as error:
        raise GraphFileError(str(file), "no such file") from error
    except UnicodeDecodeError as error:
        raise GraphFileError(str(file), f"no UTF-8 text, at byte {error.start}") from error
    except OSError as error:
        raise GraphFileError(str(file), error.strerror or "cannot be read") from error
    except BadSyntax as error:
        # Its own text repeats a stretch of the file; the line is what a user can act upon.
        raise GraphFileError(str(file), f"no valid Turtle, line {error.lines + 1}") from error
    except (ParserError, ValueError) as error:
        raise GraphFileError(str(file), f"no valid Turtle, {error}") from error
    return graph


def label(graph: Graph, node: Node) -> str:
    """Return the words that name a node: its label, headline or text, or else the end of its IRI."""
    for predicate in (RDFS.label, SCHEMA.headline, OA.exact, DCTERMS.source):
        names = sorted(graph.objects(node, predicate), key=_zh_first)
        if names:
            return str(names[0])
    return str(node) if isinstance(node, Literal) else re.split(r"[/#]", str(node))[-1]


def _zh_first(text: Node) -> tuple[bool, str]:
    return getattr(text, "language", None) != "zh", str(text)


_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def quoted(text: str) -> str:
    """Return a text as a literal of Turtle, SPARQL or TSV results: one line, in double quotes."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    c = found[0]
    if "\ud800" <= c <= "\udfff":  # half a character: no encoding of Unicode can carry it
        return "\ufffd"
    return _SHORT.get(c) or f"\\u{ord(c):04X}"
