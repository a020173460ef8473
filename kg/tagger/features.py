"""What the tagger sees of each character: its neighbours, jieba's words around it, and what word lists say.

In: a text. Out: feature numbers, an array a template, an element a character; each number is a hash of the template
and of what it saw, below 2^BITS. The trap: training and tagging must make the same numbers, so nothing here may depend
on Python's own string hash or on the order of a set.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from kg import vocab
from kg.tagger.substrings import Codes, Hashed, WordLists, code_points
from kg.text import tagged
from kg.vocab import divisions

Features = npt.NDArray[np.int64]
_Column = npt.NDArray[np.uint64]

BITS = 20
_SEED = 0x9E3779B97F4A7C15
_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)
_PLANE = 1 << 16
_DIGIT, _LATIN, _DOT = ord("0"), ord("a"), ord("·")
_OTHER_DOTS = "•・．‧"
_SENTENCE_END = "。！？；\n"
_HAN = (0x4E00, 0x9FFF)
_TRANSCRIBING_AT_LEAST = 12
"""A character that this many names of foreign places hold is one that transcriptions are written with."""
_FAR = 14
"""An organization's name of more characters than this is rare; how far its head noun may be ahead."""


def feature_numbers(text: str) -> list[Features]:
    """Return for each template the feature numbers of a text's characters."""
    codes = _folded(code_points(text))
    columns = [*_characters(codes), *_words(text, codes), *_lists(codes)]
    return [_number(template, column) for template, column in enumerate(columns)]


def _number(template: int, column: _Column) -> npt.NDArray[np.int64]:
    mixed = (column + np.uint64((template + 1) * _SEED % (1 << 64))) * _MULTIPLIER
    mixed ^= mixed >> _SHIFT
    return (mixed * _MULTIPLIER >> np.uint64(64 - BITS)).astype(np.int64)


def _both(*columns: _Column) -> _Column:
    """Join what several columns say into one."""
    joined = columns[0].astype(np.uint64)
    for column in columns[1:]:
        joined = (joined ^ (joined >> _SHIFT)) * _MULTIPLIER + column.astype(np.uint64)
    return joined


def _at(column: npt.NDArray[np.generic], offset: int) -> _Column:
    """Return the column moved: what stands `offset` characters further on, 0 beyond the ends."""
    moved = np.zeros(len(column), dtype=np.uint64)
    if 0 <= offset < len(column):
        moved[: len(column) - offset] = column[offset:]
    elif -len(column) < offset < 0:
        moved[-offset:] = column[:offset]
    return moved


@cache
def _folding() -> npt.NDArray[np.uint32]:
    """Return the code points with digits, Latin letters and dots made one each."""
    table = np.arange(_PLANE, dtype=np.uint32)
    for low, high, to in (("0", "9", _DIGIT), ("０", "９", _DIGIT), ("a", "z", _LATIN), ("A", "Z", _LATIN)):
        table[ord(low) : ord(high) + 1] = to
    table[ord("Ａ") : ord("Ｚ") + 1] = _LATIN
    table[ord("ａ") : ord("ｚ") + 1] = _LATIN
    table[[ord(dot) for dot in _OTHER_DOTS]] = _DOT
    return table


def _folded(codes: Codes) -> Codes:
    return _folding()[np.minimum(codes, _PLANE - 1)]


def _characters(codes: Codes) -> list[_Column]:
    """Return the characters around, alone and joined: 在 before, 会 behind, 海淀, 淀区."""
    b2, b1, here, n1, n2 = (_at(codes, i) for i in (-2, -1, 0, 1, 2))
    kinds = _kinds(codes)
    return [
        *(b2, b1, here, n1, n2),
        *(_both(b2, b1), _both(b1, here), _both(here, n1), _both(n1, n2), _both(b1, n1)),
        *(_both(b1, here, n1), _both(b2, b1, here), _both(here, n1, n2)),
        _both(*(_at(kinds, i) for i in (-2, -1, 0, 1, 2))),
    ]


def _kinds(codes: Codes) -> _Column:
    """Return 1 for Chinese characters, 2 digits, 3 Latin, 4 the dot in a name, 5 ends of sentences, 6 others."""
    kinds = np.full(len(codes), 6, dtype=np.uint64)
    kinds[(codes >= _HAN[0]) & (codes <= _HAN[1])] = 1
    for code, kind in ((_DIGIT, 2), (_LATIN, 3), (_DOT, 4)):
        kinds[codes == code] = kind
    kinds[np.isin(codes, [ord(c) for c in _SENTENCE_END])] = 5
    return kinds


def _words(text: str, codes: Codes) -> list[_Column]:
    """Return jieba's word at the character, those around it, their tags, and where in the word it stands."""
    words = tagged(text)
    lengths = np.array([len(word) for word, _ in words], dtype=np.int64)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    shape = Hashed(codes).of(starts, ends)
    tags = np.array([_tag_number(tag) for _, tag in words], dtype=np.uint64)
    last = codes[ends - 1].astype(np.uint64)
    last_two = _both(codes[np.maximum(ends - 2, starts)], last)
    within = np.arange(len(codes)) - np.repeat(starts, lengths)
    place = (np.minimum(within, 2) * 3 + np.minimum(np.repeat(lengths, lengths) - within - 1, 2)).astype(np.uint64)

    def spread(column: npt.NDArray[np.generic], offset: int = 0) -> _Column:
        return np.repeat(_at(column, offset), lengths)

    tag = {i: spread(tags, i) for i in range(-2, 4)}
    return [
        *(_both(place, spread(shape, i)) for i in (-1, 0, 1)),
        *(_both(place, tag[i], tag[i + 1]) for i in (-1, 0)),
        *(_both(place, tag[i - 1], tag[i], tag[i + 1]) for i in (-1, 0, 1)),
        _both(place, tag[0], tag[1], tag[2], tag[3]),
        _both(place, spread(shape, -1), tag[0]),
        _both(place, tag[0], spread(shape, 1)),
        _both(place, tag[-1], spread(shape, 0)),
        *(_both(place, tag[0], spread(column, i)) for column in (last, last_two) for i in (0, 1, 2)),
        _both(place, spread(shape, -2)),
        _both(place, spread(shape, 2)),
        _both(place, tag[0], spread(np.minimum(lengths, 4)), spread(np.minimum(lengths, 4), 1)),
    ]


