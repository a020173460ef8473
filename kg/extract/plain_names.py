"""Names of initiatives without quotation marks, by head noun and what governs it.

In: a text and the mentions found in it; out: `PlainName` records with later forms linked. The trap: most noun
phrases that end in 平台, 项目 or 计划 are descriptions (数字系统平台, 重大项目), so a name needs distinctive
modifiers and a verb or a proper name besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.in_order import starting
from kg.extract.noun_phrases import Names, NounPhrase, noun_phrases
from kg.model import EntityType, Mention, Span
from kg.text import is_word, occurrences, tagged
from kg.text import words as cut
from kg.vocab import lexicon, words

_GOVERNED_WITHIN = 4
"""Words between a verb and the name that it governs: 研发了全省首个…平台."""
_SHORTEST = 4
"""Characters before the head noun."""
_TELLING = 4
"""Words that say which project it is: as many need no word of building besides."""
_DESCRIBED = 4
"""Words before the head noun of a platform that is named after its place."""
_BARE = 6
"""A project's name of this length is known without its head noun too."""
# 42个…项目, 一批…项目, 该项目: counted or pointed at, not named.
_COUNTED = re.compile(r"[\d一二三四五六七八九十几多余]+|[个项批类家]|该|此|各|每|等")
# 县开发区重点项目, 调研园区项目: a sort of projects.
_SORT = re.compile(r"(?:重点|重大|招商|招商引资|在建|签约|园区|产业|流通)$")
# 人民路|改造, 青龙河|治理: a road or river by its name.
_FEATURE = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:路|街|巷|河|江|湖|溪|渠|桥|港|库|洞|站|湾|岭|峡|寺|塔|城|镇|场|新村|家园|花园|小区)$"
)
_OF_YEAR = re.compile(r"20\d\d年?(?:度|中国[·•]?)?$")
_WIDE = ("综合", "全面", "环境", "生态", "水环境", "系统")  # 青龙河|综合|治理: how widely, not what
_HOTLINE = re.compile(r"(?<!\d)\d{5,6}(?:(?:政务服务)?(?:便民服务|便民|民生|市长|公共服务)?热线)")
# 惠农e贷: letters before 贷 make a product's name of the word before them.
_BRAND = re.compile(r"“[^“”，。；]{2,8}”牌")
_LONGEST_GOODS = 6
_LETTERED = re.compile(r"[A-Za-z]{1,4}贷(?!款)")
# 信用社的|农具贷, 办了笔|民宿贷: what is lent, under a name of its own; 房贷 and 信贷 are words.
_LENT = re.compile(
    r"(?:(?:社|行|司|支行|分行|联社)的|(?:办理|发放|申请|推出|投放|获得|办|贷|放)[了过]?(?:一|两|\d+)?[笔款项单])"
    r"([\u4e00-\u9fff]{2,4}贷)(?![款给出到])"
)
# 开展甲、乙、丙等活动: a list that 活动 closes.
_ACTIVITIES = re.compile(
    r"(?:开展|举办|组织|推出|举行)[了过起]?([^，。；：“”（）、]{2,14}(?:、[^，。；：“”（）、]{2,14})+)等(?:系列|特色|主题|各类)?活动"
)


@dataclass(frozen=True, slots=True)
class PlainName:
    """A name without quotation marks."""

    span: Span
    type: EntityType
    kind: str
    rule: str
    antecedent: Span | None = None
    """The first full form that this one repeats or shortens."""


def plain_names(
    text: str, bodies: Iterable[Span], mentions: Sequence[Mention], taken: Sequence[Span]
) -> list[PlainName]:
    """Return the names without quotation marks; none lies within a span of `taken` (quoted names, honours).

    `实施了管网更新改造行动` gives the Programme 管网更新改造行动; `建设重大项目` nothing.
    """
    paragraphs = list(bodies)
    known_names = Names(mentions)
    phrases = [p for b in paragraphs for p in noun_phrases(text, b, known_names)]
    closed = {i for t in taken for i in range(t.start, t.end)}
    phrases = [p for p in phrases if closed.isdisjoint(range(p.start, p.end))]
    names: list[tuple[NounPhrase, PlainName]] = []
    for phrase in phrases:
        if is_name(text, phrase) and not any(_overlaps(phrase.span, n.span) for _, n in names):
            names.append((phrase, _named(text, phrase, names)))
    known = {n.span for _, n in names}
    for phrase in phrases:
        if phrase.span not in known and (full := _shortened(phrase, names)):
            names.append((phrase, PlainName(phrase.span, full.type, full.kind, "initiative.short_form", full.span)))
            known.add(phrase.span)
    found = [n for _, n in names]
    found += [n for f in found if f.antecedent is None for n in _without_head(text, f, mentions)]
    found += [
        n
        for b in paragraphs
        for n in (
            *_hotlines(text, b),
            *_lettered(text, b),
            *_lent(text, b),
            *_brands(text, b),
            *_editions(text, b, known_names),
            *_activities(text, b),
        )
    ]
    return sorted(found, key=lambda n: n.span)


