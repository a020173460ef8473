"""Pure string functions: width and quote folding, sentences and clauses, words.

Everything takes and returns offsets of the string that it is given, half-open, in characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate

from kg.characters import same_script
from kg.model import Span

_SENTENCE_END = "。！？；\n"
_CLOSERS = "”’》）」』】"
_SENTENCE = re.compile(f"[^{_SENTENCE_END}]*+[{_SENTENCE_END}][{_CLOSERS}]*+|[^{_SENTENCE_END}]++")
_ENDS_SENTENCE = re.compile(f"[{_SENTENCE_END}]")
_NAME_MARKS = str.maketrans("", "", "“”‘’\"'《》〈〉「」『』()（）[]【】 \t\u3000·")


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return the form in which names are compared: NFKC, simplified, without quotes, brackets and white space."""
    return same_script(unicodedata.normalize("NFKC", name).translate(_NAME_MARKS).lower())


def bare(name: str) -> str:
    """Return a name without a pair of quotation marks that encloses all of it."""
    if len(name) > 2 and name[0] in "“‘「『" and name[-1] in "”’」』":
        inside = "“”" if name[0] == "“" else "“”‘’"  # “服务‘三农’行动” is one name, “甲”和“乙” are two
        if not any(c in inside for c in name[1:-1]):
            return name[1:-1]
    return name


_HALF_TO_FULL = str.maketrans(",:;?!()", "，：；？！（）")
_HALF = re.compile(r"(?<![\x00-\x7f])[,:;?!()]+|[,:;?!()]+(?![\x00-\x7f])|(?<=[)\]])[,;]")


_STRAIGHT = re.compile(r'"([^"\n]+)"')


def widened(text: str) -> str:
    """Return a text with half-width punctuation beside Chinese characters made full-width, `近日,某镇` to `近日，某镇`.

    Straight quotation marks become “ and ” where a line holds pairs of them. Web pages often print half-width
    marks; offsets stay as they are.
    """
    wide = _HALF.sub(lambda m: m.group().translate(_HALF_TO_FULL), text)
    return _STRAIGHT.sub(r"“\1”", wide)


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """Yield sentences (ended by 。！？； or a line end, closing quotes included), outer spaces dropped."""
    yield from _sentences(text, *(within.start, within.end) if within else (0, len(text)))


@lru_cache(maxsize=1024)  # each paragraph is asked for by some twenty rules
def _sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    found = (_trimmed(text, m.start(), m.end()) for m in _SENTENCE.finditer(text, start, end))
    return tuple(span for span in found if span)


def occurrences(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield where the words begin in a text, left to right, none overlapping the one before."""
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + len(words), end)


_ENCLOSED_OR_END = re.compile(
    r"“[^”，。！？]*”|‘[^’，。！？]*’|《[^》]*》|（[^）]*）|\([^)]*\)|(?P<end>[，：；。！？])"
)


def clauses(text: str, within: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence, cut at ，：； outside names in quotation marks and outside brackets.

    Direct speech is cut as well (`“项目已开工，预计8月试运营。”`): only a quotation without a comma is a name.
    """
    begin = within.start
    for m in _ENCLOSED_OR_END.finditer(text, within.start, within.end):
        if m["end"] is None:
            continue
        if (span := _trimmed(text, begin, m.start())) and span.of(text).strip(_CLOSERS):
            yield span
        begin = m.end()
    if (span := _trimmed(text, begin, within.end)) and span.of(text).strip(_CLOSERS):
        yield span


class Endings:
    """Words to be found by where they end: all that end at an offset, without a try of each."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}
        self.last_characters = frozenset(lengths)

    def at(self, text: str, end: int) -> list[str]:
        """Return the words that end at the offset, the longest first."""
        lengths = self._lengths.get(text[end - 1 : end], ())
        return [word for n in lengths if n <= end and (word := text[end - n : end]) in self._words]


def sentence_at(text: str, offset: int) -> Span:
    """Return the sentence in which the offset stands."""
    line = text.rfind("\n", 0, offset)
    begin = max(line, *(text.rfind(c, line + 1, offset) for c in _SENTENCE_END)) + 1
    while begin < offset and text[begin] in _CLOSERS:
        begin += 1
    m = _ENDS_SENTENCE.search(text, offset)
    end = m.end() if m else len(text)
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return _trimmed(text, begin, end) or Span(begin, end)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


@cache
def _segmenter() -> object:
    try:
        import rjieba
    except ImportError:
        from kg.segmentation import JiebaSegmenter

        return JiebaSegmenter()
    return rjieba


_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")


def _whole(text: str) -> str:
    """Return a text of the same length without halves of characters, which Python's strings hold and Rust's do not."""
    return _HALF_CHARACTER.sub("\ufffd", text)


def _as_written(text: str, cut: Iterable[str]) -> list[str]:
    """Return the words of a text as they stand in it, cut where its whole one was."""
    ends = list(accumulate(map(len, cut)))
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def words(text: str) -> list[str]:
    """Cut a text into words as jieba does."""
    try:
        return _segmenter().cut(text)  # type: ignore[attr-defined, no-any-return]
    except UnicodeEncodeError:
        return _as_written(text, words(_whole(text)))


@lru_cache(maxsize=512)  # one stretch is looked at by several rules in a row
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Cut a text into words with jieba's part-of-speech tags (`n`, `v`, `ns`, …); a guess for unknown words."""
    try:
        return tuple(_segmenter().tag(text))  # type: ignore[attr-defined]
    except UnicodeEncodeError:
        found = tagged(_whole(text))
        return tuple(zip(_as_written(text, (word for word, _ in found)), (tag for _, tag in found), strict=True))


def is_word(text: str) -> bool:
    """Tell whether jieba's dictionary holds the text as a word; names of firms mostly are not in it."""
    try:
        return bool(_segmenter().has_word(text))  # type: ignore[attr-defined]
    except UnicodeEncodeError:
        return False


def dictionary_words(text: str) -> list[str]:
    """Cut a text into words of jieba's dictionary alone: what it does not know falls apart into characters."""
    try:
        return _segmenter().cut(text, hmm=False)  # type: ignore[attr-defined, no-any-return]
    except UnicodeEncodeError:
        return _as_written(text, dictionary_words(_whole(text)))
