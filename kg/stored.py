"""Read a built graph back, in Turtle or any other notation of RDF.

In: a path. Out: KnowledgeGraph, or the triples subject by subject.
The trap: Turtle says which entities an article mentions, but not where. The places of `load` are those where one of an
entity's names stands; an entity that the article only paraphrases has an empty span at the text's beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import GraphFileError
from kg.graph import (
    DateStatement,
    Entity,
    EntityMention,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    Passage,
    RelationStatement,
    SourceArticle,
    SourceDocument,
    Statement,
    collect,
)
from kg.model import EntityType
from kg.notation import Namespace
from kg.output import settle

DCTERMS, LG, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS = map(
    Namespace, ("dcterms", "lg", "oa", "org", "prov", "rdf", "rdfs", "schema", "skos")
)

NOTATIONS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""Notations of RDF by the suffix of a file."""

_COLLECTIONS = {LG.Article: "article/", LG.Document: "document/"}
"""What stands behind the base in the IRIs of a class."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Block = tuple[ox.NamedNode | ox.BlankNode, list[tuple[ox.NamedNode, Term]]]
"""A subject with the predicates and objects that stand together in the file."""


class Node:
    """All that a file says of one subject."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, None]] = {}

    def add(self, predicate: str, value: str) -> None:
        """Note a value, an IRI or a text, once."""
        self._said.setdefault(predicate, {})[value] = None

    def all(self, predicate: str) -> tuple[str, ...]:
        """Return all values of a predicate, in the order of the file."""
        return tuple(self._said.get(predicate, ()))

    def one(self, predicate: str) -> str:
        """Return the value of a predicate, empty for none."""
        return next(iter(self._said.get(predicate, ())), "")


def graph_file(where: Path | str) -> Path:
    """Return the file itself, or `graph.ttl` of an output folder; GraphFileError if there is none."""
    file = Path(where)
    if file.is_dir():
        settle(file)
        file /= "graph.ttl"
    if file.suffix.lower() not in NOTATIONS:
        raise GraphFileError(str(file), f"its suffix is none of {', '.join(NOTATIONS)}")
    if not file.is_file():
        raise GraphFileError(str(file), "no such file")
    return file


def blocks(where: Path | str) -> Iterator[Block]:
    """Yield the triples of a file subject by subject, holding no more than one subject in memory."""
    file = graph_file(where)
    try:
        parsed = ox.parse(path=str(file), format=NOTATIONS[file.suffix.lower()])
        for subject, quads in groupby(parsed, key=attrgetter("subject")):
            yield subject, [(quad.predicate, quad.object) for quad in quads]
    except (OSError, SyntaxError, ValueError) as error:
        raise GraphFileError(str(file), f"no valid RDF: {error}") from error


def load(where: Path | str) -> KnowledgeGraph:
    """Return the graph of a file, or of an output folder; GraphFileError tells what is wrong with it."""
    nodes: dict[str, Node] = {}
    for subject, said in blocks(where):
        node = nodes.setdefault(subject.value, Node())
        for predicate, value in said:
            node.add(predicate.value, str(getattr(value, "value", value)))
    base = base_of(where)
    if not base:
        raise GraphFileError(str(where), "it has no lg:Article, whose IRI tells where the graph's own names begin")
    return records(nodes, base, str(where))


def records(nodes: Mapping[str, Node], base: str, where: str) -> KnowledgeGraph:
    """Return the records that subjects tell of, by IRI; GraphFileError if what one of them needs is not there."""
    try:
        return _Reader(nodes, base).graph()
    except (ValueError, ArithmeticError, KeyError, TypeError) as error:
        raise GraphFileError(where, f"not as the ontology has it: {error!r}") from error


def base_of(where: Path | str) -> str:
    """Return what the graph's own IRIs begin with, told by its first article or document; empty if it has none."""
    for subject, said in blocks(where):
        for predicate, value in said:
            collection = _COLLECTIONS.get(value.value) if predicate.value == RDF.type else None
            if collection and collection in subject.value:
                return subject.value.rpartition(collection)[0]
    return ""


