"""Who coaches whom: `X的师父叫Y`, `Y带着徒弟X`, `徒弟X是…，师父Y是…`, `“有了Y的帮助，我…”X说`.

In: an article and its persons in text order; out: `mentors` relations. The trap: `在师父Y的指导下` names the mentor
alone; the pupil is the subject of the sentence, and where there is none, nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.in_order import within
from kg.extract.person_names import verb_pattern
from kg.extract.teaching import taught
from kg.extract.verbs import modality
from kg.model import Article, Mention, Relation, Span
from kg.text import sentences

# Words for the two sides of an apprenticeship, and the verbs that join them.
_MASTER = "师父|师傅|恩师|导师|老师"
_PUPIL = "徒弟|学徒|徒儿|学生|爱徒"
_MASTER_OF = re.compile(rf"的(?:{_MASTER})，?(?:就)?(?:是|叫|名叫)?")
_BEFORE_PUPIL = re.compile(rf"(?:带着?|领着?|收了?|教着?|和|与|的)?(?:{_PUPIL})$")
_AS_MASTER = re.compile(rf"(?:当|做)(?:起|了)?(?:{_MASTER})")  # 给张三当师父
_AS_PUPIL = re.compile(rf"(?:当|做|为)(?:了)?(?:{_PUPIL}|徒)")  # 收张三为徒
_TAKES_ON = re.compile(r"收了?[^，。；]{0,24}$")
_TEACHES = re.compile(r"手把手地?(?:教|带|教会|指导)$")
_LABELLED_MASTER = re.compile(rf"(?:{_MASTER})$")
_LABELLED_PUPIL = re.compile(rf"(?:{_PUPIL})$")
# 收了23名徒弟，其中某村的|张三; 边唱边收徒，徒弟里最小的|张三: one of the pupils taken on.
_ONE_OF_THEM = re.compile(
    rf"[^。；]{{0,16}}[收带]了?[^，。；]{{0,8}}(?:{_PUPIL}|徒)，(?:其中|(?:{_PUPIL})[里中])[^，。；]{{0,16}}"
)
# 张三手把手教|她, 跟着|她学的大学生|李四: the other one is the person named just before.
_TEACHES_HIM = re.compile(r"手把手地?(?:教|带|教会|指导)[他她](?!们)")
_LEARNS_OF_HIM = re.compile(r"跟着?[他她]学[^，。；]{0,3}的[^，。；]{0,10}$")
# 收了两名徒弟，一个是甲，一个是乙; 身后跟着两个徒弟：甲，还有乙: all persons behind, to the end of the sentence.
_TAKES_SEVERAL = re.compile(
    r"(?:[收带教]了?|跟着|带着|领着)(?:过|出)?(?:\d+|[一两二三四五六七八九十几]+)[多余]?[名个位]“?(?:徒弟|学徒|弟子|学生)”?[，：]"
)
# 大徒弟甲, 关门弟子乙, in a paragraph that says whose pupils they are.
_RANKED_PUPIL = re.compile(r"(?:[大二三四小老]徒弟|(?:关门|开门|得意|亲传)?(?:弟子|徒弟)|高徒)$")
_BRINGS_UP = re.compile(r"[收带教](?:了|出|过)(?:徒弟|弟子|学徒)?\d*[多余]?[名个位]?(?:徒弟|弟子|学徒)")
# What a mentor gives: …的帮助.
_HELP = re.compile(r"的(?:帮助|帮带|指导|指点|带领|传授|教导|言传身教)")


def mentor_relations(article: Article, persons: list[Mention]) -> Iterator[Relation]:
    """Yield who mentors whom, each pair once a passage.

    `罗天贵带着徒弟穆小龙揭了榜`: 罗天贵 mentors 穆小龙.
    """
    stated: set[tuple[str, str, str, str]] = set()
    for sentence in sentences(article.text):
        inside = within(persons, sentence)
        named = (
            *_named(article.text, inside),
            *_taught(article.text, sentence, inside),
            *_by_pronoun(article.text, inside, persons),
        )
        named = (*named, *_several(article.text, sentence, persons), *_ranked(article.text, sentence, persons))
        for mentor, pupil in (*named, *_quoted(article.text, sentence, inside, persons)):
            key = (mentor.label, mentor.code, pupil.label, pupil.code)
            if key not in stated and key[:2] != key[2:]:
                stated.add(key)
                evidence = Span(min(mentor.start, pupil.start), max(mentor.end, pupil.end))
                yield Relation(
                    subject=mentor,
                    predicate="mentors",
                    object=pupil,
                    evidence=evidence,
                    rule="relation.mentors",
                    confidence=0.85,
                )


def _named(text: str, persons: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield (mentor, pupil) that words for master and pupil show in one sentence."""
    for one, other in pairwise(persons):
        between = text[one.end : other.start]
        if _MASTER_OF.match(between):
            yield other, one
        elif _is_taught(text, between, other):
            yield one, other
    masters = [p for p in persons if _LABELLED_MASTER.search(text, max(0, p.start - 2), p.start)]
    pupils = [p for p in persons if _LABELLED_PUPIL.search(text, max(0, p.start - 2), p.start)]
    if len(masters) == 1 and len(pupils) == 1:
        yield masters[0], pupils[0]


