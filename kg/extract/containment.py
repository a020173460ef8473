"""State which place lies in which, as far as the words say so: places of one article → `within` relations.

In: the article and its places in text order. Out: relations from the smaller place to the nearest larger one that
is stated. The trap: two places side by side may be a list or a slip of layout, so the gazetteer must not contradict;
and what the gazetteer alone knows is no statement of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.in_order import within
from kg.model import Article, Mention, Relation, Span
from kg.text import sentences
from kg.vocab import divisions, lexicon

# Words that point back at the town just named: 该镇白洋河村, 镇上的白洋河村.
_FRAMES = (("该", ""), ("", "上的"), ("", "里的"))
_POINTERS = tuple(f"{before}{level}{behind}" for level in ("镇", "乡", "街道", "苏木") for before, behind in _FRAMES)
_LISTED = re.compile("[和与、及]")  # 甲乡乙村和丙村
_OF_TOWN = re.compile("的(?:小|山|渔)?村[子庄落]?")  # 这个甲乡的村子: the village that the text has just spoken of
_THIS = ("这个", "这座")
_RANK = {"Province": 0, "Prefecture": 1, "County": 2, "Zone": 3, "Township": 3, "Village": 4, "Community": 4}
_VILLAGE = 4


def containments(article: Article, places: Sequence[Mention]) -> Iterator[Relation]:
    """Yield what lies in what.

    `秀洲区新塍镇潘家浜村` → the town within the district, the village within the town; `浏阳经开区` → the zone within
    浏阳; `在郇封镇，…大位村` → the village within the town, since the sentence is set there and the gazetteer agrees.
    """
    stated: set[tuple[str, str]] = set()
    for smaller, larger in _side_by_side(article.text, places):
        stated.add((smaller.label, larger.label))
        yield _within(smaller, larger, 0.95)
    for paragraph in article.bodies():
        for smaller, larger in _framed(article, paragraph, within(places, paragraph)):
            if (smaller.label, larger.label) not in stated:
                stated.add((smaller.label, larger.label))
                yield _within(smaller, larger, 0.85)


def _within(smaller: Mention, larger: Mention, confidence: float) -> Relation:
    return Relation(
        subject=smaller,
        predicate="within",
        object=larger,
        evidence=Span(min(larger.start, smaller.start), max(larger.end, smaller.end)),
        rule="place.containment",
        confidence=confidence,
    )


def _side_by_side(text: str, places: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    parts = tuple(r["word"] for r in lexicon("zone_suffixes") if r["part"])
    by_end = {p.end: p for p in places}
    by_start: dict[int, Mention] = {}
    for place in places:
        if place.kind != "Zone":
            by_start[place.start] = place
    for place in places:
        if place.kind == "Zone" and (leader := by_start.get(place.start)):
            # 嘉善片区 is the part of a zone that belongs to 嘉善, so the zone is what it lies in
            if not place.text.endswith(parts):
                chain = [p for p in places if p.kind != "Zone" and place.start <= p.start and p.end <= place.end]
                yield place, _last_of_chain(leader, chain)
            continue
        if (before := by_end.get(_joint(text, place))) and fits(place, before):
            yield place, before
            yield from ((other, before) for other in _listed_with(text, place, by_start) if fits(other, before))


def _joint(text: str, place: Mention) -> int:
    """Return where the larger of two places ends: 西村乡当阳峪村, 西村乡的当阳峪村, 甲县（简称…）乙镇."""
    last = text[place.start - 1 : place.start]
    if last == "）":
        return max(text.rfind("（", 0, place.start), 0)
    return place.start - (last == "的" and _RANK.get(place.kind) == _VILLAGE)


def _listed_with(text: str, village: Mention, by_start: dict[int, Mention]) -> Iterator[Mention]:
    """Yield the villages of a list that a town opens: 丙村 in 甲乡乙村和丙村."""
    last: Mention | None = village
    while last and _RANK.get(last.kind) == _VILLAGE and _LISTED.match(text, last.end):
        last = by_start.get(last.end + 1)
        if last and _RANK.get(last.kind) == _VILLAGE:
            yield last


def _last_of_chain(leader: Mention, chain: Iterable[Mention]) -> Mention:
    """Return the smallest place of those that a zone's name begins with: 嘉兴平湖经开区 lies in 平湖."""
    last = leader
    for place in chain:
        if place.start == last.end:
            last = place
    return last


def fits(smaller: Mention, larger: Mention) -> bool:
    """Tell whether a place may lie in another one, by their levels and the gazetteer."""
    if larger.kind == "Zone":  # few zones have towns of their own, 苏州工业园区娄葑街道; parts are 某某开发区|河口园区
        return smaller.kind == "Zone" or _is_known_within(smaller, larger)
    if _RANK.get(smaller.kind, 9) <= _RANK.get(larger.kind, 9):
        return False
    return not (smaller.code and larger.code) or divisions.contains(larger.code, smaller.code)


def _framed(article: Article, paragraph: Span, places: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield villages of a paragraph that is set in a town: one of its sentences before opens with the town."""
    frame = town = village = None
    openings = {s.start for s in sentences(article.text, paragraph)}
    for place in places:
        if place.kind == "Township":
            start = place.start - (article.text[place.start - 1 : place.start] == "在")  # 在郇封镇，…
            frame, town = (place if start in openings else None), place
            if village and _points_at_village(article.text, place) and fits(village, place):
                yield village, place
        elif _RANK.get(place.kind) == _VILLAGE:
            village = place
            if frame and _is_known_within(place, frame):
                yield place, frame
            elif town and article.text.endswith(_POINTERS, 0, place.start):
                yield place, town


def _points_at_village(text: str, town: Mention) -> bool:
    """Tell whether a town only says where the last village lies: 这个甲乡的村子."""
    return text.endswith(_THIS, 0, town.start) and _OF_TOWN.match(text, town.end) is not None


def _is_known_within(smaller: Mention, larger: Mention) -> bool:
    return bool(smaller.code and larger.code) and divisions.contains(larger.code, smaller.code)
