"""What an article states, in the one form in which gold and prediction are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

TYPES = (
    "Place",
    "Facility",
    "Organization",
    "Person",
    "Programme",
    "Platform",
    "Project",
    "Product",
    "Policy",
    "Honour",
)
"""Top classes that are annotated as entities; a Group is compared as the object of `serves`."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity with the folded forms of its names."""

    type: str
    names: frozenset[str]
    label: str
    """The name to show."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact. Subject and object are keys of `Sheet.entities`; the object of `serves` is a folded text."""

    predicate: str
    subject: str
    object: str
    """Empty where a position names no body."""
    extra: str | float | None = ""
    """The folded role of a position, the amount of a funding."""


@dataclass(frozen=True, slots=True)
class Dating:
    """A date of an entity."""

    predicate: str
    subject: str
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number about an entity."""

    subject: str
    value: float | None
    unit: str


@dataclass(slots=True)
class Sheet:
    """All that one document is annotated, or predicted, to state."""

    entities: dict[str, Named] = field(default_factory=dict)
    facts: dict[Said, None] = field(default_factory=dict)
    """Without repetition, in order of first appearance."""
    dates: set[Dating] = field(default_factory=set)
    figures: dict[Figure, None] = field(default_factory=dict)

    def show(self, key: str) -> str:
        """Return the name behind a key, or the key itself."""
        return self.entities[key].label if key in self.entities else key


def number(value: object) -> float | None:
    """Return a number as it is compared, None if it is none."""
    try:
        return round(float(str(value)), 6)
    except ValueError:
        return None
