"""Files that the pages load, each in a table by name; in: a name, out: the file, or 404.

The trap: a name is looked up, never joined to a path, so that no name reaches any other file.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.protocol import Refusal

_ASSETS = {
    "site.css": "text/css; charset=utf-8",
}
"""File in `pages/` → what it is."""


async def asset(request: Request) -> Response:
    """Answer /assets/…."""
    name = request.path_params["name"]
    if name not in _ASSETS:
        raise Refusal(404, "no such file")
    return Response(_content(name), headers={"content-type": _ASSETS[name], "cache-control": "max-age=3600"})


@cache
def _content(name: str) -> bytes:
    return files("kg.serve").joinpath("pages", name).read_bytes()
