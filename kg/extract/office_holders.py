"""Where the words begin that give a person a post, and whose officials persons are.

In: an article's findings. Out: answers about a person. The trap: one person may hold several posts in a row
(`甲市人大代表、乙镇党委副书记、镇长李某`), and the first of them opens the subject.
"""

from __future__ import annotations

from kg.model import Findings, Mention, Position

_ORGANS = ("Government", "PartyOrganization")


class OfficeHolders:
    """The posts that an article gives to persons."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._positions = [f for f in found.facts if isinstance(f, Position)]
        self._openings: dict[int, int] = {}
        for fact in self._positions:
            start = self._openings.get(fact.person.start, fact.evidence.start)
            self._openings[fact.person.start] = min(start, fact.evidence.start)

    def opening_of(self, person: Mention) -> int | None:
        """Return where the words begin that give a mentioned person a post; None where none is given there."""
        return self._openings.get(person.start)

    def office_of(self, person: Mention) -> Mention | None:
        """Return the organ of government or party in which a person holds a post."""
        labels = {person.label}
        if person.antecedent:
            labels |= {m.label for m in self._found.mentions if (m.start, m.end) == person.antecedent}
        held = (f.body for f in self._positions if f.person.label in labels)
        return next((body for body in held if body and body.kind in _ORGANS), None)
