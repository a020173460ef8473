"""Libraries that a user may have and the program does not need: pandas and polars."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kg.errors import MissingLibraryError


def pandas() -> ModuleType:
    """Return pandas; MissingLibraryError says how to get it."""
    return _library("pandas")


def polars() -> ModuleType:
    """Return polars; MissingLibraryError says how to get it."""
    return _library("polars")


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MissingLibraryError(name) from error
