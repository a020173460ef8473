"""Honours as phrases: where a text says that something bears or strives for a rating, title, list or award.

In: a text; out: `HonourPhrase` records (the honour's words, the verb, the sense). The trap: the verbs are everyday
ones (是, 获得, 建设), so the words themselves must show an honour: an award word (…奖章), or a bearer word with a mark
(示范…村), and after a weak verb a level (国家, 省级) as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.model import Span
from kg.text import Endings
from kg.vocab import lexicon, words

_SHORTEST = 4
_LONGEST = 48
# The end of the stretch in which the honour is sought, but in quotation marks.
_STOP = re.compile(r"[，。；：！？\n（的“‘”’]|——")
# Between verb and honour: 评为了, 入选了首批 keeps 首批.
_ASPECT = re.compile(r"[了过为成进]*")
_TAIL = re.compile(
    r"之一|等?\d*[项个]?(?:荣誉)?称号|(?:创建)?(?:单位)?(?:名单|行列)|(?:建设|创建)(?:工作)?(?![\u4e00-\u9fff])|榜单|荣誉|桂冠|殊荣|的?牌[匾子]|前\d+[位名强]|使劲|发力|迈进|努力|奋进|进发"
)
# What says that the words before are an honour, whatever verb stands before them.
_PLAQUE = re.compile(r"的?(?:牌[匾子]|称号|荣誉|桂冠|殊荣|奖牌)|榜单|名单")
_CLAUSE = re.compile("[把将]|[0-9]月|列为|评为|开始")  # 是某行2022年8月开始试点, 争取把某县列为…: no noun phrases
_FIRST_BATCH = re.compile(
    r"(?:(?:\d{4}年?度?)?(?:全[国省市县区]|国家|省|市)?(?:首批|首个|首家|唯一|第[一二三四五六七八九十\d]+批)|\d{4}年?度?)(?=“)"
)
_TITLE = re.compile(r"《[^《》]*》")  # 《关于授予…奖章的决定》 is a document
# 上榜水利部公布的2022年…试点县名单: who made it known stands before the honour.
_PUBLISHED = re.compile(r"[^，。；：“”的]{2,24}?(?:发布|公布|公示|评选|评定|认定|命名|授予|颁发)的(?=.)")
# 先后获得中国幸福村，全国旅游名村，…等荣誉称号: commas part the members of a list that 称号 closes.
_COMMA_LIST = re.compile(r"(?:，[^，。；：！？被]{4,24}){1,12}?(?=等[^，。；]{0,6}(?:称号|荣誉|奖项))")
_COMMA_MEMBER = re.compile(r"，([^，。；的]+)(?=，|$)")
_STRONGEST = re.compile(r"(?:\d+|[百十千])强$")  # 中国最美村镇50强
_LEVEL = re.compile(r"[省市县区州盟]")
# 台州市“最美…员”: who confers it, then its name.
_CONFERRED = re.compile(r"[^“”，。的]{2,12}“[^“”]{2,16}”")
# 启动了“…试点县”的申报: what is applied for stands before the noun.
_APPLIED = re.compile(r"(“[^“”]{4,24}”)的?(?:申报|创建|争创|评审|复评)")
_HOSPITAL = re.compile(r"[一二三]级[甲乙丙]等")  # a grade that the state gives
_COUNTS = re.compile(r"“[一二两三四五六七八九十\d]")  # “两区两园两村” is a plan
_NATIONAL = ("国家", "全国")
_YEAR = re.compile(r"^\d{4}年?度?(?:第[一二三四五六七八九十\d]+[批届])?")
_GRADE = re.compile(r"[0-9A-ZＡ-Ｚ一二三四五]+级")
_DENIED = re.compile(r"(?:未(?!来)|没有|没能|并非|不|无缘)[^，。；]{0,3}$")
# Words before a verb of bearing that make it a plan.
_INTENDED = re.compile(r"(?:力争|争取|努力|计划|拟|将|目标是|有望|全力)[^，。；“”]{0,8}$")


@dataclass(frozen=True, slots=True)
class HonourPhrase:
    """An honour in a text with the verb that governs it."""

    span: Span
    verb: Span
    sense: str
    """bear, aim or role."""


@lru_cache(maxsize=1)  # asked twice for each article
def honour_phrases(text: str) -> tuple[HonourPhrase, ...]:
    """Return the honours that stand behind a verb, each once, in text order.

    `被评为省级民主法治示范村` → 省级民主法治示范村 (bear); `争创“五星级”示范型企业` → “五星级”示范型企业 (aim).
    """
    found: dict[Span, HonourPhrase] = {}
    titles = [Span(m.start(), m.end()) for m in _TITLE.finditer(text)]
    for match in _verbs().finditer(text):
        verb = Span(match.start(), match.end())
        if any(t.covers(verb) for t in titles) or _DENIED.search(text, max(0, verb.start - 8), verb.start):
            continue
        sense, strength = _senses()[match[0]]
        if sense == "bear" and _INTENDED.search(text, max(0, verb.start - 14), verb.start):
            sense = "aim"
        for span in _objects(text, verb.end, strength, sense):
            found.setdefault(span, HonourPhrase(span, verb, sense))
    for match in _APPLIED.finditer(text):
        span = Span(match.start(1), match.end(1))
        if is_honour(match[1], "weak", "aim"):
            found.setdefault(span, HonourPhrase(span, Span(span.start, span.start), "aim"))
    kept = [p for p in found.values() if not any(o.span.covers(p.span) and o is not p for o in found.values())]
    return tuple(sorted(kept, key=lambda p: p.span))


@cache
def _senses() -> dict[str, tuple[str, str]]:
    return {r["verb"]: (r["sense"], r["strength"]) for r in lexicon("honour_verbs")}


@cache
def _verbs() -> re.Pattern[str]:
    # 力争创建 is 力争 and 创建, not 争创
    return re.compile(
        r"(?!(?<=力)争创建)(?:" + "|".join(sorted(map(re.escape, _senses()), key=len, reverse=True)) + ")"
    )


def _objects(text: str, start: int, strength: str, sense: str) -> Iterator[Span]:
    """Yield the honours in the object behind a verb, one for each member of a list."""
    aspect = _ASPECT.match(text, start)
    begin = aspect.end() if aspect else start
    if published := _PUBLISHED.match(text, begin):
        begin = published.end()
    end = _object_end(text, begin)
    listed = list(_members(text, begin, end))
    if run := _COMMA_LIST.match(text, end):
        listed += [Span(m.start(1), m.end(1)) for m in _COMMA_MEMBER.finditer(text, end, run.end())]
    for member in listed:
        span = _honour_in(text, member) or _before_plaque(text, member)
        if span and is_honour(span.of(text), "strong" if _PLAQUE.match(text, span.end) else strength, sense):
            yield span


def _object_end(text: str, begin: int) -> int:
    """Return where the object ends at the latest: at punctuation or 的 outside quotation marks."""
    depth, last = 0, min(len(text), begin + _LONGEST * 2)
    for m in _STOP.finditer(text, begin):
        if m.start() >= last:
            break
        if m[0] in "“‘":
            depth += 1
        elif m[0] in "”’":
            depth -= 1
        if depth < 0 or (depth == 0 and m[0] not in "“‘”’"):
            return m.start()
    return last


def _members(text: str, begin: int, end: int) -> Iterator[Span]:
    """Split a list at 、 outside quotation marks: 全国文明村、省级卫生村等荣誉称号."""
    depth, start = 0, begin
    for i in range(begin, end):
        depth += (text[i] in "“‘") - (text[i] in "”’")
        if depth == 0 and text[i] == "、":
            yield Span(start, i)
            start = i + 1
        elif depth == 1 and text[i - 1 : i + 1] == "”“":
            yield Span(start, i)
            start = i
    yield Span(start, end)


def _honour_in(text: str, member: Span) -> Span | None:
    """Cut a member of a list down to the honour: the longest stretch from its start that ends in an honour's word."""
    if first := _FIRST_BATCH.match(text, member.start, member.end):  # 全省首批“中小企业特色产业集群”
        member = Span(first.end(), member.end)
    words_ = member.of(text)
    if words_.startswith("“") and "”" not in words_:  # the quotation was never closed: “家庭教育示范社区等荣誉
        member = Span(member.start + 1, member.end)
        words_ = member.of(text)
    if (awarded := _CONFERRED.match(words_)) and has_level(awarded[0]) and _closes(words_[awarded.end() :]):
        return Span(member.start, member.start + awarded.end())
    if words_.startswith("“") and (close := words_.find("”")) > 0 and _closes(words_[close + 1 :]):
        return Span(member.start, member.start + close + 1)
    for length in range(min(len(words_), _LONGEST), _SHORTEST - 1, -1):
        rest = words_[length:]
        if _ending(words_[:length]) and (not rest or _TAIL.match(rest) or rest[0] in "等和并后"):
            return Span(member.start, member.start + length)
    return None


