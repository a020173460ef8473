"""A query as a user gives it: a file or a text, and texts for its parameters.

In: a path or SPARQL, and `name=value`. Out: Query, and RDF terms. A query file declares a parameter in its opening
comment, `# @param place  地名 / name of a place`, and gives its default as `VALUES ?place { "" }`, where a user of any
other store writes the value. The trap: a value that looks like a number or a day becomes one, unless it is in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.term import Identifier

from kg import iso
from kg.errors import QueryError
from kg.rdf import XSD

_PARAMETER = re.compile(r"^#\s*@param\s+(\w+)[ \t]*(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?", re.ASCII)
_QUOTED = re.compile(r'"(?P<text>.*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*))?', re.DOTALL)
_IRI = re.compile(r"<([^\x00-\x20<>\"{}|^`\\]+)>|(https?://[^\x00-\x20<>\"{}|^`\\]+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a query expects from outside."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query as text."""

    text: str
    path: str = ""
    """File that it was read from; empty for a query given as text."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that its comments declare."""
        return tuple(Parameter(name, description.strip()) for name, description in _PARAMETER.findall(self.text))


def read_query(source: str) -> Query:
    """Return the query in a file, or the text itself where it holds one (`SELECT … { … }`); QueryError for no file."""
    if "{" in source:
        return Query(source)
    try:
        return Query(Path(source).read_text(encoding="utf-8-sig"), source)
    except FileNotFoundError as error:
        raise QueryError("no such query file", source) from error
    except UnicodeDecodeError as error:
        raise QueryError(f"is no UTF-8 text, at byte {error.start}", source) from error
    except (OSError, ValueError) as error:
        raise QueryError("cannot be read as a query file", source) from error


def parse_bindings(pairs: Iterable[str]) -> dict[str, Identifier]:
    """Return the terms of `name=value` texts; QueryError for another form.

    A value is an IRI (`<https://…>`, `https://…`), a number (`2021`), a day (`2021-05-01`), or else a text; in
    double quotes it is a text whatever it looks like, with a language tag if one follows (`"新塍镇"@zh`).
    """
    bindings: dict[str, Identifier] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().removeprefix("?")
        if not equals or not re.fullmatch(r"\w+", name):
            raise QueryError(f"parameter {pair!r} is not of the form name=value")
        bindings[name] = _term(value)
    return bindings


def _term(value: str) -> Identifier:
    if iri := _IRI.fullmatch(value):
        return URIRef(iri[1] or iri[2])
    if quoted := _QUOTED.fullmatch(value):
        return Literal(quoted["text"], lang=quoted["language"])
    if number := _NUMBER.fullmatch(value):
        return Literal(value, datatype=XSD.decimal if number[1] else XSD.integer)
    if iso.datatype(value) == "date":
        return Literal(value, datatype=XSD.date)
    return Literal(value)
