"""Who wrote and who photographed: the line under a title, the words in brackets, the end of a caption.

In: a string and where to look in it. Out: spans of the names, by part. The trap: any two or three characters
have the form of a name, so a line of bare names counts only where something else says that it is a byline
(a role word, a title above, a sentence that has ended); `has_role` tells the caller which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.layout.names import HAN, is_likely_name, name_spans
from kg.model import Span
from kg.vocab import lexicon, words

_SEPARATORS = re.compile(r"[\s、,，/|｜:：;；]+")
_ORNAMENTS = "□■●◆◇★☆▲△▼○◎◉*·•—-－>》/ \t\u3000"
_BRACKETS = {"（": "）", "(": ")", "[": "]", "【": "】", "〔": "〕"}
_MAX_LENGTH = 80
_CREDIT_END = re.compile(r"[。！？!?…；，：:”’》)）】\n]")
_TAIL = re.compile(r"[(（]?(?P<who>[^()（）。！？；，]{0,40}?)[\s/]*(?P<verb>摄影报道|摄影|摄|供图)\s*[)）]?$")
_HEAD = re.compile(r"[(（]?(?:摄影|图片?|供图)\s*[/:：]\s*(?P<who>[^()（）。！？；，]{2,30})[)）]?$")
# What the two patterns need, so that few lines are searched for them.
_PICTURE = re.compile(r"[影图]\s*[/:：]|片\s*[/:：]")
_TAIL_ENDS = ("道", "影", "摄", "图", ")", "）")
_SIGNATURE = re.compile(r"(?P<before>.?)\s*[(（\[【](?P<inner>[^()（）\[\]【】。]{2,60})[)）\]】]$")


@dataclass(frozen=True, slots=True)
class Credits:
    """Names found in a byline, a signature or a caption."""

    authors: tuple[Span, ...] = ()
    photographers: tuple[Span, ...] = ()
    has_role: bool = False
    """A word such as 记者 or 摄 stands beside the names."""

    def names(self) -> tuple[Span, ...]:
        """Return all names, authors first."""
        return self.authors + self.photographers


@dataclass(frozen=True, slots=True)
class _Item:
    """A name, or a role word with its part and place."""

    span: Span | None = None
    part: str = ""
    place: str = ""


def byline_credits(text: str, start: int = 0, end: int | None = None) -> Credits | None:
    """Read a stretch that consists of names and role words only; None where anything else stands in it.

    `□ 本报记者 甲乙 丙丁 通讯员 戊己庚` → three authors; `甲乙丙 文/图` → one who is both.
    """
    start, end = _stripped(text, start, len(text) if end is None else end)
    if not 2 <= end - start <= _MAX_LENGTH:
        return None
    items: list[_Item] = []
    for item in _items(text, start, end):
        if not item.part and item.span is None:
            return None
        items.append(item)
    if not any(i.span for i in items):
        return None
    return _assigned(items)


def caption_credits(text: str) -> Credits | None:
    """Read the credit that closes a caption; None where the line has none.

    `采茶忙。 本报记者 甲乙 摄` → one photographer; `（镇政府供图）` → a credit without a name.
    """
    if m := _HEAD.search(text) if _PICTURE.search(text) else None:
        found = byline_credits(text, m.start("who"), m.end("who"))
        return Credits(photographers=found.names(), has_role=True) if found else None
    m = _TAIL.search(text) if text.endswith(_TAIL_ENDS) else None
    if not m:
        return None
    if found := _last_names(
        text, m.start("who"), m.end("who"), apart=text[m.start("verb") - 1 : m.start("verb")] == " "
    ):
        return Credits(photographers=found.names(), has_role=True)
    return Credits(has_role=True) if m["verb"] == "供图" else None


def signature_credits(text: str) -> Credits | None:
    """Read the bracket with the author that closes a paragraph: `……。（记者 甲乙 通讯员 丙丁）`."""
    m = _SIGNATURE.search(text[-70:])
    if not m or m["inner"].strip() in words("page_words", kind="not-a-name"):
        return None
    shift = max(0, len(text) - 70)
    found = byline_credits(text, shift + m.start("inner"), shift + m.end("inner"))
    if not found:
        return None
    is_signed = found.has_role or (m["before"] in "。！？”" and all(is_likely_name(s.of(text)) for s in found.names()))
    return found if is_signed else None


def dateline_credits(text: str) -> Credits | None:
    """Read who stands in a news opening: `本报讯（记者 甲乙 通讯员 丙丁）`, `本报讯 记者甲乙报道：`."""
    m = _dateline().match(text)
    if not m or not (m["inner"] or m["bare"]):
        return None
    group = "inner" if m["inner"] else "bare"
    found = byline_credits(text, m.start(group), m.end(group))
    return found if found and (found.has_role or group == "inner") else None


def is_dateline(text: str) -> bool:
    """Tell whether a paragraph opens as a news item does: 本报讯, 某某日报7月16日讯, 新华社某地电."""
    return dateline_end(text) > 0


def dateline_end(text: str) -> int:
    """Return where the news opening of a paragraph ends and its first sentence begins; 0 where there is none."""
    m = _dateline().match(text)
    return m.end() if m else 0


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out ornaments and one pair of brackets around the whole."""
    while start < end and text[start] in _ORNAMENTS:
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and _BRACKETS.get(text[start]) == text[end - 1]:
        return start + 1, end - 1
    return start, end


@cache
def _roles() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["part"], row["place"]) for row in lexicon("byline_roles")}


