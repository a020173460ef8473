"""The head and foot of a printed page: the newspaper's name, day, folio, editors; none of it belongs to an article.

The trap: the day stands in articles as well, and 第3版 may; a line counts as the page's only at the top or bottom edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest.printed.fragments import Fragment, PrintedPage
from kg.ingest.written_dates import written_date
from kg.model import Metadata

_TOP, _BOTTOM = 0.2, 0.94  # of the page's height
_NEAR_TOP = 0.12
_NUMBER = "[一二三四五六七八九十]"
_SIGNS = re.compile(
    rf"^第?\s*[A-Z]?\d{{1,3}}\s*版?$|第\s*[A-Z]?(?:\d{{1,3}}|{_NUMBER}{{1,3}})\s*版|今日(?:\d+|{_NUMBER}+)版|星期[一二三四五六日]|"
    r"刊号|邮发代号|CN\s?\d\d|农历|总第\s*\d+\s*期|责任?编辑?[:：/ ]|责编|版式|校对|投稿邮箱|新闻热线|"
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
)
_FOLIO = re.compile(r"第?\s*[A-Z]?0?(\d{1,3}|[一二三四五六七八九十]{1,3})\s*版|^[A-Z]?0?(\d{1,2})$")
_PAPER = re.compile(r"[\u4e00-\u9fff]{1,8}(?:日报|晚报|时报|商报|晨报|快报|早报|导报|新报|都市报|报)")
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the edges of a page say."""

    metadata: Metadata
    folio: int = 0


def without_masthead(page: PrintedPage, body: float) -> tuple[list[Fragment], Masthead]:
    """Return what is left without head and foot, and what these say."""
    signs = [f for f in page.fragments if _is_sign(f, page)]
    stories = [f for f in page.fragments if _is_story(f.text)]
    highest, lowest = min((f.top for f in stories), default=page.height), max((f.bottom for f in stories), default=0.0)
    head = max((f.bottom for f in signs if f.top < _TOP * page.height and f.middle < highest), default=0.0)
    foot = min((f.top for f in signs if f.top > _BOTTOM * page.height and f.middle > lowest), default=page.height + 1)
    edge = [f for f in page.fragments if f.middle < head or f.middle > foot or _is_name(f, page, body, bool(signs))]
    words = sorted(edge, key=lambda f: (f.top, f.left))
    said = " ".join(f.text for f in words)
    paper = max((f for f in words if _PAPER.fullmatch(_bare(f.text))), key=lambda f: f.size, default=None)
    name = _bare(paper.text) if paper else (m[0] if (m := _PAPER.search(said)) else "")
    folio = next((n for f in words if (n := _number(f.text))), 0)
    kept = set(map(id, edge))
    return [f for f in page.fragments if id(f) not in kept], Masthead(Metadata(written_date(said), name), folio)


def _is_sign(fragment: Fragment, page: PrintedPage) -> bool:
    at_edge = fragment.top < _TOP * page.height or fragment.top > _BOTTOM * page.height
    return at_edge and not _is_story(fragment.text) and bool(_SIGNS.search(fragment.text))


def _is_story(text: str) -> bool:
    return len(text) > 60 or "。" in text or "，" in text


def _is_name(fragment: Fragment, page: PrintedPage, body: float, has_signs: bool) -> bool:
    """Tell whether it is the newspaper's name, printed large at the top, beside or above the line with the day."""
    is_there = has_signs and fragment.top < _NEAR_TOP * page.height and fragment.size > body
    return is_there and bool(_PAPER.fullmatch(_bare(fragment.text)))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _number(text: str) -> int:
    found = _FOLIO.search(text.strip())
    if not found:
        return 0
    word = found[1] or found[2]
    if word.isdigit():
        return int(word)
    tens, _, ones = word.rpartition("十")
    if "十" not in word:
        return _DIGITS.index(word) if len(word) == 1 else 0
    return (_DIGITS.index(tens) if len(tens) == 1 else 1) * 10 + (_DIGITS.index(ones) if len(ones) == 1 else 0)
