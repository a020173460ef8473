"""Ask the store about one IRI, for our own pages.

In: a query in which `?this` stands for the IRI. Out: rows of terms. The trap: the IRI comes from an address that anyone
may type, and is put into the text of the query; so it must be an IRI to the letter, with nothing that could end it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from kg.serve.answers import Answer
from kg.serve.protocol import Question, Refusal
from kg.serve.site import site_of
from kg.serve.sparql import asked

_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]*")
_THIS = re.compile(r"\?this\b")


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
    answer = await _answered(request, Question(_about(query, this)))
    return [{name: _term(term) for name, term in row.items()} for row in json.loads(answer.body)["results"]["bindings"]]


async def holds(request: Request, query: str, this: str) -> bool:
    """Tell the answer of an ASK about an IRI."""
    return bool(json.loads((await _answered(request, Question(_about(query, this)))).body)["boolean"])


async def triples(request: Request, query: str, this: str, notation: str) -> Answer:
    """Return what a CONSTRUCT about an IRI finds."""
    return await _answered(request, Question(_about(query, this), triples=notation))


async def _answered(request: Request, question: Question) -> Answer:
    answer = await asked(request, site_of(request).pages, question)
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
