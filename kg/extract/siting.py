"""Where things lie, as verbs and neighbours say it: `某厂位于某镇`, `落户某镇的某公司`, `某村是某乡最远的村`.

In: an article with all mentions. Out: locatedIn facts of bodies, facilities and projects, within of places. The trap: a
body acts in many places (`某公司在某乡流转土地`), so a bare 在 counts only where nothing is done there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.clauses import Clause
from kg.extract.containment import fits
from kg.extract.in_order import outermost, starting, within
from kg.extract.lists import also_named
from kg.extract.topics import topics_of
from kg.extract.verbs import modality, verb_uses
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation, Span

_LYING = (EntityType.FACILITY, EntityType.ORGANIZATION, EntityType.PROJECT)
_SEAT = "(?:的?(?:厂址|厂区|总部|地址|园址|校址|院址|会址|馆址|生产基地|车间|办公点|主会场|项目地))?"
_LIES = re.compile(
    f"{_SEAT}(?:就|正|也|则|都|现|如今|最终|最后|已经?)?"
    "(?:位于|坐落于|坐落在|地处|座落于|座落在|设在|设于|建在|建于|开在|开进|办在|落户(?:在|于|到)?|选址(?:在|于)?|选在|落子|落地|藏在|隐于|"
    "扎根(?:在|于)?|安家(?:在|于)?|落脚(?:在|于)?|(?:从[^，。；]{1,8})?(?:搬|迁)(?:到|进|至|入|回)|"
    "(?:把|将)[^，。；]{1,8}(?:建|设|开|办|安|放|搬|迁)(?:在|到|进)|属于|隶属于?|归属于?)了?"
)
_IN = re.compile(f"{_SEAT}(?:就|都)?在")
_NOTHING_DONE = re.compile("(?:的?最|的?[东西南北中](?:[东西南北]|部|边|面|头|端|侧|偏)|境内|辖区|地界|[，。；]|$)")
# 位于某镇的|某公司, 某镇辖区内的|某公司.
_LYING_IN = re.compile("(?:位于|坐落于|坐落在|地处|座落于|设在|开在|建在|办在|落户(?:在|于)?|扎根(?:在|于)?|藏在)了?$")
_OF = re.compile("的[^，。；：“”的是有在]{0,6}")
_INSIDE = re.compile("(?:辖区内?|辖内|境内|区域内|[里上内])?的|(?:所辖|下辖|管辖|辖区|境内)的?")
_GOVERNS = re.compile("(?:下辖|管辖|辖|辖有|下设)")
_HAS = re.compile("(?:里|上|境内|辖区内)?(?:还|就|也|现|另)?有(?:了?[一两]?[家座个处间所条支]|[一两])(?:叫|名叫)?“?")
# 石化街道的爱心企业|某食品有限公司, 某县乳制品龙头企业|某乳业有限公司.
_FIRM_OF = re.compile("的?[^，。；：的、]{0,8}(?:企业|民企|国企|商户|大户|上市公司)")
_BRINGS_IN = re.compile("(?:招商)?(?:引进|引来|引入|招引|招来|招引来)了?")
# 某村是某乡|最远的村, 某村，某乡|的一个小山村.
_IS = re.compile("(?:就|正)?是|，")
_A_PLACE = re.compile(
    "(?:的一?[个座]?|最)[^，。；]{0,8}?(?:村|村庄|村子|村落|寨子?|社区|嘎查|乡|镇|小镇)(?:[之，。；]|$)"
)
# 在某乡，|某公司的大棚: a scene, and what has something there.
_SCENE = re.compile("(?:在|走进|来到|地处|时下的?|眼下的?)?$")
_HAS_THERE = re.compile("[的里内]")
_EVENTS = (EntityType.PROGRAMME, EntityType.PROJECT, EntityType.ORGANIZATION, EntityType.FACILITY)
# 某活动|昨日在|某镇文化广场|举行.
_BESIDES = re.compile("[^，。；]{0,8}在")
_IS_HELD = re.compile("(?:[^，。；]{0,4})(?:举行|举办|启动|开幕|开锣|召开|上演|落幕|揭牌|开工|开课|开班|开营)")
_NEVER_ALL_THERE = ("Bank", "Government", "PartyOrganization", "Media", "Association")
_WHOLE = ("全", "各")  # 在全市率先成立: the rank, not the site
_SMALL = ("Township", "Village", "Community", "Zone")
_NEAR, _FAR = 8, 24


def extract_siting(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield what lies where: `清河茶厂坐落在白石镇梨湾村` → 清河茶厂 locatedIn 梨湾村."""
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    for one, other in pairwise(names):
        if other.start - one.end > _FAR:
            continue
        if EntityType.PLACE in (one.type, other.type) and "\n" not in article.text[one.end : other.start]:
            yield from _thing_first(article, one, other, names)
            yield from _place_first(article, one, other, names)
        if one.type in _EVENTS and other.type in _LYING:
            yield from _in_what_lies_there(article, found, one, other)
    yield from _set_in(article, [m for m in names if m.type is EntityType.PLACE])
    for clause in topics_of(article, found).clauses:
        if clause.places:
            yield from _set_up(article, clause, names)