def _taught(text: str, sentence: Span, persons: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield who coaches whom by a verb, unless that is only planned, wished or denied (`打算拜某人为师`)."""
    for mentor, pupil in taught(text, persons):
        first, second = sorted((mentor, pupil), key=lambda m: m.start)
        if not any(modality(text, sentence.start, at) for at in (first.start, second.start, second.end)):
            yield mentor, pupil


def _by_pronoun(text: str, inside: list[Mention], persons: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield pairs of which a pronoun means the one: `法官助理甲，24岁，乙手把手教她`, `甲来上课。跟着她学的乙`."""
    for one, other in pairwise(inside):
        if _TEACHES_HIM.match(text, other.end):
            yield other, one
    for pupil in inside:
        before = within(persons, Span(text.rfind("\n", 0, pupil.start) + 1, pupil.start))
        if before and _LEARNS_OF_HIM.search(text, before[-1].end, pupil.start):
            yield before[-1], pupil


def _several(text: str, sentence: Span, persons: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the pupils that a sentence lists behind their number, with its subject or the one named last before."""
    match = _TAKES_SEVERAL.search(text, sentence.start, sentence.end)
    before = within(persons, Span(text.rfind("\n", 0, sentence.start) + 1, match.start())) if match else []
    if match and before:
        same = [p for p in before if p.start >= sentence.start] or before[-1:]
        yield from ((same[0], pupil) for pupil in within(persons, Span(match.end(), sentence.end)))


def _ranked(text: str, sentence: Span, persons: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield 大徒弟甲 and 关门弟子乙 with whom the paragraph says to have brought up pupils."""
    pupils = [p for p in within(persons, sentence) if _RANKED_PUPIL.search(text, max(0, p.start - 4), p.start)]
    start = text.rfind("\n", 0, sentence.start) + 1
    brought = _BRINGS_UP.search(text, start, pupils[0].start) if pupils else None
    before = within(persons, Span(text.rfind("\n", 0, max(0, start - 1)) + 1, brought.start())) if brought else []
    if before:
        yield from ((before[-1], pupil) for pupil in pupils)


def _is_taught(text: str, between: str, pupil: Mention) -> bool:
    """给张三当师父, 收张三为徒, 手把手教张三, 带着徒弟张三."""
    as_master = between.endswith("给") and _AS_MASTER.match(text, pupil.end)
    as_pupil = _TAKES_ON.search(between) and _AS_PUPIL.match(text, pupil.end)
    led = _BEFORE_PUPIL.fullmatch(between) and not between.startswith(("徒", "学"))
    return bool(as_master or as_pupil or led or _ONE_OF_THEM.fullmatch(between) or _TEACHES.fullmatch(between))


def _quoted(
    text: str, sentence: Span, inside: list[Mention], persons: list[Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """`“有了老书记吴寿良的帮助，我…”近日，…俞栋华说`: the speaker is the pupil."""
    for mentor in inside:
        if not _HELP.match(text, mentor.end) or "我" not in sentence.of(text):
            continue
        end = text.find("”", mentor.end)
        if text.rfind("“", 0, mentor.start) <= text.rfind("”", 0, mentor.start) or end < 0:
            continue
        speaker = next((p for p in persons if p.start > end and verb_pattern("speech").match(text, p.end)), None)
        if speaker and "\n" not in text[end : speaker.start] and "。" not in text[end : speaker.start]:
            yield mentor, speaker
