"""Names of files as text that can be written anywhere.

The trap: a file's name is bytes; an archive packed on Chinese Windows leaves names in GB18030.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from kg.ingest.decoding import as_gb18030, as_utf8

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069]")


def spelt(path: Path | str) -> str:
    """Return a path as text, its bytes read as UTF-8 or GB18030."""
    text = os.fspath(path)
    if text.isascii() and text.isprintable():  # says the same in each encoding, and most names are
        return text
    return spelt_bytes(os.fsencode(text))


def spelt_bytes(data: bytes) -> str:
    """Return the name that bytes spell; a line break or a sign that turns the direction of writing becomes �."""
    return _UNPRINTABLE.sub("\ufffd", as_utf8(data) or as_gb18030(data) or data.decode("utf-8", "replace"))
