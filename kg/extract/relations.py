"""Who does what to which named thing: verb frames, read from `verbs.tsv` and `frames.tsv`.

In: an article with all mentions. Out: Relation facts. The trap: the actor is often not in the clause
(`同时，出台《…》`), so it comes from `topics`; the further away, the lower the confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from kg.extract.agents import Agents, agents_of, joined_in, principal
from kg.extract.clauses import Clause
from kg.extract.evidence import stated
from kg.extract.in_order import outermost, starting, within
from kg.extract.topics import CARRIED, Subject, Topics, topics_of
from kg.extract.verbs import VerbUse, verb_uses
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation
from kg.vocab import lexicon

_DONE_TOGETHER = ("operates", "implements")  # not 县委、县政府印发…: what two organs sign is not yet joint work
_IS = re.compile("[”’]?(?:就|正|便)?是(?:由)?")  # the copula and what may stand before it
_HELD = (EntityType.PROGRAMME, EntityType.PROJECT)
_PILOTS = ("试点", "试行", "先行先试")  # of the verbs of holding, those by which the place takes part
_WHOLES = (EntityType.PLATFORM, EntityType.PROGRAMME, EntityType.PROJECT)
_THINGS = (
    EntityType.PROGRAMME,
    EntityType.PLATFORM,
    EntityType.PROJECT,
    EntityType.PRODUCT,
    EntityType.FACILITY,
    EntityType.POLICY,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sense states with an object of a type."""

    predicate: str
    subjects: frozenset[EntityType]


@cache
def frames() -> dict[tuple[str, EntityType], Frame]:
    """Return the frames by sense and object type."""
    return {
        (r["sense"], EntityType(r["object"])): Frame(
            r["predicate"], frozenset(EntityType(t) for t in r["subject"].split(","))
        )
        for r in lexicon("frames")
    }


def extract_relations(article: Article, found: Findings) -> Iterator[Fact]:
    """Yield what verbs state: `新塍镇…提出了“分批推进”模式` → 新塍镇 implements “分批推进”模式."""
    topics = topics_of(article, found)
    names = outermost(m for m in found.mentions if m.type is not EntityType.GROUP)
    for clause in topics.clauses:
        if not starting(found.mentions, clause.span.start, clause.span.end):
            continue
        inside = within(names, clause.span)
        verbs = verb_uses(article.text, clause.span, inside)
        for verb, objects in _governed(article.text, verbs, inside):
            agents = agents_of(article, found, topics, clause, verb)
            yield from _stated(article, found, verb, objects, agents)
            yield from _sited(article, clause, verb, objects)
        yield from _held(article, topics, clause, verbs)
        yield from _housed(article, topics, clause, verbs, inside)
        yield from _contained(article, topics, clause, verbs, inside)
        yield from _visited(article, topics, clause, verbs, inside)
        yield from _passive(article, found, topics, clause, verbs)
        yield from _copular(article, found, clause, verbs)
        yield from _cooperation(article, joined_in(article, found, topics, clause))


def _sited(article: Article, clause: Clause, verb: VerbUse, objects: Sequence[Mention]) -> Iterator[Fact]:
    """`在云台山镇建成“头雁”实训基地`: what is built behind 在 and a place lies there."""
    is_held = objects[0].type is EntityType.PROGRAMME and "hold" in verb.senses  # 先在某乡、某乡试点“…”机制
    if objects[0].type not in (EntityType.FACILITY, EntityType.PROJECT) and not is_held:
        return
    for m in clause.places:
        if m.end <= verb.start:
            yield _located(article, objects[0], m, 0.8)
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
                    yield _located(article, subject.mention, site, subject.confidence - 0.1)
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
            yield _located(article, body, subject.mention, 0.7)


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


