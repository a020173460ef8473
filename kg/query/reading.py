"""Read a query before anything runs it: is it SPARQL, does it only read, which names does it use.

In: Query and the terms of its parameters. Out: Reading, whose text any store can answer. The trap: pyoxigraph parses
faster than rdflib, but tells where it gave up (mostly the end) instead of what is wrong; so rdflib's grammar reads the
query, and its tree is what SERVICE and FROM are looked for in: a search in the text could be led astray.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyparsing import ParseException, ParseResults
from rdflib import URIRef, Variable
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier

from kg.errors import QueryError
from kg.notation import PREFIXES, quoted
from kg.query.question import Query

_UPDATE = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"}
_WORDS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "PREFIX", "BASE", "WHERE", "FILTER", "OPTIONAL", "VALUES", "ORDER")
_NO_CODE = re.compile(
    r'"""(?:[^\\]|\\[\s\S])*?"""|"(?:[^"\\\n]|\\.)*"'
    r"|'''(?:[^\\]|\\[\s\S])*?'''|'(?:[^'\\\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\s]*>|#.*'
)
"""Literals, IRIs and comments, whichever begins first."""
_CLAUSE = r"\bVALUES\s*(?P<bracket>\(\s*)?[?$]{name}\b\s*(?(bracket)\)\s*)\{{(?P<values>[^{{}}]*)\}}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A query that may be sent to a store."""

    query: Query
    text: str
    """With the values of parameters in it, and a declaration of every known prefix that it uses."""
    form: str
    """SELECT, ASK, CONSTRUCT or DESCRIBE."""
    names: Mapping[str, str]
    """Each IRI that it uses, in full → as it is written there (`lg:implements`)."""
    variables: tuple[str, ...]
    """In the order of the text."""
    prefixes: Mapping[str, str]
    """Those that the query declares itself: prefix → namespace."""


def read(query: Query, bindings: Mapping[str, Identifier] | None = None) -> Reading:
    """Check a query and put the values into it; QueryError tells where it is wrong, or which parameters it has."""
    parsed = _parsed(query)
    parts = list(_parts(parsed))
    _refuse_reaching_out(query, parts)
    declared = {p.prefix or "": str(p.iri) for p in parts if isinstance(p, CompValue) and p.name == "PrefixDecl"}
    used, names = _names(query, parts, declared)
    given = dict(bindings or {})
    variables = sorted({str(part) for part in parts if isinstance(part, Variable)})
    known = [p.name for p in query.parameters] or variables
    for name in given:
        if name not in known:
            raise QueryError(f"the query has no parameter {name}; it has: {', '.join(known) or 'none'}", query.path)
    form = str(parsed[1].name).removesuffix("Query").upper()
    prologue = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in sorted(used))
    text = prologue + _with_values(query, parts, given, form)
    in_order = tuple(sorted(variables, key=lambda v: _first(query.text, v)))
    return Reading(query, text, form, names, in_order, declared)


def place(query: Query, pattern: str) -> tuple[str, int, int]:
    """Return path, line and column of the first match outside comments and quotation marks; 0, 0 for none."""
    found = re.search(pattern, _code(query.text), re.IGNORECASE)
    if not found:
        return query.path, 0, 0
    before = query.text[: found.start()]
    return query.path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def wrong(query: Query, detail: str, where: tuple[str, int, int]) -> QueryError:
    """Return an error that quotes the line, with a mark below the place."""
    path, line, column = where
    lines = query.text.splitlines()
    return QueryError(detail, path, line, column, lines[line - 1] if 0 < line <= len(lines) else "")


def _code(text: str) -> str:
    """Return the text with blanks in place of comments, literals and IRIs: positions stay."""
    return _NO_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def _first(text: str, variable: str) -> int:
    found = re.search(rf"[?$]{variable}\b", text)
    return found.start() if found else len(text)


def _parsed(query: Query) -> ParseResults:
    try:
        return parseQuery(query.text)
    except ParseException as error:
        raise _syntax_error(query, error) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply", query.path) from error
    except ValueError as error:
        raise QueryError(f"cannot be read as SPARQL ({error})", query.path) from error


