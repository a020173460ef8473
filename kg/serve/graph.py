"""The explorer at /graph, and the neighbourhoods that it can walk: /graph/neighbours?iri=….

In: a request. Out: the page that `kg build` wrote beside the graph, or JSON. The trap: a county's place is next to half
of a large graph. A neighbourhood is cut at `limit`, and says so.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from kg.serve import asking
from kg.serve.protocol import Refusal
from kg.serve.site import site_of

_POLICY = "frame-ancestors 'none'"
"""The page states its own policy, with the hashes of its scripts."""
_LIMIT, _AT_MOST = 200, 2000
_SELF = """SELECT ?label ?type WHERE { ?this rdfs:label ?label ; a ?type } ORDER BY DESC(LANG(?label)) ?type"""
_NEIGHBOURS = """SELECT ?p ?other ?inverse ?label ?type WHERE {{
  {{ SELECT DISTINCT ?p ?other ?inverse WHERE {{
      {{ ?this ?p ?other BIND(false AS ?inverse) }} UNION {{ ?other ?p ?this BIND(true AS ?inverse) }}
      FILTER(isIRI(?other)) FILTER EXISTS {{ ?other rdfs:label ?any }}
    }} ORDER BY ?p ?other LIMIT {limit} }}
  ?other rdfs:label ?label ; a ?type .
}} ORDER BY ?p ?inverse ?other DESC(LANG(?label)) ?type"""


async def explorer(request: Request) -> Response:
    """Answer /graph."""
    page = site_of(request).explorer
    if page is None:
        raise Refusal(404, "there is no graph.html beside this graph; `kg build` writes both")
    return FileResponse(page, media_type="text/html", headers={"content-security-policy": _POLICY})


async def neighbours(request: Request) -> Response:
    """Answer /graph/neighbours: what is directly connected to an entity, by relation."""
    iri, limit = request.query_params.get("iri", ""), _limit(request)
    entity = await asking.rows(request, _SELF, iri)
    if not entity:
        raise Refusal(404, "the graph has no entity of this IRI")
    rows = await asking.rows(request, _NEIGHBOURS.format(limit=limit + 1), iri)
    found: dict[tuple[str, str, bool], dict[str, Any]] = {}
    for row in rows:
        key = (row["p"].value, row["other"].value, row["inverse"].value == "true")
        link = found.setdefault(
            key, {"relation": key[0], "inverse": key[2], "iri": key[1], "label": row["label"].value, "types": []}
        )
        if row["type"].value not in link["types"]:
            link["types"].append(row["type"].value)
    links = list(found.values())
    return JSONResponse(
        {
            "iri": iri,
            "label": entity[0]["label"].value,
            "types": list(dict.fromkeys(row["type"].value for row in entity)),
            "neighbours": links[:limit],
            "complete": len(links) <= limit,
        }
    )


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(_LIMIT))
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= _AT_MOST):
        raise Refusal(400, f"limit is no number from 1 to {_AT_MOST}")
    return int(text)
