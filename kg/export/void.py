"""Describe a graph as a dataset, in VoID and DCAT: what it is, how much of what it holds, where it comes from.

In: Contents. Out: Turtle beside the graph. The trap: it says nothing that the graph does not: no clock time, no host,
and no licence unless whoever built the graph names one, since the words of the passages are the newspapers'.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.errors import LicenceError
from kg.export.contents import Contents
from kg.export.rdf import DCTERMS, LG, PROV, RDF, RDFS, XSD, Iri, Literal, Triple, minter
from kg.export.turtle import write_triples
from kg.model import EntityType
from kg.notation import PREFIXES

_DCAT, _FOAF, _OWL, _VOID = (
    "http://www.w3.org/ns/dcat#",
    "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/2002/07/owl#",
    "http://rdfs.org/ns/void#",
)
_ONTOLOGY = "https://w3id.org/local-governance/ontology"
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/text/turtle"
_TEXTS = {
    DCTERMS.title: ("地方治理知识图谱", "Knowledge graph of local governance"),
    DCTERMS.description: (
        "由报纸文章得出的知识图谱：谁在哪里办了什么、何时开始、服务谁、谁出资；每条陈述都带有说出它的原文。",
        "A graph of what newspapers report: who does what where, since when, for whom, paid by whom; each statement"
        " carries the words that state it.",
    ),
    DCTERMS.rights: (
        "原文片段和文章文字的权利属于原报。",
        "The words of passages and articles remain those of the newspapers.",
    ),
}


@dataclass(slots=True)
class _Counts:
    """What a pass over the triples finds."""

    triples: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    newspapers: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)
    """The first and the last day of publication."""
    inputs: list[str] = field(default_factory=list)
    """SHA-256 of each document."""
    gazetteer: set[str] = field(default_factory=set)


def write_void(contents: Contents, path: Path) -> None:
    """Write the description; BaseIriError if the graph has no base to stand on, LicenceError for no IRI."""
    known = PREFIXES | {"dcat": _DCAT, "foaf": _FOAF, "owl": _OWL, "void": _VOID}
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        write_triples(_described(contents), stream, known)


def _described(contents: Contents) -> Iterator[Triple]:
    iri, counts = minter(contents.base), _counted(contents)
    dataset, run, software = iri("dataset"), iri("dataset/run"), iri("dataset/software")
    yield dataset, RDF.type, _VOID + "Dataset"
    yield dataset, RDF.type, _DCAT + "Dataset"
    for predicate, (chinese, english) in _TEXTS.items():
        yield dataset, predicate, Literal(chinese, language="zh")
        yield dataset, predicate, Literal(english, language="en")
    yield dataset, DCTERMS.language, Literal("zh")
    if contents.licence:
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", contents.licence):
            raise LicenceError(contents.licence)
        yield dataset, DCTERMS.license, contents.licence
    yield dataset, _DCAT + "version", Literal(_version(counts))
    yield dataset, DCTERMS.conformsTo, _ONTOLOGY
    yield from _sizes(dataset, counts, contents.base)
    yield from _partitions(dataset, counts, contents.base)
    yield from _coverage(dataset, counts, contents.base)
    yield dataset, PROV.wasGeneratedBy, run
    yield run, RDF.type, PROV.Activity
    yield run, PROV.wasAssociatedWith, software
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(f"kg {__version__}")
    for register in sorted(counts.gazetteer):
        yield dataset, DCTERMS.source, register


def _counted(contents: Contents) -> _Counts:
    counts = _Counts()
    seen = ""
    for subject, said in contents.blocks():
        counts.triples += len(said)
        counts.subjects += subject.value != seen
        seen = subject.value
        types = [value.value for p, value in said if p.value == RDF.type]
        counts.classes.update(types)
        counts.properties.update(p.value for p, _ in said)
        if LG.Document in types:
            counts.inputs += [value.value for p, value in said if p.value == LG.sha256]
            counts.newspapers.update(value.value for p, value in said if p.value == LG.newspaper)
        elif LG.Article in types:
            days = [value.value for p, value in said if p.value in (LG.earliest, LG.latest)]
            counts.days = [least(counts.days + days) for least in (min, max)] if counts.days + days else []
        elif LG.Gazetteer in types:
            counts.gazetteer |= {v.value for p, v in said if p.value == DCTERMS.source and isinstance(v, ox.NamedNode)}
    return counts


def _version(counts: _Counts) -> str:
    """Return the program's version and a digest of the inputs: what decides the graph's bytes."""
    return f"{__version__}+{hashlib.sha256(''.join(sorted(counts.inputs)).encode()).hexdigest()[:12]}"


def _number(value: int) -> Literal:
    return Literal(str(value), XSD.integer)


def _sizes(dataset: Iri, counts: _Counts, base: str) -> Iterator[Triple]:
    yield dataset, _VOID + "triples", _number(counts.triples)
    yield dataset, _VOID + "distinctSubjects", _number(counts.subjects)
    yield dataset, _VOID + "classes", _number(len(counts.classes))
    yield dataset, _VOID + "properties", _number(len(counts.properties))
    yield dataset, _VOID + "documents", _number(counts.classes[LG.Document])
    yield dataset, _VOID + "entities", _number(sum(counts.classes[LG[kind]] for kind in EntityType))
    yield dataset, _VOID + "uriSpace", Literal(base)
    yield dataset, _VOID + "feature", "http://www.w3.org/ns/formats/Turtle"
    spaces = {re.sub(r"[^/#]*$", "", name) for name in (*counts.classes, *counts.properties)}
    for space in sorted(spaces):
        yield dataset, _VOID + "vocabulary", space


def _partitions(dataset: Iri, counts: _Counts, base: str) -> Iterator[Triple]:
    """Yield how many instances each class has, and how many triples each property."""
    iri = minter(base)
    for kind, found, size in (("class", counts.classes, "entities"), ("property", counts.properties, "triples")):
        for name, number in sorted(found.items()):
            part = iri(f"dataset/{kind}/{_prefixed(name)}")
            yield dataset, f"{_VOID}{kind}Partition", part
            yield part, _VOID + kind, name
            yield part, _VOID + size, _number(number)


def _prefixed(name: Iri) -> str:
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace):
            return f"{prefix}-{name.removeprefix(namespace)}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def _coverage(dataset: Iri, counts: _Counts, base: str) -> Iterator[Triple]:
    """Yield the newspapers and the days between which they appeared."""
    for newspaper in sorted(counts.newspapers):
        yield dataset, PROV.wasDerivedFrom, minter(base)(f"dataset/newspaper/{newspaper}")
        yield minter(base)(f"dataset/newspaper/{newspaper}"), _FOAF + "name", Literal(newspaper, language="zh")
    if counts.days:
        period = minter(base)("dataset/period")
        yield dataset, DCTERMS.temporal, period
        yield period, RDF.type, DCTERMS.PeriodOfTime
        yield period, _DCAT + "startDate", Literal(counts.days[0], XSD.date)
        yield period, _DCAT + "endDate", Literal(counts.days[1], XSD.date)
    distribution = minter(base)("dataset/turtle")
    yield dataset, _DCAT + "distribution", distribution
    yield distribution, RDF.type, _DCAT + "Distribution"
    yield distribution, _DCAT + "mediaType", _MEDIA_TYPE
    yield distribution, DCTERMS.title, Literal("graph.ttl")
