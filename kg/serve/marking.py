"""Mark an article's text: entities that it names become links, the words asked for are marked; pure functions.

In: the text, names with the addresses of what bears them, a span. Out: paragraphs of pieces, each plain, linked,
marked, or both. Joined, the pieces are the text again.
The trap: 新塍 stands inside 新塍镇. The longest name that starts at a place is taken, and nothing is linked twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that are shown alike."""

    text: str
    link: str = ""
    marked: bool = False
    first: bool = False
    """True for the first marked piece, which an address can point to."""


def links_of(names: Iterable[tuple[str, str, bool]]) -> dict[str, str]:
    """Return name → address from (name, address, whether it is the label); a name that two bear is linked to neither.

    A label counts more than another name: 新塍镇 is the town, even where a body is also called so.
    """
    bearers: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for name, address, is_label in names:
        bearers[is_label].setdefault(name, set()).add(address)
    chosen = {**bearers[False], **bearers[True]}
    return {name: next(iter(found)) for name, found in chosen.items() if name and len(found) == 1}


def paragraphs(text: str, links: Mapping[str, str], marked: range = range(0)) -> list[list[Piece]]:
    """Return the text's lines as pieces; empty lines are left out."""
    found = _occurrences(text, links)
    result, start = [], 0
    seen = False
    for line in text.split("\n"):
        end = start + len(line)
        pieces = _pieces(text, start, end, found, marked)
        if not seen and any(piece.marked for piece in pieces):
            i = next(i for i, piece in enumerate(pieces) if piece.marked)
            pieces[i] = Piece(pieces[i].text, pieces[i].link, True, first=True)
            seen = True
        if pieces:
            result.append(pieces)
        start = end + 1
    return result


def _occurrences(text: str, links: Mapping[str, str]) -> list[tuple[int, int, str]]:
    if not links:
        return []
    longest_first = sorted(links, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return [(m.start(), m.end(), links[m[0]]) for m in pattern.finditer(text)]


def _pieces(text: str, start: int, end: int, found: list[tuple[int, int, str]], marked: range) -> list[Piece]:
    # They do not overlap: their ends are sorted as their starts are.
    inside = found[bisect_right(found, start, key=lambda f: f[1]) : bisect_left(found, end, key=lambda f: f[0])]
    links = {max(s, start): (min(e, end), link) for s, e, link in inside}
    edges = {start, end, *links, *(until for until, _ in links.values())}
    edges |= {edge for edge in (marked.start, marked.stop) if start < edge < end}
    pieces, until, link = [], start, ""
    for left, right in pairwise(sorted(edges)):
        until, link = links.get(left, (until, link))
        pieces.append(Piece(text[left:right], link if left < until else "", left in marked))
    return pieces
