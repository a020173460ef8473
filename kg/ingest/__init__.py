"""Read files, folders and object storage: Path → Document, with what sidecar, file and path say about it.

In: paths as the user named them. Out: documents sorted by (source, sha256), the errors of what could not be read, what
is doubtful, and what was done with each file. The trap: any order of the same paths must give the same documents, so
two different files of one source name are both renamed after their content.
"""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, ParamSpec, TypeVar

from kg.cache import Cache
from kg.errors import InputError, MissingInputError, TooLargeError
from kg.ingest import recalled, remote
from kg.ingest.decoding import decoded
from kg.ingest.isolation import Later, Readers
from kg.ingest.names import spelt
from kg.ingest.paths import SETTINGS, Input, Inputs, find_inputs, unreadable
from kg.ingest.readers import READERS, is_readable, slow_ones
from kg.ingest.reading import FileNote, Reading, Source, joined
from kg.ingest.settings import Settings, filled, parse_settings, read_settings
from kg.ingest.sidecar import read_sidecar, told_by
from kg.model import Document, Metadata
from kg.workers import cores

__all__ = ["READERS", "FileNote", "Reading", "read_paths", "read_sidecar", "read_stream", "read_text_file"]

_UNTOLD = Metadata()
_AHEAD = 64  # files whose readings are awaited; what is read is kept for the next build when it was waited for
P = ParamSpec("P")
Result = TypeVar("Result")
MAX_FILE = 500_000_000  # bytes; a page is a thousandth of it


def read_paths(paths: Iterable[Path | str], earlier: Cache | None = None, workers: int | None = None) -> Reading:
    """Read files, and every readable file of folders; one bad input never stops the others.

    What an earlier build has read of the same file is recalled where a cache is given. So many files of slow formats
    are read side by side (`workers`; by default one for each core); what comes of them is the same.
    """
    return read_inputs(find_inputs(paths, is_readable), earlier, workers)


def read_inputs(inputs: Inputs, earlier: Cache | None = None, workers: int | None = None) -> Reading:
    """Read what was found, as `read_paths` does."""
    with Readers(max(1, min(workers or cores(), slow_ones(item.path for item in inputs.files)))) as readers:
        readings = read_each(inputs.files, readers, {}, earlier)
    found = joined([*readings, Reading(failures=tuple(inputs.failures), files=tuple(inputs.skipped))])
    return Reading(
        tuple(distinguished(found.documents)),
        tuple(once(found.failures)),
        tuple(sorted(found.warnings, key=lambda e: (e.path, str(e)))),
        tuple(sorted(found.files, key=lambda n: (n.source, n.reader, n.note))),
    )


def once(failures: Iterable[InputError]) -> list[InputError]:
    """Sort failures by path, each once: broken settings fail for every file of their folder."""
    return sorted({str(failure): failure for failure in failures}.values(), key=lambda e: (e.path, str(e)))


def read_text_file(path: Path) -> str:
    """Return a plain-text file's characters; InputError where there is none to read."""
    if path.is_dir() or not path.exists():
        raise MissingInputError(spelt(path)) if not path.exists() else InputError(spelt(path), "a folder, not a file")
    try:
        return decoded(spelt(path), path.read_bytes()).text
    except OSError as error:
        raise unreadable(path, error) from error


def read_stream(stream: BinaryIO, name: str) -> str:
    """Return what a stream holds, decoded as a file is; its name is for the error."""
    return decoded(name, stream.read()).text


Known = dict[str, Settings | InputError]
"""The settings of folders and addresses, or why there are none."""


def read_each(files: Iterable[Input], readers: Readers, settings: Known, earlier: Cache | None = None) -> list[Reading]:
    """Return what comes of each file, in their order, without regard to others; `settings` keeps those of its folder.

    What other processes read is waited for as late as may be.
    """
    found: list[Reading] = []
    awaited: deque[tuple[int, Later]] = deque()
    for item in files:
        begun = _or_failure(item, _begin, item, settings, readers, earlier)
        if not isinstance(begun, Reading):
            awaited.append((len(found), begun))
            begun = Reading()  # until it is there
        found.append(begun)
        while len(awaited) > _AHEAD:
            place, later = awaited.popleft()
            found[place] = later()
    for place, later in awaited:
        found[place] = later()
    return found


