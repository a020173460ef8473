"""Ask a built graph: SPARQL queries (anywhere), SHACL shapes and what it says of one name (an rdflib Graph)."""

from kg.query.hints import hints
from kg.query.question import Parameter, Query, parse_bindings, read_query
from kg.query.reading import Reading, read
from kg.query.results import FORMATS, Table, formatted
from kg.query.shapes import Violation, validate
from kg.query.show import FigureLine, Line, Portrait, Quote, show
from kg.query.sources import Endpoint, LocalSource, Source, source_of
from kg.query.sparql import run

__all__ = [
    "FORMATS",
    "Endpoint",
    "FigureLine",
    "Line",
    "LocalSource",
    "Parameter",
    "Portrait",
    "Query",
    "Quote",
    "Reading",
    "Source",
    "Table",
    "Violation",
    "formatted",
    "hints",
    "parse_bindings",
    "read",
    "read_query",
    "run",
    "show",
    "source_of",
    "validate",
]
