"""Plain text: one document, as it stands."""

from __future__ import annotations

from kg.ingest.decoding import decoded
from kg.ingest.reading import Reading, Source
from kg.ingest.settings import Settings


def read(source: Source, settings: Settings) -> Reading:
    """Read a text file; a doubt about its encoding is a warning."""
    found = decoded(source.shown, source.data)
    doubt = found.doubt(source.shown)
    return Reading((source.document(found.text),), warnings=(doubt,) if doubt else ())
