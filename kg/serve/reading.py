"""The addresses /id/… and /article/…: pages for people, triples for programs, by Accept or `format=`.

The trap: an entity of a large graph may have a hundred thousand statements. A page shows the first of each kind and
says where the rest is; a program gets all that the limit of an answer's size allows.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.notation import PREFIXES, Namespace
from kg.serve import asking, protocol
from kg.serve.addresses import address, candidates, passage_address
from kg.serve.asking import Row
from kg.serve.formats import TRIPLES, prefers_html
from kg.serve.marking import links_of, paragraphs
from kg.serve.protocol import Refusal
from kg.serve.render import page
from kg.serve.site import site_of
from kg.serve.sparql import response
from kg.serve.statements import AT_MOST, ENDS, OF_ARTICLE, OF_ENTITY, Named, named, statements

LG, RDF, RDFS, SCHEMA, SKOS = (Namespace(p) for p in ("lg", "rdf", "rdfs", "schema", "skos"))

_KNOWN = "ASK { { ?this ?p ?o } UNION { ?s ?q ?this } }"
_FACTS = f"""SELECT ?p ?o ?label WHERE {{
  ?this ?p ?o FILTER NOT EXISTS {{ ?st rdf:subject ?this ; rdf:predicate ?p ; rdf:object ?o }}
  OPTIONAL {{ ?o rdfs:label|schema:headline ?label FILTER(isIRI(?o)) }}
}} ORDER BY ?p ?label ?o LIMIT {AT_MOST + 1}"""
_BACK = f"""SELECT ?p ?o ?label WHERE {{
  ?o ?p ?this FILTER(?p NOT IN ({", ".join(f"<{end}>" for end in ENDS)}))
  FILTER NOT EXISTS {{ ?st rdf:object ?this ; rdf:predicate ?p ; rdf:subject ?o }}
  OPTIONAL {{ ?o rdfs:label|schema:headline ?label }}
}} ORDER BY ?p ?label ?o LIMIT {AT_MOST + 1}"""
_TRIPLES = f"""CONSTRUCT {{ ?this ?p ?o . ?o rdfs:label ?label . ?st ?q ?v . ?s ?r ?this }} WHERE {{
  {{ ?this ?p ?o OPTIONAL {{ ?o rdfs:label ?label }} }}
  UNION {{ VALUES ?as {{ {" ".join(f"<{end}>" for end in ENDS)} }} ?st ?as ?this ; ?q ?v }}
  UNION {{ ?s ?r ?this }} }}"""
_PASSAGE = """SELECT ?article ?start ?end WHERE {
  ?this a lg:Passage ; dcterms:isPartOf ?article ; oa:start ?start ; oa:end ?end }"""
_NAMES = """SELECT ?o ?label ?also WHERE {
  ?this schema:mentions|schema:author|lg:photographer ?o .
  { ?o rdfs:label ?label } UNION { ?o skos:altLabel ?also } }"""


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
    facts = _distinct(await asking.rows(request, _FACTS, iri))
    back = _distinct(await asking.rows(request, _BACK, iri))
    said = statements(await asking.rows(request, OF_ENTITY, iri))
    return page(
        request, "resource.html", iri=iri, base=site.contents.base, at_most=AT_MOST, statements=said, here=address,
        name=_name(facts, iri), passage=passage_address, back=back,
        classes=[n.term.value for p, n in facts if p == RDF.type],
        facts=[(p, n) for p, n in facts if p not in (RDF.type, RDFS.label)],
    )  # fmt: skip


async def article(request: Request) -> Response:
    """Answer /article/…: the text, what it names linked, the words of a passage marked."""
    site, iri = site_of(request), await _iri(request, "/")
    if not _person(request):
        return await _data(request, iri)
    facts = _distinct(await asking.rows(request, _FACTS, iri))
    texts = [n.term.value for p, n in facts if p == LG.text]
    if not texts:
        raise Refusal(404, "this article has no text in the graph")
    base = site.contents.base
    names = await asking.rows(request, _NAMES, iri)
    links = links_of(
        ((row.get("label") or row["also"]).value, address(base, row["o"].value), "label" in row) for row in names
    )
    lines = paragraphs(texts[0], links, _span(request))
    headline = _name(facts, iri, SCHEMA.headline)
    if lines and "".join(piece.text for piece in lines[0]) == headline and not any(p.marked for p in lines[0]):
        del lines[0]
    return page(
        request, "article.html", iri=iri, base=base, headline=headline, paragraphs=lines, here=address,
        passage=passage_address, at_most=AT_MOST, statements=statements(await asking.rows(request, OF_ARTICLE, iri)),
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


def _distinct(rows: list[Row]) -> list[tuple[str, Named]]:
    """Return (predicate, other end), one for each even where that has names in two languages."""
    return list({(row["p"].value, row["o"]): (row["p"].value, named(row)) for row in rows}.values())


def _name(facts: list[tuple[str, Named]], iri: str, predicate: str = RDFS.label) -> str:
    """Return the label, in Chinese where there are several."""
    labels = sorted((n.term.language != "zh", n.term.value) for p, n in facts if p == predicate)
    return labels[0][1] if labels else iri.removeprefix(PREFIXES["lg"]).rstrip("/").rpartition("/")[2]