class _Reader:
    """Makes records of nodes."""

    def __init__(self, nodes: Mapping[str, Node], base: str) -> None:
        self._nodes, self._base = nodes, base
        self._by_class: dict[str, list[tuple[str, Node]]] = {}
        for iri, node in nodes.items():
            for class_ in node.all(RDF.type):
                self._by_class.setdefault(class_, []).append((self._id(iri), node))
        self._entities = {i: _entity(i, kind, node) for kind in EntityType for i, node in self._of(LG[kind])}

    def graph(self) -> KnowledgeGraph:
        passages = [self._passage(*found) for found in self._of(LG.Passage)]
        self._cited = {passage.id for passage in passages}
        return collect(
            documents=[
                SourceDocument(i, n.one(DCTERMS.source), n.one(LG.sha256), n.one(LG.newspaper))
                for i, n in self._of(LG.Document)
            ],
            articles=[self._article(*found) for found in self._of(LG.Article)],
            passages=passages,
            entities=self._entities.values(),
            statements=[make(self, *found) for class_, make in _STATEMENTS.items() for found in self._of(class_)],
        )

    def _of(self, class_: str) -> list[tuple[str, Node]]:
        return self._by_class.get(class_, [])

    def _id(self, iri: str) -> str:
        return unquote(iri.removeprefix(self._base))

    def _ids(self, iris: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self._id, iris))

    def _passage(self, i: str, node: Node) -> Passage:
        start, end = int(node.one(OA.start)), int(node.one(OA.end))
        return Passage(i, self._id(node.one(DCTERMS.isPartOf)), start, end, node.one(OA.exact))

    def _article(self, i: str, node: Node) -> SourceArticle:
        text = node.one(LG.text)
        mentioned = [self._entities[e] for e in self._ids(node.all(SCHEMA.mentions))]
        return SourceArticle(
            i,
            self._id(node.one(DCTERMS.isPartOf)),
            text,
            node.one(SCHEMA.headline),
            node.one(SCHEMA.datePublished),
            self._ids(node.all(SCHEMA.author)),
            self._ids(node.all(LG.photographer)),
            tuple(_mentions(text, mentioned)),
        )

    def _provenance(self, i: str, node: Node) -> dict[str, Any]:
        """Return what all statements have; the gazetteer is no passage."""
        return {
            "id": i,
            "passages": tuple(p for p in self._ids(node.all(PROV.wasDerivedFrom)) if p in self._cited),
            "rules": tuple(self._nodes[rule].one(RDFS.label) for rule in node.all(PROV.wasGeneratedBy)),
            "confidence": float(node.one(LG.confidence)),
        }

    def _statement(self, i: str, node: Node) -> Statement:
        subject, predicate = self._id(node.one(RDF.subject)), node.one(RDF.predicate).removeprefix(LG[""])
        value, shared = node.one(RDF.object), self._provenance(i, node)
        if value.startswith(self._base):
            status = node.one(LG.status)
            return RelationStatement(
                subject=subject, predicate=predicate, object=self._id(value), status=status, **shared
            )
        return DateStatement(subject=subject, predicate=predicate, value=value, **shared)

    def _membership(self, i: str, node: Node) -> Statement:
        return Membership(
            member=self._id(node.one(ORG.member)),
            organization=self._id(node.one(ORG.organization)),
            role=self._nodes[node.one(ORG.role)].one(RDFS.label),
            time=node.one(LG.time),
            **self._provenance(i, node),
        )

    def _funding(self, i: str, node: Node) -> Statement:
        amount = node.one(LG.amount)
        return FundingStatement(
            funder=self._id(node.one(LG.funder)),
            recipient=self._id(node.one(LG.recipient)),
            amount=Decimal(amount) if amount else None,
            product=self._id(node.one(LG.product)),
            time=node.one(LG.time),
            **self._provenance(i, node),
        )

    def _observation(self, i: str, node: Node) -> Statement:
        return ObservationStatement(
            about=self._id(node.one(LG.about)),
            indicator=node.one(LG.indicator),
            value=Decimal(node.one(LG.value)),
            unit=node.one(LG.unit),
            qualifier=node.one(LG.qualifier),
            time=node.one(LG.time),
            **self._provenance(i, node),
        )


_STATEMENTS = {
    RDF.Statement: _Reader._statement,
    ORG.Membership: _Reader._membership,
    LG.Funding: _Reader._funding,
    LG.Observation: _Reader._observation,
}
"""Classes of statement nodes, and what reads them."""


def _entity(i: str, kind: EntityType, node: Node) -> Entity:
    local = [c.removeprefix(LG[""]) for c in node.all(RDF.type) if c.startswith(LG[""])]
    specific = [name for name in local if name not in (kind.value, "Official")]
    return Entity(
        i,
        kind,
        node.one(RDFS.label),
        next(iter(specific), ""),
        node.all(SKOS.altLabel),
        node.one(DCTERMS.identifier),
        "Official" in local,
    )


def _mentions(text: str, mentioned: Iterable[Entity]) -> Iterator[EntityMention]:
    """Find the names of entities in a text, the longest where several begin."""
    bearers = {name: entity.id for entity in mentioned for name in entity.names if name}
    names = "|".join(map(re.escape, sorted(bearers, key=lambda name: (-len(name), name))))
    found = [EntityMention(m.start(), m.end(), bearers[m[0]]) for m in re.finditer(names, text) if m[0]]
    placed = {mention.entity for mention in found}
    yield from (EntityMention(0, 0, i) for i in sorted(set(bearers.values()) - placed))
    yield from found