def _syntax_error(query: Query, error: ParseException) -> QueryError:
    rest = query.text[error.loc :].lstrip()
    where = query.path, error.lineno, error.column
    word = re.match(r"\w*", rest)
    name = word[0].upper() if word else ""
    if name in _UPDATE:
        return wrong(query, f"{name} is not allowed: a query only reads", where)
    if not rest:
        return wrong(query, "not valid SPARQL, ends too early", where)
    near = [w for w in difflib.get_close_matches(name, _WORDS, 1) if w != name]
    hint = f"; did you mean {near[0]}?" if near else ""
    return wrong(query, f"not valid SPARQL, cannot be read from here on: {rest.splitlines()[0][:60]}{hint}", where)


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


def _refuse_reaching_out(query: Query, parts: Iterable[object]) -> None:
    for part in parts:
        if isinstance(part, CompValue) and part.name in ("ServiceGraphPattern", "DatasetClause"):
            word = "SERVICE" if part.name == "ServiceGraphPattern" else "FROM"
            detail = f"{word} is not allowed: a query reads the given graph only"
            raise wrong(query, detail, place(query, rf"\b{word}\b"))


def _names(query: Query, parts: list[object], declared: Mapping[str, str]) -> tuple[set[str], dict[str, str]]:
    """Return the known prefixes that have to be declared, and all IRIs; QueryError for a prefix that nobody knows."""
    undeclared = set()
    names = {str(p): f"<{p}>" for p in parts if isinstance(p, URIRef) and str(p) not in declared.values()}
    for part in parts:
        if isinstance(part, CompValue) and part.name == "pname":
            prefix = part.prefix or ""
            if prefix not in declared and prefix not in PREFIXES:
                raise _unknown_prefix(query, prefix, {**PREFIXES, **declared})
            if prefix not in declared:
                undeclared.add(prefix)
            names[declared.get(prefix, PREFIXES.get(prefix, "")) + part.localname] = f"{prefix}:{part.localname}"
    return undeclared, names


def _unknown_prefix(query: Query, prefix: str, known: Iterable[str]) -> QueryError:
    near = difflib.get_close_matches(prefix, sorted(known), 1, 0.4)
    hint = f"; did you mean {near[0]}:?" if near else ""
    where = place(query, rf"(?<![\w:]){re.escape(prefix)}:")
    return wrong(query, f"prefix {prefix}: is not declared{hint}", where)


def _with_values(query: Query, parts: list[object], given: Mapping[str, Identifier], form: str) -> str:
    """Write the given terms into `VALUES ?name { … }`, or put such a clause where the pattern begins."""
    text = query.text
    for name, term in given.items():
        written = _written(term)
        code = _code(text)
        clauses = list(re.finditer(_CLAUSE.format(name=name), code, re.IGNORECASE))
        if len(clauses) != sum(_is_clause_of(part, name) for part in parts):
            raise QueryError(f"VALUES ?{name} cannot be told apart: write VALUES ?{name} {{ … }} plainly", query.path)
        for clause in reversed(clauses):
            value = f"({written})" if clause["bracket"] else written
            text = f"{text[: clause.start('values')]} {value} {text[clause.end('values') :]}"
        if not clauses:
            opening = re.compile(r"\bWHERE\s*\{" if form == "CONSTRUCT" else r"\{", re.IGNORECASE).search(code)
            if opening:
                text = f"{text[: opening.end()]} VALUES ?{name} {{ {written} }} {text[opening.end() :]}"
    return text


def _is_clause_of(part: object, name: str) -> bool:
    return isinstance(part, CompValue) and part.name == "InlineData" and [*map(str, part["var"])] == [name]


def _written(term: Identifier) -> str:
    """Return a term as SPARQL writes it; no text can end the literal that it stands in."""
    if isinstance(term, URIRef):
        return f"<{term}>"
    language, datatype = getattr(term, "language", None), getattr(term, "datatype", None)
    return quoted(str(term)) + (f"@{language}" if language else f"^^<{datatype}>" if datatype else "")
