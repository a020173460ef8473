"""Read some of the store back as records: entities by name, statements with what they rest on, one article.

In: IRIs. Out: KnowledgeGraph, as small as what was asked. The trap: a hub may have a hundred thousand triples, and a
text a hundred thousand characters. Of what is only named along the way just the name is read, never all that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.requests import Request

from kg.errors import GraphFileError
from kg.graph import KnowledgeGraph
from kg.notation import Namespace
from kg.serve import asking
from kg.serve.protocol import Refusal
from kg.serve.site import site_of
from kg.stored import Node, records

DCTERMS, LG, ORG, PROV, RDF, RDFS, SCHEMA, SKOS = map(
    Namespace, ("dcterms", "lg", "org", "prov", "rdf", "rdfs", "schema", "skos")
)

PARTIES = (
    RDF.subject, RDF.object, ORG.member, ORG.organization, LG.funder, LG.recipient, LG.product, LG.about,
)  # fmt: skip
"""What ties a statement to the entities that it is about."""
SIGNED = (SCHEMA.author, LG.photographer)
_COMMON = (ORG.role, PROV.wasGeneratedBy)
_NAME = (RDF.type, RDFS.label, SKOS.altLabel, DCTERMS.identifier)
_ORIGIN = (RDF.type, DCTERMS.isPartOf, SCHEMA.headline, SCHEMA.datePublished, *SIGNED)
_SAID = "SELECT ?s ?p ?o WHERE { VALUES ?s { ?these } ?s ?p ?o }"

Nodes = dict[str, Node]


async def named(request: Request, iris: Iterable[str]) -> Nodes:
    """Return names, classes and codes of entities."""
    return await _some(request, iris, _NAME)


async def told(request: Request, statements: Iterable[str]) -> Nodes:
    """Return statements with the entities, passages, rules and articles that they speak of; no texts of articles."""
    nodes = await _all(request, statements)
    own = list(nodes.values())
    passages = await _all(request, _values(own, (PROV.wasDerivedFrom,)))
    nodes |= passages | await articles(request, _values(passages.values(), (DCTERMS.isPartOf,)))
    return nodes | await named(request, _values(own, (*PARTIES, *_COMMON)))


async def articles(request: Request, iris: Iterable[str]) -> Nodes:
    """Return headlines, dates, documents and writers of articles."""
    nodes = await _some(request, iris, _ORIGIN)
    writers, documents = _values(nodes.values(), SIGNED), _values(nodes.values(), (DCTERMS.isPartOf,))
    return nodes | await _all(request, documents) | await named(request, writers)


async def read(request: Request, article: str) -> Nodes:
    """Return one article with its text and the entities that it mentions."""
    nodes = await articles(request, [article])
    whole = await _all(request, [article])
    return nodes | whole | await named(request, _values(whole.values(), (SCHEMA.mentions,)))


def graph_of(request: Request, nodes: Nodes) -> KnowledgeGraph:
    """Return the records of what was read; Refusal if they are not as the ontology has them."""
    try:
        return records(nodes, site_of(request).contents.base, "the store")
    except GraphFileError as error:
        raise Refusal(400, f"the explorer cannot show this: {error}") from error


async def _all(request: Request, iris: Iterable[str]) -> Nodes:
    """Return all that is said of some IRIs."""
    return await _gathered(request, _SAID, iris)


async def _some(request: Request, iris: Iterable[str], predicates: Sequence[str]) -> Nodes:
    """Return some of what is said: each predicate is looked up by itself, two VALUES would be multiplied first."""
    each = (f"{{ VALUES ?s {{ ?these }} ?s <{p}> ?o BIND(<{p}> AS ?p) }}" for p in predicates)
    return await _gathered(request, f"SELECT ?s ?p ?o WHERE {{ {' UNION '.join(each)} }}", iris)


async def _gathered(request: Request, query: str, iris: Iterable[str]) -> Nodes:
    nodes: Nodes = {}
    for row in await asking.rows_of_each(request, query, sorted(set(iris))):
        nodes.setdefault(row["s"].value, Node()).add(row["p"].value, row["o"].value)
    return nodes


def _values(nodes: Iterable[Node], predicates: Iterable[str]) -> list[str]:
    wanted = tuple(predicates)
    return [value for node in nodes for predicate in wanted for value in node.all(predicate)]