@cache
def _role_pattern() -> re.Pattern[str]:
    """Build the pattern of a role with its modifiers; 文 and 图 alone count only beside a stroke, colon or end."""
    heads = sorted(_roles(), key=len, reverse=True)
    long = "|".join(re.escape(h).replace("/", r"\s*[/／]\s*") for h in heads if len(h) > 1)
    modifiers = "|".join(sorted(words("byline_modifiers", kind="word"), key=len, reverse=True))
    outlets = "|".join(sorted(words("byline_modifiers", kind="outlet"), key=len, reverse=True))
    long_outlets = "|".join(o for o in outlets.split("|") if len(o) > 2)  # 合作社 丰收 is no newsroom with its author
    newsroom = rf"[{HAN}]{{1,10}}?(?P<newsroom>{long_outlets})(?=\s)"  # 某某县融媒体中心 甲乙
    prefix = rf"(?:[{HAN}]{{0,10}}?(?:{outlets})\s*)?(?:(?:{modifiers})\s*)*"
    short = rf"(?<![{HAN}])[文图摄](?=\s*[/／:：]|$)|(?<=[/／])\s*[文图摄](?!\w)|(?<=\s)[文图](?=\s+[{HAN}]{{2}})|摄"
    return re.compile(rf"{prefix}(?P<head>{long}|{short})|{newsroom}")


@cache
def _dateline() -> re.Pattern[str]:
    leads = "|".join(words("page_words", kind="lead"))
    names = r"(?:[(（【\[](?P<inner>[^()（）]{2,60})[)）】\]]|(?P<bare>[^。，“：:]{2,40}?报道)[：:，])"
    # 客服来电 and 得到的消息： open no news; before a colon or a space it is the day or the paper that tells
    alone = rf"(?<=[日报社网])(?:{leads})[\s：:]+"
    return re.compile(rf"[^。，、；：“”！？]{{1,24}}?(?:(?:{leads})\s*{names}|{alone})")


def _items(text: str, start: int, end: int) -> Iterator[_Item]:
    """Yield role words and names in order; an empty item for what is neither.

    What is fused with a role word must look like a name: `记者张三`, but not `记者了解到`.
    """
    pattern, stretch, at = _role_pattern(), text[:end], start
    fused_at = -1
    while at < end:
        if m := _SEPARATORS.match(text, at, end):
            at = m.end()
        elif m := pattern.match(stretch, at):
            fused_at = m.end()
            part, place = _roles()[re.sub(r"\s", "", m["head"] or "记者").replace("／", "/")]  # a newsroom's own
            yield _Item(part=part, place=place)
            at = m.end()
        else:
            stop = _end_of_run(stretch, at)
            names = _names(text, at, stop) or []
            if at == fused_at and not all(is_likely_name(s.of(text)) for s in names):
                names = []
            yield from [_Item(span=s) for s in names] or [_Item()]
            at = stop


def _end_of_run(stretch: str, at: int) -> int:
    """Return where a run of name characters ends: at a separator or before a role word."""
    if m := _aligned_name().match(stretch, at):
        return m.end()
    behind = _behind_names().search(stretch, at + 1)
    return behind.start() if behind else max(at + 1, len(stretch))


@cache
def _behind_names() -> re.Pattern[str]:
    return re.compile(f"{_SEPARATORS.pattern}|{_role_pattern().pattern}")


@cache
def _aligned_name() -> re.Pattern[str]:
    """Match a two-character name that is spaced to the width of three: `谭 啸`."""
    return re.compile(rf"(?<![{HAN}])[{HAN}][ \u3000]+[{HAN}](?![{HAN}])")


def _names(text: str, start: int, end: int) -> list[Span] | None:
    if _aligned_name().match(text, start) and re.search(r"\s", text[start:end]):
        return [Span(start, end)]
    return name_spans(text, start, end)


def _assigned(items: list[_Item]) -> Credits:
    """Give each name its part: by the role before it, or by the one after where roles follow names.

    `记者 甲 通讯员 乙 摄`: the first wrote; `记者 甲 通讯员 乙 文/图`: both did both.
    """
    follows = items[-1].span is None and items[-1].place != "before"
    authors: list[Span] = []
    photographers: list[Span] = []
    current, pending, waiting = "author", list[Span](), list[Span]()
    for item in items:
        if item.span is not None:
            pending.append(item.span)
        elif follows and item.place != "before":
            _add(waiting, "both" if item.part == "both" else "author", authors, photographers)
            _add(pending, item.part, authors, photographers)
            pending, waiting = [], []
        elif follows:
            waiting, pending = waiting + pending, []
        else:
            _add(pending, current, authors, photographers)
            current, pending = item.part, []
    _add(pending, current, authors, photographers)
    return Credits(tuple(authors), tuple(photographers), has_role=any(i.part for i in items))


def _add(spans: list[Span], part: str, authors: list[Span], photographers: list[Span]) -> None:
    if part in ("author", "both"):
        authors += spans
    if part in ("photographer", "both"):
        photographers += spans


def _opens_with_role(credit: str) -> bool:
    return bool(_role_pattern().match(credit.lstrip(_ORNAMENTS + "（(")))


def _last_names(text: str, start: int, end: int, *, apart: bool) -> Credits | None:
    """Read the names at the end of a caption; the words before them belong to the picture.

    `志愿者搬运凉茶 甲乙丙 摄` → 甲乙丙. One name that spaces set apart is believed by its form alone.
    """
    for m in _CREDIT_END.finditer(text, start, end):
        start = m.end()
    begins = [start, *(start + m.end() for m in re.finditer(r"\s+", text[start:end]) if start + m.end() < end)]
    for begin in begins:
        found = byline_credits(text, begin, end)
        if found and (_opens_with_role(text[begin:end]) or all(is_likely_name(s.of(text)) for s in found.names())):
            return found
    found = byline_credits(text, begins[-1], end) if apart else None
    return found if found and len(found.names()) == 1 else None
