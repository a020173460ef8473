"""Turn a KnowledgeGraph into RDF after the vocabulary contract: each statement as a plain triple and as a node.

In: KnowledgeGraph. Out: triples of plain strings and literals, or an rdflib Graph. rdflib checks every term that it
makes, which takes longer than all the rest; so its terms are made only for who asks for them.
The trap: a plain triple says that something is so. An honour that is only striven for (status `aim`) has
`rdf:predicate lg:recognizedAs` on its node and the plain triple `lg:aimsAt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

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
from kg.notation import DEFAULT_BASE, PREFIXES, Namespace

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib import Literal as RdflibLiteral


class Literal(NamedTuple):
    """A text, with the IRI of its datatype or with its language; never with both."""

    text: str
    datatype: str = ""
    language: str = ""


Iri = str
"""An absolute IRI."""
Node = Iri | Literal
Triple = tuple[Iri, Iri, Node]
Minter = Callable[[str], Iri]
"""Makes an IRI of an identifier such as `place/330411104`."""

DCTERMS, LG, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, XSD = map(
    Namespace, ("dcterms", "lg", "oa", "org", "prov", "rdf", "rdfs", "schema", "skos", "xsd")
)

_GAZETTEER = "source/gazetteer"
_GAZETTEER_SOURCE = "https://www.stats.gov.cn/sj/tjbz/tjyqhdmhcxhfdm/2023/"


def triples(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """Yield all triples of the graph, some perhaps twice; BaseIriError if the base is no absolute IRI."""
    iri = minter(base)
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
    yield from _sources_of_statements(graph, iri)


def to_rdflib(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Graph:
    """Return the graph as an rdflib Graph, the same triples that `write_turtle` writes."""
    from rdflib import Graph, URIRef

    out = Graph()
    for prefix, namespace in PREFIXES.items():
        out.bind(prefix, namespace)
    for subject, predicate, node in triples(graph, base):
        out.add((URIRef(subject), URIRef(predicate), _in_rdflib(node)))
    return out


def _in_rdflib(node: Node) -> URIRef | RdflibLiteral:
    import rdflib

    if isinstance(node, str):
        return rdflib.URIRef(node)
    # rdflib would turn the gYear 2016 into a date, so the text must stay as it is.
    return rdflib.Literal(node.text, node.language or None, node.datatype or None, normalize=False)


# ---- terms


def minter(base: str) -> Minter:
    """Return what makes IRIs below a base; BaseIriError if that is no absolute IRI."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise BaseIriError(base)

    @cache
    def iri(identifier: str) -> Iri:
        return base + re.sub(r"[^\w\-.~/]", _percent, identifier)

    return iri


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _zh(text: str) -> Literal:
    return Literal(text, language="zh")


@cache
def _decimal(number: Decimal | float) -> Literal:
    exact = number if isinstance(number, Decimal) else Decimal(str(round(number, 4)))
    text = f"{exact:f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, XSD.decimal)


def _date(value: str) -> Literal:
    """Return an ISO value as precisely typed as it is; an interval is a plain string."""
    datatype = iso.datatype(value)
    return Literal(value, XSD[datatype] if datatype else "")


def _bounds(node: Iri, value: str) -> Iterator[Triple]:
    """Yield the first and last day, which every store compares rightly."""
    for predicate, day in ((LG.earliest, iso.earliest(value)), (LG.latest, iso.latest(value))):
        if day:
            yield node, predicate, Literal(day, XSD.date)


def _time(node: Iri, value: str) -> Iterator[Triple]:
    if value:
        yield node, LG.time, _date(value)
        yield from _bounds(node, value)


# ---- sources


def _document(document: SourceDocument, iri: Minter) -> Iterator[Triple]:
    node = iri(document.id)
    yield node, RDF.type, LG.Document
    yield node, DCTERMS.source, Literal(document.source)
    yield node, LG.sha256, Literal(document.sha256)
    if document.newspaper:
        yield node, LG.newspaper, _zh(document.newspaper)