def _thing_first(article: Article, thing: Mention, place: Mention, names: Sequence[Mention]) -> Iterator[Fact]:
    """`某厂位于某镇某村`, `某村在某乡最里头`, `某村是某乡的一个小山村`."""
    text = article.text
    if place.type is not EntityType.PLACE or modality(text, thing.start, place.start):
        return
    last = also_named(text, place.start, _from(names, place))[0]
    gap = text[thing.end : place.start]
    lies = _LIES.fullmatch(gap) or (_IN.fullmatch(gap) and _NOTHING_DONE.match(text, last.end))
    is_place = thing.type is EntityType.PLACE and _IS.fullmatch(gap) and _A_PLACE.match(text, last.end)
    if (lies or is_place) and not _is_denied(text, thing.end, gap):
        yield from _lies_in(article, thing, last)


def _in_what_lies_there(article: Article, found: Findings, thing: Mention, site: Mention) -> Iterator[Fact]:
    """`某工作室设在某村村委会院里`, `某活动在某镇文化广场举行`: it is in the place whose name opens the other's."""
    text = article.text
    opening = [m for m in starting(found.mentions, site.start, site.start + 1) if m.type is EntityType.PLACE]
    gap = text[thing.end : site.start]
    held = _BESIDES.fullmatch(gap) and _IS_HELD.match(text, site.end)
    if opening and (held or _LIES.fullmatch(gap)) and not modality(text, thing.start, site.start):
        yield _sited(thing, opening[-1])


def _place_first(article: Article, place: Mention, thing: Mention, names: Sequence[Mention]) -> Iterator[Fact]:
    """`位于某镇的某公司`, `某镇辖区内的某厂`, `某乡辖甲村、乙村`, `某村有座某纪念馆`, `在某乡，某公司的大棚…`."""
    text, gap = article.text, article.text[place.end : thing.start]
    if place.type is not EntityType.PLACE:
        return
    chain = _chain_start(text, place, names)
    verb = _LYING_IN.search(text, max(0, chain - _NEAR), chain) if _OF.fullmatch(gap) else None
    is_place, is_firm = thing.type is EntityType.PLACE, thing.kind == "Company"
    has = (_HAS.fullmatch(gap) or _INSIDE.fullmatch(gap)) and not thing.anaphor
    if verb or has or (_GOVERNS.fullmatch(gap) and is_place):
        yield from (f for t in _listed(text, thing, names) for f in _lies_in(article, t, place))
        return
    is_quoted = gap == "" and thing.type in _LYING[:2] and thing.text[0] == "“"  # 西江镇|“周末妈妈小屋”
    if is_quoted or (is_firm and _FIRM_OF.fullmatch(gap)):
        yield from _lies_in(article, thing, place)
    brings = is_firm and _BRINGS_IN.fullmatch(gap) and not modality(text, max(0, place.start - _NEAR), thing.start)
    is_scene = gap == "，" and _is_scene(text, chain, place, thing)
    if brings or is_scene or (gap == "" and place.anaphor and is_place):  # 该乡|某村
        yield from _lies_in(article, thing, place)


