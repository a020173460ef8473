"""Write entities and what connects them for programs that draw and count networks: GraphML, GEXF, CSV for Neo4j.

In: Contents. Out: a file, or for Neo4j a folder of two. Nodes have names, types and codes, edges the predicate, role,
amount, time, confidence and the words that state them.
The trap: a name comes from a file. XML cannot hold control characters, and a spreadsheet runs what begins with `=`; the
first become �, and in CSV an apostrophe stands before the second, as spreadsheets themselves write a text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from kg.export.contents import Contents
from kg.export.tables import TABLES, Row, rows

_BY_NAME = {table.name: table for table in TABLES}
_NODE = {
    "name": "string",
    "type": "string",
    "class": "string",
    "code": "string",
    "official": "boolean",
    "articles": "long",
}
_EDGE = {
    "predicate": "string",
    "role": "string",
    "value": "double",
    "product_name": "string",
    "time": "string",
    "confidence": "double",
    "words": "string",
}
"""Attributes in GraphML's types, which are GEXF's too."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"^(?=[=+\-@\t\r])")
_COLOURS = {
    "Place": (46, 125, 50),
    "Facility": (121, 85, 72),
    "Organization": (21, 101, 192),
    "Person": (198, 40, 40),
    "Programme": (239, 108, 0),
    "Platform": (0, 131, 143),
    "Project": (106, 27, 154),
    "Product": (173, 20, 87),
    "Policy": (69, 90, 100),
    "Honour": (249, 168, 37),
    "Group": (158, 157, 36),
}


def write_graphml(contents: Contents, path: Path) -> None:
    """Write GraphML, with typed attributes; nodes and edges have the IRIs of entities and statements."""
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        xml = _Xml(stream)
        xml.open("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
        for target, attributes in (("node", _NODE), ("edge", _EDGE)):
            for name, kind in attributes.items():
                xml.leaf("key", **{"id": f"{target}.{name}", "for": target, "attr.name": name, "attr.type": kind})
        # Gephi shows what is called label.
        xml.leaf("key", **{"id": "label", "for": "all", "attr.name": "label", "attr.type": "string"})
        xml.open("graph", edgedefault="directed")
        for row in _nodes(contents):
            xml.open("node", id=row["id"])
            _graphml_data(xml, "node", row["name"], _NODE, row)
            xml.close("node")
        for row in _edges(contents):
            xml.open("edge", id=row["id"], source=row["subject"], target=row["object"])
            _graphml_data(xml, "edge", row["predicate"], _EDGE, row)
            xml.close("edge")
        xml.close("graph")
        xml.close("graphml")


def write_gexf(contents: Contents, path: Path) -> None:
    """Write GEXF 1.3 with labels, and a colour for each type."""
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        xml = _Xml(stream)
        names = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
        xml.open("gexf", **names)
        xml.open("graph", defaultedgetype="directed", mode="static")
        for target, attributes in (("node", _NODE), ("edge", _EDGE)):
            xml.open("attributes", **{"class": target})
            for name, kind in attributes.items():
                xml.leaf("attribute", id=name, title=name, type=kind)
            xml.close("attributes")
        xml.open("nodes")
        for row in _nodes(contents):
            _gexf_node(xml, row)
        xml.close("nodes")
        xml.open("edges")
        for row in _edges(contents):
            _gexf_edge(xml, row)
        xml.close("edges")
        xml.close("graph")
        xml.close("gexf")


def write_neo4j(contents: Contents, folder: Path) -> None:
    """Write `nodes.csv` and `relationships.csv` with the headers of `neo4j-admin database import`."""
    folder.mkdir(exist_ok=True)
    nodes = {"id:ID": "id", ":LABEL": "", **{_neo4j_name(n, kind): n for n, kind in _NODE.items()}}
    edges = {":START_ID": "subject", ":END_ID": "object", ":TYPE": "predicate", "id": "id"}
    edges |= {_neo4j_name(n, kind): n for n, kind in _EDGE.items() if n != "predicate"}
    with open(folder / "nodes.csv", "w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        table.writerow([*nodes, "other_names:string[]"])
        for row in _nodes(contents):
            labels = ";".join(["Entity", row["type"], *([row["class"]] if row["class"] else [])])
            values = [labels if not name else _cell(row.get(name)) for name in nodes.values()]
            table.writerow([*values, ";".join(_cell(name.replace(";", "；")) for name in row["other_names"])])
    with open(folder / "relationships.csv", "w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(edges)
        for row in _edges(contents):
            table.writerow([_cell(row.get(name)) for name in edges.values()])


def _nodes(contents: Contents) -> Iterator[Row]:
    return rows(_BY_NAME["entities"], contents)


def _edges(contents: Contents) -> Iterator[Row]:
    """Yield the statements between two entities."""
    for row in rows(_BY_NAME["statements"], contents):
        if row.get("object"):
            yield {**row, "words": "\n".join(row["words"])}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else _NO_XML.sub("\ufffd", str(value))


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return _FORMULA.sub("'", value)
    return "" if value is None else _text(value)


def _neo4j_name(name: str, kind: str) -> str:
    return name if kind == "string" else f"{name}:{kind}"


def _graphml_data(xml: _Xml, target: str, label: str, attributes: dict[str, str], row: Row) -> None:
    xml.leaf("data", label, key="label")
    for name in attributes:
        if row.get(name) not in (None, ""):
            xml.leaf("data", _text(row[name]), key=f"{target}.{name}")


def _gexf_node(xml: _Xml, row: Row) -> None:
    xml.open("node", id=row["id"], label=row["name"])
    _gexf_values(xml, _NODE, row)
    red, green, blue = _COLOURS[row["type"]]
    xml.leaf("viz:color", r=str(red), g=str(green), b=str(blue))
    xml.close("node")


def _gexf_edge(xml: _Xml, row: Row) -> None:
    ends = {"source": row["subject"], "target": row["object"]}
    xml.open("edge", id=row["id"], label=row["predicate"], weight=str(row["confidence"]), **ends)
    _gexf_values(xml, _EDGE, row)
    xml.close("edge")


def _gexf_values(xml: _Xml, attributes: dict[str, str], row: Row) -> None:
    xml.open("attvalues")
    for name in attributes:
        if row.get(name) not in (None, ""):
            xml.leaf("attvalue", **{"for": name, "value": _text(row[name])})
    xml.close("attvalues")


class _Xml:
    """Writes elements, a line each."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        stream.write('<?xml version="1.0" encoding="utf-8"?>\n')

    def open(self, element: str, **attributes: str) -> None:
        """Begin an element."""
        self._stream.write(f"<{element}{_attributes(attributes)}>\n")

    def close(self, element: str) -> None:
        """End an element."""
        self._stream.write(f"</{element}>\n")

    def leaf(self, element: str, text: str = "", **attributes: str) -> None:
        """Write an element that holds nothing, or a text."""
        content = f">{escape(_text(text))}</{element}>" if text else "/>"
        self._stream.write(f"<{element}{_attributes(attributes)}{content}\n")


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_text(value))}" for name, value in attributes.items())
