"""Turn a KnowledgeGraph into RDF after the vocabulary contract: each statement as a plain triple and as a node.

In: KnowledgeGraph. Out: triples of rdflib terms, or an rdflib Graph.
The trap: a plain triple says that something is so. An honour that is only striven for (status `aim`) has
`rdf:predicate lg:recognizedAs` on its node and the plain triple `lg:aimsAt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

from rdflib import Graph, Literal, URIRef

from kg import iso
from kg.errors import BaseIriError
from kg.graph import (
    DateStatement,
    Entity,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    Passage,
    RelationStatement,
    SourceArticle,
    SourceDocument,
    Statement,
)
from kg.rdf import DCTERMS, DEFAULT_BASE, LG, OA, ORG, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

Node = URIRef | Literal
Triple = tuple[URIRef, URIRef, Node]
Iri = Callable[[str], URIRef]
"""Makes an IRI of an identifier such as `place/330411104`."""

_GAZETTEER = "source/gazetteer"
_GAZETTEER_SOURCE = "https://www.stats.gov.cn/sj/tjbz/tjyqhdmhcxhfdm/2023/"


def to_rdflib(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Graph:
    """Return the graph as an rdflib Graph, the same triples that `write_turtle` writes."""
    out = Graph()
    for prefix, namespace in PREFIXES.items():
        out.bind(prefix, namespace)
    for triple in triples(graph, base):
        out.add(triple)
    return out


def triples(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """Yield all triples of the graph, some perhaps twice; BaseIriError if the base is no absolute IRI."""
    iri = _minter(base)
    for document in graph.documents.values():
        yield from _document(document, iri)
    for article in graph.articles.values():
        yield from _article(article, iri)
    for passage in graph.passages.values():
        yield from _passage(passage, iri)
    for entity in graph.entities.values():
        yield from _entity(entity, iri)
    for statement in graph.statements.values():
        yield from _said(statement, iri)
        yield from _provenance(statement, iri)


# ---- terms


def _minter(base: str) -> Iri:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise BaseIriError(base)

    @cache
    def iri(identifier: str) -> URIRef:
        return URIRef(base + re.sub(r"[^\w\-.~/]", _percent, identifier))

    return iri


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _zh(text: str) -> Literal:
    return Literal(text, lang="zh")


def _typed(text: str, datatype: str) -> Literal:
    # rdflib would turn the gYear 2016 into a date, so the text must stay as it is.
    return Literal(text, datatype=XSD[datatype], normalize=False)


def _decimal(number: Decimal | float) -> Literal:
    exact = number if isinstance(number, Decimal) else Decimal(str(round(number, 4)))
    text = f"{exact:f}"
    return _typed(text.rstrip("0").rstrip(".") if "." in text else text, "decimal")


def _date(value: str) -> Literal:
    """Return an ISO value as precisely typed as it is; an interval is a plain string."""
    datatype = iso.datatype(value)
    return _typed(value, datatype) if datatype else Literal(value)


def _bounds(node: URIRef, value: str) -> Iterator[Triple]:
    """Yield the first and last day, which every store compares rightly."""
    for predicate, day in ((LG.earliest, iso.earliest(value)), (LG.latest, iso.latest(value))):
        if day:
            yield node, predicate, _typed(day, "date")


def _time(node: URIRef, value: str) -> Iterator[Triple]:
    if value:
        yield node, LG.time, _date(value)
        yield from _bounds(node, value)


# ---- sources


def _document(document: SourceDocument, iri: Iri) -> Iterator[Triple]:
    node = iri(document.id)
    yield node, RDF.type, LG.Document
    yield node, DCTERMS.source, Literal(document.source)
    yield node, LG.sha256, Literal(document.sha256)
    if document.newspaper:
        yield node, LG.newspaper, _zh(document.newspaper)


def _article(article: SourceArticle, iri: Iri) -> Iterator[Triple]:
    node = iri(article.id)
    yield node, RDF.type, LG.Article
    yield node, DCTERMS.isPartOf, iri(article.document)
    yield node, LG.text, _zh(article.text)
    if article.headline:
        yield node, SCHEMA.headline, _zh(article.headline)
    if article.published:
        yield node, SCHEMA.datePublished, _date(article.published)
        yield from _bounds(node, article.published)
    for predicate, ids in (
        (SCHEMA.author, article.authors),
        (LG.photographer, article.photographers),
        (SCHEMA.mentions, [mention.entity for mention in article.mentions]),
    ):
        yield from ((node, predicate, iri(i)) for i in ids)


def _passage(passage: Passage, iri: Iri) -> Iterator[Triple]:
    node = iri(passage.id)
    yield node, RDF.type, LG.Passage
    yield node, DCTERMS.isPartOf, iri(passage.article)
    yield node, OA.exact, _zh(passage.text)
    yield node, OA.start, _typed(str(passage.start), "integer")
    yield node, OA.end, _typed(str(passage.end), "integer")


# ---- entities and what is said about them


def _entity(entity: Entity, iri: Iri) -> Iterator[Triple]:
    node = iri(entity.id)
    yield node, RDF.type, LG[entity.type.value]
    if entity.kind:
        yield node, RDF.type, LG[entity.kind]
    if entity.official:
        yield node, RDF.type, LG.Official
    yield node, RDFS.label, _zh(entity.label)
    for alias in entity.aliases:
        yield node, SKOS.altLabel, _zh(alias)
    if entity.code:
        yield node, DCTERMS.identifier, Literal(entity.code)


def _said(statement: Statement, iri: Iri) -> Iterator[Triple]:
    node = iri(statement.id)
    match statement:
        case RelationStatement(subject=s, predicate=p, object=o, status=status):
            plain = LG.aimsAt if status == "aim" else LG[p]
            yield iri(s), plain, iri(o)
            yield from _reified(node, iri(s), LG[p], iri(o))
            if status:
                yield node, LG.status, Literal(status)
        case DateStatement(subject=s, predicate=p, value=value):
            yield iri(s), LG[p], _date(value)
            yield from _reified(node, iri(s), LG[p], _date(value))
            yield from _bounds(node, value)
        case Membership():
            yield from _membership(node, statement, iri)
        case FundingStatement():
            yield from _funding(node, statement, iri)
        case ObservationStatement():
            yield from _observation(node, statement, iri)


def _reified(node: URIRef, subject: URIRef, predicate: URIRef, object_: Node) -> Iterator[Triple]:
    yield node, RDF.type, RDF.Statement
    yield node, RDF.subject, subject
    yield node, RDF.predicate, predicate
    yield node, RDF.object, object_


def _membership(node: URIRef, membership: Membership, iri: Iri) -> Iterator[Triple]:
    role = iri(f"role/{membership.role}")
    yield role, RDF.type, ORG.Role
    yield role, RDFS.label, _zh(membership.role)
    yield node, RDF.type, ORG.Membership
    yield node, ORG.member, iri(membership.member)
    yield node, ORG.role, role
    if membership.organization:
        yield node, ORG.organization, iri(membership.organization)
        yield iri(membership.member), LG.holdsPositionIn, iri(membership.organization)
    yield from _time(node, membership.time)


def _funding(node: URIRef, funding: FundingStatement, iri: Iri) -> Iterator[Triple]:
    yield node, RDF.type, LG.Funding
    yield node, LG.funder, iri(funding.funder)
    yield node, LG.recipient, iri(funding.recipient)
    yield iri(funding.funder), LG.finances, iri(funding.recipient)
    if funding.amount is not None:
        yield node, LG.amount, _decimal(funding.amount)
    if funding.product:
        yield node, LG.product, iri(funding.product)
    yield from _time(node, funding.time)


def _observation(node: URIRef, observation: ObservationStatement, iri: Iri) -> Iterator[Triple]:
    yield node, RDF.type, LG.Observation
    yield node, LG.about, iri(observation.about)
    yield node, LG.indicator, _zh(observation.indicator)
    yield node, LG.value, _decimal(observation.value)
    if observation.unit:
        yield node, LG.unit, Literal(observation.unit)
    if observation.qualifier:
        yield node, LG.qualifier, Literal(observation.qualifier)
    yield from _time(node, observation.time)


def _provenance(statement: Statement, iri: Iri) -> Iterator[Triple]:
    node = iri(statement.id)
    yield node, LG.confidence, _decimal(statement.confidence)
    for passage in statement.passages:
        yield node, PROV.wasDerivedFrom, iri(passage)
    for rule in statement.rules:
        activity = iri(f"rule/{rule}")
        yield node, PROV.wasGeneratedBy, activity
        yield activity, RDF.type, LG.Rule
        yield activity, RDFS.label, Literal(rule)
    if not statement.passages:  # nobody's words: only the gazetteer knows
        source = iri(_GAZETTEER)
        yield node, PROV.wasDerivedFrom, source
        yield source, RDF.type, LG.Gazetteer
        yield source, RDFS.label, Literal("Statistical division codes of China, 2023", lang="en")
        yield source, RDFS.label, _zh("统计用区划代码和城乡划分代码（2023年）")  # the register's own title
        yield source, DCTERMS.source, URIRef(_GAZETTEER_SOURCE)
