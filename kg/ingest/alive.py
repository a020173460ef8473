"""A sign of life from a reader that works page by page, so that only a page has to end in time, not the whole file."""

from __future__ import annotations

from collections.abc import Callable


def _to_nobody() -> None:
    """Tell nobody: the reader runs where nobody waits."""


_listeners: list[Callable[[], None]] = [_to_nobody]


def still_reading() -> None:
    """Tell whoever waits for a reader that one more page is read."""
    _listeners[-1]()


def listen(tell: Callable[[], None]) -> None:
    """Let another function be called at each sign of life."""
    _listeners.append(tell)
