"""Where a post is held whose words name no body: the scene that its sentence sets.

In: an article's text, the bodies found in it and an offset. Out: the body, or None. The trap: a scene is the place
where somebody is met (`某某公司装配线上，女工…`), and a leader who comes to visit there holds no post in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.in_order import starting, within
from kg.model import EntityType, Mention, Span
from kg.text import sentence_at

# A clause that ends in a localizer sets the scene of the next: 某某公司装配线上，|女工; 派出所的会议室里，|副所长.
_SCENE_END = re.compile(r"[里上内中下旁前边外间口处]，$")
_SCENE_KINDS = (EntityType.ORGANIZATION, EntityType.FACILITY)
_LONGEST_CLAUSE = 60
_CLAUSE_MARKS = "，。！？；：”\n"
_RETURNED = "返乡"
"""Who came back is no villager of the place spoken of as a matter of course: 返乡大学生."""
_BEHIND_BODY = 12
"""So many characters may stand between the body and the localizer: 某某公司|装配线|上."""
# What has just been set up is headed by whoever the sentence names next: 成立某某专班，由镇长甲任组长.
_FOUNDED = re.compile(r"(?:成立|组建|设立|建立|组成|建起|办起|创办|拉起)了?(?:一[个支家])?$")
# The subject of a sentence has a post filled: 童车工会成立于2022年，主席由甲兼任.
_SUBJECT_POST = re.compile(r"(?:[，。]|^)(?P<role>[一-鿿]{2,6})由$")


def body_of_scene(text: str, bodies: Sequence[Mention], start: int) -> Mention | None:
    """Return the body in which a clause of place sets a scene: 某某公司装配线上，|女工某某."""
    if not _SCENE_END.search(text, max(0, start - 2), start):
        return None
    least = max(0, start - _LONGEST_CLAUSE)
    begin = max(text.rfind(mark, least, start - 1) for mark in _CLAUSE_MARKS) + 1
    inside = [m for m in within(bodies, Span(max(begin, least), start - 1)) if m.type in _SCENE_KINDS]
    last = max(inside, key=lambda m: (m.end, -m.start), default=None)
    return last if last and start - last.end <= _BEHIND_BODY else None


def village_spoken_of(text: str, places: Sequence[Mention], offset: int) -> Mention | None:
    """Return the village that a paragraph is about so far: 升子村的茶园里人影攒动。|种茶大户某某."""
    if text.startswith(_RETURNED, offset):
        return None
    before = starting(places, text.rfind("\n", 0, offset) + 1, offset)
    near = [m for m in before if not m.anaphor and m.kind in ("Village", "Community", "Township", "County")]
    if near and near[-1].kind in ("Village", "Community"):
        return near[-1]
    return (
        near[-1] if near and sentence_at(text, offset).start <= near[-1].start else None
    )  # 在某某乡的山坡上，村民某某


def body_founded(text: str, bodies: Sequence[Mention], offset: int) -> Mention | None:
    """Return what the sentence says was set up before an offset: 成立|某某专班|，由镇长甲任|组长."""
    sentence = sentence_at(text, offset)
    before = starting(bodies, sentence.start, offset)
    founded = [m for m in before if m.type in _SCENE_KINDS and _FOUNDED.search(text, sentence.start, m.start)]
    return founded[-1] if founded else None


def post_filled(text: str, bodies: Sequence[Mention], title_start: int) -> tuple[Span, Mention] | None:
    """Return the post and the body that a sentence says is filled by whose title begins here: 主席由|秘书长甲兼任."""
    sentence = sentence_at(text, title_start)
    found = _SUBJECT_POST.search(text, max(sentence.start, title_start - 10), title_start)
    subject = next((m for m in starting(bodies, sentence.start, title_start) if m.start == sentence.start), None)
    if found is None or subject is None or subject.type not in _SCENE_KINDS:
        return None
    return Span(*found.span("role")), subject
