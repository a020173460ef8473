"""ZIP archives, and the formats that are ZIP inside: opened in memory under limits, nothing is ever written.

The trap: an archive says itself how large its members are, and may lie; so they are read piece by piece up to what is
left. The names are the archive's own: they are never used as paths, and those that climb (`../`) are refused. Chinese
Windows writes them in GB18030 and says nothing.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import DamagedError, HostileError, InputError
from kg.ingest.names import spelt_bytes
from kg.ingest.reading import Source

MAX_UNPACKED = 2_000_000_000  # bytes, of one file that the user named and all that is nested in it
MAX_MEMBER = 500_000_000  # bytes
MAX_MEMBERS = 200_000
MAX_DEPTH = 3  # archives inside of archives
MAX_RATIO = 1_000  # unpacked to packed; text packs to a fifth, ZIP's utmost is 1,032
_MAX_DIRECTORY = 50_000_000  # bytes of the list of members, which is read as a whole
_END = struct.Struct("<4s4H2LH")


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked."""

    size: int = MAX_UNPACKED
    members: int = MAX_MEMBERS

    def spend(self, source: Source, size: int) -> None:
        """Take the size of a member off; HostileError where nothing is left."""
        self.size -= size
        self.members -= 1
        if self.size < 0 or self.members < 0:
            raise HostileError(
                source.shown, f"unpacked it is more than {MAX_UNPACKED:,} bytes or {MAX_MEMBERS:,} files"
            )


def opened(source: Source) -> zipfile.ZipFile:
    """Open an archive whose list of members is sound and whose sizes are believable."""
    _check_directory(source)
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise DamagedError(source.shown, str(error)) from error
    size = sum(info.file_size for info in archive.infolist())
    packed = max(1, min(len(source.data), sum(info.compress_size for info in archive.infolist())))
    if size > MAX_UNPACKED or (size > 10_000_000 and size > MAX_RATIO * packed):
        raise HostileError(source.shown, f"{packed:,} bytes would be unpacked to {size:,}")
    return archive


def unpacked(source: Source, budget: Budget) -> Iterator[Source | InputError]:
    """Yield the files of an archive in their order, an error for each that cannot be had."""
    with opened(source) as archive:
        # ZipInfo.is_dir looks at the last letter of the name, also of one that has none.
        names = {name_of(info): info for info in archive.infolist() if not info.filename.endswith("/")}
        for name, info in names.items():
            if _is_passed_over(name):
                continue
            member = source.member(name, b"")
            try:
                _check_member(member, info)
                data = content(archive, info, member, budget)
                beside = names.get(name.rpartition(".")[0] + ".meta.toml")
                sidecar = content(archive, beside, member, budget) if beside else b""
                yield Source(member.name, data, member.path, sidecar)
            except HostileError as error:
                if budget.size < 0 or budget.members < 0:
                    raise
                yield error
            except InputError as error:
                yield error


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Source, budget: Budget) -> bytes:
    """Return the bytes of a member, as many as may be."""
    limit = min(MAX_MEMBER, budget.size)
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise DamagedError(member.shown, str(error)) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise HostileError(member.shown, "it is locked with a password") from error
    budget.spend(member, len(data))
    if len(data) > limit:
        raise HostileError(member.shown, f"unpacked it is more than {limit:,} bytes")
    return data


def name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name; one that is not marked as UTF-8 may be GB18030."""
    if info.flag_bits & 0x800:
        return info.filename
    return spelt_bytes(info.filename.encode("cp437", "replace"))


def _check_directory(source: Source) -> None:
    """Refuse a list of members that would not fit: zipfile reads it whole."""
    at = source.data.rfind(b"PK\5\6", max(0, len(source.data) - 66_000))
    if at < 0 or len(source.data) < at + _END.size:
        raise DamagedError(source.shown, "no ZIP archive, or cut off")
    size = _END.unpack_from(source.data, at)[5]
    if size != 0xFFFFFFFF and size > _MAX_DIRECTORY:
        raise HostileError(source.shown, f"its list of files alone has {size:,} bytes")


def _check_member(member: Source, info: zipfile.ZipInfo) -> None:
    parts = name_of(info).replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or parts[0].endswith(":"):
        raise HostileError(member.shown, "its path leads out of the archive")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise HostileError(member.shown, "it is a link")


def _is_passed_over(name: str) -> bool:
    """Tell what is no source: hidden files, those of macOS, sidecars and settings."""
    parts = name.split("/")
    is_hidden = any(part.startswith(".") and part != ".." for part in parts) or parts[0] == "__MACOSX"
    return is_hidden or name.endswith((".meta.toml", "kg.toml"))
