"""Rows of resolution for any number of articles: those that were really read, in copies about other counties.

In: the rows that `kg.engines.rows.extract` makes of invented articles about some counties. Out: for each article of
each copy its clusters, what they tell, the keys that mean one thing and the ties of persons. A copy is about as many
other counties: its places are real ones, towns and villages of the same place in the gazetteer's order, and all else
that one county alone has gets a name of its own; what several counties of the sample have (an honour of the nation, a
group) stays as it is. So entities grow with the articles as they do where all of these are invented, and places repeat
once all counties of the country have had their turn. The trap: nothing may be held that grows with the copies, so each
is made of the sample's rows when it is asked for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random

from big_county import towns
from big_text import write_articles

from kg.engines.records import unpacked
from kg.engines.rows import Row, extract
from kg.model import Document, Metadata
from kg.resolve import Work
from kg.resolve.identity import Located
from kg.vocab import divisions

KINDS = ("cluster", "told", "edge", "tie")
"""The rows that resolution reads."""
_MARK = "\ue000"
"""Where a copy writes its number; a character for private use, which no article holds."""
_PLACE = "Place|"
_COUNTY, _TOWNSHIP = 6, 9  # digits


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of articles that were read, by county, with marks where copies differ."""

    counties: tuple[tuple[str, tuple[tuple[Row, ...], ...]], ...]
    """The code of each county with its articles."""
    mentions: int
    """How often something is named in them."""

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return sum(len(articles) for _, articles in self.counties)


def read(number: int) -> Sample:
    """Invent so many articles, read them, and return their rows."""
    by_county: defaultdict[str, list[list[Row]]] = defaultdict(list)
    mentions = 0
    for article in write_articles(number):
        metadata = Metadata(published=article.published, home=article.home)
        rows = extract(Document(f"{article.name}.txt", article.text, "", metadata))
        mentions += sum(len(c.cluster.mentions) for row in rows if row.kind == "article" for c in _located(row))
        by_county[article.name[:_COUNTY]].append([row for row in rows if row.kind in KINDS])
    own = _of_one_county(by_county)
    return Sample(
        tuple(
            (county, tuple(tuple(_marked(row, own) for row in rows) for rows in articles))
            for county, articles in by_county.items()
        ),
        mentions,
    )


def _located(article: Row) -> Sequence[Located]:
    work: Work = unpacked(article.data)
    return work.located


def _of_one_county(by_county: dict[str, list[list[Row]]]) -> frozenset[str]:
    """Return the first keys that articles about one county alone have."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for county, articles in by_county.items():
        for row in (row for rows in articles for row in rows if row.kind == "told"):
            seen[row.id].add(county)
    return frozenset(key for key, counties in seen.items() if len(counties) == 1)


def _marked(row: Row, own: frozenset[str]) -> Row:
    if row.kind == "cluster":
        return row._replace(id=row.id + _MARK, other=_key(row.other) if row.other in own else row.other)
    if row.kind == "edge":
        return row._replace(id=_key(row.id), other=_key(row.other)) if row.id in own else row
    if row.kind == "tie":
        return row._replace(id=_key(row.id), other=_MARK + row.other)
    return row._replace(id=_key(row.id), data=_told(row.data)) if row.id in own else row


def _key(key: str) -> str:
    """Mark a blocking key: behind the name, and before a code, which `_of_copy` then replaces."""
    type_, name, *rest = key.split("|")
    if f"{type_}|" == _PLACE and not rest:
        return f"{type_}|{_MARK}{name}"
    return "|".join((type_, name + _MARK, *(_MARK + part if part.isdigit() else part for part in rest)))


def _told(data: bytes) -> bytes:
    type_, discriminator, names, addresses, codes, kinds = json.loads(data)
    if not codes:
        names, addresses = [n + _MARK for n in names], [a + _MARK for a in addresses]
    fields = [type_, discriminator, names, addresses, [_MARK + c for c in codes], kinds]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def copies(sample: Sample, articles: int) -> Iterator[list[Row]]:
    """Yield the rows of so many articles, one article at a time."""
    return islice(_endless(sample), articles)


def _endless(sample: Sample) -> Iterator[list[Row]]:
    given = {county for county, _ in sample.counties}
    others = [code for code in _counties() if code not in given]
    turn, copy = 0, 0
    while True:
        for county, articles in sample.counties:
            target = county if not copy else others[turn % len(others)]
            turn += bool(copy)
            for rows in articles:
                yield [_of_copy(row, copy, county, target) for row in rows]
        copy += 1


def _of_copy(row: Row, copy: int, county: str, target: str) -> Row:
    return Row(
        row.kind,
        _written(row.id, copy, county, target),
        _written(row.other, copy, county, target),
        row.number,
        _written(row.data.decode(), copy, county, target).encode() if row.data else b"",
    )


def _written(text: str, copy: int, county: str, target: str) -> str:
    """Fill in the marks: a code behind a mark becomes that of the copy's county, any other mark the copy's number."""
    first, *others = text.split(_MARK)
    parts = [first]
    for part in others:
        digits = len(part) - len(part.lstrip("0123456789"))
        if digits:
            parts += (_moved(part[:digits], county, target), part[digits:])
        else:
            parts += (str(copy or ""), part)
    return "".join(parts)


@cache
def _counties() -> Sequence[str]:
    """Return the counties that articles are invented about, in an order that has nothing to do with their codes."""
    codes = [d.code for d in divisions.upper() if d.kind == "County" and len(towns(d.code)) > 3]
    Random(0).shuffle(codes)
    return codes


def _moved(code: str, county: str, target: str) -> str:
    """Return the division of another county that stands where this one stands in its own; others stay."""
    if county == target or not code.startswith(county[:4]):
        return code
    if len(code) < _COUNTY:  # the digits of a region
        return target[: len(code)]
    if len(code) == _COUNTY:
        return target if code == county else code
    return _same_place(code, county, target)


def _same_place(code: str, county: str, target: str) -> str:
    if not code.startswith(county):
        return code
    township = _nth(_towns(county), code[:_TOWNSHIP], _towns(target))
    return township if len(code) == _TOWNSHIP else _nth(_villages(code[:_TOWNSHIP]), code, _villages(township))


def _nth(own: Sequence[str], code: str, others: Sequence[str]) -> str:
    """Return the one of the others that stands where a code stands among its own; the code itself if there are none."""
    return others[own.index(code) % len(others)] if others and code in own else code


@cache
def _towns(county: str) -> Sequence[str]:
    return [d.code for d in divisions.townships(county)]


@cache
def _villages(township: str) -> Sequence[str]:
    return [d.code for d in divisions.villages(township)]
