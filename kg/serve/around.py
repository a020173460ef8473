"""What the explorer fetches as one walks: /graph/around?id=…, /graph/article?id=… and /graph/opening.

In: an identifier or an IRI. Out: JSON with `core`, the very columns that a built page holds, of a small part of the
graph. The trap: a county is next to half of a large graph. A neighbourhood comes in pages, and each page takes from
every relation in turn, so that five thousand villages do not hide one programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.export.html.arrangement import Arrangement
from kg.export.html.content import describe, texts
from kg.graph import KnowledgeGraph
from kg.serve import asking, records
from kg.serve.addresses import candidates
from kg.serve.protocol import Refusal
from kg.serve.records import LG, ORG, PARTIES, RDF, SIGNED, Nodes
from kg.serve.site import site_of
from kg.serve.statements import short

_PAGE = 100
"""Statements that one fetch brings."""
_SEEN_IN = 40
"""Articles that name an entity, of which the panel tells."""
_OPENING_LINKS = 400
_STATEMENTS = (RDF.Statement, ORG.Membership, LG.Funding, LG.Observation)
_CLASSES = "SELECT ?type WHERE { ?this a ?type }"
_RELATIONS = f"""SELECT ?as ?p (COUNT(DISTINCT ?st) AS ?n) WHERE {{
  VALUES ?as {{ {" ".join(f"<{end}>" for end in PARTIES)} }} ?st ?as ?this OPTIONAL {{ ?st rdf:predicate ?p }}
}} GROUP BY ?as ?p"""
_NAMING = f"""SELECT DISTINCT ?article WHERE {{
  VALUES ?as {{ schema:mentions {" ".join(f"<{role}>" for role in SIGNED)} }} ?article ?as ?this }} LIMIT {_SEEN_IN}"""
_AMONG = f"""SELECT DISTINCT ?st WHERE {{
  VALUES ?s {{ ?these }} ?st rdf:subject ?s ; rdf:object ?o VALUES ?o {{ ?these }} }} LIMIT {_OPENING_LINKS}"""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of an entity, in one direction."""

    end: str
    """IRI of the predicate that ties the statements to the entity, `rdf:subject` or another of `PARTIES`."""
    predicate: str
    """IRI of what they state; empty for positions, funding and figures."""
    count: int

    @property
    def key(self) -> str:
        """Return what the explorer calls it: `subject within`."""
        return f"{short(self.end)} {short(self.predicate)}".strip()

    def pattern(self, first: int, count: int) -> str:
        """Return a pattern for some of its statements."""
        stated = f" ; rdf:predicate <{self.predicate}>" if self.predicate else ""
        return f"{{ SELECT DISTINCT ?st WHERE {{ ?st <{self.end}> ?this{stated} }} OFFSET {first} LIMIT {count} }}"


async def around(request: Request) -> Response:
    """Answer /graph/around: an entity or a statement, with a page of what is said and whom it leads to."""
    iri = await _known(request)
    if set(_STATEMENTS) & {row["type"].value for row in await asking.rows(request, _CLASSES, iri)}:
        return _answer(request, await records.told(request, [iri]))
    relations, first = await _relations(request, iri), _first(request)
    chosen = [r for r in relations if request.query_params.get("relation", r.key) == r.key]
    nodes = await records.named(request, [iri])
    if patterns := _patterns(chosen, first, first + _PAGE):
        found = await asking.rows(request, f"SELECT DISTINCT ?st WHERE {{ {' UNION '.join(patterns)} }}", iri)
        nodes |= await records.told(request, [row["st"].value for row in found])
    articles = [] if first else [row["article"].value for row in await asking.rows(request, _NAMING, iri)]
    nodes = await records.articles(request, articles) | nodes
    total = sum(r.count for r in chosen)
    return _answer(
        request,
        nodes,
        named=iri,
        naming=articles,
        total=sum(r.count for r in relations),
        next=first + _PAGE if first + _PAGE < total else None,
        relations=[{"key": r.key, "count": r.count} for r in relations],
    )


