"""Bytes → text: UTF-8, UTF-16, GB18030 or Big5, told by what the characters would be.

The trap: almost any bytes are valid GB18030 and many are valid Big5, so that validity alone would garble one as the
other. What decides is the share of characters that modern Chinese uses often. Where two encodings come close, the
better one is taken and the doubt is told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from kg.errors import BinaryInputError, EmptyInputError, EncodingDoubt, EncodingError, LongLineError, TooLargeError

MAX_LINE = 1_000_000  # characters; a longer line is no paragraph of anything, and what reads lines would hold it whole
MAX_TEXT = 100_000_000  # bytes; as a text in memory it takes four times as much
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_MIN_COMMON_SHARE = 0.75  # real text has > 0.95 here; what is read in a wrong encoding < 0.65
_CLOSE = 0.15  # between the shares of two encodings: the doubt is told
_SAMPLE = 20_000  # characters that are looked at; the start of a text tells as much as all of it
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
# Turns the direction of what follows, in every program that shows it; no text needs them.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNWANTED = re.compile(f"{_DIRECTIONS.pattern}|{_SURROGATES.pattern}")
_CONTROL = re.compile(f"[{re.escape(_CONTROLS.decode())}]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was read in."""

    text: str
    encoding: str
    rival: str = ""
    """The other encoding that it may as well be in; empty where there is no doubt."""

    def doubt(self, path: str) -> EncodingDoubt | None:
        """Return the warning that tells of the doubt; None where there is none."""
        if not self.rival:
            return None
        return EncodingDoubt(path, f"taken for {_NAMES[self.encoding]}, might be {_NAMES[self.rival]}")


def decoded(path: str, data: bytes, declared: str = "") -> Decoded:
    """Return the text of a file, with `\\n` as its line ends; an encoding that the file declares is tried first."""
    if len(data) > MAX_TEXT:
        raise TooLargeError(path, f"more than {MAX_TEXT // 1_000_000} MB of text")
    if not data.strip():
        raise EmptyInputError(path)
    found = _declared(data, declared) or _with_bom(data) or _without_bom(path, data)
    if "\0" in found.text or _control_share(found.text) > 0.01:
        raise BinaryInputError(path)
    text = cleaned(found.text)
    if not text.strip():
        raise EmptyInputError(path)
    if longest := _too_long(text):
        raise LongLineError(path, f"{longest:,} characters", f"line {_line_of(text)}")
    return found if text is found.text else Decoded(text, found.encoding, found.rival)


def cleaned(text: str) -> str:
    """Return a text without what no text needs: other line ends, half characters, signs that turn the direction."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _UNWANTED.search(text):  # one look is less than two replacements, and few texts need them
        return text
    return _SURROGATES.sub("\ufffd", _DIRECTIONS.sub("", text))


def as_utf8(data: bytes) -> str | None:
    """Decode UTF-8, with or without a mark at its start; None where it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def as_gb18030(data: bytes) -> str | None:
    """Decode GB18030, unless too few of the characters are ones that modern Chinese uses."""
    text = _strictly(data, "gb18030")
    return text if text is not None and common_share(text, "gb18030") >= _MIN_COMMON_SHARE else None


def common_share(text: str, encoding: str = "utf-8") -> float:
    """Return which share of the characters outside ASCII is in common use, from 0 to 1; 1 where there are none."""
    foreign = [c for c in text[:_SAMPLE] if not c.isascii()]
    return sum(_is_common(c, encoding) for c in foreign) / len(foreign) if foreign else 1.0


def _declared(data: bytes, encoding: str) -> Decoded | None:
    """Believe a page's own word, unless its bytes say otherwise; gb2312 there means GB18030."""
    try:
        name = codecs.lookup(encoding).name if encoding else ""
    except LookupError:
        return None
    name = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)
    if name not in ("utf-8", *_GUESSED) or (text := _strictly(data, name)) is None:
        return None
    return Decoded(text.removeprefix("\ufeff"), name) if common_share(text, name) >= _MIN_COMMON_SHARE else None


def _with_bom(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark) and (text := _strictly(data, encoding)) is not None:
            is_text = encoding == "utf-8-sig" or common_share(text) >= _MIN_COMMON_SHARE
            return Decoded(text, encoding) if is_text else None
    return None


def _without_bom(path: str, data: bytes) -> Decoded:
    """Take the encoding in which most of the characters are common ones."""
    if b"\0" not in data and (text := as_utf8(data)) is not None:
        return Decoded(text, "utf-8")
    shares = sorted(
        (-_share(text, e), n, e, text) for n, e in enumerate(_GUESSED) if (text := _strictly(data, e)) is not None
    )
    if not shares or -shares[0][0] < _MIN_COMMON_SHARE:
        is_binary = b"\0" in data or len(data.translate(None, _CONTROLS)) < 0.99 * len(data)
        raise BinaryInputError(path) if is_binary else EncodingError(path)
    best, _, encoding, text = shares[0]
    rival = shares[1][2] if len(shares) > 1 and shares[1][0] - best < _CLOSE else ""
    return Decoded(text, encoding, rival)


def _share(text: str, encoding: str) -> float:
    """Bytes that are ASCII in pairs make rare Han in UTF-16, and NUL has no place in any text."""
    return 0.0 if "\0" in text else common_share(text, encoding)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


@cache
def _is_common(character: str, encoding: str) -> bool:
    """Tell whether the character sets' first levels hold it, by how often it is used: signs and the frequent Han.

    GB 2312 has signs in rows 1–9 and 3,755 Han in rows 16–55; Big5 has signs in A1–A3 and 5,401 Han in A4–C6.
    """
    gb = character.encode("gb2312", errors="ignore")
    big5 = character.encode("big5", errors="ignore")
    return (bool(gb) and (gb[0] <= 0xA9 or 0xB0 <= gb[0] <= 0xD7)) or (bool(big5) and 0xA1 <= big5[0] <= 0xC6)


def _control_share(text: str) -> float:
    return len(_CONTROL.findall(text)) / max(1, len(text))


def _too_long(text: str) -> int:
    """Return the length of the first line that is longer than any paragraph, 0 where there is none."""
    if len(text) <= MAX_LINE:
        return 0
    return next((len(line) for line in text.split("\n") if len(line) > MAX_LINE), 0)


def _line_of(text: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), start=1) if len(line) > MAX_LINE)
