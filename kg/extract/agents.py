"""Who acts in a clause: its subject, those who act with it (会同甲、乙), or those behind 由.

In: a clause and one of its verbs. Out: `Agents`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.clauses import Clause
from kg.extract.in_order import covering, outermost, within
from kg.extract.topics import CARRIED, Subject, Topics
from kg.extract.verbs import VerbUse, modality
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.vocab import words


@dataclass(frozen=True, slots=True)
class Agents:
    """Actors of a verb."""

    subjects: tuple[Mention, ...]
    partners: tuple[Mention, ...]
    is_joint: bool
    """The clause says that its listed subjects act together."""
    confidence: float
    is_passive: bool = False
    """The actors stand behind 由; the clause's own subject is what they act on."""

    @property
    def all(self) -> tuple[Mention, ...]:
        """Subjects and partners."""
        return (*self.subjects, *self.partners)


def agents_of(article: Article, found: Findings, topics: Topics, clause: Clause, verb: VerbUse) -> Agents:
    """Return the actors of a verb: `县纪委监委会同县财政局、县审计局启动…` → 县纪委监委 with the other two."""
    before = within(topics.actors, Span(clause.span.start, verb.start))
    joint = bool(_joint_at(article.text, clause.span, topics.actors))
    partners = _partners(article.text, before, joint) or _beside_subject(article.text, before, verb)
    if passive := _introduced(article.text, before, _BY):
        return Agents(passive, tuple(m for m in partners if m not in passive), joint, 0.9, True)
    if _BY_SOMEBODY.search(article.text, clause.span.start, verb.start):
        return Agents((), (), False, 0.0)
    if not partners and _is_thing(clause, verb):
        return Agents((), (), False, 0.0)
    subject = _later(topics, clause, verb) or topics.subject(verb.start)
    if subject and subject.mention.type is EntityType.PERSON and subject.confidence < CARRIED[0]:
        # What a person did is not carried on to schemes: `金元…收入每年都有上涨。…企业建立了“1+N”机制`.
        subject = topics.subject(verb.start, _BODIES)
    if not partners and (beside := _beside(article.text, clause, before, verb, subject)):
        return Agents((beside,), (), joint, 0.85)
    if subject is None or (subject.confidence < CARRIED[0] and not partners and _is_relative(article.text, verb)):
        return Agents((), partners, joint, 0.6)
    if not partners and not clause.subjects:
        partners = _joined_before(article, found, topics, clause)
    own = tuple(m for m in subject.mentions if m not in partners)
    return Agents(own, partners, joint, subject.confidence)


def _is_thing(clause: Clause, verb: VerbUse) -> bool:
    """Tell whether a clause says what a named thing does (`“某码”推行“某”制度`): nobody named before does it."""
    doers = [m for m in (*clause.subjects, *clause.modifiers) if m.end <= verb.start]
    return bool(doers) and all(m.type in _DOINGS for m in doers)


def _later(topics: Topics, clause: Clause, verb: VerbUse) -> Subject | None:
    """Return who uses the means that a clause opens the sentence with: `按照“1126”模式，某县提出…`."""
    if not verb.senses & {"means", "basis", "join"} or clause.subjects or clause.modifiers:
        return None
    joins = "join" in verb.senses  # 加入“某”计划后，王某…
    types = (*_BODIES, EntityType.PERSON) if joins else _BODIES
    if joins and clause.span.start > clause.sentence.start:
        return None
    following = [c for c in topics.in_sentence(clause) if c.span.start > clause.span.start]
    named = [m for c in following[:1] for m in c.subjects if m.type in types]
    return Subject(tuple(named), CARRIED[0 if joins else 1]) if named else None


def _joined_before(article: Article, found: Findings, topics: Topics, clause: Clause) -> tuple[Mention, ...]:
    """Return those who joined the subject in the clause before: `某局联合甲、乙，推出…`, `某行与甲签约，搞起…`."""
    before = topics.clauses[max(0, topics.index_at(clause.span.start) - 1)]
    if before is clause or before.sentence != clause.sentence:
        return ()
    return joined_in(article, found, topics, before).partners


_DOINGS = (EntityType.PLATFORM, EntityType.PROGRAMME, EntityType.PROJECT, EntityType.PRODUCT)
_BODIES = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.FACILITY)
# Parts of a body that act for the whole: `农行嘉兴分行美丽乡村服务团队…发放了…贷款` is the branch's loan.
_PART = re.compile(r"(?:团队|服务队|专班|小组|项目部|事业部|营业部)$")
_FOR = re.compile("[为向给对把将替帮]")  # 为某公司发放…: for whom, not who
_SITE = re.compile("[在于]")  # 在…中心开展的活动: where, not who
_BY_SOMEBODY = re.compile("由(?![此于来衷])")  # 由某局运营的…: whoever it is, it is not whom the text spoke of before
_SUM = re.compile(r"[\d.余多]+[万亿]*元的")
_MODIFIER = re.compile("(?<=[与和同跟])[^，、与和同跟]{1,5}的$")
_GLOSS = re.compile(r"[“”‘’]|（[^）]*）?|）")
_BY = re.compile("由$")  # 由甲、乙牵头: the preposition of a passive's actor


