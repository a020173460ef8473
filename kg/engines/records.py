"""Records ↔ bytes: what an engine keeps in a row beside the columns that it compares.

In: a record of the model or the graph. Out: bytes, and back. The trap: rows stay in the output folder from build to
build, such a folder may be sent on, and Python's pickles can call anything; so only the program's own records are made
again, and whatever else the bytes ask for is refused.
"""

from __future__ import annotations

import io
import json
import pickle
import zlib
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from kg import errors, record
from kg.errors import KgError
from kg.model import EntityType
from kg.resolve.identity import Described

_HOMES = frozenset(("kg.model", "kg.graph", "kg.resolve", "kg.resolve.clusters", "kg.resolve.identity", "kg.errors"))
_ALSO = {
    ("builtins", "frozenset"): frozenset,
    ("decimal", "Decimal"): Decimal,
    ("kg.errors", "_revived"): errors._revived,
    ("kg.record", "made"): record.made,
}
"""What else bytes may name: what makes sets, numbers, and an error or a record of its fields."""


class ForeignBytesError(ValueError):
    """Bytes that this program did not write."""


def packed(value: object) -> bytes:
    """Return a record as bytes."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(data: bytes) -> Any:
    """Return the record that `packed` made bytes of; ForeignBytesError where they are another's."""
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    except ForeignBytesError:
        raise
    except Exception as error:  # damaged bytes may raise anything
        raise ForeignBytesError(f"not what was written: {error!r}") from error


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _record(module, name)


@cache
def _record(module: str, name: str) -> object:
    """Return a class that bytes name, if all that it does is to hold values."""
    if also := _ALSO.get((module, name)):
        return also
    found = getattr(import_module(module), name, None) if module in _HOMES else None
    is_own = isinstance(found, type) and found.__module__ == module
    if is_own and (is_dataclass(found) or issubclass(found, Enum | KgError)):  # type: ignore[arg-type]
        return found
    raise ForeignBytesError(f"{module}.{name} is no record")


def told_as_bytes(told: Described) -> bytes:
    """Return what clusters tell of an entity; equal tellings are equal bytes, so that an engine can drop all but one.

    Pickles do not have this: a set is written in the order that its process happens to keep.
    """
    sets = (told.names, told.addresses, told.codes, told.kinds)
    fields = [told.type, told.discriminator, *map(sorted, sets)]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def told_from_bytes(data: bytes) -> Described:
    """Return what `told_as_bytes` wrote; ForeignBytesError where it did not."""
    try:
        type_, discriminator, *sets = json.loads(data.decode("utf-8", "surrogatepass"))
        names, addresses, codes, kinds = map(frozenset, sets)
        return Described(EntityType(type_), names, addresses, codes, kinds, discriminator)
    except (ValueError, TypeError) as error:
        raise ForeignBytesError(f"not what was written: {error}") from error
