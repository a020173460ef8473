"""State which place lies in which, as far as the words say so: places of one article → `within` relations.

In: the article and its places in text order. Out: relations from the smaller place to the nearest larger one that
is stated. The trap: two places side by side may be a list or a slip of layout, so the gazetteer must not contradict;
and what the gazetteer alone knows is no statement of the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.model import Article, Mention, Relation, Span
from kg.text import sentences
from kg.vocab import divisions, lexicon

# Words that point back at the town just named: 该镇白洋河村.
_POINTERS = ("该镇", "该乡", "该街道", "该苏木")
_RANK = {"Province": 0, "Prefecture": 1, "County": 2, "Zone": 3, "Township": 3, "Village": 4, "Community": 4}


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
        for smaller, larger in _framed(article, paragraph, [p for p in places if paragraph.covers(p)]):
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
        joint = place.start - (text[place.start - 1 : place.start] == "的" and _RANK.get(place.kind) == 4)
        if (before := by_end.get(joint)) and _fits(place, before):  # 西村乡当阳峪村, 西村乡的当阳峪村
            yield place, before


def _last_of_chain(leader: Mention, chain: Iterable[Mention]) -> Mention:
    """Return the smallest place of those that a zone's name begins with: 嘉兴平湖经开区 lies in 平湖."""
    last = leader
    for place in chain:
        if place.start == last.end:
            last = place
    return last


def _fits(smaller: Mention, larger: Mention) -> bool:
    if larger.kind == "Zone":  # few zones have towns of their own, 苏州工业园区娄葑街道; parts are 某某开发区|河口园区
        return smaller.kind == "Zone" or _is_known_within(smaller, larger)
    if _RANK.get(smaller.kind, 9) <= _RANK.get(larger.kind, 9):
        return False
    return not (smaller.code and larger.code) or divisions.contains(larger.code, smaller.code)


def _framed(article: Article, paragraph: Span, places: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield villages of a paragraph that is set in a town: one of its sentences before opens with the town."""
    frame: Mention | None = None
    openings = {s.start for s in sentences(article.text, paragraph)}
    for place in places:
        if place.kind == "Township":
            start = place.start - (article.text[place.start - 1 : place.start] == "在")  # 在郇封镇，…
            frame = place if start in openings else None
        elif (
            frame
            and _RANK.get(place.kind) == 4
            and (_is_known_within(place, frame) or article.text.endswith(_POINTERS, 0, place.start))
        ):
            yield place, frame


def _is_known_within(smaller: Mention, larger: Mention) -> bool:
    return bool(smaller.code and larger.code) and divisions.contains(larger.code, smaller.code)
