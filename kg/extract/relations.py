"""Who does what to which named thing: verb frames, read from `verbs.tsv` and `frames.tsv`.

In: an article with all mentions. Out: Relation facts. The trap: the actor is often not in the clause
(`同时，出台《…》`), so it comes from `topics`; the further away, the lower the confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.agents import Agents, agents_of, joined_in
from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.frame_facts import acts, cooperation, frame_of, frames, located
from kg.extract.in_order import outermost, starting, within
from kg.extract.lists import also_named
from kg.extract.topics import CARRIED, Subject, Topics, topics_of
from kg.extract.verbs import VerbUse, modality, verb_uses
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation, Span

_IS = re.compile("[”’]?(?:就|正|便)?是(?:由)?")  # the copula and what may stand before it
# What follows the owner: 的食堂, 今年的打法; not what only likens the thing to something.
_WHOSE = re.compile("(?:[今去前]年|20[0-9]{2}年)?的(?:新|一[个项款种套家座处])?[\u4e00-\u9fff]{2,8}")
_LIKENESS = re.compile("缩影|写照|代表|典型|例子|样本|样板|部分|产物|名片|窗口|标志|象征|骄傲|之一")
_IT_IS = re.compile("的，?(?:就|正|还|也|只)?是[^，。；：“”是]{0,12}")
_RUNS = re.compile("(?:负责)?(?:管|管理|运营|经营|打理)(?:$|[的，。])")
_SOMEBODY = re.compile("的?(?:[一某几]|有[家个])?[家个名位些]")  # 是沈阳一家公司开发的: not the city
_ASIDE = ("之外", "以外", "”之外", "”以外")  # 发放“某贷”之外的贷款
_BROUGHT = (EntityType.PROGRAMME, EntityType.PLATFORM, EntityType.PRODUCT)
_BRINGS = re.compile(
    "[^，]{0,4}?(?:[搬送带开办推延引落搭设建装接铺伸]|推广|延伸|拓展|扩大|普及|复制)(?:到|进|上|下|在|向|至)"
)
_TOGETHER = re.compile("[合联共]|合作|共同|携手")
_HELD = (EntityType.PROGRAMME, EntityType.PROJECT)
_PILOTS = (
    "试点",
    "试行",
    "先行先试",
    "先试",
    "试水",
    "率先试点",
    "先行试点",
)
"""Of the verbs of holding, those by which the place takes part."""
_WHOLES = (EntityType.PLATFORM, EntityType.PROGRAMME, EntityType.PROJECT)
_THINGS = (
    EntityType.PROGRAMME,
    EntityType.PLATFORM,
    EntityType.PROJECT,
    EntityType.PRODUCT,
    EntityType.FACILITY,
    EntityType.POLICY,
)


def extract_relations(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield what verbs state: `新塍镇…提出了“分批推进”模式` → 新塍镇 implements “分批推进”模式."""
    topics = topics_of(article, found)
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    for clause in topics.clauses:
        if not starting(found.mentions, clause.span.start, clause.span.end):
            continue
        inside = within(names, clause.span)
        verbs = verb_uses(article.text, clause.span, inside)
        for verb, objects in _governed(article.text, verbs, inside, ("", "plan")):
            if not verb.modality:
                later = within(names, Span(objects[-1].end, clause.sentence.end))
                agents = _cleft(article.text, objects, later) or agents_of(article, found, topics, clause, verb)
                yield from acts(article, found, verb, objects, agents)
            yield from _sited(article, clause, verb, objects)
        yield from _held(article, topics, clause, verbs)
        yield from _housed(article, topics, clause, verbs, inside)
        yield from _contained(article, topics, clause, verbs, inside)
        yield from _passive(article, found, topics, clause, verbs)
        yield from _copular(article, found, topics, clause, verbs)
        yield from _owned(article, clause, inside)
        yield from _moved(article, found, topics, clause, inside)
        yield from _run_with(article, topics, clause, verbs, inside)
        yield from cooperation(article, joined_in(article, found, topics, clause))


def _cleft(text: str, objects: Sequence[Mention], doers: Sequence[Mention]) -> Agents | None:
    """`运营这个平台的是某公司`: who stands behind 的是 does it."""
    if doers and _IT_IS.fullmatch(text, objects[-1].end, doers[0].start):
        return Agents(tuple(also_named(text, doers[0].start, doers)), (), False, 0.85)
    return None


