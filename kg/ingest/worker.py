"""The process that reads untrusted formats: requests on standard input, answers on standard output, one at a time.

A request is two lengths, a JSON head and the file's bytes; an answer a length and JSON, before it a length of 0 as a
sign of life for each page that is read. The trap: what a library prints must not mix with the answers, so that the true
standard output is kept aside, and print goes to nowhere.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import IO, Any, NoReturn

from kg.errors import DamagedError, InputError, ReaderLimitError
from kg.ingest.alive import listen
from kg.ingest.readers import named, ocr
from kg.ingest.reading import Source, error_to_json, to_json
from kg.ingest.settings import Newspaper, Settings

_HEAD = struct.Struct(">II")
_ANSWER = struct.Struct(">I")
_FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.bind",
    "socket.sendto",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.remove",
    "os.rename",
    "os.link",
    "os.symlink",
    "os.mkdir",
)


def main() -> None:
    """Answer requests until there are no more."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    _limit(int(sys.argv[1]))
    ocr.use_cores(int(sys.argv[2]))
    sys.addaudithook(_refuse)

    def tell() -> None:
        answers.write(_ANSWER.pack(0))
        answers.flush()

    listen(tell)
    while head := requests.read(_HEAD.size):
        answer = json.dumps(_answered(requests, head)).encode()
        answers.write(_ANSWER.pack(len(answer)) + answer)
        answers.flush()


def _answered(requests: IO[bytes], head: bytes) -> dict[str, Any]:
    told, size = _HEAD.unpack(head)
    request = json.loads(requests.read(told))
    source = Source(request["name"], requests.read(size), request["path"])
    read = named(request["reader"]).read
    assert read
    try:
        return {"reading": to_json(read(source, _settings(request["settings"])))}
    except InputError as error:
        return {"error": error_to_json(error)}
    except MemoryError:
        return {"error": error_to_json(ReaderLimitError(source.shown, "it needs more memory than a file may"))}
    except RecursionError:
        return {"error": error_to_json(ReaderLimitError(source.shown, "it is nested too deeply"))}
    except Exception as error:  # whatever a library raises at a broken file: its kind is all that is known of it
        return {"error": error_to_json(DamagedError(source.shown, f"{type(error).__name__}: {error}"[:300]))}


def _settings(value: dict[str, Any]) -> Settings:
    papers = {key: Newspaper(**paper) for key, paper in value["newspapers"].items()}
    return Settings(value["pattern"], papers, value["columns"])


def _limit(megabytes: int) -> None:
    """Limit the memory, and forbid to write files; where the system knows no such limits, only time is limited."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what no reader has to do: to ask the network, to start programs, to change files."""
    if event in _FORBIDDEN:
        _forbidden(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        _forbidden(f"{event} for writing")


def _forbidden(event: str) -> NoReturn:
    raise PermissionError(f"a reader may not use {event}")


if __name__ == "__main__":
    main()
