"""What Chinese sites write around an article: tags of newspaper systems, lines with day and source, lines below.

In: a page's HTML, or the lines of its article. Out: what these say, and the lines that are left. The trap: 来源 and
时间 begin sentences too; a line counts only where it stands between headline and text, and says no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.ingest.written_dates import written_date
from kg.vocab import words

_TAG = re.compile(r"<[^>]{0,2000}>")
# Founder's systems, which most newspapers have their digital editions made by: tags of its own, earlier a comment.
_FOUNDER = {
    "title": re.compile(r"<founder-title[^>]{0,200}>(.{1,500}?)</founder-title>", re.IGNORECASE | re.DOTALL),
    "author": re.compile(r"<founder-author[^>]{0,200}>(.{1,500}?)</founder-author>", re.IGNORECASE | re.DOTALL),
}
_PROPERTIES = re.compile(r"<!--\s*enpproperty(.{1,20000}?)-->", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"<(title|author|date)>(.{1,500}?)</\1>", re.IGNORECASE | re.DOTALL)
_DIGITAL = re.compile(r"([\u4e00-\u9fff]{2,8}报)\s*(?:多媒体)?(?:数字报|电子报|电子版)")
_PRINTED_DAY = re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?=(?:\s|&nbsp;|<[^>]{0,200}>){0,9}星期)")
# Before the name of a site; 知天而作——一个村的十年 is a headline with its second line.
_SITE = re.compile(r"\s*[_|｜]+\s*|\s+[—–-]+\s+|(?<=[\u4e00-\u9fff”])-(?=[\u4e00-\u9fff])")
_VALUE = r"[:：]\s*([^\s:：|｜]{2,20})"
_SOURCE = re.compile(rf"(?:来源|来自){_VALUE}")
_AUTHOR = re.compile(rf"(?:作者|记者){_VALUE}")
_MAX_INFO = 120  # characters
_INFO_LINES = 6  # from the headline on


def told_by_system(html: str) -> dict[str, str]:
    """Return title, author, day and newspaper where a newspaper's own system marks them."""
    found = {name: m[1] for name, pattern in _FOUNDER.items() if (m := pattern.search(html))}
    if properties := _PROPERTIES.search(html):
        for name, value in _PROPERTY.findall(properties[1]):
            found.setdefault(name.lower(), value)
    told = {name: " ".join(_TAG.sub(" ", value).split()) for name, value in found.items()}
    if day := _PRINTED_DAY.search(html):
        told.setdefault("date", day[0])
    if paper := _DIGITAL.search(html):
        told["newspaper"] = paper[1]
    return told


def own_title(title: str, lines: Sequence[str]) -> str:
    """Return a page's title without the site's name, 路灯亮了_某某在线, where a part of it stands in the page."""
    shown = {_bare(line) for line in lines}
    parts = [part for part in _SITE.split(title) if part.strip()]
    if _bare(title) in shown or len(parts) < 2:
        return title
    return next((part for part in parts if _bare(part) in shown), parts[0] if len(parts[0]) > 5 else title)


def trimmed(lines: Sequence[str], title: str) -> tuple[list[str], dict[str, str]]:
    """Return the lines of an article without what stands around it, and the day, paper and author that this names."""
    kept = list(lines)
    at = next((i for i, line in enumerate(kept) if _bare(line) == _bare(title)), -1)
    if 0 <= at < _INFO_LINES and not any("。" in line for line in kept[:at]):
        del kept[: at + 1]
    told: dict[str, str] = {}
    for i in range(min(_INFO_LINES, len(kept)) - 1, -1, -1):
        if _is_info(kept[i]):
            told |= _named(kept.pop(i))
    while kept and _is_tail(kept[-1]):
        kept.pop()
    return kept, told


def _named(line: str) -> dict[str, str]:
    found = {"date": written_date(line)}
    for name, pattern in (("newspaper", _SOURCE), ("author", _AUTHOR)):
        if m := pattern.search(line):
            found[name] = m[1]
    return {name: value for name, value in found.items() if value}


def _is_info(line: str) -> bool:
    return len(line) <= _MAX_INFO and "。" not in line and bool(_info().search(line))


def _is_tail(line: str) -> bool:
    return len(line) <= _MAX_INFO and not line.endswith(("。", "”")) and line.lstrip("【[ ").startswith(_tails())


@cache
def _info() -> re.Pattern[str]:
    labels = "|".join(sorted(words("web_words", kind="info"), key=len, reverse=True))
    return re.compile(
        rf"(?:{labels})\s*[:：]|^(?:19|20)\d\d[-年/.]\d{{1,2}}[-月/.]\d{{1,2}}日?(?:\s+\d\d:\d\d(?::\d\d)?)?$"
    )


@cache
def _tails() -> tuple[str, ...]:
    return tuple(sorted(words("web_words", kind="tail")))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