def _article(article: SourceArticle, iri: Minter) -> Iterator[Triple]:
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


def _passage(passage: Passage, iri: Minter) -> Iterator[Triple]:
    node = iri(passage.id)
    yield node, RDF.type, LG.Passage
    yield node, DCTERMS.isPartOf, iri(passage.article)
    yield node, OA.exact, _zh(passage.text)
    yield node, OA.start, Literal(str(passage.start), XSD.integer)
    yield node, OA.end, Literal(str(passage.end), XSD.integer)


# ---- entities and what is said about them


def _entity(entity: Entity, iri: Minter) -> Iterator[Triple]:
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


def _said(statement: Statement, iri: Minter) -> Iterator[Triple]:
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


def _reified(node: Iri, subject: Iri, predicate: Iri, object_: Node) -> Iterator[Triple]:
    yield node, RDF.type, RDF.Statement
    yield node, RDF.subject, subject
    yield node, RDF.predicate, predicate
    yield node, RDF.object, object_


def _membership(node: Iri, membership: Membership, iri: Minter) -> Iterator[Triple]:
    yield node, RDF.type, ORG.Membership
    yield node, ORG.member, iri(membership.member)
    yield node, ORG.role, iri(f"role/{membership.role}")
    if membership.organization:
        yield node, ORG.organization, iri(membership.organization)
        yield iri(membership.member), LG.holdsPositionIn, iri(membership.organization)
    yield from _time(node, membership.time)


def _funding(node: Iri, funding: FundingStatement, iri: Minter) -> Iterator[Triple]:
    yield node, RDF.type, LG.Funding
    yield node, LG.funder, iri(funding.funder)
    yield node, LG.recipient, iri(funding.recipient)
    yield iri(funding.funder), LG.finances, iri(funding.recipient)
    if funding.amount is not None:
        yield node, LG.amount, _decimal(funding.amount)
    if funding.product:
        yield node, LG.product, iri(funding.product)
    yield from _time(node, funding.time)


def _observation(node: Iri, observation: ObservationStatement, iri: Minter) -> Iterator[Triple]:
    yield node, RDF.type, LG.Observation
    yield node, LG.about, iri(observation.about)
    yield node, LG.indicator, _zh(observation.indicator)
    yield node, LG.value, _decimal(observation.value)
    if observation.unit:
        yield node, LG.unit, Literal(observation.unit)
    if observation.qualifier:
        yield node, LG.qualifier, Literal(observation.qualifier)
    yield from _time(node, observation.time)


def _provenance(statement: Statement, iri: Minter) -> Iterator[Triple]:
    node = iri(statement.id)
    yield node, LG.confidence, _decimal(statement.confidence)
    for passage in statement.passages:
        yield node, PROV.wasDerivedFrom, iri(passage)
    for rule in statement.rules:
        yield node, PROV.wasGeneratedBy, iri(f"rule/{rule}")
    if not statement.passages:  # nobody's words: only the gazetteer knows
        yield node, PROV.wasDerivedFrom, iri(_GAZETTEER)


def _sources_of_statements(graph: KnowledgeGraph, iri: Minter) -> Iterator[Triple]:
    """Yield what many statements share, each once: roles, rules, and the gazetteer."""
    stated = graph.statements.values()
    for name in {s.role: None for s in stated if isinstance(s, Membership)}:
        role = iri(f"role/{name}")
        yield role, RDF.type, ORG.Role
        yield role, RDFS.label, _zh(name)
    for rule in {rule: None for s in stated for rule in s.rules}:
        activity = iri(f"rule/{rule}")
        yield activity, RDF.type, LG.Rule
        yield activity, RDFS.label, Literal(rule)
    if not all(s.passages for s in stated):
        source = iri(_GAZETTEER)
        yield source, RDF.type, LG.Gazetteer
        yield source, RDFS.label, Literal("Statistical division codes of China, 2023", language="en")
        yield source, RDFS.label, _zh("统计用区划代码和城乡划分代码（2023年）")  # the register's own title
        yield source, DCTERMS.source, _GAZETTEER_SOURCE