def _sited(article: Article, clause: Clause, verb: VerbUse, objects: Sequence[Mention]) -> Iterator[Fact]:
    """`在云台山镇建成“头雁”实训基地`: what is built behind 在 and a place lies there."""
    is_held = objects[0].type is EntityType.PROGRAMME and "hold" in verb.senses  # 先在某乡、某乡试点“…”机制
    if objects[0].type not in (EntityType.FACILITY, EntityType.PROJECT) and not is_held:
        return
    for m in clause.places:
        if m.end <= verb.start:
            yield located(article, objects[0], m, 0.8)
            if not is_held:
                return


def _held(article: Article, topics: Topics, clause: Clause, verbs: Sequence[VerbUse]) -> Iterator[Fact]:
    """`…项目在河沥园区开工`, `…活动已在某高新区推开`: where a programme or project takes place."""
    for verb in verbs if clause.places else ():
        sites = [p for p in clause.places if p.end <= verb.start]
        if "hold" not in verb.senses or verb.modality or not sites:
            continue
        subject = topics.subject(sites[0].start, _HELD) or topics.just_named(clause, _HELD)
        if subject and subject.confidence >= CARRIED[1]:
            for site in sites:
                if verb.verb in _PILOTS:
                    yield _pilots(article, site, subject)
                else:
                    yield located(article, subject.mention, site, subject.confidence - 0.1)
            return


def _pilots(article: Article, site: Mention, subject: Subject) -> Relation:
    """`该机制去年6月在某村试行`: the place where a scheme is tried takes part in it."""
    return stated(
        article, site, "participatesIn", subject.mention, rule="relation.pilot", confidence=subject.confidence - 0.15
    )


def _housed(
    article: Article, topics: Topics, clause: Clause, verbs: Sequence[VerbUse], names: Sequence[Mention]
) -> Iterator[Fact]:
    """`高照街道辖区26个居民小区全面试点建设“家园支部”`: a body that a place sets up is there."""
    founding = [v for v in verbs if "found" in v.senses and not v.modality]
    for body in names if founding else ():
        before = [v for v in founding if v.end <= body.start]
        if body.type is not EntityType.ORGANIZATION or not before or body.start - before[-1].end > 8:
            continue
        subject = topics.subject(before[-1].start, (EntityType.PLACE, EntityType.ORGANIZATION))
        if subject and subject.mention.type is EntityType.PLACE and subject.confidence >= CARRIED[1]:
            yield located(article, body, subject.mention, 0.7)


def _contained(
    article: Article, topics: Topics, clause: Clause, verbs: Sequence[VerbUse], names: Sequence[Mention]
) -> Iterator[Fact]:
    """`平台开了“柿事通”专区`: what a platform opens is part of it."""
    for verb, objects in _governed(article.text, verbs, names):
        is_whole = "contain" in verb.senses and objects[0].type in _WHOLES
        owner = topics.subject(verb.start, (objects[0].type,)) if is_whole else None
        if owner and owner.confidence >= CARRIED[1] and owner.mention not in objects:
            for target in objects:
                yield stated(
                    article,
                    target,
                    "partOf",
                    owner.mention,
                    rule="relation.contained",
                    confidence=owner.confidence - 0.1,
                )


def _passive(
    article: Article, found: Findings, topics: Topics, clause: Clause, verbs: Sequence[VerbUse]
) -> Iterator[Fact]:
    """`平台由甲、乙牵头，联合丙研发`: those behind 由, and those joined to them, run what the sentence is about."""
    says_by = "由" in article.text[max(0, clause.span.start - 1) : clause.span.end]  # spares most clauses the search
    for verb in verbs if says_by else ():
        agents = agents_of(article, found, topics, clause, verb)
        if not agents.is_passive or verb.modality:
            continue
        subject = topics.just_named(clause, _THINGS, True) or topics.subject(clause.span.end, _THINGS)
        if subject and frame_of(verb, subject.mention) and subject.mention not in agents.all:
            following = agents.partners or _joined_later(article, found, topics, clause)
            both = Agents(agents.subjects, following, agents.is_joint or bool(following), subject.confidence, True)
            yield from acts(article, found, verb, subject.mentions[:1], both)
            yield from cooperation(article, Agents(following, (), True, 0.7))
            return


def _copular(
    article: Article, found: Findings, topics: Topics, clause: Clause, verbs: Sequence[VerbUse]
) -> Iterator[Fact]:
    """`“某某”是县人社局去年9月推出的劳务品牌`: who stands behind 是 does what the sentence tells of undergoes."""
    text = article.text
    said = [v for v in verbs if not v.modality and text[v.end : v.end + 1] == "的"]
    thing = topics.told_of(text, clause, _THINGS) if said else None
    begin = max(thing.end, clause.span.start) if thing else 0
    for m in within(topics.actors, Span(begin, said[-1].start)) if thing else ():
        if thing and _IS.fullmatch(text, begin, m.start) and not _SOMEBODY.match(text, m.end):
            for verb in said:
                if frame_of(verb, thing):
                    yield from acts(article, found, verb, (thing,), Agents((m,), (), False, 0.85))
                    return


