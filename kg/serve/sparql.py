"""The address /sparql: one question of the SPARQL 1.1 Protocol in, its answer or the description of the service out.

The trap: whoever hangs up would leave the question running until its time is over, and others waiting. So the
connection is watched while a worker answers, and the worker is stopped when nobody listens any more.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from kg.serve import formats, protocol
from kg.serve.answers import Answer
from kg.serve.description import described
from kg.serve.pool import Pool
from kg.serve.protocol import Question, Refusal
from kg.serve.site import Site, site_of


async def sparql(request: Request) -> Response:
    """Answer a question; describe the service to whoever asks none."""
    site = site_of(request)
    question = await protocol.read(request, site.settings.limits.body_bytes)
    if question is None:
        return _description(request, site)
    return response(await asked(request, site.queries, question))


def response(answer: Answer) -> Response:
    """Return a worker's answer as a response."""
    return Response(answer.body, answer.status, {"content-type": answer.content_type, "vary": "Accept"})


async def asked(request: Request, pool: Pool, question: Question) -> Answer:
    """Return the answer to a question, and give it up when the client hangs up."""
    answering = asyncio.create_task(pool.ask(question))
    listening = asyncio.create_task(_until_gone(request))
    try:
        await asyncio.wait({answering, listening}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            raise Refusal(499, "the client hung up")
        return answering.result()
    except asyncio.CancelledError:
        raise Refusal(503, "the server is being stopped") from None
    finally:
        answering.cancel()
        listening.cancel()


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _description(request: Request, site: Site) -> Response:
    names = request.query_params.getlist("format")
    notation = protocol.wanted_formats({"format": names}, request.headers.get("accept", ""))[1]
    if notation is None:
        raise Refusal(406, f"the description of this service can be had as {', '.join(formats.TRIPLES)}")
    body = described(str(request.url.replace(query="", fragment="")), site.contents, notation)
    media_type = formats.content_type(formats.TRIPLES[notation].media_type)
    return Response(body, headers={"content-type": media_type, "vary": "Accept"})