async def article(request: Request) -> Response:
    """Answer /graph/article: an article with its text, as [text, start, end, entity, …], and whom it mentions."""
    nodes = await records.read(request, await _known(request))
    graph = records.graph_of(request, nodes)
    if not graph.articles:
        raise Refusal(404, "this is no article")
    return _answer(request, nodes, text=next(texts(graph))[0])


async def opening(request: Request) -> Response:
    """Answer /graph/opening: the entities with the most links, and the statements between them."""
    state = request.app.state
    if not hasattr(state, "opening"):  # the graph does not change while it is served
        links = dict(site_of(request).contents.hubs)
        hubs = list(links)
        between = await asking.rows_of_each(request, _AMONG, hubs)
        nodes = await records.told(request, [row["st"].value for row in between])
        nodes |= await records.named(request, hubs)
        named = records.graph_of(request, nodes).entities
        counted = [(i, links[iri]) for iri in hubs if (i := _id(request, iri)) in named]
        state.opening = _answer(request, nodes, links=counted, total=site_of(request).contents.triples)
    answer: Response = state.opening
    return answer


async def _known(request: Request) -> str:
    """Return the IRI that a request means; Refusal if the graph says nothing of it."""
    base, asked = site_of(request).contents.base, request.query_params.get("id", "")
    for iri in candidates(base, asked.removeprefix(base)):
        if asking.is_iri(iri) and await asking.holds(request, "ASK { ?this a ?type }", iri):
            return iri
    raise Refusal(404, "the graph says nothing of this")


async def _relations(request: Request, iri: str) -> list[Relation]:
    rows = await asking.rows(request, _RELATIONS, iri)
    found = [Relation(row["as"].value, row["p"].value if "p" in row else "", int(row["n"].value)) for row in rows]
    return sorted(found, key=lambda r: (PARTIES.index(r.end), r.predicate))


def _first(request: Request) -> int:
    text = request.query_params.get("from", "0")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refusal(400, "from is no number")
    return int(text)


def _patterns(relations: list[Relation], first: int, end: int) -> list[str]:
    """Return patterns for the statements from one number to another, if all relations take turns."""
    taken, wanted = shares([r.count for r in relations], first), shares([r.count for r in relations], end)
    return [r.pattern(a, b - a) for r, a, b in zip(relations, taken, wanted, strict=True) if b > a]


def shares(counts: list[int], size: int) -> list[int]:
    """Divide so many among relations that have so many each, as evenly as they allow; more is never less of any."""
    left, given = size, [0] * len(counts)
    for rank, index in enumerate(sorted(range(len(counts)), key=lambda i: counts[i])):
        given[index] = min(counts[index], left // (len(counts) - rank))
        left -= given[index]
    return given


def _answer(request: Request, nodes: Nodes, named: str = "", naming: Sequence[str] = (), **told: Any) -> JSONResponse:
    graph = records.graph_of(request, nodes)
    core = describe(graph, _unplaced(graph))
    for shared in ("types", "labels"):  # in the page already
        del core[shared]
    if named and _id(request, named) not in graph.entities:
        raise Refusal(404, "this is no entity that the explorer shows")
    if naming:
        core["named"] = _naming(graph, *(_id(request, iri) for iri in (named, *naming)))
    return JSONResponse({"core": core} | told, headers={"cache-control": "max-age=600"})


def _id(request: Request, iri: str) -> str:
    """Return the identifier that an IRI has in the page."""
    return unquote(iri.removeprefix(site_of(request).contents.base))


def _unplaced(graph: KnowledgeGraph) -> Arrangement:
    """Return an arrangement without places: the explorer finds them beside what is there already."""
    nothing = [0] * len(graph.entities)
    return Arrangement(entities=sorted(graph.entities), x=nothing, y=nothing, size=list(map(float, nothing)))


def _naming(graph: KnowledgeGraph, entity: str, *articles: str) -> list[list[int]]:
    """Return for each article whom it names, as far as is known: entity and 0, since nobody has counted how often."""
    number = sorted(graph.entities).index(entity)
    return [[number, 0] if article in articles else [] for article in sorted(graph.articles)]
