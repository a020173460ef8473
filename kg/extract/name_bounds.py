"""Where the name of an organization or facility begins, seen from its head noun.

In: a text, a head noun in it, and the places and bodies already found to its left; out: a `Beginning`: where the
name starts and what it starts with. Read from the head leftwards, a name begins at the nearest place
(`秀洲区高照街道运河社区党群服务中心` → 运河社区), else at a word for a level (`县公安局`), else at a proper name that
a function word, a verb or a mark delimits (`走进…有限公司`). The trap: many verbs stand inside names (管理, 服务,
开发); `trade_words.tsv` lists them, and only other verbs end a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.body_heads import Head, Word, words_of
from kg.extract.in_order import starting
from kg.extract.name_words import has_only_name_words, is_proper, is_stop, posts, stops
from kg.model import Mention, Span
from kg.text import is_word
from kg.vocab import lexicon
from kg.vocab import words as word_set

_REACH = 26
"""Characters looked at to the left of a head; the longest official names have about thirty."""
_MARK = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9·]")
_CALLED = re.compile(r"(?:叫|叫做|叫作|名为|名叫|称为|取名)[“「][^“”「」，。！？；：]{1,20}[”」]$")
_QUOTED = re.compile(r"[“「][^“”「」，。！？；：]{1,20}[”」]$")
_BEHIND_QUOTATION = 8
"""As many characters may stand between a quotation and the head."""
_NAMED_LEVELS = ("admin", "township", "village", "community")
_LONGEST_PLACE = 40
_ADMIN = "省市县区州旗"
_OURS = tuple("我本该")
_OPENED_BY_VERB = ("Bank",)
"""Names of these begin with a verb: 建设银行, 发展银行."""
_EACH = "各每某这那此"
"""A word that begins so is no part of a name: 各部集团公司."""
_FUSED = "由与跟被让把将"
_TOWN_TRADES = ("城管", "城建", "城投", "城市管理", "城市建设", "城乡", "城镇")
"""What begins so behind a level is a bureau's trade: 县|城管大队, not 县城|管理处."""
_LONGEST_CORE = 6
_NOT_IN_CORE = re.compile("[的了着在和与及或是等将对被把由向]")
"""Function words that are hardly ever a character of a firm's own name; 经 and 以 may be. (Closed class.)"""
_DETERMINERS = re.compile("(全|各[省市县区旗镇乡]*|每|某|其他|其它|有关|相关|所有|多|两|三|几|数|个|上级|下级)$")
"""Before a level word these make the body common: 各县公安局. (Closed class, hence not in a lexicon.)"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a name begins."""

    start: int
    by: str
    """place, level, quoted, proper, or body (another body's name opens it)."""
    middle: Span
    """What stands between the opening and the head."""
    place: Mention | None = None
    """The place that opens the name, or stands right before it."""
    level: str = ""
    """Class of an opening level word: admin, township, village, company …"""
    level_word: str = ""
    """The level word itself: 县, 公司."""
    body: Span | None = None
    """The body whose name opens it."""


@cache
def _levels() -> tuple[tuple[str, str, str], ...]:
    rows = [(r["word"], r["level"], r["not_before"]) for r in lexicon("org_levels")]
    return tuple(sorted(rows, key=lambda r: -len(r[0])))


