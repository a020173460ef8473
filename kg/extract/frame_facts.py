"""What a verb of a sense states with an object of a type, for each who does it: frames, read from `frames.tsv`.

In: a verb, its objects and its agents. Out: Relation facts, with who acts together and where what is built lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from kg.extract.agents import Agents, principal
from kg.extract.evidence import stated
from kg.extract.verbs import VerbUse
from kg.model import Article, EntityType, Fact, Findings, Mention, Relation
from kg.vocab import lexicon

_DONE_TOGETHER = ("operates", "implements")  # not 县委、县政府印发…: what two organs sign is not yet joint work
_ALL_JOIN = ("联合", "联合了")
"""联合甲、乙 makes one body of all three; 会同甲、乙 and 与甲、乙 join each to the subject."""


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


def frame_of(verb: VerbUse, target: Mention) -> Frame | None:
    """Return what a verb states with an object of the target's type, None if nothing."""
    return next((f for s in sorted(verb.senses) if (f := frames().get((s, target.type)))), None)


def acts(
    article: Article, found: Findings, verb: VerbUse, objects: Sequence[Mention], agents: Agents
) -> Iterator[Fact]:
    """Yield what the agents of a verb do to its objects: `甲局联合乙局启动“…”行动` → both implement it, together."""
    frame = frame_of(verb, objects[0])
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
                yield located(article, target, actor, agents.confidence - 0.1)
    # 系统由甲医院和乙公司开发: those who do one thing as one subject do it together.
    yield from cooperation(article, replace(agents, is_joint=agents.is_joint or frame.predicate in _DONE_TOGETHER))


def _is_built(frame: Frame, target: Mention) -> bool:
    return frame.predicate == "operates" and target.type is EntityType.FACILITY


def located(article: Article, thing: Mention, place: Mention, confidence: float) -> Relation:
    """State that what a place builds lies there: `新塍镇…建设“户外职工爱心驿站”`."""
    return stated(article, thing, "locatedIn", place, rule="relation.built_by_place", confidence=confidence)


def cooperation(article: Article, agents: Agents) -> Iterator[Relation]:
    """Yield who acts together: each subject with each partner, and joint subjects with one another."""
    pairs = [(a, b) for a in agents.subjects for b in agents.partners]
    if agents.partners and article.text.endswith(_ALL_JOIN, 0, agents.partners[0].start):
        pairs += list(combinations(agents.partners, 2))
    if agents.is_joint:
        pairs += list(combinations(agents.subjects, 2))
    for a, b in pairs:
        bodies = (EntityType.ORGANIZATION, EntityType.PLACE)
        if a.type in bodies and b.type in bodies and a != b:
            yield stated(article, a, "cooperatesWith", b, rule="relation.joint_action", confidence=0.8)
