"""Organs that a title names without the place they belong to: `市委常委、统战部部长`, `县政协副主席、财政局局长`.

In: a title, the body of the post before it, and the bodies of the article; out: an Organization mention with its
full name (`市委统战部`, `县财政局`), or None. The trap: a department of a firm (`工会主席、质量部部长`) is no organ,
and only the organs that a place has by law count without a place before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from kg import vocab
from kg.extract.revealed_bodies import joined, made_body, own_organ
from kg.extract.titles import Title
from kg.model import EntityType, Mention, Span
from kg.text import sentence_at

# The level that opens a body's name, with a zone behind it: 县|政协, 市高新区|党工委.
_LEVEL = re.compile("[省市县区州盟旗镇乡](?:高新区|经开区|开发区|新区)?|街道|(?:高新区|经开区|开发区|新区)")
# A committee of the party, of which departments are: 县委|组织部, 崂山区委|办公室; not 党委 and 工委.
_COMMITTEE = re.compile("(?<![党工团监纪])委$")
_BUREAU = re.compile("[局厅]$")
_DEPARTMENTS = re.compile("(?:组织部|宣传部|统战部|社会工作部|政法委|办公室|办|党校|政研室|编办|网信办|巡察办)$")
"""Departments of a party committee; 办公室 is also the government's, and then the seat is no committee."""
_ALONE = ("组织部", "宣传部", "统战部", "政法委", "武装部", "人武部")
"""Named alone these can only be a place's organs."""
_TOWN = re.compile("(?:[镇乡村]|街道|社区)$")
_OF_TOWN = re.compile("[\u4e00-\u9fff]{2,6}?(?:[镇乡]|街道)")
_OFFICE = "办事处"
"""Of streets alone, though it is also an organ that any body may have."""
_LONGEST_TRADE = 6
_ASSEMBLIES = ("人大", "人大常委会", "政协", "街道办事处", "办事处")
_BRANCHES = ("所", "站")
"""Of towns: 镇综治中心主任、|司法所|所长."""
_STATE = ("Government", "PartyOrganization")
_SOCIAL = ("Association", "School", "Hospital")


def seat_organ(
    text: str, title: Title, seat: Mention | None, bodies: Sequence[Mention], places: Iterable[Mention]
) -> Mention | None:
    """Return the organ whose head the title names, with the name of its seat.

    `县政协副主席、财政局局长`, at 财政局, the seat being 县政协: 县财政局.
    """
    span = Span(title.start, title.role.start)
    organ = span.of(text)
    if seat is None and organ in vocab.words("own_organs") - {_OFFICE}:  # 县妇联主席甲、|党组|书记乙
        near = _seat_in_sentence(text, title.start, bodies, _STATE + _SOCIAL)
        own = own_organ(near.label) if near else ""
        # 三圣乡|人大主席甲，|党委|委员乙: the town's committee
        is_own = near is not None and (near.kind == _STATE[1] or own in _ASSEMBLIES)
        seat_name = near.label.removesuffix(own if is_own else "") if near else ""
        name = joined(seat_name, organ) if seat_name else ""
        return made_body(text, span, name) if name else None
    head = _head(organ)
    if not head:
        return None
    if seat is not None:
        name = _name(organ, seat, places)
    else:
        known = [m for m in bodies if m.label.endswith(organ) and m.label != organ]
        same = {m.label for m in known if m.type is EntityType.ORGANIZATION}
        near = _seat_in_sentence(text, title.start, bodies)
        name = next(iter(same)) if len(same) == 1 else _name(organ, near, places) if near else ""
        name = name or (organ if _BUREAU.search(organ) or organ in _ALONE else "")
    return replace(made_body(text, span, name), kind=_heads()[head]) if name else None


def _seat_in_sentence(
    text: str, offset: int, bodies: Iterable[Mention], kinds: Sequence[str] = ("Government", "PartyOrganization")
) -> Mention | None:
    """Return the state's body named last in the sentence: 街道办事处主任甲、|武装部部长."""
    start = sentence_at(text, offset).start
    before = [m for m in bodies if start <= m.start and m.end <= offset and m.kind in kinds]
    return max(before, key=lambda m: m.end, default=None)


def _name(organ: str, seat: Mention, places: Iterable[Mention]) -> str:
    """Return an organ's name from that of a body of the same place."""
    if seat.type is EntityType.PLACE:
        return "" if seat.anaphor or seat.kind in ("Village", "Community") else seat.label + organ
    if seat.kind not in _STATE:
        return ""
    if _COMMITTEE.search(seat.label) and _DEPARTMENTS.search(organ):
        return seat.label + organ
    place = next((p for p in places if p.start == seat.start and p.end < seat.end), None)
    level = _LEVEL.match(seat.label)
    if organ == _OFFICE:  # 街道党工委副书记甲，办事处副主任乙
        return joined(place.text, "街道" + organ) if place and place.text.endswith("街道") else ""
    own = own_organ(seat.label)
    opening = place.text if place else seat.label.removesuffix(own) if own else level[0] if level else ""
    if not opening and (town := _OF_TOWN.match(seat.label)):  # 镇综治中心, filled up before
        opening = town[0]
    if organ.endswith(_BRANCHES):
        return opening + organ if _TOWN.search(opening) and organ in _heads() else ""
    is_town = _TOWN.search(opening) and _BUREAU.search(organ)  # towns have no bureaus
    return opening + organ if opening and not is_town else ""


@cache
def _heads() -> dict[str, str]:
    """Return the heads of organs with their classes, the longest first."""
    rows = [r for r in vocab.lexicon("org_heads") if r["kind"] in _STATE]
    rows = [r for r in rows if r["needs"] == "place" or (r["unit"] == "branch" and r["head"].endswith(_BRANCHES))]
    heads = {r["head"]: r["kind"] for r in rows if len(r["head"]) > 1 or _BUREAU.search(r["head"])}
    return {
        h: heads[h]
        for h in sorted(heads, key=lambda h: (-len(h), h))
        if h not in vocab.words("own_organs") or h == _OFFICE
    }


def _head(words: str) -> str:
    """Return the head of words that are one, or one with the organ's business before it: 财政|局; else nothing."""
    head = next((h for h in _heads() if words.endswith(h)), "")
    trade = words.removesuffix(head)
    is_organ = (len(head) > 1 or len(trade) > 1) and len(trade) <= _LONGEST_TRADE and not _LEVEL.match(words)
    return head if is_organ else ""
