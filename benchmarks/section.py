"""A part of the suite's results: a table with its words, and the panels that it gives to the plot.

In: cells and bars. Out: Markdown, and what JSON can keep of it. The trap: the table and the plot are made again from
the kept file alone, so nothing that they need may stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from chart import Aim, Bar, Panel
from measured import markdown


@dataclass(frozen=True, slots=True)
class Section:
    """A table of figures."""

    title: str
    note: str
    """What was measured, and how."""
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    panels: Sequence[Panel] = ()

    def as_markdown(self) -> str:
        """Return heading, words and table."""
        return f"### {self.title}\n\n{self.note}\n\n{markdown(self.head, self.rows)}"

    def kept(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def again(cls, kept: dict[str, Any]) -> Section:
        """Return the section that was kept."""
        panels = [
            Panel(p["title"], [Bar(**bar) for bar in p["bars"]], Aim(**p["aim"]) if p["aim"] else None)
            for p in kept["panels"]
        ]
        return cls(kept["title"], kept["note"], kept["head"], kept["rows"], panels)
