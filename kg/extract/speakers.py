"""Who speaks, and for whom: the body of a quoted official, the person who says 我.

In: a text, its mentions and a place in it. Out: the mention that what is said there is about. The trap: after
`“……。”某人说，` the talk goes on about what the quotation was about, not about the speaker's body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.in_order import starting
from kg.extract.named_subjects import NamedSubjects
from kg.extract.piece_words import speech_end
from kg.model import EntityType, Mention, Span

_I = re.compile("我(?!们|[省市县区旗镇乡村国院局校行])")
_BRANCH = re.compile("党|[村居]委")  # what makes a village's name that of its branch or committee
_TO_SPEAKER = 25  # characters between the end of somebody's words and the name of who said them


def follows_speech(text: str, piece: Span) -> bool:
    """Tell whether a piece stands right behind somebody's words: `……。”李某说`."""
    return text[piece.start - 1 : piece.start] == "”"


def body_of_speaker(text: str, names: NamedSubjects, piece: Span) -> Mention | None:
    """Return whom a speaker speaks for, the place where it is its party branch.

    `甲村党支部书记李某介绍` gives 甲村, `甲公司经理李某说` the company; None where the piece is no speech.
    """
    inside = names.inside(piece)
    bodies = [m for m in inside if m.type in (EntityType.ORGANIZATION, EntityType.PLACE)]
    if not bodies or not any(m.type is EntityType.PERSON for m in inside):
        return None
    if not speech_end().search(text[piece.start : piece.end].rstrip("”’")):
        return None
    return own_place_of(names, bodies[-1])


def own_place_of(names: NamedSubjects, body: Mention) -> Mention:
    """Return the place for its party branch or committee, else the body itself: 甲村 for 甲村党支部."""
    same = starting(names.found.mentions, body.start, body.start + 1)
    places = [m for m in same if m.type is EntityType.PLACE and m.end < body.end]
    return next((p for p in places if _BRANCH.match(names.article.text, p.end, body.end)), body)


def speaker_of_first_person(text: str, mentions: Sequence[Mention], offset: int) -> Mention | None:
    """Return the person who says 我 in the words that hold the offset: `“我这5万元拿回来了。”牧民某某说`."""
    opened, closed = text.rfind("“", 0, offset), text.find("”", offset)
    if opened < 0 or closed < 0 or text.rfind("”", opened, offset) >= 0 or "\n" in text[opened:closed]:
        return None
    if not _I.search(text, opened, closed):
        return None
    reach = text.find("\n", closed)
    reach = min(closed + _TO_SPEAKER, reach if reach >= 0 else len(text))
    return next((m for m in starting(mentions, closed + 1, reach) if m.type is EntityType.PERSON), None)
