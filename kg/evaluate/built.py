"""Read what a built graph says of one source file, as a sheet.

The trap: an entity belongs to a source by the articles that mention it, a statement by the passages that it is
derived from; what rests on the gazetteer alone belongs to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from rdflib import Graph, URIRef
from rdflib.term import Node

from kg.evaluate.sheet import TYPES, Dating, Figure, Named, Said, Sheet, number
from kg.rdf import DATES, DCTERMS, LG, ORG, PROV, RDF, RDFS, RELATIONS, SCHEMA, SKOS, label
from kg.text import folded


class Built:
    """A graph with its entities and its sources looked up once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._sources: dict[Node, str] = {}
        """File name by article and by passage."""
        for article in graph.subjects(RDF.type, LG.Article):
            for name in graph.objects(article, DCTERMS.isPartOf / DCTERMS.source):
                self._sources[article] = PurePosixPath(str(name)).name
        for passage in graph.subjects(RDF.type, LG.Passage):
            for article in graph.objects(passage, DCTERMS.isPartOf):
                if article in self._sources:
                    self._sources[passage] = self._sources[article]
        self._parts: defaultdict[str, list[Node]] = defaultdict(list)
        """Articles and passages by file name."""
        for part, source in self._sources.items():
            self._parts[source].append(part)
        self._entities = {
            str(node): Named(type_, frozenset(folded(str(n)) for n in self._labels(node)) - {""}, label(graph, node))
            for type_ in TYPES
            for node in graph.subjects(RDF.type, LG[type_])
        }

    def sources(self) -> list[str]:
        """Return the names of the files that the graph was built from."""
        return sorted(set(self._sources.values()))

    def sheet(self, source: str) -> Sheet:
        """Return what the graph says of one source file."""
        value, key = self.graph.value, self._key
        sheet = Sheet(self._mentioned(source))
        for node in self._nodes(RDF.Statement, source):
            self._add_statement(sheet, node)
        for node in self._nodes(ORG.Membership, source):
            role = value(node, ORG.role)
            extra = "" if role is None else folded(label(self.graph, role))
            sheet.facts[Said("position", key(node, ORG.member), key(node, ORG.organization), extra)] = None
        for node in self._nodes(LG.Funding, source):
            amount = number(value(node, LG.amount))
            sheet.facts[Said("finances", key(node, LG.funder), key(node, LG.recipient), amount)] = None
        for node in self._nodes(LG.Observation, source):
            unit = folded(str(value(node, LG.unit) or ""))
            sheet.figures[Figure(key(node, LG.about), number(value(node, LG.value)), unit)] = None
        return sheet

    def entity(self, key: str) -> Named | None:
        """Return an entity of the graph, of whatever source, by its IRI."""
        return self._entities.get(key)

    def _add_statement(self, sheet: Sheet, node: Node) -> None:
        predicate = str(self.graph.value(node, RDF.predicate)).removeprefix(str(LG))
        subject, target = self._key(node, RDF.subject), self.graph.value(node, RDF.object)
        if predicate in DATES:
            sheet.dates.add(Dating(predicate, subject, str(target)))
        elif predicate == "serves" and target is not None:
            sheet.facts[Said("serves", subject, folded(label(self.graph, target)))] = None
        elif predicate in RELATIONS:
            sheet.facts[Said(predicate, subject, str(target))] = None

    def _labels(self, node: Node) -> list[Node]:
        return [*self.graph.objects(node, RDFS.label), *self.graph.objects(node, SKOS.altLabel)]

    def _mentioned(self, source: str) -> dict[str, Named]:
        keys = {
            str(entity)
            for article in self._parts[source]
            for predicate in (SCHEMA.mentions, SCHEMA.author, LG.photographer)
            for entity in self.graph.objects(article, predicate)
        }
        return {key: self._entities[key] for key in sorted(keys) if key in self._entities}

    def _nodes(self, class_: URIRef, source: str) -> Iterator[Node]:
        """Yield the statement nodes of a class that a passage of the source states, in a fixed order."""
        stated = (n for part in self._parts[source] for n in self.graph.subjects(PROV.wasDerivedFrom, part))
        yield from sorted((n for n in set(stated) if (n, RDF.type, class_) in self.graph), key=str)

    def _key(self, node: Node, predicate: Node) -> str:
        value = self.graph.value(node, predicate)
        return "" if value is None else str(value)