def _begin(item: Input, settings: Known, readers: Readers, earlier: Cache | None) -> Reading | Later:
    told = _settings_of(item, settings)
    begun = recalled.begin(_source(item), told, readers, earlier)
    if isinstance(begun, Reading):
        return _complete(item, told, begun)
    return lambda: _or_failure(item, lambda: _complete(item, told, begun()))


def _complete(item: Input, settings: Settings, reading: Reading) -> Reading:
    beside = _sidecar_of(item) if item.sidecar else _UNTOLD
    return _with_metadata(reading, beside, settings)


def _or_failure(item: Input, read: Callable[P, Result], *given: P.args, **named: P.kwargs) -> Result | Reading:
    """Return what a function returns, or a reading that tells of the error that it raised."""
    try:
        return read(*given, **named)
    except (InputError, OSError) as error:
        failure = error if isinstance(error, InputError) else unreadable(item.shown, error)
        failure.__traceback__ = failure.__context__ = failure.__cause__ = None  # they would keep the file's bytes
        return Reading(failures=(failure,), files=(FileNote(item.source, "", 0, str(failure)),))


def _settings_of(item: Input, known: Known) -> Settings:
    if item.root not in known:
        try:
            known[item.root] = _remote_settings(item.root) if item.is_remote else read_settings(Path(item.root))
        except InputError as error:
            known[item.root] = error
    found = known[item.root]
    if isinstance(found, InputError):
        raise found
    return found


def _remote_settings(root: str) -> Settings:
    try:
        data = remote.data(root, SETTINGS, MAX_FILE)
    except MissingInputError:
        return Settings()
    return parse_settings(remote.shown(root, SETTINGS), data)


def _sidecar_of(item: Input) -> Metadata:
    if not item.is_remote:
        return read_sidecar(Path(item.sidecar))
    return told_by(remote.shown(item.root, item.sidecar), remote.data(item.root, item.sidecar, MAX_FILE))


def _source(item: Input) -> Source:
    """Read the bytes: at most as many as allowed."""
    data = remote.data(item.root, item.path, MAX_FILE) if item.is_remote else _bytes(item)
    if len(data) > MAX_FILE:
        raise _too_large(item)
    return Source(item.source, data, item.shown)


def _bytes(item: Input) -> bytes:
    """Read a file: nothing of one that is too large, and not much too much of one that grows meanwhile."""
    with open(item.path, "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > MAX_FILE:
            raise _too_large(item)
        data = stream.read(size + 1)  # not more: Python asks for room for all of it first
        if len(data) > size:
            data += stream.read(MAX_FILE + 1 - len(data))
    return data


def _too_large(item: Input) -> TooLargeError:
    return TooLargeError(item.shown, f"more than {MAX_FILE // 1_000_000} MB")


def _with_metadata(reading: Reading, sidecar: Metadata, settings: Settings) -> Reading:
    """Fill what each document is known by: the sidecar's word first, then the file's own, then its path's."""
    documents = []
    for document in reading.documents:
        told = filled(sidecar, document.metadata, settings.metadata(document.source))
        home = told.home or settings.home_of(told.newspaper)
        documents.append(replace(document, metadata=Metadata(told.published, told.newspaper, home)))
    return Reading(tuple(documents), reading.failures, reading.warnings, reading.files)


def distinguished(documents: Iterable[Document]) -> list[Document]:
    """Sort; drop copies of one source and content; give different contents of one source different names."""
    unique = sorted({(d.source, d.sha256): d for d in documents}.values(), key=lambda d: (d.source, d.sha256))
    contents: dict[str, int] = defaultdict(int)
    for document in unique:
        contents[document.source] += 1
    renamed = (d if contents[d.source] == 1 else replace(d, source=_renamed(d)) for d in unique)
    return sorted(renamed, key=lambda d: (d.source, d.sha256))


def _renamed(document: Document) -> str:
    source = PurePosixPath(document.source)
    return str(source.with_name(f"{source.stem}~{document.sha256[:8]}{source.suffix}"))
