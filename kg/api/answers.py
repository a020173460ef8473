"""The answer of a SPARQL query as Python values.

In: the Table of `kg.query`. Out: rows of values. The trap: a year is a text here (`2016`): Python's date has a month
and a day, which nobody stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rdflib import Literal
from rdflib.term import Node

from kg.api.notebook import table
from kg.query import Table
from kg.rdf import XSD

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

_SHOWN = 50
_PLAIN: dict[Any, Callable[[str], Any]] = {
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.double: float,
    XSD.date: date.fromisoformat,
}


class Answers(Sequence[dict[str, Any]]):
    """Rows of a query's answer, each a dict of column → value; None where nothing is bound."""

    def __init__(self, found: Table) -> None:
        self._table = found
        self._rows = [dict(zip(found.columns, map(_value, row), strict=True)) for row in found.rows]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self._table.columns

    @property
    def boolean(self) -> bool | None:
        """The answer of an ASK query."""
        return self._table.boolean

    def __getitem__(self, place: Any) -> Any:
        """Return a row, or a stretch of them."""
        return self._rows[place]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield each row."""
        return iter(self._rows)

    def __repr__(self) -> str:
        """Return the size, or the answer of ASK."""
        return f"<{len(self)} rows: {', '.join(self.columns)}>" if self.boolean is None else str(self.boolean)

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame."""
        from kg.api.frames import pandas

        return pandas().DataFrame(self._rows, columns=list(self.columns))

    def _repr_html_(self) -> str:
        if self.boolean is not None:
            return table(["answer"], [["yes" if self.boolean else "no"]], 1)
        return table(self.columns, self._table.cells()[:_SHOWN], len(self))


def _value(node: Node | None) -> Any:
    if not isinstance(node, Literal):
        return None if node is None else str(node)
    make = _PLAIN.get(node.datatype) if node.datatype else None
    return make(str(node)) if make else str(node)
