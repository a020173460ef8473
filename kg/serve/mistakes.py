"""Tell what is wrong with a query that the store could not read: where, and what was perhaps meant.

In: the query and the store's complaint. Out: words for people. The trap: pyoxigraph tells where it gave up, which is
mostly the end; rdflib's grammar, which `kg query` uses too, tells where the mistake is, but takes 0.3 s to load. So it
is loaded by the first mistake that a worker meets.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

_PLACE = re.compile(r"error at (\d+):(\d+): ")
_LONGEST = 20_000
"""Characters of a query that are read a second time; nobody writes more by hand."""
_SENTENCE = re.compile(r"(?:^|one of |, )((?:The [A-Z]+|[A-Z][a-z]+) [^,\[\"]{8,}?)(?:, |$)|(\\u escape [^,]+)")
"""In the list of what the store would have expected, what says more than a character."""


def explained(text: str, complaint: str) -> str:
    """Return what is wrong with a query, in the words of `kg query` where it finds the mistake too."""
    from kg.query.question import Query
    from kg.query.reading import read

    try:
        if len(text) <= _LONGEST:
            read(Query(text))
    except QueryError as error:
        return str(error)
    place = _PLACE.match(complaint)
    said = _SENTENCE.search(_PLACE.sub("", complaint))
    detail = (
        f"not valid SPARQL: {said[1] or said[2]}" if said else "not valid SPARQL, ends too early or goes on wrongly"
    )
    return str(QueryError(detail, "", int(place[1]), int(place[2])) if place else QueryError(detail))
