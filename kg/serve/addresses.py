"""IRIs of the graph as addresses of this server, and back: `…/id/place/330411104` ⇄ `/id/place/330411104`.

The trap: an address arrives with all that is not ASCII percent-encoded, while the graph's IRIs keep letters of all
scripts and percent-encode the rest. An address is decoded wholly, then encoded again as the builder does; IRIs of
graphs that others made are tried as they came.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_ENCODED = re.compile(r"[^\w\-.~/]")
_ARTICLE = "article/"
_LONGEST = 8000
"""Characters that programs take in an address."""


def candidates(base: str, raw_path: str) -> list[str]:
    """Return the IRIs that an address below /id/ may mean, the likeliest first."""
    decoded = unquote(raw_path, errors="replace")
    minted = _ENCODED.sub(lambda c: "".join(f"%{byte:02X}" for byte in c[0].encode("utf-8", "surrogatepass")), decoded)
    return [base + path for path in dict.fromkeys((minted, decoded, raw_path))]


def address(base: str, iri: str) -> str:
    """Return where an IRI can be read: here if it is the graph's own, elsewhere if it is on the web, else nowhere."""
    if len(here := _address(base, iri)) > _LONGEST:
        return ""
    return here


def _address(base: str, iri: str) -> str:
    if iri.startswith(base):
        path = quote(iri.removeprefix(base), safe="/%")
        return f"/{path}" if path.startswith(_ARTICLE) else f"/id/{path}"
    return iri if iri.startswith(("https://", "http://")) else ""


def graph_address(base: str, iri: str) -> str:
    """Return where an entity is seen among what it is connected to: the explorer that fetches."""
    entity = quote(unquote(iri.removeprefix(base)), safe="/")
    return f"/graph?from=store#scene=around,{entity}&chosen=entity,{entity}"


def passage_address(base: str, article: str, start: str, end: str) -> str:
    """Return where a passage can be read within its article."""
    return f"{address(base, article)}?from={quote(start)}&to={quote(end)}#words"