def _before_plaque(text: str, member: Span) -> Span | None:
    """Return the honour whose plaque something gets: 浙江省“专精特新”中小企业|的牌子."""
    is_whole = _SHORTEST <= member.end - member.start <= _LONGEST and _PLAQUE.match(text, member.end)
    return member if is_whole and "“" in member.of(text) else None


def _closes(rest: str) -> bool:
    return not rest or bool(_TAIL.match(rest)) or rest[0] in "等和并"


def _ending(phrase: str) -> str:
    """Return the class of the longest award, person or bearer word that ends a phrase, or nothing."""
    phrase = phrase.rstrip("”’")
    if _STRONGEST.search(phrase):
        return "award"
    for word in _endings().at(phrase, len(phrase)):
        return _classes()[word]
    return ""


@cache
def _classes() -> dict[str, str]:
    """Return the class of each word that ends an honour: an award where it is one of the others too."""
    kinds = ("bearer", "person", "award")
    return {word: kind for kind in kinds for word in words("honour_words", **{"class": kind})}


@cache
def _endings() -> Endings:
    return Endings(_classes())


def is_honour(phrase: str, strength: str, sense: str) -> bool:
    """Tell whether words name an honour, given how much the verb before them says."""
    if len(phrase.strip("“”")) < _SHORTEST or phrase.endswith("项目部") or _CLAUSE.search(phrase):
        return False
    marked = any(w in phrase for w in words("honour_words", **{"class": "mark"})) or bool(_GRADE.search(phrase))
    level = has_level(phrase)
    ending = _ending(phrase)
    quoted = phrase.startswith("“") and phrase.endswith("”")
    conferred = bool(_CONFERRED.fullmatch(phrase)) and level
    if ending == "bearer" and _HOSPITAL.match(phrase):
        return True
    if strength == "national":  # 创建国家…基地: only what the state confers is an honour without a further mark
        return (ending == "bearer" and phrase.startswith(_NATIONAL)) or is_honour(phrase, "weak", sense)
    if sense == "aim" and strength == "weak":
        striven = any(w in phrase for w in words("honour_words", **{"class": "goal"}))
        if quoted and level and ending in ("award", "bearer") and not _COUNTS.match(phrase):
            return True
        return (level and ending == "award") or (ending == "bearer" and (striven or (level and marked)))
    if strength == "weak" and quoted and ending == "person":  # 当上“金牌工匠”
        return True
    if strength == "weak":
        return level and (ending in ("award", "person") or (ending == "bearer" and marked))
    if quoted or conferred:
        return True
    return ending in ("award", "person") or (ending == "bearer" and (marked or level))


def has_level(phrase: str) -> bool:
    """Tell whether a phrase begins with who confers the honour: 全省…, 焦作市…, 国家…."""
    head = _YEAR.sub("", phrase.lstrip("“"))
    return any(head.startswith(w) for w in words("honour_words", **{"class": "level"})) or bool(
        _LEVEL.search(head[:12])
    )
