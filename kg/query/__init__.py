"""Ask a built graph (an rdflib Graph, from `kg.rdf.load`): SPARQL queries, SHACL shapes, what it says of one name."""

from kg.query.results import FORMATS, Table, formatted
from kg.query.shapes import Violation, validate
from kg.query.show import FigureLine, Line, Portrait, Quote, show
from kg.query.sparql import Parameter, Query, parse_bindings, read_query, run

__all__ = [
    "FORMATS",
    "FigureLine",
    "Line",
    "Parameter",
    "Portrait",
    "Query",
    "Quote",
    "Table",
    "Violation",
    "formatted",
    "parse_bindings",
    "read_query",
    "run",
    "show",
    "validate",
]
