"""What the form of a body's name states: locatedIn, partOf, operates.

In: the bodies found in an article, each with the place and the body that open its name; out: relations. The trap:
a bank's branch names its head office in its own name, and that alone does not bring the head office into the
article; the relation is made only if the article names the head office for itself as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Mention, Relation, Span

_NO_PART = ("union", "plant", "keeper")
"""A trade union is no part of the firm, an administration none of its park; a plant is operated by its firm."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organization or facility with what opens its name."""

    mention: Mention
    unit: str = ""
    """How its head noun attaches to another body: branch, party, union, team, plant."""
    place: Mention | None = None
    """The place in its name, or right before it."""
    parent: Mention | None = None
    """The body that it belongs to, whose name opens its name."""


def facts_of(bodies: Iterable[Body]) -> Iterator[Relation]:
    """Yield the relations that names state: `海盐县公安局` locatedIn 海盐县."""
    for body in bodies:
        m = body.mention
        if body.place is not None:
            evidence = Span(min(m.start, body.place.start), m.end) if m.start - body.place.end <= 1 else m.span
            yield Relation(
                subject=m,
                predicate="locatedIn",
                object=body.place,
                evidence=evidence,
                rule="organization.name_place",
                confidence=0.88,
            )
        if body.parent is not None and body.unit == "plant":
            yield _between(body.parent, "operates", m)
        elif body.parent is not None and not (body.unit in _NO_PART or _is_organ_of_its_place(body)):
            yield _between(m, "partOf", body.parent)


def _is_organ_of_its_place(body: Body) -> bool:
    """Tell whether a party organ counts as one of the place: 某县教育局|党组; that of a firm without place does not."""
    firm = body.parent is not None and body.parent.kind in ("Company", "Bank")
    return body.unit == "party" and (body.place is not None or not firm)


def _between(subject: Mention, predicate: str, other: Mention) -> Relation:
    whole = Span(min(subject.start, other.start), max(subject.end, other.end))
    rule = "organization.name_body"
    return Relation(subject=subject, predicate=predicate, object=other, evidence=whole, rule=rule, confidence=0.85)
