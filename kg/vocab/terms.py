"""Labels of the ontology's classes and properties, in Chinese and English, by local name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class TermLabel:
    """What a class or property is called."""

    zh: str
    en: str


@cache
def term_labels() -> dict[str, TermLabel]:
    """Return the labels of `ontology.ttl`, `{"implements": TermLabel("实施", "implements"), …}`."""
    from rdflib import RDFS, Graph

    text = files("kg.vocab").joinpath("ontology.ttl").read_text(encoding="utf-8")
    graph = Graph().parse(data=text, format="turtle")
    words: dict[str, dict[str, str]] = {}
    for term, name in graph.subject_objects(RDFS.label):
        words.setdefault(str(term).rpartition("#")[2], {})[str(getattr(name, "language", ""))] = str(name)
    return {name: TermLabel(w["zh"], w["en"]) for name, w in sorted(words.items())}
