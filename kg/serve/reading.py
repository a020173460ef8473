"""The addresses /id/… and /article/…: pages for people, triples for programs, by Accept or `format=`.

The trap: an entity of a large graph may have a hundred thousand statements. A page shows the first of each kind and
says where the rest is; a program gets all that the limit of an answer's size allows.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.model import EntityType
from kg.notation import PREFIXES, Namespace
from kg.serve import asking, protocol
from kg.serve.addresses import address, candidates, graph_address, passage_address
from kg.serve.formats import TRIPLES, prefers_html
from kg.serve.marking import links_of, paragraphs
from kg.serve.protocol import Refusal
from kg.serve.render import page
from kg.serve.site import site_of
from kg.serve.sparql import response
from kg.serve.statements import AT_MOST, ENDS, OF_ARTICLE, OF_ENTITY, Named, named, stated

LG, PROV, RDF, RDFS, SCHEMA = (Namespace(p) for p in ("lg", "prov", "rdf", "rdfs", "schema"))

_KNOWN = "ASK { { ?this ?p ?o } UNION { ?s ?q ?this } }"
_FACTS = f"SELECT DISTINCT ?p ?o WHERE {{ ?this ?p ?o }} LIMIT {4 * AT_MOST}"
_BACK = f"""SELECT DISTINCT ?p ?o WHERE {{ ?o ?p ?this
  FILTER(?p NOT IN ({", ".join(f"<{end}>" for end in (*ENDS, PROV.wasGeneratedBy))})) }} LIMIT {4 * AT_MOST}"""
_LABELS = """SELECT ?o ?label WHERE {
  VALUES ?o { ?these } ?o rdfs:label|schema:headline ?label } ORDER BY ?o LANG(?label)"""
_TRIPLES = f"""CONSTRUCT {{ ?this ?p ?o . ?o rdfs:label ?label . ?st ?q ?v . ?s ?r ?this }} WHERE {{
  {{ ?this ?p ?o OPTIONAL {{ ?o rdfs:label ?label }} }}
  UNION {{ VALUES ?as {{ {" ".join(f"<{end}>" for end in ENDS)} }} ?st ?as ?this ; ?q ?v }}
  UNION {{ ?s ?r ?this }} }}"""
_PASSAGE = """SELECT ?article ?start ?end WHERE {
  ?this a lg:Passage ; dcterms:isPartOf ?article ; oa:start ?start ; oa:end ?end }"""
_OTHER_NAMES = "SELECT ?o ?also WHERE { VALUES ?o { ?these } ?o skos:altLabel ?also }"
_SHOWN = frozenset(LG[kind] for kind in EntityType)
"""Classes of what the explorer shows."""
_MENTIONING = (SCHEMA.mentions, SCHEMA.author, LG.photographer)

End = tuple[str, Named]
"""A predicate, and what stands at its other end."""


async def resource(request: Request) -> Response:
    """Answer /id/…: what the graph says of an IRI of its own."""
    site, iri = site_of(request), await _iri(request, "/id/")
    if not _person(request):
        return await _data(request, iri)
    if (here := address(site.contents.base, iri)).startswith("/article/"):
        return RedirectResponse(here, 303)
    if found := await asking.rows(request, _PASSAGE, iri):
        at = {name: term.value for name, term in found[0].items()}
        return RedirectResponse(passage_address(site.contents.base, at["article"], at["start"], at["end"]), 303)
    said = await stated(request, OF_ENTITY, iri)
    facts, back = await _ends(request, _FACTS, iri), await _ends(request, _BACK, iri)
    own = {(s.predicate, s.object.term) for s in said if s.object and s.subject and s.subject.term.value == iri}
    others = {(s.predicate, s.subject.term) for s in said if s.subject and s.object and s.object.term.value == iri}
    return page(
        request, "resource.html", iri=iri, base=site.contents.base, at_most=AT_MOST, statements=said, here=address,
        name=_name(facts, iri), passage=passage_address, back=[(p, n) for p, n in back if (p, n.term) not in others],
        classes=[n.term.value for p, n in facts if p == RDF.type],
        graph=graph_address if any(n.term.value in _SHOWN for _, n in facts) else None,
        facts=[(p, n) for p, n in facts if p not in (RDF.type, RDFS.label) and (p, n.term) not in own],
    )  # fmt: skip


async def article(request: Request) -> Response:
    """Answer /article/…: the text, what it names linked, the words of a passage marked."""
    site, iri = site_of(request), await _iri(request, "/")
    if not _person(request):
        return await _data(request, iri)
    facts = await _ends(request, _FACTS, iri)
    texts = [n.term.value for p, n in facts if p == LG.text]
    if not texts:
        raise Refusal(404, "this article has no text in the graph")
    base = site.contents.base
    lines = paragraphs(texts[0], await _links(request, base, facts), _span(request))
    headline = _name(facts, iri, SCHEMA.headline)
    if lines and "".join(piece.text for piece in lines[0]) == headline and not any(p.marked for p in lines[0]):
        del lines[0]
    return page(
        request, "article.html", iri=iri, base=base, headline=headline, paragraphs=lines, here=address,
        passage=passage_address, at_most=AT_MOST, statements=await stated(request, OF_ARTICLE, iri),
        facts=[(p, n) for p, n in facts if p not in (RDF.type, LG.text, SCHEMA.headline, LG.earliest, LG.latest)],
    )  # fmt: skip


async def _iri(request: Request, prefix: str) -> str:
    """Return the IRI that an address means; Refusal if the graph does not know it."""
    raw = request.scope["raw_path"].decode("ascii", "replace").removeprefix(prefix)
    for iri in candidates(site_of(request).contents.base, raw):
        if asking.is_iri(iri) and await asking.holds(request, _KNOWN, iri):
            return iri
    raise Refusal(404, "the graph says nothing of this address")


def _person(request: Request) -> bool:
    return "format" not in request.query_params and prefers_html(request.headers.get("accept", ""))


async def _data(request: Request, iri: str) -> Response:
    fields = {"format": request.query_params.getlist("format")}
    notation = protocol.wanted_formats(fields, request.headers.get("accept", ""))[1]
    if notation is None:
        known = ", ".join(["text/html", *(f.media_type for f in TRIPLES.values())])
        raise Refusal(406, f"this can be had as {known}")
    return response(await asking.triples(request, _TRIPLES, iri, notation))


def _span(request: Request) -> range:
    try:
        return range(int(request.query_params.get("from", 0)), int(request.query_params.get("to", 0)))
    except ValueError:
        return range(0)


async def _ends(request: Request, query: str, iri: str) -> list[End]:
    """Return what a query for `?p ?o` finds, with names, sorted by predicate and name."""
    found = await asking.rows(request, query, iri)
    these = sorted({row["o"].value for row in found if row["o"].is_iri})
    labels = {row["o"].value: row["label"] for row in await asking.rows_of_each(request, _LABELS, these)}
    ends = [
        (row["p"].value, named({"o": row["o"]} | ({"label": labels[o]} if (o := row["o"].value) in labels else {})))
        for row in found
    ]
    return sorted(ends, key=lambda end: (end[0], end[1].name, end[1].term.value))


async def _links(request: Request, base: str, facts: list[End]) -> Mapping[str, str]:
    """Return name → address of what an article mentions."""
    mentioned = {n.term.value: n.name for p, n in facts if p in _MENTIONING}
    others = await asking.rows_of_each(request, _OTHER_NAMES, sorted(mentioned))
    names = [(name, address(base, iri), True) for iri, name in mentioned.items()]
    return links_of([*names, *((row["also"].value, address(base, row["o"].value), False) for row in others)])


def _name(facts: list[End], iri: str, predicate: str = RDFS.label) -> str:
    """Return the label, in Chinese where there are several."""
    labels = sorted((n.term.language != "zh", n.term.value) for p, n in facts if p == predicate)
    return labels[0][1] if labels else iri.removeprefix(PREFIXES["lg"]).rstrip("/").rpartition("/")[2]
