"""Traditional and simplified characters, one for one: every place in a text stays where it is.

The trap: simplified text has some of the traditional characters as well (於 is a surname, 後 stands in names), so that
a text is only taken for traditional by those that simplified text never has.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from kg.errors import VocabularyError

_HAN = re.compile("[\u3400-\u9fff]")
_QUOTES = {ord(old): ord(new) for old, new in zip("「」『』", "“”‘’", strict=True)}
_LEAST = 0.05  # of the Han of a text; traditional text has a third, a simplified one with old names under a hundredth
_SAMPLE = 5_000


def simplified(text: str) -> str:
    """Return a text in simplified characters and with their quotation marks, of the same length: 「書記」 → “书记”."""
    return text.translate(_table("") | _QUOTES)


def same_script(name: str) -> str:
    """Return a name with the characters simplified that simplified text never has: 嘉興 is 嘉兴, but 於 is not 于."""
    return name.translate(_table("only")) if _HAN.search(name) else name


def is_traditional(text: str) -> bool:
    """Tell whether a text is written in traditional characters, by its beginning."""
    han = _HAN.findall(text[:_SAMPLE])
    table = _table("only")
    return sum(ord(c) in table for c in han) > max(2, _LEAST * len(han))


@cache
def _table(use: str) -> dict[int, int]:
    path = files("kg").joinpath("vocab", "lexicons", "traditional.tsv")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise VocabularyError(str(path), "lexicon is missing") from error
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {ord(row[0]): ord(row[1]) for row in rows if not use or row[2] == use}