@cache
def _levels_from() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Return the level words by first character, the longest first."""
    return {c: tuple(r for r in _levels() if r[0][0] == c) for c in {r[0][0] for r in _levels()}}


def find_beginning(text: str, head: Head, openers: Sequence[Mention], bodies: Sequence[Span]) -> Beginning | None:
    """Return where the name with this head begins, or None where no name can be seen.

    `县人民法院郇封人民法庭` with 郇封 a place: the name of the court's own branch begins at the place.
    """
    left = _piece_start(text, head.start)
    place = max(
        (p for p in starting(openers, left - _LONGEST_PLACE, head.start) if left < p.end < head.end),
        key=lambda p: (p.end, -p.start),
        default=None,
    )
    body = max((b for b in bodies if left < b.end <= head.start), key=lambda b: (b.end, -b.start), default=None)
    if body:
        if found := _from_body(text, head, body, place, openers):
            return found
        if place is None or body.end >= place.end:
            left, place = body.end, None
    region = Span(min(place.end if place else left, head.start), head.start)
    is_firm = place is not None and place.end == region.start and head.needs == "formal"  # 山西|杏花村酒业|有限公司
    if (level := _level_in(text, region)) and not (is_firm and level[0] > region.start):
        return _from_level(text, head, region, level, place)
    if place and (has_only_name_words(text, region, head) or _is_core(text, region, head)):
        return Beginning(place.start, "place", region, place=place)
    quoted = None if place else _from_quotation(text, region, bodies)
    return quoted or _from_proper(text, head, region)


def _from_body(
    text: str, head: Head, body: Span, place: Mention | None, openers: Sequence[Mention]
) -> Beginning | None:
    if place and head.unit == "branch" and _joined(body.end, place, openers):
        return Beginning(body.start, "body", Span(place.end, head.start), place=place, body=body)
    middle = Span(body.end, head.start)
    is_nearest = place is None or body.end >= place.end
    if text[head.end : head.end + 1] == "长" and is_proper(middle.of(text)):  # 科技局|赵星|局长 is a person
        return None
    if is_nearest and has_only_name_words(text, middle, head) and not _level_in(text, middle):
        return Beginning(body.start, "body", middle, body=body)
    return None


def _joined(end: int, place: Mention, places: Sequence[Mention]) -> bool:
    """Tell whether only places stand between a body and the last of them: 农行|山东|淄博|分行."""
    at = end
    while at < place.start:
        step = next((p.end for p in places if p.start == at), at)
        if step == at:
            return False
        at = step
    return at == place.start


def _piece_start(text: str, end: int) -> int:
    begin = max(0, end - _REACH)
    marks = [m.end() for m in _MARK.finditer(text, begin, end)]
    return marks[-1] if marks else begin


def _from_quotation(text: str, region: Span, bodies: Sequence[Span]) -> Beginning | None:
    """Find the name that a quotation right before a stretch opens: “红船”|共产党员|服务队."""
    before = text[max(0, region.start - 30) : region.start] if text.startswith("的", region.start) else ""
    called = _CALLED.search(before) is not None
    if called:  # 叫“淠河哨兵”|的|志愿服务队
        region = Span(region.start + 1, region.end)
    m = _QUOTED.search(text[max(0, region.start - 24 - called) : region.start - called])
    if not m or region.end - region.start > _BEHIND_QUOTATION or not has_only_name_words(text, region):
        return None
    start = region.start - len(m.group()) - called
    body = next((b for b in bodies if b.end == start), None)
    middle = Span(start, region.end)
    return Beginning(body.start if body else start, "body" if body else "quoted", middle, body=body)


def _is_core(text: str, region: Span, head: Head) -> bool:
    """Tell whether a firm's proper core and its trade stand between place and legal form: 上海|经证|实业|有限公司."""
    core = region.of(text)
    while trade := next((t for t in _trades() if core.endswith(t)), ""):
        core = core.removesuffix(trade)
    if head.needs != "formal" or not 1 < len(core) <= _LONGEST_CORE or _NOT_IN_CORE.search(core):
        return False
    first = words_of(core, Span(0, len(core)))[0]
    return not (len(first.text) > 1 and is_stop(first))


@cache
def _trades() -> tuple[str, ...]:
    return tuple(sorted(word_set("trade_words"), key=lambda w: (-len(w), w)))


def _level_in(text: str, region: Span) -> tuple[int, str, str] | None:
    """Return (offset, word, level) of the last level word in a stretch that begins a name."""
    for at in range(region.end - 1, region.start - 1, -1):
        for word, level, not_before in _levels_from().get(text[at], ()):
            after = at + len(word)
            if after > region.end or not text.startswith(word, at):
                continue
            is_other = text[after : after + 1] in (not_before or "\0")
            if is_other and not text.startswith(_TOWN_TRADES, after):
                continue
            if _begins_word(text, region, at) or _ends_with_stop(text[region.start : at]):
                return _longest_level(text, region, after) or (at, word, level)
    return None