def _overlaps(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _named(text: str, phrase: NounPhrase, earlier: Sequence[tuple[NounPhrase, PlainName]]) -> PlainName:
    words_ = phrase.span.of(text)
    first = next((n for _, n in earlier if n.span.of(text) == words_ and n.antecedent is None), None)
    full = first or _shortened(phrase, earlier)
    rule = f"initiative.{phrase.head['rule']}"
    return PlainName(
        phrase.span, EntityType(phrase.head["type"]), phrase.head["kind"], rule, full.span if full else None
    )


def is_name(text: str, phrase: NounPhrase) -> bool:
    """Tell whether a noun phrase is a name, by the rule of its head noun."""
    rule = phrase.head["rule"]
    length = sum(map(len, phrase.modifiers))
    counted = bool(phrase.before) and bool(_COUNTED.fullmatch(phrase.before[0]))
    if rule == "project":
        if not counted and _is_work(phrase):
            return True
        shown = any(w in phrase.sentence.of(text) for w in words("plain_verbs", rule="project"))
        # 某公司投资建设的生物质发电项目
        invested = phrase.before[:1] == ("的",) and any(
            w in words("plain_verbs", rule="invest") for w in phrase.before[1:3]
        )
        needed = 1 if phrase.proper else 2 if invested else 3
        enough = phrase.distinctive >= needed and not _SORT.search("".join(phrase.modifiers))
        shown = shown or phrase.distinctive >= _TELLING
        return enough and shown and not counted and length >= _SHORTEST
    if rule == "own":
        return phrase.distinctive >= 1
    governed = any(w in words("plain_verbs", rule=rule) for w in phrase.before[:_GOVERNED_WITHIN])
    # …专项行动启动仪式, …监测系统上线: the verb stands behind
    governed = governed or text.startswith(tuple(words("plain_verbs", rule="behind")), phrase.end)
    if rule == "digital":
        # 花都区数字乡村综合服务平台: with whose it is, a longer description is a name
        enough = phrase.distinctive >= 2 or (phrase.proper and len(phrase.modifiers) >= _DESCRIBED)
        return governed and enough and length >= _SHORTEST and not counted
    return governed and phrase.distinctive >= 1 and length >= _SHORTEST and not counted


def _is_work(phrase: NounPhrase) -> bool:
    """Tell whether a phrase names a work of construction and what it is done to: 柳河大桥|重建工程, 人民路|改造工程."""
    stem = list(phrase.modifiers)
    while stem and (stem[-1] in words("works") or (len(stem) < len(phrase.modifiers) and stem[-1] in _WIDE)):
        stem.pop()
    told = [m for m in stem if m not in words("generic_modifiers")]
    if len(stem) == len(phrase.modifiers) or not told:
        return False
    is_coined = any(len(m) > 1 and not is_word(m) for m in told)
    return (
        phrase.proper or is_coined or bool(_FEATURE.search("".join(stem)) and (len(told[-1]) < 2 or len(told[-1]) > 2))
    )


def _shortened(phrase: NounPhrase, names: Sequence[tuple[NounPhrase, PlainName]]) -> PlainName | None:
    """Find the full name that a phrase shortens: the same head noun, and its modifiers among the name's, in order."""
    if phrase.distinctive < 2 and not phrase.proper:
        return None
    for full, name in names:
        if full.head["word"] == phrase.head["word"] and name.antecedent is None and _is_subsequence(phrase, full):
            return name
    return None


def _without_head(text: str, full: PlainName, mentions: Sequence[Mention]) -> Iterator[PlainName]:
    """Yield places where a project stands without 项目, unless that is a name of something else (a facility)."""
    core = full.span.of(text).removesuffix("项目")  # the head noun that is dropped: 某社区未来社区（项目）列入…
    if full.type is not EntityType.PROJECT or len(core) < _BARE or core == full.span.of(text):
        return
    ends = {m.end for m in mentions}
    for start in occurrences(text, core):
        span = Span(start, start + len(core))
        if span.end not in ends and not text.startswith("项目", span.end):
            yield PlainName(span, full.type, full.kind, "initiative.short_form", full.span)


def _is_subsequence(short: NounPhrase, full: NounPhrase) -> bool:
    rest = iter(full.modifiers)
    return all(word in rest for word in short.modifiers)


def _hotlines(text: str, body: Span) -> Iterator[PlainName]:
    for match in _HOTLINE.finditer(text, body.start, body.end):
        yield PlainName(Span(match.start(), match.end()), EntityType.PROGRAMME, "", "initiative.hotline")


def _lettered(text: str, body: Span) -> Iterator[PlainName]:
    """Yield loans with letters in their name and no quotation marks: 投放|惠农e贷."""
    for match in _LETTERED.finditer(text, body.start, body.end):
        before = cut(text[max(body.start, match.start() - 6) : match.start()])
        word = before[-1] if before else ""
        opened = text.rfind("“", body.start, match.start())
        is_part = text.rfind("”", body.start, match.start()) < opened < match.start() - len(word) - 1  # “宜红茶e贷”
        if not is_part and len(word) > 1 and all("\u4e00" <= c <= "\u9fff" for c in word):
            span = Span(match.start() - len(word), match.end())
            yield PlainName(span, EntityType.PRODUCT, "FinancialProduct", "initiative.lettered")


def _brands(text: str, body: Span) -> Iterator[PlainName]:
    """Yield goods with their brand: “老油坊”牌|花生油."""
    for match in _BRAND.finditer(text, body.start, body.end):
        end = match.end()
        for word, tag in tagged(text[end : min(end + _LONGEST_GOODS, body.end)]):
            if tag[:1] not in ("n", "b"):
                break
            end += len(word)
        if end > match.end():
            yield PlainName(Span(match.start(), end), EntityType.PRODUCT, "", "initiative.brand")


def _lent(text: str, body: Span) -> Iterator[PlainName]:
    """Yield loans by their name without quotation marks: 信用社的|农具贷."""
    for match in _LENT.finditer(text, body.start, body.end):
        if match[1] not in words("slogans") and not is_word(match[1]):
            yield PlainName(Span(*match.span(1)), EntityType.PRODUCT, "FinancialProduct", "initiative.lent")


def _editions(text: str, body: Span, names: Names) -> Iterator[PlainName]:
    """Yield numbered events, and those of a year and place: 第十届某某文化旅游节, 2023年某某县技能大赛."""
    for place in starting(names.places, body.start, body.end):
        year = _OF_YEAR.search(text, max(body.start, place.start - 5), place.start)
        if year and (match := _event_of_year().match(text, place.end, body.end)):
            yield PlainName(Span(year.start(), match.end()), EntityType.PROGRAMME, "", "initiative.edition")
    for match in _edition().finditer(text, body.start, body.end):
        yield PlainName(Span(match.start(), match.end()), EntityType.PROGRAMME, "", "initiative.edition")


@cache
def _events() -> str:
    heads = sorted((r["word"] for r in lexicon("plain_heads") if r["rule"] == "edition"), key=len, reverse=True)
    return "|".join(heads)


@cache
def _event_of_year() -> re.Pattern[str]:
    held = "|".join(sorted(words("plain_verbs", rule="held"), key=lambda w: (-len(w), w)))
    return re.compile(rf"[^，。；：“”（）的在了]{{2,16}}?(?:{_events()})(?=[，。]|{held})")


@cache
def _edition() -> re.Pattern[str]:
    listed = _events()
    opened = r"(?:(?:20\d\d年?)?(?:第[一二三四五六七八九十百\d]+|首)届|20\d\d年?中国[·•]?)"
    return re.compile(
        rf"{opened}(?:[^，。；：“”（）的在]|（[^（）]{{2,6}}）){{2,20}}?(?:{listed})"
        rf"(?:暨(?!第)[^，。；：“”（）的在]{{2,14}}?(?:{listed}|季))?(?![\u4e00-\u9fff]?[会赛])"
    )


def _is_own(item: str) -> bool:
    """Tell whether an activity has a name: its head is no everyday one, or it holds a coinage (no dictionary word)."""
    coined = any(len(w) > 1 and not is_word(w) for w in cut(item))
    return coined or not any(item.endswith(w) for w in words("generic_activities"))


def _activities(text: str, body: Span) -> Iterator[PlainName]:
    """Yield the members of a list that 活动 closes, if at least half of them are more than everyday activities."""
    for match in _ACTIVITIES.finditer(text, body.start, body.end):
        members, start = [], match.start(1)
        for item in match[1].split("、"):
            members.append(Span(start, start + len(item)))
            start += len(item) + 1
        own = [m for m in members if _is_own(m.of(text))]
        if 2 * len(own) >= len(members):
            yield from (PlainName(m, EntityType.PROGRAMME, "", "initiative.list") for m in members)