def _owned(article: Article, clause: Clause, names: Sequence[Mention]) -> Iterator[Fact]:
    """`“某灶”是某院的食堂`, `传习所归某公司管`: whose a thing is, who runs it."""
    for thing, body in pairwise(names):
        frame = frames().get(("run" if thing.type is not EntityType.FACILITY else "build", thing.type))
        if frame is None or body.type not in frame.subjects or frame.predicate == "issues":
            continue
        rest = article.text[body.end : clause.span.end]
        is_whose = _WHOSE.fullmatch(rest) and not _LIKENESS.search(rest) and body.type is not EntityType.PERSON
        if is_whose and thing.type is EntityType.FACILITY and body.type is EntityType.PLACE:
            continue  # 某楼是某市的地标
        if (_IS.fullmatch(article.text, thing.end, body.start) and is_whose) or (
            article.text[body.start - 1] == "归" and _RUNS.match(rest)
        ):
            yield stated(article, body, frame.predicate, thing, rule="relation.owned", confidence=0.75)


def _moved(
    article: Article, found: Findings, topics: Topics, clause: Clause, names: Sequence[Mention]
) -> Iterator[Fact]:
    """`该行把“某贷”搬到村口`: what is brought to people is what the subject runs or offers."""
    for thing in names:
        is_object = thing.type in _BROUGHT and article.text[thing.start - 1] in "把将"
        is_object = is_object and not article.text.startswith("至于", clause.span.start)
        moved = _BRINGS.match(article.text, thing.end, clause.span.end) if is_object else None
        if moved and not modality(article.text, clause.span.start, thing.start):
            verb = VerbUse(moved.start(), moved.end(), moved.group(), frozenset({"run"}), "")
            yield from acts(article, found, verb, (thing,), agents_of(article, found, topics, clause, verb))


def _run_with(
    article: Article, topics: Topics, clause: Clause, verbs: Sequence[VerbUse], names: Sequence[Mention]
) -> Iterator[Fact]:
    """`平台上另有“某学堂”，与某学院合办`: the partner runs what was just named."""
    opens = article.text[clause.span.start] in "与和同跟" and bool(names) and names[0].start == clause.span.start + 1
    last = verbs[-1] if opens and verbs and not verbs[-1].modality else None
    if last is None or not _TOGETHER.match(last.verb) or clause.span.end - last.end > 1:
        return
    thing = topics.just_named(clause, _THINGS)
    frame = frame_of(last, thing.mention) if thing else None
    for partner in also_named(article.text, names[0].start, names) if frame else ():
        if thing and frame and partner.type in frame.subjects:
            yield stated(article, partner, frame.predicate, thing.mention, rule="relation.run_with", confidence=0.75)


def _joined_later(article: Article, found: Findings, topics: Topics, clause: Clause) -> tuple[Mention, ...]:
    """Return the partners that the next clause of the sentence adds: `…牵头，联合丙、丁研发`."""
    later = [c for c in topics.in_sentence(clause) if c.span.start > clause.span.end]
    for verb in verb_uses(article.text, later[0].span, found.mentions) if later else ():
        if partners := agents_of(article, found, topics, later[0], verb).partners:
            return partners
    return ()


def _governed(
    text: str, verbs: Sequence[VerbUse], names: Sequence[Mention], modes: Sequence[str] = ("",)
) -> Iterator[tuple[VerbUse, tuple[Mention, ...]]]:
    """Yield each verb with the names that it governs: those behind it up to the next verb, as one list.

    `modes` are the kinds of modality that pass: what is planned at a place is already said to be there.
    """
    for i, verb in enumerate(verbs):
        limit = verbs[i + 1].start if i + 1 < len(verbs) else None
        after = [m for m in names if m.start >= verb.end and (limit is None or m.start < limit)]
        fitting = [m for m in after if any((s, m.type) in frames() for s in verb.senses)]
        fitting = [m for m in fitting if not text.startswith(_ASIDE, m.end)]
        if not fitting or verb.modality not in modes:
            continue
        group = [fitting[0]]
        for m in fitting[1:]:
            if m.type is group[0].type and _is_list_gap(text[group[-1].end : m.start]):
                group.append(m)
        yield verb, tuple(group)


def _is_list_gap(gap: str) -> bool:
    return len(gap) <= 6 and all(c in "、和与及以等“”（）《》" for c in gap)
