"""Tell titles, bylines, captions and imprints from body text; each function takes lines and returns lines.

The trap is the order: a byline of bare names is only believed under a line that could be a title, and a title is
only believed above a byline, above a news opening, or at the top; everything else short may as well be the first
half of a broken paragraph or a subheading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median_low

from kg.layout.credits import byline_credits, caption_credits, dateline_credits, is_dateline, signature_credits
from kg.layout.lines import Kind, Line, is_closed
from kg.vocab import words

_MAX_TITLE = 60
_MAX_TITLE_LINES = 3
_MAX_IMPRINT = 80
_MAX_CAPTION = 300
_MAX_SIGNED_CAPTION = 60
_DATE = r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
_FOLIO = re.compile(
    rf"第?\s*[A-Z]?\d{{1,3}}\s*版?|{_DATE}(?:\s*[（(]?星期.{{0,20}})?|[（(]?[上下][接转].{{0,12}}版.{{0,12}}[)）]?"
)
_GOES_ON = "，。；：、"  # a line of bare names never ends so: 赶到农业银行夹山支行， is a column's line
_CAPTION_SIGNS = "▲△▼▽↑↓←→◀▶"


def drop_imprints(lines: Sequence[Line]) -> list[Line]:
    """Leave out what belongs to the page and to no article: `责任编辑：甲乙 版式：丙丁`, folios, `下转第三版`."""
    return [line for line in lines if line.kind is Kind.TITLE or not _is_imprint(line.text)]


def mark_captions(lines: Sequence[Line]) -> list[Line]:
    """Mark the words under pictures; a credit on a line of its own joins the line above."""
    marked: list[Line] = []
    for line in lines:
        if line.kind is Kind.TITLE:
            marked.append(line)
            continue
        credit = caption_credits(line.text) if len(line.text) <= _MAX_CAPTION else None
        alone = byline_credits(line.text) if credit else None
        above = marked[-1] if marked else None
        if alone and (alone.authors or (above and byline_credits(above.text))):
            marked.append(line)  # `记者 甲乙 文 丙丁 摄`, `图/丙丁` under `文/甲乙`: a byline
        elif alone and above and _could_be_caption(above):
            marked[-1] = replace(above, text=f"{above.text} {line.text}", kind=Kind.CAPTION)
        elif credit or _opens_caption(line.text):
            marked.append(replace(line, kind=Kind.CAPTION))
        else:
            marked.append(line)
    return marked


def mark_bylines(lines: Sequence[Line]) -> list[Line]:
    """Mark lines of authors: those with a role word anywhere, those of bare names only under a possible title."""
    marked: list[Line] = []
    for i, line in enumerate(lines):
        if line.kind is Kind.TEXT and (found := byline_credits(line.text)):
            below = lines[i + 1] if i + 1 < len(lines) else None
            is_bare = line.text[-1] not in _GOES_ON and _is_under_title(marked, below)
            if found.has_role or is_bare:
                line = replace(line, kind=Kind.BYLINE)
        marked.append(line)
    return marked


def mark_titles(lines: Sequence[Line]) -> list[Line]:
    """Mark headlines, up to three lines (kicker, headline, subtitle) of them together.

    Where the source itself has marked some, those are all there are: a subheading is none.
    """
    kinds = [line.kind for line in lines]
    if Kind.TITLE in kinds:
        return list(lines)
    usual_gap = median_low([line.gap for line in lines[1:]] or [0])
    for i, line in enumerate(lines):
        if line.kind is Kind.BYLINE and i and kinds[i - 1] is Kind.TEXT and _could_be_title(lines[i - 1].text):
            _mark_run(lines, kinds, i - 1)
        elif kinds[i] is Kind.TEXT and _could_be_title(line.text) and _opens_article(lines, kinds, i, usual_gap):
            kinds[i] = Kind.TITLE
    return [replace(line, kind=kind) for line, kind in zip(lines, kinds, strict=True)]


def _is_imprint(text: str) -> bool:
    return len(text) <= _MAX_IMPRINT and bool(_FOLIO.fullmatch(text) or _imprint().match(text))


@cache
def _imprint() -> re.Pattern[str]:
    openers = "|".join(sorted(words("page_words", kind="imprint"), key=len, reverse=True))
    return re.compile(rf"(?:{_DATE}\s*)?(?:星期.\s*)?(?:{openers})\s*[:：/ \u3000][^。]*$")


def _opens_caption(text: str) -> bool:
    """Tell whether a line opens as a caption does; a long one with a sign is an item of a list."""
    openers = tuple(words("page_words", kind="caption"))
    is_signed = text[0] in _CAPTION_SIGNS and len(text) <= _MAX_SIGNED_CAPTION
    return is_signed or (len(text) <= _MAX_CAPTION and text.startswith(openers))


def _could_be_caption(line: Line) -> bool:
    return line.kind in (Kind.TEXT, Kind.CAPTION) and len(line.text) <= 100 and caption_credits(line.text) is None


def _is_under_title(above: Sequence[Line], below: Line | None) -> bool:
    """Tell whether bare names stand where a byline does: a possible title above, no better byline below."""
    if above and above[-1].kind is Kind.TITLE:
        return True
    if not above or above[-1].kind is not Kind.TEXT or not _could_be_title(above[-1].text):
        return False
    is_first = len(above) == 1 or above[-2].kind is not Kind.TEXT or is_closed(above[-2].text)
    if is_closed(above[-1].text) and not is_first:
        return False
    return below is None or below.kind is not Kind.TEXT or byline_credits(below.text) is None


def _could_be_title(text: str) -> bool:
    """Tell whether a text has the form of a headline: short, and no full stop, semicolon or comma at its end."""
    return len(text) <= _MAX_TITLE and text[-1] not in "。；;，,、：:" and "。" not in text


def _mark_run(lines: Sequence[Line], kinds: list[Kind], last: int) -> None:
    """Mark a headline and the lines that print with it above."""
    kinds[last] = Kind.TITLE
    for i in range(last - 1, max(-1, last - _MAX_TITLE_LINES), -1):
        above = lines[i].text
        is_kicker = kinds[i] in (Kind.TEXT, Kind.TITLE) and _could_be_title(above) and not is_closed(above)
        if not is_kicker or lines[i + 1].gap > lines[last].gap + 1:
            break
        if i and kinds[i - 1] is Kind.TEXT and is_closed(lines[i].text):
            break
        kinds[i] = Kind.TITLE


def _opens_article(lines: Sequence[Line], kinds: Sequence[Kind], i: int, usual_gap: int) -> bool:
    """Tell whether a short line without a byline below it is a headline all the same."""
    line = lines[i]
    if i == 0:
        return not is_closed(line.text) or line.text[-1] in "？！?!"
    if is_closed(line.text) or i + 1 == len(lines) or lines[i + 1].kind is not Kind.TEXT:
        return False
    if kinds[i - 1] is Kind.TITLE and line.text.startswith("—"):
        return True
    above, below = lines[i - 1].text, lines[i + 1].text
    if kinds[i - 1] is Kind.BYLINE:
        return i > 1 and kinds[i - 2] is not Kind.TITLE
    is_signed = signature_credits(above) or (dateline_credits(above) and signature_credits(below))
    is_apart = line.gap > usual_gap + 1 and (kinds[i - 1] is not Kind.TEXT or is_closed(above))
    return bool(is_signed) or is_dateline(below) or is_apart
