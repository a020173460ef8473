"""Words, classes and places as data: loaders for `lexicons/*.tsv`, `ontology.ttl`, `shapes.ttl`.

A lexicon is a tab-separated file whose first line names its columns; lines that start with `#` are comments
(they name the source of what follows). Everything is read once, when it is first asked for.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.errors import VocabularyError

Row = dict[str, str]


@cache
def lexicon(name: str) -> tuple[Row, ...]:
    """Return the rows of `lexicons/<name>.tsv` as dictionaries by column name; VocabularyError where it is none."""
    path = files("kg.vocab").joinpath("lexicons", f"{name}.tsv")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise VocabularyError(str(path), "lexicon is missing") from error
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    header, body = rows[0], rows[1:]
    for row in body:
        if len(row) > len(header):
            raise VocabularyError(str(path), f"too many columns in line {chr(9).join(row)!r}")
    return tuple(dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)) for row in body)


@cache
def words(name: str, column: str = "word", **only: str) -> frozenset[str]:
    """Return one column of a lexicon as a set, restricted to rows with the given column values.

    VocabularyError where there is no such lexicon.
    """
    return frozenset(r[column] for r in lexicon(name) if all(r[k] == v for k, v in only.items()))