def _visited(
    article: Article, topics: Topics, clause: Clause, verbs: Sequence[VerbUse], names: Sequence[Mention]
) -> Iterator[Fact]:
    """`省委第八巡视组在平湖巡视`: the place of an inspection is what is inspected."""
    for verb in verbs:
        subject = topics.subject(verb.start, (EntityType.ORGANIZATION,)) if "inspect" in verb.senses else None
        before = [m for m in names if m.end <= verb.start and subject and m.start > subject.mentions[-1].end]
        if not subject or not before or verb.modality or article.text[before[-1].start - 1] not in "在到对赴向":
            continue
        for inspector in subject.mentions:
            yield stated(
                article,
                inspector,
                "inspects",
                before[-1],
                rule="relation.inspected_place",
                confidence=subject.confidence - 0.1,
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
        subject = topics.subject(clause.span.end, _THINGS)
        if subject and _frame(verb, subject.mention) and subject.mention not in agents.all:
            following = agents.partners or _joined_later(article, found, topics, clause)
            both = Agents(agents.subjects, following, agents.is_joint or bool(following), subject.confidence, True)
            yield from _stated(article, found, verb, subject.mentions[:1], both)
            yield from _cooperation(article, Agents(following, (), True, 0.7))
            return


def _copular(article: Article, found: Findings, clause: Clause, verbs: Sequence[VerbUse]) -> Iterator[Fact]:
    """`“某某”是县人社局去年9月推出的劳务品牌`: who stands behind 是 does what the clause's subject undergoes."""
    text = article.text
    thing = clause.subjects[0] if clause.subjects and clause.subjects[0].type in _THINGS else None
    for verb in verbs if thing else ():
        if thing is None or verb.modality or text[verb.end : verb.end + 1] != "的":
            continue
        for m in outermost(found.mentions):
            if thing.end < m.start and m.end <= verb.start and _IS.fullmatch(text, thing.end, m.start):
                yield from _stated(article, found, verb, (thing,), Agents((m,), (), False, 0.85))


def _joined_later(article: Article, found: Findings, topics: Topics, clause: Clause) -> tuple[Mention, ...]:
    """Return the partners that the next clause of the sentence adds: `…牵头，联合丙、丁研发`."""
    later = [c for c in topics.in_sentence(clause) if c.span.start > clause.span.end]
    for verb in verb_uses(article.text, later[0].span, found.mentions) if later else ():
        if partners := agents_of(article, found, topics, later[0], verb).partners:
            return partners
    return ()


def _governed(
    text: str, verbs: Sequence[VerbUse], names: Sequence[Mention]
) -> Iterator[tuple[VerbUse, tuple[Mention, ...]]]:
    """Yield each verb with the names that it governs: those behind it up to the next verb, as one list."""
    for i, verb in enumerate(verbs):
        limit = verbs[i + 1].start if i + 1 < len(verbs) else None
        after = [m for m in names if m.start >= verb.end and (limit is None or m.start < limit)]
        fitting = [m for m in after if any((s, m.type) in frames() for s in verb.senses)]
        if not fitting or verb.modality:
            continue
        group = [fitting[0]]
        for m in fitting[1:]:
            if m.type is group[0].type and _is_list_gap(text[group[-1].end : m.start]):
                group.append(m)
        yield verb, tuple(group)


def _is_list_gap(gap: str) -> bool:
    return len(gap) <= 6 and all(c in "、和与及以等“”（）《》" for c in gap)


def _frame(verb: VerbUse, target: Mention) -> Frame | None:
    return next((f for s in sorted(verb.senses) if (f := frames().get((s, target.type)))), None)


def _stated(
    article: Article, found: Findings, verb: VerbUse, objects: Sequence[Mention], agents: Agents
) -> Iterator[Fact]:
    frame = _frame(verb, objects[0])
    if frame is None:
        return
    actors = [p for a in agents.all if (p := principal(a, found)).type in frame.subjects]
    for target in objects:
        for actor in actors:
            if actor == target:
                continue
            yield stated(
                article,
                actor,
                frame.predicate,
                target,
                rule=f"relation.verb_frame.{frame.predicate}",
                confidence=agents.confidence,
            )
            if actor.type is EntityType.PLACE and _is_built(frame, target):
                yield _located(article, target, actor, agents.confidence - 0.1)
    # 系统由甲医院和乙公司开发: those who do one thing as one subject do it together.
    yield from _cooperation(article, replace(agents, is_joint=agents.is_joint or frame.predicate in _DONE_TOGETHER))


def _is_built(frame: Frame, target: Mention) -> bool:
    return frame.predicate == "operates" and target.type is EntityType.FACILITY


def _located(article: Article, thing: Mention, place: Mention, confidence: float) -> Relation:
    """State that what a place builds lies there: `新塍镇…建设“户外职工爱心驿站”`."""
    return stated(article, thing, "locatedIn", place, rule="relation.built_by_place", confidence=confidence)


def _cooperation(article: Article, agents: Agents) -> Iterator[Relation]:
    pairs = [(a, b) for a in agents.subjects for b in agents.partners]
    if agents.is_joint:
        pairs += list(combinations(agents.subjects, 2))
    for a, b in pairs:
        bodies = (EntityType.ORGANIZATION, EntityType.PLACE)
        if a.type in bodies and b.type in bodies and a != b:
            yield stated(article, a, "cooperatesWith", b, rule="relation.joint_action", confidence=0.8)
