"""What all records have in common: how they travel between processes and into rows.

In: a record, a frozen dataclass. Out: its class and its fields, of which `pickle` makes the same record again. The
trap: Python would fill a record that is already there, field by field, which compiled records do not let it do
(`tools/compiling.py`), and it would ask for the names of the fields for each record anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Record:
    """Base of the records that are pickled."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Pickle the class and the fields in their order."""
        kind: Any = type(self)
        values = [getattr(self, name) for name in kind.__dataclass_fields__]
        return (kind, tuple(values)) if kind.__match_args__ else (made, (kind, *values))


def made(kind: Any, *values: Any) -> Any:
    """Return a record whose fields are given by name alone; AttributeError where its class is none of a record."""
    return kind(**dict(zip(kind.__dataclass_fields__, values, strict=True)))
