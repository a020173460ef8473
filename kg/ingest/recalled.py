"""Readings of an earlier build: a file whose reader is slow is read once, as long as its bytes and its name stay.

In: a source, and the cache. Out: its Reading, or what gives it. The traps: plain text is read faster than it is found;
a failure for want of time, memory or a library may not be one the next time, so it is not kept; and what a cache holds
may be made up, so its types are checked.
"""

from __future__ import annotations

from kg.cache import Cache
from kg.errors import ReaderLimitError, ReaderMissingError
from kg.ingest.isolation import Later, Readers
from kg.ingest.readers import reader_of
from kg.ingest.reading import Reading, Source, from_json, to_json
from kg.ingest.settings import Settings

_PASSING = (ReaderLimitError, ReaderMissingError)


def begin(source: Source, settings: Settings, readers: Readers, earlier: Cache | None) -> Reading | Later:
    """Begin to read a source, or recall what an earlier build read of the same bytes under the same name."""
    row = reader_of(source)
    if earlier is None or not (row.is_isolated or row.unpack):
        return readers.begin(source, settings)
    # Of the settings, readers know the columns alone; what a path means is filled in afterwards.
    key = ("reading", source.name, source.path, source.sha256, settings.columns)
    value = earlier.get(*key)
    if value is not None:
        try:
            return _checked(from_json(value))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            earlier.distrust(f"not what was written: {error!r}")
    begun = readers.begin(source, settings)
    return _kept(begun, earlier, key) if isinstance(begun, Reading) else lambda: _kept(begun(), earlier, key)


def _kept(reading: Reading, earlier: Cache, key: tuple[object, ...]) -> Reading:
    if not any(isinstance(failure, _PASSING) for failure in reading.failures):
        earlier.put(to_json(reading), *key)
    return reading


def _checked(reading: Reading) -> Reading:
    """Return the reading; ValueError where a value is of another type than its field."""
    for d in reading.documents:
        m = d.metadata
        words = (d.source, d.text, d.sha256, m.published, m.newspaper, m.home)
        offsets = [n for span in d.titles for n in (span.start, span.end)]
        if not all(type(w) is str for w in words) or not all(type(n) is int and 0 <= n <= len(d.text) for n in offsets):
            raise ValueError(f"a document that cannot be one: {d.source!r:.50}")
    for note in reading.files:
        if not all(type(w) is str for w in (note.source, note.reader, note.note)) or type(note.documents) is not int:
            raise ValueError(f"a note that cannot be one: {note.source!r:.50}")
    for error in (*reading.failures, *reading.warnings):
        if not all(type(w) is str for w in (error.path, error.detail, error.place)):
            raise ValueError("an error that cannot be one")
    return reading
