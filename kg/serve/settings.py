"""What a server may spend on one question, and whom it answers; in: the command line's options, out: a frozen record.

The trap: `answer_bytes` bounds what one worker gathers before it sends, so that with `workers` it bounds memory too.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost."""

    seconds: float = 30.0
    """Time that a query may run; its worker is stopped then."""
    answer_bytes: int = 64 * MEGABYTE
    """Size of an answer as it is sent."""
    body_bytes: int = MEGABYTE
    """Size of a request's body."""
    memory_bytes: int = 2048 * MEGABYTE
    """Memory of one worker, where the system can bound it (not on Windows)."""
    waiting: int = 2000
    """Requests that may wait for a worker; further ones are told to come back."""
    workers: int = max(2, os.cpu_count() or 1)
    """Processes that answer queries of users; one more answers the pages."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server runs."""

    limits: Limits = Limits()
    cors: str = "*"
    """Origin whose pages may ask, `*` for all, empty for none but our own."""
