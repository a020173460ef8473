"""Answers that several extractors ask for, one after another, about the same article.

The trap: an article's mentions are many, and to hash them all at each question, as `functools.lru_cache` does, costs
more than most answers; to compare the same tuples again costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def keep_last(make: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep the last answer of a function, and give it again as long as it is asked for the same."""
    kept: list[tuple[Any, Answer]] = []

    @wraps(make)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        last = kept[0] if kept else None
        if last is None or last[0] != (args, kwargs):
            last = ((args, kwargs), make(*args, **kwargs))
            kept[:] = [last]
        return last[1]

    return asked
