"""Names and texts as RDF's notations write them: namespaces, prefixes, quoting; for all that writes or reads RDF.

The trap: rdflib takes 0.2 s to import and a microsecond for each term, so that nothing here needs it; `kg.rdf` has the
same namespaces as rdflib's.
"""

from __future__ import annotations

import re

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "lg": "https://w3id.org/local-governance/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

DEFAULT_BASE = "https://w3id.org/local-governance/id/"
"""Where entities, statements and sources live unless the user says otherwise."""


class Namespace:
    """What IRIs begin with; its terms are its attributes (`LG.time`) or, with a name in a variable, `LG[name]`."""

    def __init__(self, prefix: str) -> None:
        self._iri = PREFIXES[prefix]

    def __getattr__(self, name: str) -> str:
        iri = self._iri + name
        setattr(self, name, iri)  # so that the next one finds it without coming here
        return iri

    def __getitem__(self, name: str) -> str:
        return self._iri + name


_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')
# In a text over several lines, quotation marks may stand alone: three of them, or one at the end, would close it.
_ESCAPED_IN_LONG = re.compile(r'[\x00-\x09\x0b-\x1f\\\x7f\ud800-\udfff]|"(?="|\Z)')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def quoted(text: str) -> str:
    """Return a text as a literal of Turtle, SPARQL or TSV results: one line, in double quotes."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def quoted_lines(text: str) -> str:
    """Return a text as a literal of Turtle that keeps its line breaks, in three double quotes."""
    return '"""' + _ESCAPED_IN_LONG.sub(_escape, text) + '"""'


def _escape(found: re.Match[str]) -> str:
    c = found[0]
    if "\ud800" <= c <= "\udfff":  # half a character: no encoding of Unicode can carry it
        return "\ufffd"
    return _SHORT.get(c) or f"\\u{ord(c):04X}"