def joined_in(article: Article, found: Findings, topics: Topics, clause: Clause) -> Agents:
    """Return who acts together in a clause, whatever they do: `某合作社与某公司签了订单`, `某局联合某校送课下乡`."""
    actors = outermost(m for m in within(found.mentions, clause.span) if m.type in _BODIES)
    partners = _introduced(article.text, actors, _joining("strong"))
    if not partners and (end := _joint_at(article.text, clause.span, actors)):
        partners = _introduced(article.text, [m for m in actors if m.end <= end], _joining("weak"))
    if not partners:
        listed = clause.subjects if len(clause.subjects) > 1 and _joint_at(article.text, clause.span, actors) else ()
        return Agents(listed, (), True, 0.8)
    if article.text[partners[-1].end : partners[-1].end + 1] == "的":
        return Agents((), (), False, 0.0)  # 与某镇的5个村签了协议: the villages, not the town
    subject = topics.subject(partners[0].start, _BODIES)
    if subject is None or subject.confidence < CARRIED[1]:
        return Agents((), (), False, 0.0)
    if modality(article.text, clause.span.start, partners[0].start):
        return Agents((), (), False, 0.0)
    own = tuple(m for m in subject.mentions if m not in partners)
    return Agents(_left_of(article.text, actors, partners) or own, partners, False, subject.confidence)


def _left_of(text: str, actors: Sequence[Mention], partners: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the body right before the word that joins: 某大学 of `某局参加了某大学与某县的签约仪式`."""
    before = [m for m in actors if m.end <= partners[0].start]
    gap = _GLOSS.sub("", text[before[-1].end : partners[0].start]) if before else ""
    return (before[-1],) if gap in words("joining") else ()


def _joint_at(text: str, span: Span, actors: Sequence[Mention]) -> int:
    """Return where the clause's last verb of joint action stands outside of names (not the 合作 of 合作社), else 0."""
    found = [m.start() for m in _joint().finditer(text, span.start, span.end)]
    return next((i for i in reversed(found) if covering(actors, i) is None), 0)


def principal(actor: Mention, found: Findings) -> Mention:
    """Return the body for which a team acts, where its name opens with the body's; else the actor itself."""
    if not _PART.search(actor.text):
        return actor
    inner = [
        m for m in found.mentions if m.type is EntityType.ORGANIZATION and m.start == actor.start and m.end < actor.end
    ]
    return max(inner, key=lambda m: m.end, default=actor)


def _is_relative(text: str, verb: VerbUse) -> bool:
    """Tell whether a verb only describes its object (`新出台的《…》`, `投资3600万元的…项目`): no word of who did it."""
    if text[verb.end : verb.end + 1] == "的":
        return "run" not in verb.senses or bool(verb.senses & {"issue", "build"})
    return bool(_SUM.match(text, verb.end))


def _beside(
    text: str, clause: Clause, before: Sequence[Mention], verb: VerbUse, subject: Subject | None
) -> Mention | None:
    """Return the actor right before a verb in a relative clause: 该公司 of `该公司投资8.6亿元的…项目`."""
    if subject and subject.confidence >= CARRIED[0]:
        return None
    near = [m for m in before if 0 <= verb.start - m.end <= 2]
    if not near or _SITE.search(text, clause.span.start, near[-1].start) or _FOR.search(text[: near[-1].start][-1:]):
        return None
    return near[-1]


@cache
def _joining(kind: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(words('joining', kind=kind)))})(?:了)?$")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("joint_verbs"), key=lambda w: (-len(w), w))))


def _partners(text: str, before: Sequence[Mention], joint: bool) -> tuple[Mention, ...]:
    strong = _introduced(text, before, _joining("strong"))
    if strong or not joint:
        return strong
    return _introduced(text, before, _joining("weak"))


def _beside_subject(text: str, before: Sequence[Mention], verb: VerbUse) -> tuple[Mention, ...]:
    """Return those joined right before a verb of doing: `该关与县税务局、县公安局推行“…”机制`."""
    if not verb.senses & {"run", "build", "issue"}:
        return ()
    group = _introduced(text, before, _joining("weak"))
    return group if group and verb.start - group[-1].end <= 2 and "的" not in text[group[-1].end : verb.start] else ()


def _introduced(text: str, before: Sequence[Mention], word: re.Pattern[str]) -> tuple[Mention, ...]:
    """Return the mentions that a word introduces: the one right behind it and those listed after that one."""
    for i, m in enumerate(before):
        # 和民间的某救援队: a word or two on what the partner is
        if word.search(_MODIFIER.sub("", text[max(0, m.start - 8) : m.start])):
            group = [m]
            for n in before[i + 1 :]:
                gap = _GLOSS.sub("", text[group[-1].end : n.start])
                if gap == "" and group[-1].type is EntityType.PLACE:
                    group[-1] = n  # 与内蒙古|通辽市
                elif all(c in "、和与及" for c in gap):
                    group.append(n)
                else:
                    break
            return tuple(group)
    return ()
