"""Files that the pages load, each in a table by name; in: a name, out: the file, or 404.

The trap: a name is looked up, never joined to a path, so that no name reaches any other file.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.protocol import Refusal

_STYLE, _SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
_ASSETS = {
    "site.css": (_STYLE, "site.css"),
    "queries.css": (_STYLE, "queries.css"),
    "queries.js": (_SCRIPT, "queries.js"),
    "triples.css": (_STYLE, "triples.css"),
    "triples.js": (_SCRIPT, "triples.js"),
    "yasgui.min.css": (_STYLE, "vendor/yasgui.min.css"),
    "yasgui.min.js": (_SCRIPT, "vendor/yasgui.min.js"),
}
"""Name → what it is, and the file in `pages/`."""


async def asset(request: Request) -> Response:
    """Answer /assets/…."""
    name = request.path_params["name"]
    if name not in _ASSETS:
        raise Refusal(404, "no such file")
    media_type, path = _ASSETS[name]
    return Response(_content(path), headers={"content-type": media_type, "cache-control": "max-age=3600"})


@cache
def _content(path: str) -> bytes:
    return files("kg.serve").joinpath("pages", path).read_bytes()
