"""Write a graph as JSON-LD that reads as plain JSON: an object for each subject, keys that are names of the ontology.

In: Contents. Out: a file, object by object. The context says what each key means: `implements` holds identifiers below
`@base`, `label` holds Chinese, `confidence` a decimal.
The trap: what a key does not expect (a year where days stand) is an object with its type or language, so that nothing
is lost.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.export.contents import Contents
from kg.export.rdf import LG, OA, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.notation import PREFIXES
from kg.stored import Block, Term

_CHINESE = (RDFS.label, SKOS.altLabel, LG.indicator, LG.text, LG.newspaper, SCHEMA.headline, OA.exact)
_TYPED = {
    "xsd:decimal": (LG.confidence, LG.value, LG.amount),
    "xsd:integer": (OA.start, OA.end),
    "xsd:date": (LG.earliest, LG.latest),
    "@vocab": (RDF.predicate,),
}
_EXPECTED = {iri: {"@language": "zh"} for iri in _CHINESE}
_EXPECTED |= {iri: {"@type": type_} for type_, iris in _TYPED.items() for iri in iris}
"""What the values of a property are, unless they say otherwise."""
_NAMESPACES = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_PROPERTY = re.compile(r"#(Object|Datatype|)Property$")
_RELATIVE = re.compile(r"\w[\w\-~%]*(/(?!\.{1,2}(/|$))[\w\-.~%]+)+")
"""What resolves to base and itself, and to nothing else."""


@dataclass(frozen=True, slots=True)
class Key:
    """How a property is written."""

    name: str
    expected: dict[str, str]


def write_jsonld(contents: Contents, path: Path) -> None:
    """Write JSON-LD with its context."""
    keys, base = _keys(), contents.base
    context = {"@vocab": PREFIXES["lg"], "id": "@id", "type": "@type", **PREFIXES}
    context |= {"@base": base} if base else {}
    context_of_keys = {key.name: {"@id": _short(iri), **key.expected} for iri, key in keys.items()}
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"@context": {_dumped({**context, **context_of_keys})},\n"@graph": [')
        for number, block in enumerate(contents.blocks()):
            stream.write(",\n" if number else "\n")
            stream.write(_dumped(_object(block, keys, base)))
        stream.write("\n]}\n")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _keys() -> dict[str, Key]:
    """Return how each property of the ontology is written: by its local name; with its prefix where two share one."""
    kinds = {}
    for quad in ox.parse(files("kg.vocab").joinpath("ontology.ttl").read_bytes(), ox.RdfFormat.TURTLE):
        kind = _PROPERTY.search(getattr(quad.object, "value", ""))
        if quad.predicate.value == RDF.type and kind and isinstance(quad.subject, ox.NamedNode):
            kinds[quad.subject.value] = kind[1]
    keys: dict[str, Key] = {}
    taken = {"id", "type"}
    for iri in sorted(kinds, key=lambda iri: (not iri.startswith(PREFIXES["lg"]), iri)):
        local = re.split(r"[/#]", iri)[-1]
        expected = _EXPECTED.get(iri) or ({"@type": "@id"} if kinds[iri] == "Object" else {})
        keys[iri] = Key(_short(iri) if local in taken else local, expected)
        taken.add(local)
    return keys


@cache
def _short(iri: str) -> str:
    """Return an IRI with its prefix, or whole."""
    namespace = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    return f"{_NAMESPACES[namespace]}:{iri.removeprefix(namespace)}" if namespace in _NAMESPACES else iri


def _object(block: Block, keys: dict[str, Key], base: str) -> dict[str, Any]:
    subject, said = block
    values: dict[str, list[Any]] = {}
    for predicate, value in said:
        if predicate.value == RDF.type:
            values.setdefault("type", []).append(_vocabulary_name(value.value))
        else:
            key = keys.get(predicate.value) or Key(_short(predicate.value), {})
            values.setdefault(key.name, []).append(_written(value, key.expected, base))
    single = {name: found[0] if len(found) == 1 else found for name, found in values.items()}
    return {"id": _identifier(subject, base), **single}


def _identifier(node: Term, base: str) -> str:
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    relative = node.value.removeprefix(base)
    return relative if base and relative != node.value and _RELATIVE.fullmatch(relative) else node.value


def _vocabulary_name(iri: str) -> str:
    return iri.removeprefix(PREFIXES["lg"]) if iri.startswith(PREFIXES["lg"]) else _short(iri)


def _written(value: Term, expected: dict[str, str], base: str) -> Any:
    if not isinstance(value, ox.Literal):
        if expected.get("@type") == "@vocab":
            return _vocabulary_name(value.value)
        written = _identifier(value, base)
        return written if expected.get("@type") == "@id" else {"@id": written}
    if value.language:
        own = {"@language": value.language}
    else:
        own = {"@type": _short(value.datatype.value)} if value.datatype.value != XSD.string else {}
    return value.value if own == expected else {"@value": value.value, **own}
