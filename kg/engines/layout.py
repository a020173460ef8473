"""How lines are laid out in shards, so that a little more graph changes a few files and the graph alone decides all.

In: pieces of lines, each of one group, in the order of their places; what the shards of the last build hold. Out: a
folder of shards. A place is a hash of what a piece is about; all pieces of a kind stand in the order of their places,
and a shard holds those whose place begins with its number in binary. So a shard that no change falls into is the old
file under a second name, and another is copied but for the pieces that changed. The traps: a second name needs the same
file system, else it is a copy; and somebody may have changed an old shard, so that each is known by size and time
before it is used again, and by its checksum when bytes of it are.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from kg.engines.records import ForeignBytesError

TABLES = (
    "CREATE TABLE IF NOT EXISTS piece (writing TEXT, place INTEGER, about TEXT, records INTEGER, size INTEGER, "
    "PRIMARY KEY (writing, place, about)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS shard (writing TEXT, number INTEGER, bits INTEGER, size INTEGER, changed INTEGER, "
    "checksum INTEGER, PRIMARY KEY (writing, number)) WITHOUT ROWID",
)
T = TypeVar("T")
_BITS = 32  # of a place
_SMALL = 1 << 16  # bytes; what is smaller is one shard
_USUAL = {"documents": 600, "articles": 30_000, "entities": 500, "statements": 7_000}
"""Bytes of a piece, as measured; where they are more or less, so are those of a shard."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one group."""

    about: str
    """A subject, and an object where there is one, with a space between."""
    records: int
    lines: bytes


@dataclass(frozen=True, slots=True)
class _Shard:
    number: int
    bits: int
    size: int = 0
    changed: int = 0
    checksum: int = 0

    @property
    def places(self) -> tuple[int, int]:
        """The first place in it, and the first behind it."""
        return self.number << (_BITS - self.bits), (self.number + 1) << (_BITS - self.bits)


def place(about: str) -> int:
    """Return where a piece stands; all that is about one subject stands together."""
    return zlib.crc32(about.partition(" ")[0].encode("utf-8", "surrogatepass"))


def bits_for(writing: str, pieces: int) -> int:
    """Return how many bits of a place number the shards: their number and their size grow with the square root each."""
    bits = 0
    while 4**bits * _SMALL < pieces * _USUAL[writing]:
        bits += 1
    return bits


