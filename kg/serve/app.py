"""The application: which address is answered by what, and what every answer carries.

In: a Site. Out: an ASGI application, which starts the site's workers and ends them.
The trap: what a text of the graph says ends up in pages. No page may run or load anything that this program did not
ship: each answer carries a policy that forbids it, pages that need more say so themselves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.around import around, opening
from kg.serve.around import article as read_article
from kg.serve.assets import asset
from kg.serve.examples import examples, query_page
from kg.serve.finding import find
from kg.serve.formats import prefers_html
from kg.serve.graph import explorer, neighbours, walk
from kg.serve.protocol import Refusal
from kg.serve.reading import article, resource
from kg.serve.render import language_of, page, say
from kg.serve.settings import Settings
from kg.serve.site import Site
from kg.serve.sparql import sparql

ROUTES = (
    Route("/sparql", sparql, methods=["GET", "POST"]),
    Route("/", query_page),
    Route("/queries.json", examples),
    Route("/find", find),
    Route("/graph", explorer),
    Route("/walk", walk),
    Route("/graph/neighbours", neighbours),
    Route("/graph/opening", opening),
    Route("/graph/around", around),
    Route("/graph/article", read_article),
    Route("/id/{path:path}", resource),
    Route("/article/{path:path}", article),
    Route("/assets/{name}", asset),
)
"""Every address; nothing else is answered, and none is a path into the file system."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


def application(site: Site) -> Starlette:
    """Return the application that serves a site."""

    @asynccontextmanager
    async def workers(_: Starlette) -> AsyncIterator[None]:
        pools = (site.queries, site.pages)
        try:
            for pool in pools:
                await pool.start()
            yield
        finally:
            for pool in pools:
                await pool.stop()

    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(_SafeHeaders), *_cors(site.settings)],
        exception_handlers={Refusal: _refused, HTTPException: _no_such},
        lifespan=workers,
    )
    app.state.site = site
    return app


def _cors(settings: Settings) -> list[Middleware]:
    if not settings.cors:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=[settings.cors],
            allow_methods=["GET", "POST"],
            allow_headers=["Accept", "Content-Type"],
        )
    ]


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    headers = {"retry-after": "1"} if error.status == 503 else None
    return _told(request, error.status, error.reason, headers)


def _no_such(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, error.detail, error.headers)


def _told(request: Request, status: int, reason: str, headers: Mapping[str, str] | None) -> Response:
    """Return why there is no answer: a page where a person follows a link, a line of text everywhere else."""
    if request.url.path != "/sparql" and prefers_html(request.headers.get("accept", "")):
        title = say(language_of(request), "missing" if status == 404 else "refused")
        answer: Response = page(request, "refusal.html", status, title=title, reason=reason)
    else:
        answer = PlainTextResponse(f"{reason}\n".encode("utf-8", "replace"), status)
    answer.headers.update(headers or {})
    return answer


class _SafeHeaders:
    """Adds to each answer what keeps it from doing harm in a browser, where it does not say otherwise itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safely)
