"""Write records as columns, and columns as deflated text, so that a page of 100,000 entities is read in seconds.

In: records as mappings. Out: plain JSON values, and base64 of their deflated form. An entity or a word that comes back
many times is written once and named by its number. The traps: what is no entity of the graph keeps its identifier,
so a reader must look whether it got a number; and the deflated bytes are those of the zlib at hand, so two machines
may write two files that hold the same.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Table = dict[str, dict[str, list[Any]]]
"""How the values of a column are written (`entity`, `word` or `plain`) → name of the column → values, row by row."""


class Numbers:
    """Numbers given out to strings, in the order in which they are first asked for."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._numbers = {text: number for number, text in enumerate(known)}

    def of(self, text: str) -> int:
        """Return the number of a string; a new one if it has none."""
        return self._numbers.setdefault(text, len(self._numbers))

    def known(self, text: str) -> int | str:
        """Return the number of a string, or the string if it has none."""
        return self._numbers.get(text, text)

    def listed(self) -> list[str]:
        """Return the strings, each in the place of its number."""
        return list(self._numbers)


def tabulate(
    rows: Sequence[Mapping[str, Any]], entities: Numbers, words: Numbers, forms: Mapping[str, Sequence[str]]
) -> Table:
    """Return rows, all with the same keys, as columns; `forms` tells which columns hold entities and which words.

    A value of such a column may be a list of entities or words.
    """
    form_of = {name: form for form, names in forms.items() for name in names}
    table: Table = {"entity": {}, "word": {}, "plain": {}}
    writers = {"entity": entities.known, "word": words.of}
    for name in rows[0] if rows else ():
        form = form_of.get(name, "plain")
        values = [row[name] for row in rows]
        if write := writers.get(form):
            values = [list(map(write, v)) if isinstance(v, (list, tuple)) else write(v) for v in values]
        table[form][name] = values
    return table


def packed(value: Any) -> str:
    """Return a JSON value as base64 of raw deflate, which can stand in any element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    press = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    # half a surrogate pair, which no UTF-8 can hold, becomes the escape that JSON has for it
    raw = press.compress(text.encode("utf-8", "backslashreplace")) + press.flush()
    return base64.b64encode(raw).decode("ascii")


def unpacked(text: str) -> Any:
    """Return what `packed` was given."""
    return json.loads(zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS))
