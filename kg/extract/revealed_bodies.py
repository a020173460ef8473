"""Bodies that only a title reveals: `西山村|党支部|书记`, `白莲镇|林业站|站长`, `镇武装部|部长`.

In: a text, a title, and the bodies found before; out: an Organization mention made from the title's own words, or
None. The trap: what precedes the body in the title (`据柳溪村党支部书记…`, `青山县桃源镇柳溪村…`) is no part of its
name, and a department of a firm (`生产部部长`) is no body.
"""

from __future__ import annotations

import re

from kg import vocab
from kg.extract.in_order import starting, within
from kg.extract.titles import Title
from kg.model import EntityType, Findings, Mention, Span

# Whose organ a title may name: 柳溪村|党支部书记, 全国|人大代表; and what stands before its name: 青山县, 据.
_SEAT = re.compile(
    r"[一-鿿]{1,7}(?:村|社区|嘎查|镇|乡|街道|公司|集团|学校|小学|中学|医院|局|合作社|协会)$"
    r"|(?:^|(?<=[^一-鿿]))(?:全国|自治区|[省市县区州盟旗镇乡村])$"
)
_LARGER = re.compile(r"[省市县区旗镇乡据在由和与是为]|街道|苏木")
_LEVELS = "省市县区州旗镇乡村"
_PARTY = re.compile(r"党|纪委|团委|团支部")  # marks of a party or league organ's name
_NOT_IN_NAMES = re.compile(r"[的在把被向对从到了着将让给是有]")
_MOST = 10
_LONGEST_BODY = 60
ORGANS = {"party": "党支部", "committee": "村委会"}
"""Organs of a village that posts such as 村支书 and 村主任 belong to without naming them."""


def revealed_body(text: str, title: Title, bodies: list[Mention]) -> Mention | None:
    """Return the body that the title names and no earlier extractor found.

    `永福镇西山村党支部书记`: 西山村党支部; `白莲镇林业站站长`: 白莲镇林业站.
    """
    return _own_organ_of_seat(text, title, bodies) or _headed(text, title, bodies)


def made_body(text: str, span: Span, name: str = "") -> Mention:
    """Make a mention of a body from words of a title, with its full name where that is longer."""
    words = span.of(text)
    return Mention(
        span.start,
        span.end,
        words,
        EntityType.ORGANIZATION,
        "organization.of_position",
        name="" if name in ("", words) else name,
        kind="PartyOrganization" if _PARTY.search(name or words) else "",
        confidence=0.75,
    )


def own_organ(words: str) -> str:
    """Return the organ of a body of its own kind that the words end in: 党组 of 县农业农村局党组."""
    organs = sorted(vocab.words("own_organs"), key=len, reverse=True)
    return next((o for o in organs if words.endswith(o)), "")


def joined(seat: str, organ: str) -> str:
    """Name an organ by its seat: 佳和街道 + 街道办事处 share a word, 柳溪村 + 村委会 are written in full."""
    return seat.removesuffix("街道") + organ if organ.startswith("街道") else seat + organ


def _own_organ_of_seat(text: str, title: Title, bodies: list[Mention]) -> Mention | None:
    words = text[title.start : title.role.start]
    organ = own_organ(words)
    seat = words[: len(words) - len(organ)]
    named = _SEAT.search(seat, _after_larger(seat)) if organ else None
    near = starting(bodies, title.start - _LONGEST_BODY, title.role.start) if named else ()
    if named is None or any(m.end == title.role.start for m in near):
        return None
    start = title.start + named.start()
    inner = [m.end for m in near if start < m.end < title.role.start - len(organ)]
    return made_body(text, Span(max(inner, default=start), title.role.start))


def _after_larger(seat: str) -> int:
    """Return where the smallest place begins, without words before it: 据|柳溪村, 青山县桃源镇|柳溪村."""
    larger = list(_LARGER.finditer(seat, 0, max(0, len(seat) - 2)))
    return larger[-1].end() if larger else 0


def _headed(text: str, title: Title, bodies: list[Mention]) -> Mention | None:
    """Find an organ of a place, or of a level, that ends as the role begins: 林业站|站长."""
    inside = within(bodies, Span(title.start, title.role.start))
    place = max(inside, key=lambda m: (m.end, -m.start), default=None)
    if place and place.type is not EntityType.PLACE:
        return None
    if not place and text[title.start] not in _LEVELS:
        return None
    organ = text[place.end if place else title.start + 1 : title.role.start]
    role = text[title.role.start : title.role.end].removeprefix("原").removeprefix("副")
    if not 1 < len(organ) <= _MOST or _NOT_IN_NAMES.search(organ) or organ[-1] != role[:1]:
        return None
    return made_body(text, Span(place.start if place else title.start, title.role.start))


def branch_of(found: Findings, village: Mention, organ: str) -> Mention:
    """Return the party branch (or committee) of a village: found already, or made from the village's words."""
    name = village.label + ORGANS[organ]
    known = next((m for m in found.of_type(EntityType.ORGANIZATION) if m.label == name), None)
    kind = "PartyOrganization" if organ == "party" else "Government"
    return known or Mention(
        village.start,
        village.end,
        village.text,
        EntityType.ORGANIZATION,
        "organization.of_position",
        name=name,
        kind=kind,
        anaphor=True,  # the printed words name the village, and are no name of its branch
        confidence=0.8,
    )
