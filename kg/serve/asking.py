"""Ask the store about one IRI, or about several, for our own pages.

In: a query in which `?this` stands for the IRI, or `?these` for several. Out: rows of terms. The traps: an IRI comes
from an address that anyone may type, and is put into the text of the query; so it must be an IRI to the letter, with
nothing that could end it. And pyoxigraph joins a subquery, or an OPTIONAL of several patterns, by reading all that
could match: 8 s on a million triples. So a page asks twice, first for IRIs, then about these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request

from kg.serve.answers import Answer
from kg.serve.pool import Pool
from kg.serve.protocol import Question, Refusal
from kg.serve.site import site_of
from kg.serve.sparql import asked

_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]*")
_THIS, _THESE = re.compile(r"\?this\b"), re.compile(r"\?these\b")


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term."""

    value: str
    is_iri: bool = False
    language: str = ""
    datatype: str = ""


Row = Mapping[str, Term]


async def rows(request: Request, query: str, this: str) -> list[Row]:
    """Return the rows of a SELECT about an IRI; a variable without a value is not in its row."""
    return await _rows(request, _about(query, this))


async def rows_of_users(request: Request, query: str) -> list[Row]:
    """Return the rows of a SELECT that may read much: users' workers answer it, not those of pages."""
    return await _rows(request, query, site_of(request).queries)


async def _rows(request: Request, query: str, pool: Pool | None = None) -> list[Row]:
    answer = await _answered(request, pool or site_of(request).pages, Question(query))
    return [{name: _term(term) for name, term in row.items()} for row in json.loads(answer.body)["results"]["bindings"]]


async def rows_of_each(request: Request, query: str, these: Iterable[str]) -> list[Row]:
    """Return the rows of a SELECT about several IRIs; those that are none are left out."""
    written = " ".join(f"<{iri}>" for iri in these if is_iri(iri))
    if not written:
        return []
    return await _rows(request, _THESE.sub(lambda _: written, query))


async def holds(request: Request, query: str, this: str) -> bool:
    """Tell the answer of an ASK about an IRI."""
    return bool(
        json.loads((await _answered(request, site_of(request).pages, Question(_about(query, this)))).body)["boolean"]
    )


async def triples(request: Request, query: str, this: str, notation: str) -> Answer:
    """Return what a CONSTRUCT about an IRI finds; it may be long, so users' workers answer it, not those of pages."""
    return await _answered(request, site_of(request).queries, Question(_about(query, this), triples=notation))


async def _answered(request: Request, pool: Pool, question: Question) -> Answer:
    answer = await asked(request, pool, replace(question, all_graphs=site_of(request).contents.spread))
    if answer.status != 200:
        raise Refusal(answer.status, answer.body.decode().strip())
    return answer


def is_iri(text: str) -> bool:
    """Tell whether a text can stand in a query as an IRI."""
    return bool(_IRI.fullmatch(text))


def _about(query: str, this: str) -> str:
    if not is_iri(this):
        raise Refusal(400, "this is no IRI")
    return _THIS.sub(lambda _: f"<{this}>", query)


def _term(term: Mapping[str, str]) -> Term:
    return Term(term["value"], term["type"] == "uri", term.get("xml:lang", ""), term.get("datatype", ""))
