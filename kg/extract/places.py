"""Find places and what lies in what: Article → Place mentions and `within` relations.

In: an article, its home place from the sidecar. Out: a mention for each occurrence of a division (with its NBS code
where it is certain) or a zone, in title, paragraphs and captions. The trap: a zone's mention holds the mention of
the place that its name begins with (浏阳经开区 and 浏阳); all other mentions of places do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.containment import containments
from kg.extract.declared_forms import DeclaredForm, declared_spans
from kg.extract.home_words import homes
from kg.extract.in_order import are_in_one
from kg.extract.place_context import Name
from kg.extract.place_forms import listed_towns, short_towns, villages
from kg.extract.place_names import context_of, gazetteer_names
from kg.extract.scope import home_division
from kg.extract.zone_names import zones
from kg.model import Article, EntityType, Findings, Mention, Relation
from kg.vocab import divisions

_FULL_NAME = 30
"""So many characters before a declared short form its full name begins at the earliest."""
_CONFIDENCE = {
    "place.gazetteer": 0.95,
    "place.village": 0.95,
    "place.zone": 0.9,
    "place.zone_short": 0.85,
    "place.short_form": 0.85,
    "place.old_name": 0.8,
    "place.town_form": 0.8,
    "place.village_form": 0.8,
    "place.zone_gloss": 0.75,
}


def _names(article: Article) -> list[Name]:
    context = context_of(article.text, home_division(article))
    larger = gazetteer_names(context)
    smaller = villages(context, larger)
    places = _without_overlap([*larger, *smaller, *short_towns(context, larger), *listed_towns(context)])
    places = _outside_declared_forms(article.text, places)
    bodies = sorted(article.bodies())
    found = [*places, *_leaders(article.text, places), *zones(context, places)]
    return [n for n in found if are_in_one(bodies, n.start, n.end)]


def _leaders(text: str, names: Iterable[Name]) -> Iterator[Name]:
    """Yield the city that a zone of the gazetteer is named for: 苏州 of 苏州工业园区."""
    for name in names:
        if name.kind != "Zone" or not name.division:
            continue
        city = divisions.by_code(name.division.parent)
        for form in divisions.short_forms(city) if city else ():
            if city and text.startswith(form, name.start):
                yield Name(name.start, name.start + len(form), "place.short_form", city.kind, city)
                break


def _outside_declared_forms(text: str, names: list[Name]) -> list[Name]:
    """Drop what only looks like a place in a form that the text declares: 漫江 of 江西漫江红实业有限公司（简称漫江红）.

    A place that the full name holds as well is one in the short form too (嘉兴农行), unless all but a character is.
    """
    forms = list(declared_spans(text))
    return [n for n in names if not any(_is_only_part(n, *form, names) for form in forms)]


def _is_only_part(name: Name, form: DeclaredForm, start: int, end: int, names: list[Name]) -> bool:
    outside = end - start - (name.end - name.start)
    if not (start <= name.start and name.end <= end) or not outside:
        return False
    if outside == 1:
        return True
    full = [n for n in names if form.start - _FULL_NAME <= n.start and n.end <= form.start]
    return not any(n.start < name.start and n.code == name.code for n in full)


def _without_overlap(names: Iterable[Name]) -> list[Name]:
    """Return names of which none overlaps another: the longer wins, then the first."""
    taken: set[int] = set()
    kept = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


def _mentions(article: Article, names: list[Name]) -> Iterator[Mention]:
    """Yield a mention a name, short forms linked to the first full form in the article."""
    text = article.text
    full: dict[str, tuple[int, int]] = {}
    for n in names:
        if n.code and n.rule in ("place.gazetteer", "place.village"):
            full.setdefault(n.code, (n.start, n.end))
    long_zones = [n for n in names if n.rule == "place.zone"]
    for n in names:
        antecedent = full.get(n.code) if n.code and n.rule in ("place.short_form", "place.old_name") else None
        if n.rule == "place.zone_short":
            same = [z for z in long_zones if text[z.start : z.end].endswith(text[n.start : n.end])]
            nearest = max((z for z in same if z.end <= n.start), key=lambda z: z.end, default=same[0] if same else None)
            antecedent = (nearest.start, nearest.end) if nearest else None
        yield Mention(
            start=n.start,
            end=n.end,
            text=text[n.start : n.end],
            type=EntityType.PLACE,
            rule=n.rule,
            kind=n.kind,
            code=n.code,
            antecedent=antecedent,
            confidence=_CONFIDENCE[n.rule],
        )


def extract_places(article: Article, findings: Findings) -> Iterable[Mention | Relation]:
    """Return the places of an article and what it says of their containment.

    `秀洲区新塍镇潘家浜村是国家AAA级旅游景区` → 秀洲区, 新塍镇, 潘家浜村; the village within the town, the town
    within the district.
    """
    named = list(_mentions(article, _names(article)))
    mentions = sorted([*named, *homes(article, {m.code for m in named})], key=lambda m: (m.start, -m.end))
    return [*mentions, *containments(article, mentions)]