def _is_scene(text: str, chain: int, place: Mention, thing: Mention) -> bool:
    """Tell whether a sentence is set in a place and opens with what is there: `清河镇柳河村，某厂的机器…`."""
    begin = max(text.rfind(c, 0, chain) for c in "。！？\n") + 1
    is_there = thing.kind not in _NEVER_ALL_THERE and thing.text[0] not in "省市县区州全各"
    opens = chain - begin <= _NEAR and _SCENE.search(text, begin, chain) and not thing.anaphor
    is_small = place.kind in _SMALL and thing.type is not EntityType.PROJECT
    return bool(opens and is_there and is_small and _HAS_THERE.match(text, thing.end))


def _set_up(article: Article, clause: Clause, names: Sequence[Mention]) -> Iterator[Fact]:
    """`县法院在某乡设立“某某”调解工作室`: what is set up at a place is there."""
    inside = within(names, clause.span)
    founding = [v for v in verb_uses(article.text, clause.span, inside) if "found" in v.senses and not v.modality]
    for verb in founding[:1]:
        place = next((p for p in reversed(clause.places) if p.end <= verb.start), None)
        bodies = [m for m in inside if m.type is EntityType.ORGANIZATION and 0 <= m.start - verb.end <= _NEAR]
        if place and bodies:
            yield from _lies_in(article, bodies[0], place)


def _set_in(article: Article, places: Sequence[Mention]) -> Iterator[Fact]:
    """Yield what lies in a place that the text is set in: `全县19个，其中西江镇…`, `东郊镇也在做。…到建华山村`."""
    meant = {(m.start, m.end): m.label for m in places}
    contained = {p.label for o, p in pairwise(places) if o.end == p.start and fits(p, o)}
    for paragraph in article.bodies():
        inside = within(places, paragraph)
        towns = [m for m in inside if m.kind == "Township"]
        towns = [m for m in towns if not m.anaphor] or towns
        is_one = len({meant.get(m.antecedent, m.label) if m.antecedent else m.label for m in towns}) == 1
        for i, smaller in enumerate(inside):
            if smaller.anaphor or smaller.label in contained or smaller.kind not in ("Township", "Village"):
                continue
            sentence = article.text.rfind("。", paragraph.start, smaller.start)
            whole = [m for m in inside[:i] if m.start > sentence and m.text.startswith(_WHOLE[:1]) and fits(smaller, m)]
            town = [m for m in towns if m.end <= smaller.start]
            if whole and "其中" in article.text[whole[-1].end : smaller.start]:
                yield _sited(smaller, whole[-1])
            elif smaller.kind == "Village" and is_one and town and fits(smaller, town[0]):
                yield _sited(smaller, town[-1])


def _lies_in(article: Article, thing: Mention, place: Mention) -> Iterator[Relation]:
    is_place = thing.type is EntityType.PLACE
    if place.text.startswith(_WHOLE) or not (fits(thing, place) if is_place else thing.type in _LYING):
        return
    yield _sited(thing, place)


def _sited(thing: Mention, place: Mention) -> Relation:
    return Relation(
        subject=thing,
        predicate="within" if thing.type is EntityType.PLACE else "locatedIn",
        object=place,
        evidence=Span(min(thing.start, place.start), max(thing.end, place.end)),
        rule="relation.siting",
        confidence=0.85,
    )


def _from(names: Sequence[Mention], first: Mention) -> Sequence[Mention]:
    """Return the names from a mention on, a few of them."""
    return within(names, Span(first.start, first.end + 60))


def _listed(text: str, first: Mention, names: Sequence[Mention]) -> list[Mention]:
    return [m for m in also_named(text, first.start, _from(names, first)) if m.type is first.type]


def _chain_start(text: str, place: Mention, names: Sequence[Mention]) -> int:
    """Return where the chain of places begins that ends with a place: 清河县|白石镇|梨湾村."""
    start = place.start
    for m in reversed(within(names, Span(max(0, place.start - 40), place.start))):
        if m.type is not EntityType.PLACE or m.end != start:
            break
        start = m.start
    return start


def _is_denied(text: str, begin: int, gap: str) -> bool:
    return bool(modality(text, begin, begin + len(gap)))
