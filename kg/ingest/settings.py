"""`kg.toml` in a folder of sources → what paths mean there, and how the columns of tables are called.

    paths = "{newspaper}/{published}/{*}.txt"

    [newspapers.jxrb]
    name = "嘉兴日报"
    home = "嘉兴市"

    [columns]
    text = "正文"

The trap: without a pattern, a path tells no more than a date that is written out in it (`2022-07-16`, `20220716`);
which part is the newspaper only the user knows.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.errors import ConfigurationError
from kg.ingest.names import spelt
from kg.ingest.paths import SETTINGS
from kg.ingest.sidecar import is_iso_date
from kg.model import Metadata

COLUMNS = ("text", "title", "author", "published", "newspaper")
_FIELDS = {"newspaper": r"[^/]+", "published": r"\d{4}(?:[-._]?\d{2}(?:[-._]?\d{2})?)?", "home": r"[^/]+", "*": r".*"}
_WRITTEN = re.compile(r"(?<!\d)((?:19|20)\d{2})([-._/年]?)(\d{2})(?:\2|月)(\d{2})日?(?!\d)")


@dataclass(frozen=True, slots=True)
class Newspaper:
    """What a short name in a path stands for."""

    name: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a `kg.toml` sets."""

    pattern: str = ""
    newspapers: dict[str, Newspaper] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def metadata(self, source: str) -> Metadata:
        """Return what a path tells: by the pattern where there is one, else a date that is written in it."""
        told = _told(self.pattern, source) if self.pattern else {}
        if "published" not in told:
            told["published"] = _written_date(source)
        paper = self.newspapers.get(told.get("newspaper", ""), Newspaper(told.get("newspaper", "")))
        return Metadata(_iso(told["published"]), paper.name, told.get("home") or paper.home)

    def home_of(self, newspaper: str) -> str:
        """Return the home of a newspaper that a file names itself, by its name or its short one; empty if unknown."""
        if not newspaper:
            return ""
        papers = (p.home for key, p in self.newspapers.items() if newspaper in (p.name, key))
        return next(filter(None, papers), "")


def read_settings(folder: Path) -> Settings:
    """Read the folder's `kg.toml`; without one nothing is set."""
    path = folder / SETTINGS
    return parse_settings(spelt(path), path.read_bytes()) if path.is_file() else Settings()


def parse_settings(shown: str, data: bytes) -> Settings:
    """Read the bytes of a `kg.toml`; its path is for the error."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(shown, str(error)) from error
    if unknown := sorted(set(table) - {"paths", "newspapers", "columns"}):
        raise ConfigurationError(shown, f"unknown key {unknown[0]}")
    return Settings(_pattern(shown, table), _newspapers(shown, table), _columns(shown, table))


def filled(*sources: Metadata) -> Metadata:
    """Return what the first source that knows says, field by field."""
    published = newspaper = home = ""
    for source in sources:
        published = published or source.published
        newspaper = newspaper or source.newspaper
        home = home or source.home
    return Metadata(published, newspaper, home)


def _pattern(shown: str, table: dict[str, object]) -> str:
    pattern = table.get("paths", "")
    if not isinstance(pattern, str):
        raise ConfigurationError(shown, "paths must be text in quotation marks")
    names = re.findall(r"\{([^}]*)\}", pattern)
    if unknown := [name for name in names if name not in _FIELDS]:
        raise ConfigurationError(shown, f"unknown field {{{unknown[0]}}}; known: {', '.join(_FIELDS)}")
    if twice := [name for name in names if name != "*" and names.count(name) > 1]:
        raise ConfigurationError(shown, f"{{{twice[0]}}} stands twice")
    return pattern


def _told(pattern: str, source: str) -> dict[str, str]:
    """Return the fields of a path; none where the pattern is another's.

    By RE2, whose time grows with the path alone: Python's own expressions try each way to divide it among the fields,
    and six `{*}`, which a folder from anybody may ask for, would take years.
    """
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    text = source.encode("utf-8", "replace").decode()  # what is half a character stands in no name of a newspaper
    found: dict[str, str] | None = pc.extract_regex(pa.array([text]), pattern=_expression(pattern))[0].as_py()
    return found or {}


@lru_cache(maxsize=64)
def _expression(pattern: str) -> str:
    """Turn a pattern into an expression; everything outside of braces stands for itself."""
    parts = re.split(r"\{([^}]*)\}", pattern)
    return f"^(?s:{''.join(_part(part) if i % 2 else re.escape(part) for i, part in enumerate(parts))})$"


def _part(name: str) -> str:
    return _FIELDS[name] if name == "*" else f"(?P<{name}>{_FIELDS[name]})"


def _newspapers(shown: str, table: dict[str, object]) -> dict[str, Newspaper]:
    rows = table.get("newspapers", {})
    if not isinstance(rows, dict):
        raise ConfigurationError(shown, "newspapers must be tables: [newspapers.jxrb]")
    for key, row in rows.items():
        if (
            not isinstance(row, dict)
            or set(row) - {"name", "home"}
            or not all(isinstance(v, str) for v in row.values())
        ):
            raise ConfigurationError(shown, f"newspapers.{key} may hold name and home, both text")
    return {key: Newspaper(row.get("name", ""), row.get("home", "")) for key, row in rows.items()}


def _columns(shown: str, table: dict[str, object]) -> dict[str, str]:
    row = table.get("columns", {})
    if not isinstance(row, dict) or not all(isinstance(v, str) for v in row.values()):
        raise ConfigurationError(shown, "columns must be a table of names")
    if unknown := sorted(set(row) - set(COLUMNS)):
        raise ConfigurationError(shown, f"unknown column {unknown[0]}; known: {', '.join(COLUMNS)}")
    return dict(row)


def _written_date(source: str) -> str:
    return next((m[1] + m[3] + m[4] for m in _WRITTEN.finditer(source) if _iso(m[1] + m[3] + m[4])), "")


@lru_cache(maxsize=10_000)
def _iso(date: str) -> str:
    """Return a date of digits as an ISO date, empty where the calendar has no such day."""
    digits = re.sub(r"\D", "", date)
    value = "-".join(part for part in (digits[:4], digits[4:6], digits[6:8]) if part)
    return value if is_iso_date(value) else ""
