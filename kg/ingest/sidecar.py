"""The `.meta.toml` beside a text → what it says: published, newspaper and home, each optional."""

from __future__ import annotations

import datetime
import re
import tomllib
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError, SidecarError
from kg.ingest.decoding import decoded
from kg.ingest.names import spelt
from kg.model import Metadata

_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_TOML_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_SHORT = 1_000  # bytes of a sidecar that is remembered; a usual one has 80
_SIDECAR_KEYS = ("published", "newspaper", "home")


def read_sidecar(path: Path) -> Metadata:
    """Read a `.meta.toml`; a key or value that it may not hold raises SidecarError with its line."""
    with open(path, "rb") as stream:
        return told_by(spelt(path), stream.read())


def told_by(shown: str, data: bytes) -> Metadata:
    """Read the bytes of a `.meta.toml` as `read_sidecar` does; its path is for the error."""
    told = _sound(data) if len(data) < _SHORT else None
    return told or parse_sidecar(shown, data)


@lru_cache(maxsize=10_000)
def _sound(data: bytes) -> Metadata | None:
    """Parse a sidecar once for all texts of one issue that have the same; None where it is broken."""
    try:
        return parse_sidecar("", data)
    except InputError:
        return None


def parse_sidecar(shown: str, data: bytes) -> Metadata:
    """Read the bytes of a `.meta.toml`; its path is for the error."""
    text = decoded(shown, data).text if data.strip() else ""  # all keys are optional: an empty one says nothing
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = _TOML_LINE.search(message)
        place = f"line {line[1] if line else len(text.splitlines())}"  # without one, the end of the file is meant
        raise SidecarError(shown, _TOML_LINE.sub("", message), place) from error
    for key, value in table.items():
        if problem := _sidecar_problem(key, value):
            raise SidecarError(shown, problem, _place_of(key, text))
    return Metadata(**{key: str(value).strip() for key, value in table.items()})


def _sidecar_problem(key: str, value: object) -> str:
    if key not in _SIDECAR_KEYS:
        return f"unknown key {key}"
    if key == "published" and type(value) is datetime.date:
        return ""
    if not isinstance(value, str):
        return f"{key} must be text in quotation marks"
    if key == "published" and not is_iso_date(value.strip()):
        return f"published must be a year, month or day such as 2022-07, not {value!r}"
    return ""


def is_iso_date(value: str) -> bool:
    """Tell whether a text is a year, month or day that the calendar has."""
    if not _ISO_DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _place_of(key: str, toml: str) -> str:
    found = re.search(rf"^\s*[\[\"']*{re.escape(key)}\b", toml, re.MULTILINE)
    return f"line {toml.count(chr(10), 0, found.end()) + 1}" if found else ""
