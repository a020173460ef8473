"""Labels of the ontology's classes and properties, in Chinese and English, by local name.

The trap: an RDF library would take longer to load than a page takes to write, so the labels are read from the lines of
`ontology.ttl`, where each term begins a line and its two labels share one; a test compares them with rdflib's reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TERM = re.compile(r'^lg:(\w+) a .*(?:\n    .*)*?\n    rdfs:label "(?P<zh>.+?)"@zh, "(?P<en>.+?)"@en', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TermLabel:
    """What a class or property is called."""

    zh: str
    en: str


@cache
def term_labels() -> dict[str, TermLabel]:
    """Return the labels of `ontology.ttl`, `{"implements": TermLabel("实施", "implements"), …}`."""
    text = files("kg.vocab").joinpath("ontology.ttl").read_text(encoding="utf-8")
    return {m[1]: TermLabel(m["zh"], m["en"]) for m in sorted(_TERM.finditer(text), key=lambda m: m[1])}