@cache
def _tag_number(tag: str) -> int:
    return sum(ord(c) << 7 * i for i, c in enumerate(tag[:4]))


@cache
def _word_lists() -> WordLists:
    towns = (division.name for division in _all_townships())
    return WordLists(
        {
            "division": [*(d.name for d in divisions.upper()), *towns],
            "short": [form for d in divisions.upper() for form in divisions.short_forms(d)],
            "world": vocab.words("world_places", "name"),
            "surname": vocab.words("surnames", "surname"),
            "common": vocab.words("surnames", "surname", **{"class": "common"}),
            "role": vocab.words("roles"),
            "head": vocab.words("org_heads", "head", type="Organization"),
            "facility": vocab.words("org_heads", "head", type="Facility"),
            "speech": vocab.words("speech_verbs"),
            "lookalike": vocab.words("name_lookalikes"),
        }
    )


def _all_townships() -> list[divisions.Division]:
    return [t for d in divisions.upper() if d.level == 0 for t in divisions.townships(d.code)]


def _lists(codes: Codes) -> list[_Column]:
    """Return what the word lists say: places, surnames, given names, roles, head nouns, transcriptions."""
    found = _word_lists().matches(Hashed(codes), len(codes))
    marks = {
        name: _both(np.minimum(m.starting, 5), np.minimum(m.ending, 5), np.minimum(m.covering, 5))
        for name, m in found.items()
    }
    ahead = _ahead(found["head"].ending, codes)
    facility = _ahead(found["facility"].ending, codes)
    surname = np.minimum(found["surname"].starting, 2) + 3 * (found["common"].starting > 0)
    given = _given(codes)
    role_next, role_before = _at(np.minimum(found["role"].starting, 2), 1), _at(np.minimum(found["role"].ending, 2), -1)
    run = _transcribed(codes)
    return [
        *(marks[name] for name in ("division", "short", "world", "role", "head", "facility", "speech")),
        _both(marks["division"], marks["short"], marks["world"]),
        _both(ahead, marks["division"], marks["short"], marks["world"]),
        _both(ahead, _at(codes, 0)),
        _both(ahead, facility, marks["head"]),
        _both(_at(surname, 0), given),
        _both(_at(surname, 0), given, role_before),
        *(_both(_at(surname, -i), _at(given, -i)) for i in (1, 2)),
        _both(_at(surname, -1), _at(given, -1), role_next),
        _both(_at(surname, -2), _at(given, -2), role_next, _at(marks["speech"], 1)),
        _both(role_before, role_next),
        run,
        _both(run, _at(run, 1), _at(run, -1)),
        marks["lookalike"],
    ]


def _ahead(ending: npt.NDArray[np.int64], codes: Codes) -> _Column:
    """Return how far ahead the next head noun ends, with nothing but Chinese characters between; 0 for no such."""
    distance = np.zeros(len(codes), dtype=np.int64)
    is_open = (codes >= _HAN[0]) & (codes <= _HAN[1])
    reach = np.where(ending > 0, 1, 0)
    for _ in range(_FAR):
        distance = np.where((distance == 0) & (reach > 0), reach, distance)
        behind = np.zeros_like(distance)
        behind[:-1] = np.where((distance[1:] > 0) & (distance[1:] < _FAR) & is_open[1:], distance[1:] + 1, 0)
        reach = behind
    return distance.astype(np.uint64)


@cache
def _given_tables() -> dict[str, npt.NDArray[np.int64]]:
    """Return, by code point, how like a given name's single, middle and last character each is."""
    tables = {}
    for column in ("single", "middle", "last"):
        tables[column] = np.full(_PLANE, -60, dtype=np.int64)
        for row in vocab.lexicon("name_characters"):
            tables[column][ord(row["character"])] = int(row[column])
    return tables


def _given(codes: Codes) -> _Column:
    """Return how like a given name the one and the two characters behind are, coarsely."""
    tables = _given_tables()
    first, second = _at(codes, 1).astype(np.int64), _at(codes, 2).astype(np.int64)
    alone = np.clip(tables["single"][first] // 10, -3, 4) + 3
    pair = np.clip((tables["middle"][first] + tables["last"][second]) // 12, -3, 6) + 3
    both: _Column = (alone * 10 + pair).astype(np.uint64)
    return both


@cache
def _transcribing() -> npt.NDArray[np.bool_]:
    counts = np.zeros(_PLANE, dtype=np.int64)
    for name in vocab.words("world_places", "name"):
        for character in set(name):
            counts[ord(character)] += 1
    return counts >= _TRANSCRIBING_AT_LEAST


def _transcribed(codes: Codes) -> _Column:
    """Return how long the run of transcribing characters around is, up to 7, and whether it holds a dot."""
    is_dot = codes == _DOT
    inside = _transcribing()[codes] | is_dot
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    dots = np.concatenate([[0], np.cumsum(is_dot)])
    value = np.minimum(ends - starts, 7) * 2 + (dots[ends] > dots[starts])
    run = np.zeros(len(codes), dtype=np.uint64)
    run[inside] = np.repeat(value, ends - starts)
    return run
