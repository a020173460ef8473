"""The explorer at /graph, and /graph/neighbours?iri=… for programs.

In: a request. Out: the page that `kg build` wrote beside the graph, where a browser opens it well, else the same
explorer on what it fetches (`around.py`); or JSON. The traps: a built page of a large graph is tens of megabytes that
everybody would load; and a county's place is next to half of a large graph: a neighbourhood is cut, and says so.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response

from kg.export.html import served_page
from kg.serve import asking
from kg.serve.addresses import graph_address
from kg.serve.asking import Row
from kg.serve.protocol import Refusal
from kg.serve.settings import MEGABYTE
from kg.serve.site import site_of

_POLICY = "frame-ancestors 'none'"
"""The page states its own policy, with the hashes of its scripts."""
_LARGEST = 8 * MEGABYTE
"""Size of a built page that is served as it is."""
_LIMIT, _AT_MOST = 200, 2000
_SELF = """SELECT ?label ?type WHERE { ?this rdfs:label ?label ; a ?type } ORDER BY DESC(LANG(?label)) ?type"""
_LINKS = """SELECT DISTINCT ?p ?other ?inverse WHERE {{
  {{ ?this ?p ?other BIND(false AS ?inverse) }} UNION {{ ?other ?p ?this BIND(true AS ?inverse) }}
  FILTER(isIRI(?other)) FILTER EXISTS {{ ?other rdfs:label ?any }}
}} LIMIT {limit}"""
_NAMES = "SELECT ?other ?label ?type WHERE { VALUES ?other { ?these } ?other rdfs:label ?label . ?other a ?type }"


async def explorer(request: Request) -> Response:
    """Answer /graph; `?from=store` asks for the explorer that fetches, `?from=page` for the built page."""
    site, source = site_of(request), request.query_params.get("from", "")
    built = site.explorer
    if built and source != "store" and (source == "page" or built.stat().st_size <= _LARGEST):
        return FileResponse(built, media_type="text/html", headers={"content-security-policy": _POLICY})
    return HTMLResponse(_fetching(site.contents.base), headers={"content-security-policy": _POLICY})


@cache
def _fetching(base: str) -> bytes:
    return served_page(base).encode("utf-8", "replace")


async def walk(request: Request) -> Response:
    """Answer /walk?iri=…, an address of earlier versions, by the explorer."""
    base, iri = site_of(request).contents.base, request.query_params.get("iri", "")
    return RedirectResponse(graph_address(base, iri) if iri else "/graph?from=store", 308)


async def neighbours(request: Request) -> Response:
    """Answer /graph/neighbours: what is directly connected to an entity, by relation."""
    iri, limit = request.query_params.get("iri", ""), _limit(request)
    entity = await asking.rows(request, _SELF, iri)
    if not entity:
        raise Refusal(404, "the graph has no entity of this IRI")
    links = await asking.rows(request, _LINKS.format(limit=limit + 1), iri)
    others = await asking.rows_of_each(request, _NAMES, sorted({row["other"].value for row in links}))
    names = _names(others)
    found = sorted(
        (row["p"].value, row["inverse"].value == "true", names[row["other"].value]["label"], row["other"].value)
        for row in links
        if row["other"].value in names
    )
    told = [{"relation": p, "inverse": inverse, "iri": other} | names[other] for p, inverse, _, other in found]
    return JSONResponse(
        {
            "iri": iri,
            "label": entity[0]["label"].value,
            "types": list(dict.fromkeys(row["type"].value for row in entity)),
            "neighbours": told[:limit],
            "complete": len(links) <= limit,
        }
    )


def _names(rows: list[Row]) -> dict[str, dict[str, Any]]:
    """Return label (the Chinese one of several) and classes of each entity."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["label"].language != "zh", row["type"].value)):
        entity = found.setdefault(row["other"].value, {"label": row["label"].value, "types": []})
        if row["type"].value not in entity["types"]:
            entity["types"].append(row["type"].value)
    return found


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(_LIMIT))
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= _AT_MOST):
        raise Refusal(400, f"limit is no number from 1 to {_AT_MOST}")
    return int(text)
