"""Run SPARQL queries over a built graph, with parameters given from outside.

In: an rdflib Graph, a query and texts for its parameters. Out: Table. A query file declares a parameter in its opening
comment, `# @param place  地名 / name of a place`, and gives its default as `VALUES ?place { "" }`, where a user of any
other store writes the value. Parameters are set as terms in the parsed query, never pasted into its text.
The trap: rdflib fetches what SERVICE and FROM name. Queries come from anyone, so both are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyparsing import ParseException, ParseResults
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.query import Result
from rdflib.term import Identifier

from kg import iso
from kg.errors import QueryError
from kg.notation import PREFIXES
from kg.query.results import Table
from kg.rdf import XSD

_PARAMETER = re.compile(r"^#\s*@param\s+(\w+)[ \t]*(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?", re.ASCII)
_QUOTED = re.compile(r'"(?P<text>.*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*))?', re.DOTALL)
_IRI = re.compile(r"<([^\x00-\x20<>\"{}|^`\\]+)>|(https?://[^\x00-\x20<>\"{}|^`\\]+)")
_UPDATE = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"}


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
    """Return the query in a file, or the text itself where it holds one (`SELECT … { … }`)."""
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
    """Return the terms of `name=value` texts.

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


def run(graph: Graph, query: Query, bindings: Mapping[str, Identifier] | None = None) -> Table:
    """Answer a query; QueryError tells where it is wrong, or which parameters it has.

    The rows of CONSTRUCT and DESCRIBE are triples, sorted.
    """
    parsed = _parsed(query)
    given = dict(bindings or {})
    _check_parameters(query, parsed, given)
    try:
        free = _set_defaults(parsed, given)
        prepared = translateQuery(parsed, initNs=PREFIXES)
        _join_lazily(prepared.algebra)
        return _table(query, graph.query(prepared, initBindings=free))
    except RecursionError as error:
        raise QueryError("the query is nested too deeply", query.path) from error
    except Exception as error:  # rdflib raises bare Exception for a prefix that is not declared, and many more
        raise _explained(query, error) from error


def _parsed(query: Query) -> ParseResults:
    try:
        parsed = parseQuery(query.text)
    except ParseException as error:
        raise _syntax_error(query, error) from error
    except (RecursionError, ValueError) as error:
        raise QueryError("cannot be read as SPARQL", query.path) from error
    for part in _parts(parsed):
        if isinstance(part, CompValue) and part.name in ("ServiceGraphPattern", "DatasetClause"):
            word = "SERVICE" if part.name == "ServiceGraphPattern" else "FROM"
            raise QueryError(
                f"{word} is not allowed: a query reads the given graph only", *_place(query, rf"\b{word}\b")
            )
    return parsed


def _parts(tree: object) -> Iterator[object]:
    """Yield every node of a parsed query."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, CompValue):
            waiting.extend(part.values())
        elif not isinstance(part, str) and isinstance(part, Iterable):
            waiting.extend(part)


def _check_parameters(query: Query, parsed: object, given: Mapping[str, Identifier]) -> None:
    variables = {str(part) for part in _parts(parsed) if isinstance(part, Variable)}
    known = [p.name for p in query.parameters] or sorted(variables)
    for name in given:
        if name not in known:
            raise QueryError(f"the query has no parameter {name}; it has: {', '.join(known) or 'none'}", query.path)


def _set_defaults(parsed: ParseResults, given: Mapping[str, Identifier]) -> dict[str, Identifier]:
    """Put the given terms in the place of `VALUES ?name { … }`; return those that have no such clause."""
    free = dict(given)
    for part in _parts(parsed):
        if isinstance(part, CompValue) and part.name == "InlineData" and len(part["var"]) == 1:
            name = str(part["var"][0])
            if name in given:
                part["value"] = [given[name]]
                free.pop(name, None)
    return free


def _join_lazily(algebra: CompValue) -> None:
    """Let the right side of a join start from what the left side has bound where it is a plain pattern.

    rdflib does so only for a query with one join, and else compares each left row with each right one: a minute
    instead of a second for the statements of one page.
    """
    for part in _parts(algebra):
        if isinstance(part, CompValue) and part.name == "Join" and part.p2.name == "BGP":
            part["lazy"] = True


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


def _table(query: Query, result: Result) -> Table:
    if result.type == "ASK":
        return Table((), (), bool(result.askAnswer))
    if result.graph is not None:
        triples = sorted(result.graph, key=lambda triple: [node.n3() for node in triple])
        return Table(("subject", "predicate", "object"), tuple(triples))
    variables = list(result.vars or ())
    if re.search(r"\bselect\s+(?:distinct\s+|reduced\s+)?\*", query.text, re.IGNORECASE):
        # rdflib keeps the variables of * in a set: take the order in which they stand.
        variables.sort(key=lambda v: m.start() if (m := re.search(rf"[?$]{v}\b", query.text)) else len(query.text))
    rows = tuple(tuple(row.get(v) for v in variables) for row in result.bindings)
    return Table(tuple(map(str, variables)), rows)


# ---- errors


def _syntax_error(query: Query, error: ParseException) -> QueryError:
    rest = query.text[error.loc :].lstrip()
    word = re.match(r"\w*", rest)
    if word and word[0].upper() in _UPDATE:
        return QueryError(f"{word[0]} is not allowed: a query only reads", query.path, error.lineno, error.column)
    found = f"cannot be read from here on: {rest.splitlines()[0][:60]}" if rest else "ends too early"
    return QueryError(f"not valid SPARQL, {found}", query.path, error.lineno, error.column)


def _explained(query: Query, error: Exception) -> QueryError:
    prefix = re.fullmatch(r"Unknown namespace prefix : (\S*)", str(error))
    if prefix:
        name = prefix[1]
        return QueryError(f"prefix {name}: is not declared", *_place(query, rf"(?<![\w:]){re.escape(name)}:"))
    return QueryError(f"cannot be answered ({error})", query.path)


def _place(query: Query, pattern: str) -> tuple[str, int, int]:
    """Return path, line and column of the first match outside comments and quotation marks."""
    code = re.sub(r'"[^"\n]*"|\'[^\'\n]*\'|<[^>\s]*>|#.*', lambda m: " " * len(m[0]), query.text)
    found = re.search(pattern, code, re.IGNORECASE)
    if not found:
        return query.path, 0, 0
    before = query.text[: found.start()]
    return query.path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
