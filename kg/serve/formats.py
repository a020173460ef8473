"""Choose the format of an answer: by `format=`, else by the Accept header with its q values.

In: the header and the parameter. Out: names of formats, one for tables (SELECT, ASK) and one for triples (CONSTRUCT,
DESCRIBE), since what a query gives is known only when it is parsed.
The trap: browsers ask for application/xml before anything that they do not name. Whoever names text/html is a person,
and gets what is easiest to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A notation in which an answer can be written."""

    media_type: str
    also: tuple[str, ...] = ()
    """Further media types that ask for it."""


TABLES: Mapping[str, Format] = {
    "json": Format("application/sparql-results+json", ("application/json",)),
    "xml": Format("application/sparql-results+xml", ("application/xml", "text/xml")),
    "csv": Format("text/csv"),
    "tsv": Format("text/tab-separated-values"),
}
"""For SELECT and ASK; the first is what is sent to whoever accepts anything."""
TRIPLES: Mapping[str, Format] = {
    "turtle": Format("text/turtle", ("application/x-turtle",)),
    "ntriples": Format("application/n-triples", ("text/plain",)),
    "jsonld": Format("application/ld+json", ("application/json",)),
    "rdfxml": Format("application/rdf+xml", ("application/xml", "text/xml")),
}
"""For CONSTRUCT and DESCRIBE, and for what an IRI stands for."""
_SHORT = {"ttl": "turtle", "nt": "ntriples", "json-ld": "jsonld", "rdf": "rdfxml"}
_FOR_TRIPLES = {"json": "jsonld", "xml": "rdfxml"}
HTML = "text/html"


def content_type(media_type: str) -> str:
    """Return a media type as a header; all that is sent is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def named(name: str, formats: Mapping[str, Format]) -> str | None:
    """Return the format that `format=` names, by name or media type; None if there is none of that name."""
    name = name.strip().lower()
    name = _SHORT.get(name, name)
    if formats is TRIPLES:
        name = _FOR_TRIPLES.get(name, name)
    if name in formats:
        return name
    return next((key for key, f in formats.items() if name == f.media_type or name in f.also), None)


def accepted(header: str, formats: Mapping[str, Format]) -> str | None:
    """Return the format that an Accept header likes best, the first of those it likes alike; None if it takes none."""
    if not header.strip():
        return next(iter(formats))
    ranges = dict(qualities(header))
    person = ranges.get(HTML, 0.0)
    best, liked = None, 0.0
    for i, (name, f) in enumerate(formats.items()):
        quality = _quality(ranges, f.media_type)
        if not person:  # whose browser names application/xml beside text/html, which is no wish for XML
            quality = max([quality, *(ranges.get(t, 0.0) for t in f.also)])
        quality = max(quality, person if i == 0 else 0.0)
        if quality > liked:
            best, liked = name, quality
    return best


def prefers_html(header: str) -> bool:
    """Tell whether a person asks: text/html is named, and liked no less than any format of data."""
    ranges = dict(qualities(header))
    data = [f.media_type for f in (*TABLES.values(), *TRIPLES.values())]
    return ranges.get(HTML, 0.0) > 0 and ranges[HTML] >= max(ranges.get(t, 0.0) for t in data)


def _quality(ranges: Mapping[str, float], media_type: str) -> float:
    """Return q of the most specific range that covers a media type."""
    for candidate in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        if candidate in ranges:
            return ranges[candidate]
    return 0.0


def qualities(header: str) -> Iterator[tuple[str, float]]:
    """Yield what a header lists, in lower case, each with its q value."""
    for part in header.lower().split(","):
        media_type, *parameters = (p.strip() for p in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _number(value)
        if media_type:
            yield media_type, quality


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
