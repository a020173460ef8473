"""What findings depend on beside the text: the program itself, its lexicons, Python and the libraries, as one hash.

The trap: a version number does not change while somebody writes a rule, so the files are hashed themselves; those that
only show or write a graph are left out.
"""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import kg

FOLDER = Path(kg.__file__).parent
_BESIDE = frozenset(("api", "cli", "evaluate", "query", "serve", "telling.py", "terminal.py"))
"""What changes no graph."""
_AFTER = _BESIDE | {"cache", "engines", "export", "pipeline.py", "rdf.py", "resolve", "stored.py"}
"""What works on a graph or a whole build, and so changes no finding."""


@cache
def fingerprint(with_graph: bool = False) -> str:
    """Return the hash of all that reads and extracts, and of what makes a graph of it where that is asked for."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files(_BESIDE if with_graph else _AFTER):
        digest.update(f"\n{file.relative_to(FOLDER).as_posix()}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for library in libraries():
        digest.update(f"\n{library}".encode())
    return digest.hexdigest()


def files(without: frozenset[str] = _AFTER) -> list[Path]:
    """Return the files of the package that findings depend on, sorted."""
    own = (p for p in FOLDER.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sorted(p for p in own if p.relative_to(FOLDER).parts[0] not in without)


def libraries() -> list[str]:
    """Return each library that the package names, with the version that is installed."""
    try:
        required = metadata.requires("kg-local-governance") or []
    except metadata.PackageNotFoundError:  # run from a folder
        required = []
    return sorted({f"{name} {_version(name)}" for line in required for name in re.findall(r"^[\w.-]+", line)})


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"
