"""Short forms that a text declares itself: `江西漫江红实业有限公司（以下简称“漫江红”）`.

In: a text. Out: the words declared, and where. The trap: a declared form may hold words that look like another name
(漫江 is a town), and whoever looks for that must know that here it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.text import bare, occurrences

# The words that declare a short form, and the brackets around them (punctuation of the genre).
_DECLARED = re.compile(r"[（(](?:以下)?(?:统称|简称|下称)(?:为)?[：:]?([“「]?[^”」()（），。；]{2,16}[”」]?)[）)]")


@dataclass(frozen=True, slots=True)
class DeclaredForm:
    """A short form, and the offset of the bracket that declares it behind the full name."""

    words: str
    start: int


def declared_forms(text: str) -> Iterator[DeclaredForm]:
    """Yield the short forms that a text declares, in text order."""
    for match in _DECLARED.finditer(text):
        yield DeclaredForm(bare(match[1]), match.start())


def declared_spans(text: str) -> Iterator[tuple[DeclaredForm, int, int]]:
    """Yield each place where a declared form stands, the declaration included, with its start and end."""
    for form in declared_forms(text):
        for start in occurrences(text, form.words, 0, len(text)):
            yield form, start, start + len(form.words)
