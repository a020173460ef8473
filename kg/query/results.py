"""Write the answer of a query: SPARQL results as JSON, CSV or TSV after the W3C's formats, or plain cells to print.

In: Table. Out: text. The trap: CSV gives bare values, TSV gives terms (`"新塍镇"@zh`, `<https://…>`), as the
recommendation says; CSV lines end in CR LF, TSV lines in LF.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from rdflib import BNode, Literal
from rdflib.term import Node

from kg.errors import UnknownNameError
from kg.notation import PREFIXES, quoted
from kg.rdf import XSD

_BARE = (XSD.integer, XSD.decimal, XSD.double)
"""Numbers of these types stand in TSV as they are."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]
    """None where a variable is not bound."""
    boolean: bool | None = None
    """The answer of an ASK query, whose table is empty."""

    def cells(self) -> list[list[str]]:
        """Return all rows as texts to print, IRIs shortened where a prefix is known."""
        return [[_printed(node) for node in row] for row in self.rows]


def formatted(table: Table, format_: str) -> str:
    """Return the table in one of FORMATS; UnknownNameError lists them."""
    if format_ not in FORMATS:
        raise UnknownNameError("result format", format_, FORMATS)
    return FORMATS[format_](table)


def _json(table: Table) -> str:
    if table.boolean is not None:
        return _dumped({"head": {}, "boolean": table.boolean})
    bindings = [
        {name: _json_term(node) for name, node in zip(table.columns, row, strict=True) if node is not None}
        for row in table.rows
    ]
    return _dumped({"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}})


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _json_term(node: Node) -> dict[str, str]:
    if isinstance(node, Literal):
        term = {"type": "literal", "value": str(node)}
        if node.language:
            term["xml:lang"] = node.language
        elif node.datatype and node.datatype != XSD.string:
            term["datatype"] = str(node.datatype)
        return term
    return {"type": "bnode" if isinstance(node, BNode) else "uri", "value": str(node)}


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if table.boolean is not None:
        writer.writerows([["boolean"], [str(table.boolean).lower()]])
        return out.getvalue()
    writer.writerow(table.columns)
    writer.writerows(
        [["" if n is None else f"_:{n}" if isinstance(n, BNode) else str(n) for n in r] for r in table.rows]
    )
    return out.getvalue()


def _tsv(table: Table) -> str:
    if table.boolean is not None:
        return f"?boolean\n{str(table.boolean).lower()}\n"
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join(_tsv_term(node) for node in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def _tsv_term(node: Node | None) -> str:
    if node is None:
        return ""
    if not isinstance(node, Literal):
        return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"
    if node.language:
        return f"{quoted(str(node))}@{node.language}"
    if node.datatype in _BARE:
        return str(node)
    if node.datatype and node.datatype != XSD.string:
        return f"{quoted(str(node))}^^<{node.datatype}>"
    return quoted(str(node))


def _printed(node: Node | None) -> str:
    if node is None:
        return ""
    text = str(node)
    if isinstance(node, Literal):
        return text
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


FORMATS: dict[str, Callable[[Table], str]] = {"json": _json, "csv": _csv, "tsv": _tsv}
"""Machine-readable formats by name."""