def _begins_word(text: str, region: Span, at: int) -> bool:
    return at == region.start or any(w.start == at for w in words_of(text, region))


def _longest_level(text: str, region: Span, end: int) -> tuple[int, str, str] | None:
    """Return the longest level word that ends there and opens the stretch: 合作区, not 区."""
    for word, level, _ in _levels():
        if end - len(word) == region.start and text.startswith(word, region.start):
            return region.start, word, level
    return None


def _ends_with_stop(text: str) -> bool:
    return any(text[-n:] in stops() for n in (1, 2, 3) if len(text) >= n)


def _from_level(
    text: str, head: Head, region: Span, found: tuple[int, str, str], place: Mention | None
) -> Beginning | None:
    at, word, level = found
    middle = Span(at + len(word), head.start)
    if not has_only_name_words(text, middle, head):
        return _from_proper(text, head, region)
    if place and place.end == at:
        return Beginning(place.start, "place", middle, place=place)
    if head.needs == "formal" and level == "admin" and middle.start < head.start:
        is_apart = text[at - 1 : at] in _OURS or is_proper(middle.of(text))  # 我市|华锦物流|有限公司, 市水务|有限公司
        return Beginning(middle.start if is_apart else at, "proper", Span(middle.start, head.start))
    if _DETERMINERS.search(text[:at]):
        return None
    if level == "zone" and at > region.start and text[at - 1] in _ADMIN:  # 市|高新区|党工委
        return Beginning(at - 1, "level", middle, level=level, level_word=text[at - 1] + word)
    if level == "zone" and at > region.start and not _ends_with_stop(text[region.start : at]):  # 智慧|园区|某某研究院
        return _from_proper(text, head, Span(at + len(word), region.end))
    if level in _NAMED_LEVELS and (start := _unknown_place(text, Span(region.start, at))) is not None:
        return Beginning(start, "proper", Span(start, head.start))
    return Beginning(at, "level", middle, level=level, level_word=word)


def _unknown_place(text: str, before: Span) -> int | None:
    """Return where a place's name begins that no gazetteer has, right before the word for its level: 青溪|县."""
    word = next(reversed(words_of(text, before)), None)
    if word is None or is_stop(word) or not 1 < len(word.text) <= 3 or word.text in word_set("name_leads"):
        return None
    return word.start if word.tag == "ns" or not is_word(word.text) else None


def _only_leads(text: str, word: Word, head: Head) -> bool:
    """Tell whether a word stands before a name and not in it: 某|…公司, 发展|盈诚种植|专业合作社."""
    is_verb = word.text in word_set("trade_words", **{"class": "verb"})
    if is_verb and head.kind not in _OPENED_BY_VERB:
        return is_proper(text[word.end : head.start])
    return word.text in word_set("name_leads") or word.text[0] in _EACH


def _from_proper(text: str, head: Head, region: Span) -> Beginning | None:
    words = words_of(text, region)
    first = len(words)
    while first > 0 and not is_stop(words[first - 1]):
        first -= 1
        if words[first].text in posts() and words[first].end < head.start:  # 理事长|丁|二中 is a person
            return None
    stopped = first > 0
    while first < len(words) and _only_leads(text, words[first], head):
        first += 1
    # A verb that nothing proper follows may itself be the name: 奋进科技有限公司.
    if stopped and first > 0 and head.needs == "formal" and not is_proper(text[words[first - 1].end : head.start]):
        first -= words[first - 1].tag == "v" and words[first - 1].text not in stops()
    if first >= len(words):
        return None
    start = words[first].start
    # 由村|集体经济股份合作社: jieba joins a preposition to what it does not know
    if len(words[first].text) > 1 and not is_word(words[first].text) and words[first].text[0] in _FUSED:
        start += 1
    return Beginning(start, "proper", Span(start, head.start))
