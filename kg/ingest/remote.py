"""Object storage, the home of pyarrow.fs: `s3://papers/2022` → the names of the files there, and their bytes.

In: an address of Amazon S3 and what speaks its protocol (`s3://`), Google Cloud Storage (`gs://`), Azure (`abfss://`)
or HDFS (`hdfs://`), with the settings behind a `?` that Arrow knows for each. Who asks is told by the environment, as
these services document it. The traps: an address may hold a key, which no message and no source may show; and such a
store knows no folders, only names with strokes in them.

The user alone names addresses; what stands in a file is never opened as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from kg.errors import InputError, MissingInputError
from kg.ingest.names import spelt

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem  # type: ignore[import-untyped]

SCHEMES = ("s3", "gs", "abfss", "hdfs")
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands at an address."""

    root: str
    """The address that the names stand below."""
    names: list[str]
    """Of files, sorted: `2022/07-16/04.txt`."""


def is_address(path: str) -> bool:
    """Tell whether a path is an address; InputError for one that nothing here reads from."""
    found = _ADDRESS.match(path)
    if found and found[1] not in SCHEMES:
        raise InputError(
            shown(path), f"not an address to read from; these are: {', '.join(f'{s}://' for s in SCHEMES)}"
        )
    return bool(found)


def shown(address: str, name: str = "") -> str:
    """Return an address, or a name below it, without keys and settings: what people are told."""
    before = address.partition("?")[0]
    scheme, _, rest = before.partition("://")
    place, stroke, path = rest.partition("/")
    if scheme != "abfss":  # there, what stands before the @ is the container
        place = place.rpartition("@")[2]
    whole = f"{scheme}://{place}{stroke}{path}"
    return spelt((f"{whole.rstrip('/')}/{name}" if name else whole).encode("utf-8", "replace").decode())


def listed(address: str) -> Listing:
    """Return the files below an address, or the one that stands at it; InputError where it cannot be reached."""
    system, path = _opened(address)
    try:
        found = system.get_file_info(path)
        if found.is_file:
            before, mark, settings = address.partition("?")
            folder, _, name = before.rpartition("/")
            return Listing(folder + mark + settings, [name])
        names = [] if _is_missing(found) else _names(system, path)
    except OSError as error:
        raise _unreached(address, error) from error
    if _is_missing(found):
        raise MissingInputError(shown(address))
    return Listing(address, names)


def data(root: str, name: str, most: int) -> bytes:
    """Return the bytes of a file below an address, `most` of them, and one more where there are more.

    InputError where there is none, or the store cannot be reached.
    """
    system, path = _opened(root)
    try:
        with system.open_input_stream(f"{path.rstrip('/')}/{name}", compression=None) as stream:
            return bytes(stream.read(most + 1))
    except FileNotFoundError as error:
        raise MissingInputError(shown(root, name)) from error
    except OSError as error:
        raise _unreached(shown(root, name), error) from error


def _names(system: FileSystem, path: str) -> list[str]:
    from pyarrow.fs import FileSelector

    start = len(path.rstrip("/")) + 1
    return sorted(i.path[start:] for i in system.get_file_info(FileSelector(path, recursive=True)) if i.is_file)


def _is_missing(info: FileInfo) -> bool:
    return bool(info.type.name == "NotFound")


@lru_cache(maxsize=64)
def _opened(address: str) -> tuple[FileSystem, str]:
    """Return the store and the path in it, once for each address: to ask where a bucket lies takes a request."""
    from pyarrow.fs import FileSystem
    from pyarrow.lib import ArrowException  # type: ignore[import-untyped]

    before, mark, settings = address.partition("?")
    try:
        # Chinese names and spaces are written as people write them; what is written with % already stays.
        system, path = FileSystem.from_uri(quote(before, safe=":/@%+=,;!$&'()*~") + mark + settings)
    except (ArrowException, OSError, ValueError) as error:
        raise _unreached(address, error) from error
    return system, str(path)


def _unreached(address: str, error: Exception) -> InputError:
    """Tell why a store gave nothing, without the key that an address may hold."""
    secret = urlsplit(address).netloc.rpartition("@")[0]
    why = str(error).replace(address, shown(address)) if address else str(error)
    if secret and not address.startswith("abfss:"):
        why = why.replace(secret, "…")
    return InputError(shown(address), f"cannot be reached: {why}; keys and region are taken from the environment")
