"""Statements as people read them: who does what to whom, with the words that say so.

In: an IRI, or rows that give each field of each statement (`?st ?p ?o`), with labels and passages. Out: records.
The trap: a statement, a position, a funding and a figure are built differently; what they have in common is that some
fields name the ends, some tell more, and the rest (class, rule, confidence) is about the statement itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request

from kg.notation import Namespace
from kg.serve.asking import Row, Term, rows, rows_of_each

DCTERMS, LG, OA, ORG, PROV, RDF = (Namespace(p) for p in ("dcterms", "lg", "oa", "org", "prov", "rdf"))

ENDS = (
    RDF.subject, RDF.object, ORG.member, ORG.organization, ORG.role, LG.funder, LG.recipient, LG.product, LG.about,
)  # fmt: skip
"""What ties a statement to the entities that it is about."""
AT_MOST = 200
"""Statements on one page; all of them are to be had at /sparql."""

OF_ENTITY = f"""SELECT DISTINCT ?st WHERE {{
  VALUES ?as {{ {" ".join(f"<{end}>" for end in ENDS)} }} ?st ?as ?this }} LIMIT {AT_MOST + 1}"""
OF_ARTICLE = f"""SELECT DISTINCT ?st WHERE {{
  ?passage dcterms:isPartOf ?this . ?st prov:wasDerivedFrom ?passage }} LIMIT {AT_MOST + 1}"""
_FIELDS = "SELECT ?st ?p ?o ?label WHERE { VALUES ?st { ?these } ?st ?p ?o OPTIONAL { ?o rdfs:label ?label } }"
_PASSAGES = """SELECT ?o ?words ?start ?end ?article ?headline WHERE {
  VALUES ?o { ?these } ?o oa:exact ?words ; oa:start ?start ; oa:end ?end ; dcterms:isPartOf ?article .
  OPTIONAL { ?article schema:headline ?headline } }"""


@dataclass(frozen=True, slots=True)
class Named:
    """A term with its name."""

    term: Term
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of an article, and where they stand in it."""

    headline: str
    article: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement."""

    iri: str
    subject: Named | None
    predicate: str
    """IRI of the relation; of the class for a position, a funding, a figure."""
    object: Named | None
    details: tuple[Named, ...]
    """Role, amount, product, time, status, …"""
    confidence: str
    quotes: tuple[Quote, ...]
    """Empty for what only the gazetteer says."""


_SUBJECTS = (RDF.subject, ORG.member, LG.funder, LG.about)
_OBJECTS = (RDF.object, ORG.organization, LG.recipient)
_DETAILS = (ORG.role, LG.indicator, LG.qualifier, LG.value, LG.unit, LG.amount, LG.product, LG.time, LG.status)


async def stated(request: Request, which: str, this: str) -> list[Statement]:
    """Return the statements that a query finds for an IRI, OF_ENTITY or OF_ARTICLE; one more than a page shows."""
    found = [row["st"].value for row in await rows(request, which, this)]
    fields = await rows_of_each(request, _FIELDS, found)
    sources = {row["o"].value for row in fields if row["p"].value == PROV.wasDerivedFrom}
    passages = {row["o"].value: row for row in await rows_of_each(request, _PASSAGES, sorted(sources))}
    return statements({**row, **passages.get(row["o"].value, {})} for row in fields)


def statements(found: Iterable[Row]) -> list[Statement]:
    """Gather the rows of each statement into a record, sorted by relation, then by names."""
    fields: dict[str, dict[str, list[Row]]] = {}
    for row in found:
        fields.setdefault(row["st"].value, {}).setdefault(row["p"].value, []).append(row)
    records = [_statement(iri, by_predicate) for iri, by_predicate in fields.items()]
    return sorted(records, key=lambda s: (s.predicate, s.subject.name if s.subject else "", _name(s.object), s.iri))


def _statement(iri: str, fields: dict[str, list[Row]]) -> Statement:
    predicates, classes = fields.get(RDF.predicate), fields.get(RDF.type, [])
    quotes = {quote for row in fields.get(PROV.wasDerivedFrom, []) if (quote := _quote(row))}
    return Statement(
        iri=iri,
        subject=_first(fields, _SUBJECTS),
        predicate=(predicates or classes)[0]["o"].value if predicates or classes else "",
        object=_first(fields, _OBJECTS),
        details=tuple(named for p in _DETAILS if (named := _first(fields, (p,)))),
        confidence=next((row["o"].value for row in fields.get(LG.confidence, [])), ""),
        quotes=tuple(sorted(quotes)),
    )


def _quote(row: Row) -> Quote | None:
    """Return the passage of a row; None for the gazetteer, which has no words."""
    start, end = _text(row, "start"), _text(row, "end")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    return Quote(_text(row, "headline"), row["article"].value, int(start), int(end), _text(row, "words"))


def _first(fields: dict[str, list[Row]], predicates: Iterable[str]) -> Named | None:
    return next((named(fields[p][0]) for p in predicates if p in fields), None)


def named(row: Row) -> Named:
    """Return the term of a row's `?o` with its `?label`, or the end of its IRI where it has none."""
    term = row["o"]
    label = row.get("label")
    return Named(term, label.value if label else (short(term.value) if term.is_iri else term.value))


def short(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rpartition("#")[2].rstrip("/").rpartition("/")[2] or iri


def _text(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _name(named: Named | None) -> str:
    return named.name if named else ""
