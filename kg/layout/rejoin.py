"""Put paragraphs together again that the page broke: lines in, whole paragraphs out.

The trap: a short line without a full stop between two paragraphs is either the first half of a broken one or a
subheading; only its form, its punctuation and the words at the break tell which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.layout.lines import Kind, Line, has_open_quote, is_closed, width
from kg.layout.names import without_alignment
from kg.text import words

_MAX_SUBHEADING = 20
_MAX_PARAGRAPH = 10_000  # characters; none is printed so long, and joining without a limit would be quadratic
_MAX_COLUMN = 90  # half-width columns; a longer line is a paragraph, not a printed line
_ORDINAL = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)]|[、.．])|[①-⑳●■◆▶★]|第[一二三四五六七八九十]+[，、：]"
)
_LIST_SIGNS = re.compile(r"[。，、；：！？…）)]")
# A space that only fills a printed line: 逐 户画像, 年产 高纯镁砂; in brackets it parts the names of reporters.
_STRAY = re.compile(
    r"([（(][^（()）]*[）)])|(?<=[\u4e00-\u9fff\d，、；。”])[ \u3000]+(?=[\u4e00-\u9fff\d“])(?!通讯员|记者|摄|文)"
)
_UNEVEN = 2  # characters by which the halves of a headline with a comma may differ


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join lines that were cut at a fixed width, as text copied out of a page is.

    A run of lines of one width is one paragraph, up to the next indented line or the first shorter one.
    """
    joined: list[Line] = []
    for block in _blocks(lines):
        full = max(width(line.text) for line in block) - 4 if _may_be_wrapped(block) else 0
        if not full or full > _MAX_COLUMN or not _is_wrapped(block, full):
            joined += block
            continue
        is_open = False
        for line in block:
            if is_open and not line.is_indented:
                joined[-1] = _with(joined[-1], line)
            else:
                joined.append(line)
            is_open = width(line.text) >= full
    return joined


def _with(before: Line, after: Line) -> Line:
    """Join two printed lines of one paragraph; in a column, spaces inside of them mean nothing."""
    parts = (_STRAY.sub(r"\1", t) if width(t) <= _MAX_COLUMN else t for t in (before.text, after.text))
    return replace(before, text="".join(parts))


def rejoin(lines: Sequence[Line]) -> list[Line]:
    """Join each paragraph that a column break cut with its rest, also across blank lines and captions."""
    body = [line for line in lines if line.kind is Kind.TEXT]
    is_indenting = 2 * sum(line.is_indented for line in body) > len(body)
    subheadings = _subheadings(lines)
    result: list[Line] = []
    open_at = -1
    for i, line in enumerate(lines):
        if line.kind is not Kind.TEXT:
            result.append(line)
            open_at = open_at if line.kind is Kind.CAPTION else -1
        elif open_at >= 0 and not (is_indenting and line.is_indented) and _goes_on(result[open_at].text, line.text):
            result[open_at] = _with(result[open_at], line)
        else:
            result.append(replace(line, kind=Kind.PARAGRAPH))
            open_at = -1 if i in subheadings or line.is_whole else len(result) - 1
    return [replace(r, text=without_alignment(r.text)) if r.kind is Kind.PARAGRAPH else r for r in result]


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines without a blank line between; what is known to be a headline is joined to none."""
    block: list[Line] = []
    for line in lines:
        if block and (line.gap or Kind.TITLE in (line.kind, block[-1].kind)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _may_be_wrapped(block: Sequence[Line]) -> bool:
    """Spare the lines whose width need not be counted: too few of them, or one of more characters than a column has."""
    return len(block) > 2 and all(not line.is_whole and len(line.text) <= _MAX_COLUMN + 4 for line in block)


def _is_wrapped(block: Sequence[Line], full: int) -> bool:
    """Tell whether a block is prose of one width: its lines are full but for the last of each paragraph."""
    broken = [a for a, b in pairwise(block) if not b.is_indented]
    full_lines = [line for line in broken if width(line.text) >= full]
    cut = sum(not is_closed(line.text) for line in full_lines)
    return bool(broken) and len(full_lines) == len(broken) and cut > len(full_lines) // 2


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a paragraph is not over yet, judged by its end and by what follows."""
    if not is_closed(before):
        return len(before) < _MAX_PARAGRAPH
    closing, opening = after.find("”"), after.find("“")
    return has_open_quote(before) and closing >= 0 and (opening < 0 or closing < opening)


def _subheadings(lines: Sequence[Line]) -> set[int]:
    """Return where subheadings stand; one that is not numbered must have another beside it in its article."""
    found: set[int] = set()
    article: list[int] = []
    for i, line in enumerate([*lines, Line("", Kind.TITLE)]):
        if line.kind is Kind.TITLE:
            found.update(article if len(article) > 1 else ())
            article = []
        elif line.kind is Kind.TEXT and not is_closed(line.text) and (after := _next_text(lines, i)):
            if _ORDINAL.match(line.text) and len(line.text) <= 2 * _MAX_SUBHEADING:
                found.add(i)
            elif _could_be_subheading(line.text, after):
                article.append(i)
    return found


def _could_be_subheading(text: str, after: str) -> bool:
    """Tell a subheading from the short first half of a paragraph.

    `党建引领，织密治理网` stands alone; `为强化保障，某镇创新考评机` goes on: its comma cuts it unevenly, and the
    break runs through a word.
    """
    if (
        len(text) > _MAX_SUBHEADING
        or re.search("[。！？]", text)
        or has_open_quote(text)
        or text.count("（") > text.count("）")
    ):
        return False
    if not is_closed(after) and len(after) <= _MAX_SUBHEADING:
        return False
    if text[-1] in "，,、—" or text[-1].isascii() or _LIST_SIGNS.match(after) or _LIST_SIGNS.search(after[1:3]):
        return False
    halves = re.split("[，,]", text)
    if len(halves) > 1 and (len(halves) > 2 or abs(len(halves[0]) - len(halves[1])) > _UNEVEN):
        return False
    return not _breaks_a_word(text, after)


def _breaks_a_word(before: str, after: str) -> bool:
    """Tell whether the words of the joined text run across the break: 机|制."""
    head, tail = before[-8:], after[:8]
    position = 0
    for word in words(head + tail):
        if position < len(head) < position + len(word):
            return True
        position += len(word)
    return False


def _next_text(lines: Sequence[Line], i: int) -> str:
    """Return the next body text of the same article; empty where a title or byline comes first."""
    for line in lines[i + 1 :]:
        if line.kind in (Kind.TITLE, Kind.BYLINE):
            return ""
        if line.kind is Kind.TEXT:
            return line.text
    return ""