class Layout:
    """Lays out a new folder of shards beside an old one; a database tells which pieces stand in the old one."""

    def __init__(self, database: sqlite3.Connection, old: Path, new: Path) -> None:
        self._database, self._old, self._new = database, old, new
        self._last: tuple[str, _Shard | None, list[tuple[int, str, bytes]]] = ("", None, [])
        self.kept: set[str] = set()
        """Names of the files that are those of the last build."""

    def forget(self) -> None:
        """Take nothing from the old shards."""
        self._database.execute("DELETE FROM piece")
        self._database.execute("DELETE FROM shard")

    def lost(self, writing: str) -> set[str]:
        """Return what is written in shards that are not there any more as they were."""
        gone = [s for s in self._shards(writing) if _stamp(self._path(writing, s.number)) != (s.size, s.changed)]
        for shard in gone:
            self._database.execute("DELETE FROM shard WHERE writing = ? AND number = ?", (writing, shard.number))
        return {about for shard in gone for _, about, _ in self._pieces(writing, shard)}

    def count(self, writing: str) -> tuple[int, int]:
        """Return how many pieces and records there are."""
        sql = "SELECT count(*), coalesce(sum(records), 0) FROM piece WHERE writing = ?"
        pieces, records = self._database.execute(sql, (writing,)).fetchone()
        return pieces, records

    def known(self, writing: str, abouts: Iterable[str]) -> int:
        """Return how many of these pieces there are."""
        sql = "SELECT count(*) FROM piece WHERE writing = ? AND place = ? AND about = ?"
        return sum(self._database.execute(sql, (writing, place(a), a)).fetchone()[0] for a in abouts)

    def write(self, writing: str, touched: Iterable[str], pieces: Iterable[Piece], count: int) -> None:
        """Write the shards of so many pieces, of which those that are touched are given anew, or gone.

        Pieces come in the order of their places, and of what they are about.
        """
        bits, old = bits_for(writing, count), self._shards(writing)
        self._database.execute("DELETE FROM shard WHERE writing = ?", (writing,))
        gone = _Ahead(sorted((place(about), about) for about in touched))
        came = _Ahead((place(piece.about), piece) for piece in pieces)
        same = {shard.number: shard for shard in old if shard.bits == bits}
        for number in range(2**bits):
            shard = _Shard(number, bits)
            _, end = shard.places
            away, here = set(gone.before(end)), {(at, piece.about): piece for at, piece in came.before(end)}
            if number in same and not away and not here:
                self._keep(writing, same[number])
                continue
            lines = {(at, about): data for at, about, data in self._old_pieces(writing, shard, old)}
            lines = {key: data for key, data in lines.items() if key not in away}
            lines |= {key: piece.lines for key, piece in here.items()}
            self._renew(writing, away, here)
            if lines:
                self._store(writing, shard, b"".join(lines[key] for key in sorted(lines)), same.get(number))

    def write_file(self, name: str, data: bytes) -> None:
        """Write a file that has no pieces."""
        old = self._old / name
        if old.is_file() and not old.is_symlink() and old.read_bytes() == data:
            second_name(old, self._new / name)
            self.kept.add(name)
        else:
            _flushed(self._new / name, data)

    def _renew(self, writing: str, away: set[tuple[int, str]], here: dict[tuple[int, str], Piece]) -> None:
        sql = "DELETE FROM piece WHERE writing = ? AND place = ? AND about = ?"
        self._database.executemany(sql, ((writing, *key) for key in away))
        rows = ((writing, at, about, piece.records, len(piece.lines)) for (at, about), piece in here.items())
        self._database.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?)", rows)

    def _old_pieces(self, writing: str, shard: _Shard, old: list[_Shard]) -> Iterator[tuple[int, str, bytes]]:
        """Yield what old shards have of a new one."""
        first, end = shard.places
        for other in old:
            start, stop = other.places
            if start < end and stop > first:
                yield from (piece for piece in self._read(writing, other) if first <= piece[0] < end)

    def _read(self, writing: str, shard: _Shard) -> list[tuple[int, str, bytes]]:
        """Return the pieces of an old shard; the last is held, since several new ones may be made of it."""
        if self._last[:2] != (writing, shard):
            data = self._path(writing, shard.number).read_bytes()
            if zlib.crc32(data) != shard.checksum:
                raise ForeignBytesError(f"{_name(writing, shard.number)} is not as it was written")
            pieces, offset = [], 0
            for at, about, size in self._pieces(writing, shard):
                pieces.append((at, about, data[offset : offset + size]))
                offset += size
            self._last = writing, shard, pieces
        return self._last[2]

    def _store(self, writing: str, shard: _Shard, data: bytes, was: _Shard | None) -> None:
        """Write a shard, unless it is the old one to the byte."""
        checksum = zlib.crc32(data)
        if was and (was.size, was.checksum) == (len(data), checksum):
            self._keep(writing, was)
            return
        file = self._new / _name(writing, shard.number)
        _flushed(file, data)
        self._note(writing, replace(shard, size=len(data), changed=_stamp(file)[1], checksum=checksum))

    def _keep(self, writing: str, shard: _Shard) -> None:
        """Take an old shard over."""
        name = _name(writing, shard.number)
        second_name(self._old / name, self._new / name)
        self.kept.add(name)
        self._note(writing, replace(shard, changed=_stamp(self._new / name)[1]))

    def _note(self, writing: str, shard: _Shard) -> None:
        values = (writing, shard.number, shard.bits, shard.size, shard.changed, shard.checksum)
        self._database.execute("INSERT INTO shard VALUES (?, ?, ?, ?, ?, ?)", values)

    def _shards(self, writing: str) -> list[_Shard]:
        sql = "SELECT number, bits, size, changed, checksum FROM shard WHERE writing = ? ORDER BY number"
        return [_Shard(*row) for row in self._database.execute(sql, (writing,))]

    def _pieces(self, writing: str, shard: _Shard) -> list[tuple[int, str, int]]:
        sql = (
            "SELECT place, about, size FROM piece WHERE writing = ? AND place >= ? AND place < ? ORDER BY place, about"
        )
        return self._database.execute(sql, (writing, *shard.places)).fetchall()

    def _path(self, writing: str, number: int) -> Path:
        return self._old / _name(writing, number)


class _Ahead(Generic[T]):
    """Gives what comes in the order of places, as far as a place."""

    def __init__(self, items: Iterable[tuple[int, T]]) -> None:
        self._items = iter(items)
        self._next = next(self._items, None)

    def before(self, end: int) -> Iterator[tuple[int, T]]:
        """Yield what stands before a place and was not given yet."""
        while self._next and self._next[0] < end:
            yield self._next
            self._next = next(self._items, None)


def second_name(old: Path, new: Path) -> None:
    """Give a file a second name, or make a copy where the file system knows no second names."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(old, new, follow_symlinks=False)


def _name(writing: str, number: int) -> str:
    return f"{writing}-{number:05}.nq"


def _flushed(file: Path, data: bytes) -> None:
    """Write a file and send it to the disk."""
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _stamp(file: Path) -> tuple[int, int]:
    """Return the size of a file and when it was changed; no file has the size -1."""
    try:
        stat = file.lstat()
    except OSError:
        return -1, 0
    return stat.st_size, stat.st_mtime_ns
