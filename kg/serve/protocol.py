"""Read a request of the SPARQL 1.1 Protocol: what is asked, of which graphs, and in which format the answer goes.

In: an HTTP request. Out: Question, or Refusal with the status and the reason in plain words.
The trap: a parameter may come in the address and in the form at once, and a query given twice is as wrong as none.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import parse_qs

from starlette.requests import Request

from kg.serve import formats
from kg.serve.answers import READ_ONLY

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


class Refusal(Exception):
    """A request that is answered with an error status and a reason."""

    def __init__(self, status: int, reason: str, **details: object) -> None:
        super().__init__(reason)
        self.status, self.reason, self.details = status, reason, details


@dataclass(frozen=True, slots=True)
class Question:
    """A query and how its answer is wanted, as a worker receives it."""

    query: str
    default_graphs: list[str] | None = None
    """Graphs that are the default graph together; None for what the query says, or else the store's own."""
    named_graphs: list[str] | None = None
    table: str | None = "json"
    """Format of the answer if it is a table; None if the client takes none."""
    triples: str | None = "turtle"
    all_graphs: bool = False
    """Whether the default graph is all graphs of the store together."""

    def as_dict(self) -> dict[str, object]:
        """Return the fields by name."""
        return asdict(self)


async def read(request: Request, body_bytes: int) -> Question | None:
    """Return what a request asks; None if it asks nothing, which asks for the description of the service."""
    fields = _fields(request.url.query)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST":
        body = await _body(request, body_bytes)
        if media_type == FORM:
            for name, values in _fields(body).items():
                fields.setdefault(name, []).extend(values)
        elif media_type == QUERY:
            fields.setdefault("query", []).append(body)
        elif media_type == UPDATE:
            raise Refusal(403, READ_ONLY)
        else:
            raise Refusal(415, f"Content-Type is {media_type or 'missing'}; send {QUERY} or {FORM}")
    return _question(fields, request.headers.get("accept", ""), needed=request.method == "POST")


def _question(fields: dict[str, list[str]], accept: str, *, needed: bool) -> Question | None:
    if "update" in fields:
        raise Refusal(403, READ_ONLY)
    queries = fields.get("query", [])
    if not queries and not needed:
        return None
    if len(queries) != 1:
        raise Refusal(400, f"{len(queries)} queries were sent; send one, as the parameter query")
    default, named = fields.get("default-graph-uri"), fields.get("named-graph-uri")
    table, triples = wanted_formats(fields, accept)
    # With a dataset in the request, what it does not name is empty.
    given = default is not None or named is not None
    return Question(queries[0], (default or []) if given else None, (named or []) if given else None, table, triples)


def wanted_formats(fields: dict[str, list[str]], accept: str) -> tuple[str | None, str | None]:
    """Return the format of a table and that of triples; None for what the client does not take."""
    names = fields.get("format", [])
    if not names:
        return formats.accepted(accept, formats.TABLES), formats.accepted(accept, formats.TRIPLES)
    table, triples = formats.named(names[0], formats.TABLES), formats.named(names[0], formats.TRIPLES)
    if table is None and triples is None:
        known = ", ".join([*formats.TABLES, *formats.TRIPLES])
        raise Refusal(406, f"format={names[0][:40]} is not known; known: {known}")
    return table, triples


def _fields(encoded: str) -> dict[str, list[str]]:
    try:
        return parse_qs(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise Refusal(400, "a parameter is no UTF-8 text") from error
    except ValueError as error:
        raise Refusal(400, "more than a thousand parameters") from error


async def _body(request: Request, limit: int) -> str:
    charset = request.headers.get("content-type", "").lower().partition("charset=")[2].split(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise Refusal(415, f"charset={charset[:40]}: send the query as UTF-8")
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise Refusal(413, f"the request is larger than {limit} bytes")
        chunks.append(chunk)
    try:
        return b"".join(chunks).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the query is no UTF-8 text, at byte {error.start}") from error
