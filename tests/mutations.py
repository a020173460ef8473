"""Files that were once good: samples with bits turned, pieces lost, doubled, exchanged and put in, each from a number.

`python tests/mutations.py 10000` reads so many and tells what came of them; the tests read a few hundred. Whatever is
not read has to end as an InputError within the time that a file has; a fault in a reader that was caught is told too.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError, KgError
from kg.ingest.isolation import Readers
from kg.ingest.reading import Source
from kg.ingest.settings import Settings
from kg.layout import split_articles

SAMPLES = Path(__file__).parent / "ingest" / "samples"
TOKENS = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    "\u202e".encode(),
    "\ud800".encode("utf-8", "surrogatepass"),
    b"<!ENTITY a SYSTEM 'file:///etc/passwd'>&a;",
    b"]]>",
    b"../../",
    b"9" * 400,
    b"[" * 2000,
    b"<div>" * 500,
    b'"',
    b"\r\n\r\n",
    b"# " * 50,
    "下转第2版".encode(),
    b"-2147483649",
)
_SECONDS = 30
_CAUGHT = re.compile(r"\(((?!Unicode)\w*(?:Error|Exception)): .{0,40}")


def samples() -> dict[str, bytes]:
    """Return the samples of all formats, and a text."""
    found = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}
    found["page.txt"] = (found["post.md"].decode() * 3).encode("gb18030")
    return found


def mutated(data: bytes, number: int) -> bytes:
    """Return a file with a few faults, the same ones for the same number."""
    chance = random.Random(number)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) + 1)
        end = min(len(changed), at + chance.choice((1, 2, 8, 64, 1024)))
        match chance.randrange(7):
            case 0 if at < len(changed):
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at:end]
            case 2:
                changed[at:at] = changed[at:end]
            case 3:
                other = chance.randrange(len(changed) + 1)
                changed[at:end] = changed[other : other + end - at]
            case 4:
                changed[at:at] = chance.choice(TOKENS)
            case 5:
                changed[at:end] = chance.randbytes(end - at)
            case _ if chance.randrange(4) == 0:
                del changed[at:]
    return bytes(changed)


def inside(data: bytes, number: int) -> bytes:
    """Return an archive whose members have the faults, so that these get past its check sums."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for n, info in enumerate(old.infolist()):
            content = old.read(info)
            is_chosen = random.Random(number * 31 + n).randrange(2) == 0
            new.writestr(info.filename, mutated(content, number + n) if is_chosen else content)
    return stream.getvalue()


def mutants(count: int, first: int = 0) -> Iterator[Source]:
    """Yield so many faulty files, of each format in turn."""
    known = sorted(samples().items())
    for number in range(first, first + count):
        name, data = known[number % len(known)]
        is_inner = data.startswith(b"PK") and number // len(known) % 2 == 1
        yield Source(f"{number}-{name}", inside(data, number) if is_inner else mutated(data, number))


def outcome(readers: Readers, source: Source) -> str:
    """Read a file and cut it into articles; return what came of it."""
    try:
        reading = readers.read(source, Settings())
    except InputError as error:
        return caught[0] if (caught := _CAUGHT.search(str(error))) else type(error).__name__
    if caught := next((m for failure in reading.failures if (m := _CAUGHT.search(str(failure)))), None):
        return caught[0]
    for document in reading.documents:
        try:
            for article in split_articles(document):
                assert all(span.of(article.text) for span in article.bodies())
        except KgError:
            continue
    return "read" if reading.documents else "members failed"


def main() -> None:
    """Read as many as the command line says, from the number on that it says next."""
    count, first = (*map(int, sys.argv[1:3]), 0)[:2]
    outcomes: Counter[str] = Counter()
    began = time.monotonic()
    with Readers(seconds=_SECONDS) as readers:
        for source in mutants(count, first):
            try:
                outcomes[found := outcome(readers, source)] += 1
            except Exception as error:
                outcomes[found := f"TRACEBACK {type(error).__name__}"] += 1
            if found.startswith(("TRACEBACK", "ReaderLimit", "(")):
                print(source.name, found, flush=True)
    print(f"{count} files in {time.monotonic() - began:.0f} s:", dict(outcomes.most_common()))


if __name__ == "__main__":
    main()
