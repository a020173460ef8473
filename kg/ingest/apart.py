"""Inputs that several machines read, each a part of them, with the documents that one machine would read.

In: paths. Out: inputs as texts that can be sent, and readings of them. The trap: a document's name depends on others
where two files have the same source, `04.txt` of two folders, or one could be a member of the other; so these are read
together, on one machine, and only the others apart.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from kg.ingest import Known, distinguished, read_each, read_inputs
from kg.ingest.isolation import Readers
from kg.ingest.paths import Input, Inputs, find_inputs
from kg.ingest.readers import is_readable
from kg.ingest.reading import Reading


@dataclass(frozen=True, slots=True)
class Parts:
    """What is to be read."""

    apart: list[str]
    """Inputs that can be read anywhere, each as a text for `read_apart`."""
    together: Reading
    """What came of the others, and what could not be found."""


def parted(paths: Iterable[Path | str]) -> Parts:
    """Find inputs; read at once those whose documents' names depend on each other."""
    found = find_inputs(paths, is_readable)
    entangled = _entangled([item.source for item in found.files])
    apart = [item for item in found.files if item.source not in entangled]
    others = [item for item in found.files if item.source in entangled]
    return Parts([_sent(item) for item in apart], read_inputs(Inputs(others, found.failures, found.skipped)))


def read_apart(inputs: Iterable[str]) -> Iterator[Reading]:
    """Read inputs one by one, in this process and a reader's."""
    settings: Known = {}
    with Readers() as readers:
        for text in inputs:
            (reading,) = read_each([Input(*json.loads(text))], readers, settings)
            yield replace(reading, documents=tuple(distinguished(reading.documents)))


def _sent(item: Input) -> str:
    if not item.is_remote:  # another machine works in another folder
        sidecar = os.path.abspath(item.sidecar) if item.sidecar else ""
        item = replace(item, path=os.path.abspath(item.path), root=os.path.abspath(item.root), sidecar=sidecar)
    return json.dumps(astuple(item))


def _entangled(sources: list[str]) -> set[str]:
    """Return the sources that occur twice, or that a member of another could be called: `a.zip`, `a.zip/b.txt`."""
    seen: set[str] = set()
    twice = {source for source in sources if source in seen or seen.add(source)}  # type: ignore[func-returns-value]
    for source in sources:
        ends = [i for i, sign in enumerate(source) if sign in "/#"]
        if holders := seen.intersection(source[:end] for end in ends):
            twice |= {source, *holders}
    return twice
