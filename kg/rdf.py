"""Names of the vocabulary contract as rdflib namespaces, and the reader of a built Turtle file.

Shared by all that reads RDF back (query, validate, evaluate, show), so that none of them needs another. rdflib takes
0.2 s to import: import this module only where RDF is read; what only writes it needs no more than `kg.notation`.
"""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import Graph, Literal, Namespace
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import GraphFileError
from kg.notation import PREFIXES
from kg.output import settle

LG = Namespace(PREFIXES["lg"])
SCHEMA = Namespace(PREFIXES["schema"])
RDF = Namespace(PREFIXES["rdf"])
RDFS = Namespace(PREFIXES["rdfs"])
XSD = Namespace(PREFIXES["xsd"])
SKOS = Namespace(PREFIXES["skos"])
DCTERMS = Namespace(PREFIXES["dcterms"])
ORG = Namespace(PREFIXES["org"])
PROV = Namespace(PREFIXES["prov"])
OA = Namespace(PREFIXES["oa"])

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
        settle(file)
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
