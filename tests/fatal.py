"""What a worker is told to do by tests: to die of some items, to raise, to say which process it is."""

from __future__ import annotations

import os
import time
from pathlib import Path

from kg.model import Document
from kg.understanding import Understood, understand

FATAL = "要命"


def understand_or_die(document: Document) -> Understood:
    """Understand a document; one whose text says so ends the process, as a fault in a library written in C would."""
    if FATAL in document.text:
        os._exit(9)
    return understand(document)


def die_once(path: str) -> str:
    """End the process unless an earlier one, which leaves a file behind, was ended of the same item."""
    if path and not Path(path).exists():
        Path(path).touch()
        os._exit(9)
    return f"survived {path}"


def answer_late(number: int) -> tuple[int, int]:
    """Return the number and the process; early ones take longest."""
    time.sleep(0.05 if number < 3 else 0)
    return number, os.getpid()


def divide(number: int) -> float:
    """Raise for zero."""
    print("what a function prints is no result")
    return 1 / number
