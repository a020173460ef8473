"""Verbs by which one person coaches another: `甲一对一帮带乙`, `乙拜甲为师`, `乙由甲带教`, `跟甲学艺的有乙、丙`.

In: a text and the persons of one sentence in text order. Out: (mentor, pupil). What nouns say (甲的徒弟乙) stands in
`relation_nouns`. The trap: who comes first is the mentor with some verbs and the pupil with others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Mention

# What may stand before a name: 老支书, 新录用公务员, 师傅.
_WHO = "[^，。；：！？“”、的]{0,10}"
_HOW = "(?:一对一|手把手|结对|悉心|亲自|面对面|点对点)*地?"
# 甲帮带乙, 甲把手艺传给乙.
_MENTOR_FIRST = re.compile(
    f"[^，。；“”]{{0,12}}?{_HOW}(?:(?:传帮带|帮带|带教|教会|带出|教出|结对指导|结对帮带|手把手指导|手把手教)了?"
    f"|(?:把|将)[^，。；]{{2,14}}(?:传授|传|教)给了?){_WHO}"
)
_ADOPTS = re.compile(f"[^，。；“”]{{0,8}}?收了?{_WHO}")
_AS_PUPIL = re.compile("(?:为|做|当)(?:徒|学生|弟子)")
_IS_MENTOR_OF = re.compile(f"(?:担任|当|做|任)(?:起了?|了)?{_WHO}")
_MENTORSHIP = re.compile("的(?:帮带|指导|带教|成长)?(?:师父|师傅|导师|老师)")
# 乙师从甲, 乙跟着师傅甲学, 乙拜在甲门下, 乙由甲帮带.
_PUPIL_FIRST = re.compile(f"，?[^，。；“”]{{0,12}}?(?:师从|师承|受教于|受业于){_WHO}")
_LEARNS = re.compile(f"[^，。；“”]{{0,8}}?(?:跟着|跟随|跟|随|向){_WHO}")
_CRAFT = re.compile("(?:学(?!校|院|习贯彻)|习艺|练手艺|拜师)")
_TAKES_FOR_MASTER = re.compile(f"[^，。；“”]{{0,14}}?，?[^，。；“”]{{0,14}}?(?:拜|认)(?:在|到|入)?了?{_WHO}")
_AS_MASTER = re.compile("为师|(?:做|当|为)了?(?:师父|师傅|导师|老师)|的?门下|的?为师")
_GETS = re.compile(f"[^，。；“”]{{0,6}}?(?:得|获)到?了?{_WHO}")
_HANDED = re.compile("的?(?:真传|亲传|亲授|言传身教|悉心指点)")
_IS_LED = re.compile(f"由{_WHO}")
_LEADS = re.compile(f"{_HOW}(?:帮带|带教|传帮带|培养指导)")
_WITH = re.compile(f"[与和同、]{_WHO}")
_BOND = re.compile("[^，。；“”]{0,4}?(?:结成|结为|结下|签订|签下|建立)了?[^，。；]{0,4}?(?:师徒|帮带|带教)|师徒结对")
_UNDER = re.compile(f"的(?:悉心|精心|耐心)?(?:指导|指点|带领|带教|帮带|调教|点拨)下，{_WHO}")
_IS_MASTER = ("师父", "师傅", "导师", "老师", "恩师")
_LEARNERS = re.compile(f"(?:学艺|学习|学手艺|学徒|学技术)的(?:有|是|还有){_WHO}")
_LEARNS_FROM = ("跟", "跟着", "随", "跟随", "向")
_MASTER_IS = re.compile(f"(?:当|做)(?:起了?)?(?:师父|师傅|导师|老师)的，?(?:就|正)?是{_WHO}")
_FOR = ("给", "为")
_BROUGHT_UP = re.compile("[^，。；“”]{0,4}?(?:带|教|培养)出了?$")
_PUPILS = re.compile("等?[0-9一二两三四五六七八九十]*[余多]?[名个位]?(?:徒弟|弟子|学徒|高徒)")
_ALSO = re.compile(f"(?:[、和与及]|以及|，还有){_WHO}")


def taught(text: str, persons: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield (mentor, pupil) that verbs join: `罗小兰师从潘玉珍` gives (潘玉珍, 罗小兰)."""
    for i, (one, other) in enumerate(pairwise(persons)):
        listed = _listed(text, persons[i + 1 :])
        if _leads(text, one, other, listed[-1]):
            yield from ((one, pupil) for pupil in listed)
        elif _learns(text, one, other):
            yield other, one


def _leads(text: str, one: Mention, other: Mention, last: Mention) -> bool:
    between = text[one.end : other.start]
    return bool(
        _MENTOR_FIRST.fullmatch(between)
        or (_ADOPTS.fullmatch(between) and _AS_PUPIL.match(text, other.end))
        or (_IS_MENTOR_OF.fullmatch(between) and _MENTORSHIP.match(text, other.end))
        or (_WITH.fullmatch(between) and _BOND.match(text, other.end))
        or (_UNDER.fullmatch(between) and text.endswith(_IS_MASTER, 0, one.start))
        or (_LEARNERS.fullmatch(between) and text.endswith(_LEARNS_FROM, 0, one.start))
        or (_BROUGHT_UP.fullmatch(between) and _PUPILS.match(text, last.end))
    )


def _learns(text: str, one: Mention, other: Mention) -> bool:
    between = text[one.end : other.start]
    return bool(
        _PUPIL_FIRST.fullmatch(between)
        or (_LEARNS.fullmatch(between) and _CRAFT.match(text, other.end))
        or (_TAKES_FOR_MASTER.fullmatch(between) and _AS_MASTER.match(text, other.end))
        or (_GETS.fullmatch(between) and _HANDED.match(text, other.end))
        or (_IS_LED.fullmatch(between) and _LEADS.match(text, other.end))
        or (_MASTER_IS.fullmatch(between) and text.endswith(_FOR, 0, one.start))
    )


def _listed(text: str, persons: Sequence[Mention]) -> list[Mention]:
    """Return the first of the persons and those listed with him."""
    group = [persons[0]]
    for m in persons[1:]:
        if not _ALSO.fullmatch(text, group[-1].end, m.start):
            break
        group.append(m)
    return group
