"""A post: a role at a body; and the one kind that no body before it shows, a seat in an assembly.

In: a text, a title and the place in it; out: a `Post`. The trap: 人大 in `河阳市人大代表` is part of the body, in
`全国人大代表` of one that is found elsewhere, and in `双溪镇原人大主席` the body's words are not printed together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.revealed_bodies import made_body
from kg.extract.titles import Title
from kg.model import EntityType, Mention, Span

# A representative's assembly, and a former organ's head whose 原 stands before the organ.
_ASSEMBLY = re.compile(r"(?P<former>原?)(?P<organ>人大|政协|党委|纪委)(?P<role>代表|委员|副?主席|副?书记|常委)")


class Post(NamedTuple):
    """A role held at a body, or at none that the text names."""

    role: str
    body: Mention | None
    start: int
    """Where the words that state it begin."""
    confidence: float


def assembly_post(text: str, words: str, place: Mention, title: Title) -> Post | None:
    """`河阳市人大代表`: 代表 at 河阳市人大; `双龙镇原人大主席`: 原主席 at 双龙镇人大."""
    found = _ASSEMBLY.fullmatch(words) if place.type is EntityType.PLACE and not place.anaphor else None
    if found is None:
        return None
    end = title.role.end - len(found["role"])
    name = "" if not found["former"] else place.label + found["organ"]
    body = made_body(text, Span(place.start, end), name)
    return Post(found["former"] + found["role"], body, place.start, 0.85)
