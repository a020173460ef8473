"""Find entities by name: /find?name=…, a page for people, JSON for programs.

In: part of a name. Out: entities that bear it, the likeliest first. The trap: the name is anybody's text and is put
into a query; it is written as a literal that nothing in it can end.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.notation import quoted
from kg.serve import asking
from kg.serve.addresses import address
from kg.serve.asking import Row
from kg.serve.formats import prefers_html
from kg.serve.render import page
from kg.serve.site import site_of

AT_MOST = 50
_LONGEST = 200
_VERY = """SELECT ?o ?name WHERE {{
  VALUES ?name {{ {name}@zh {name} }} ?o rdfs:label|skos:altLabel|schema:headline ?name }} LIMIT {limit}"""
_BEARERS = """SELECT ?o ?name WHERE {{
  ?o rdfs:label|skos:altLabel|schema:headline ?name FILTER(CONTAINS(LCASE(STR(?name)), {part})) }} LIMIT {limit}"""
_NAMES = """SELECT ?o ?label ?type WHERE {
  VALUES ?o { ?these } ?o rdfs:label|schema:headline ?label ; a ?type } ORDER BY ?o LANG(?label) ?type"""


async def find(request: Request) -> Response:
    """Answer /find."""
    part = " ".join(request.query_params.get("name", "").split())[:_LONGEST]
    found = await _found(request, part) if part else []
    if prefers_html(request.headers.get("accept", "")):
        base = site_of(request).contents.base
        return page(request, "found.html", part=part, found=found[:AT_MOST], base=base, here=address, at_most=AT_MOST,
                    more=len(found) > AT_MOST)  # fmt: skip
    return JSONResponse({"found": found[:AT_MOST], "complete": len(found) <= AT_MOST})


async def _found(request: Request, part: str) -> list[dict[str, object]]:
    limit, names = 4 * AT_MOST, dict[str, list[str]]()
    for query in (
        _VERY.format(name=quoted(part), limit=limit),  # the others may be so many that this one is not among the first
        _BEARERS.format(part=quoted(part.lower()), limit=limit),
    ):
        for row in await asking.rows_of_users(request, query):
            borne = names.setdefault(row["o"].value, [])
            if row["name"].value not in borne:
                borne.append(row["name"].value)
    entities = _entities(await asking.rows_of_each(request, _NAMES, sorted(names)))
    ranked = sorted((min(_rank(name, part) for name in borne), iri) for iri, borne in names.items() if iri in entities)
    return [{"iri": iri, "name": name, "also": [n for n in names[iri] if n != name], "types": types}
            for _, iri in ranked[: AT_MOST + 1] for name, types in [entities[iri]]]  # fmt: skip


def _rank(name: str, part: str) -> tuple[bool, bool, int, str]:
    """Return a key that is smaller for a likelier name: the very one, one that begins so, a short one."""
    return name != part, not name.startswith(part), len(name), name


def _entities(rows: list[Row]) -> dict[str, tuple[str, list[str]]]:
    """Return IRI → label (the Chinese one of several, which comes last) and classes."""
    found: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        types = found[row["o"].value][1] if row["o"].value in found else []
        kind = row["type"].value
        found[row["o"].value] = (row["label"].value, types if kind in types else [*types, kind])
    return found
