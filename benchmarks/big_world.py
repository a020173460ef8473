"""Invent places, bodies, people and their schemes, as many as wanted, that look like those of real newspapers.

In: how many entities, and a generator of random numbers. Out: counties, each with its places and what is at home there.
Places are named with the characters that real villages are named with, people with the surnames and characters of the
lexicons, so that lengths, repeated characters and homonyms are as search and layout meet them. The trap: an invented
division must not take the code of a real one, so they begin with 9, as no province's does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from kg.graph import Entity
from kg.model import EntityType as T
from kg.vocab import lexicon, words
from kg.vocab.divisions import stem, villages

_PREFECTURES, _COUNTIES, _TOWNSHIPS, _VILLAGES = 8, 8, 12, 15
"""How many divisions a province, prefecture, county and township have."""
_PER_PLACE = 2.86
"""Entities to each place: a little more than a third of the entities of a large build are places."""
_SHARES = (
    (T.ORGANIZATION, 0.31),
    (T.PERSON, 0.31),
    (T.PROGRAMME, 0.12),
    (T.FACILITY, 0.08),
    (T.PROJECT, 0.06),
    (T.PRODUCT, 0.02),
    (T.POLICY, 0.04),
    (T.PLATFORM, 0.03),
    (T.HONOUR, 0.01),
    (T.GROUP, 0.02),
)
_BODIES = (
    ("党委", "PartyOrganization"),
    ("人民政府", "Government"),
    ("农商银行", "Bank"),
    ("中心小学", "School"),
    ("卫生院", "Hospital"),
    ("供销合作社", "Association"),
    ("司法所", "Government"),
    ("妇联", "Association"),
)
_FIRMS = ("科技有限公司", "农业发展有限公司", "纺织有限公司", "新材料有限公司", "种植专业合作社")
_ENDINGS = {
    T.PROGRAMME: ("夜话", "议事会", "课堂", "行动", "先锋", "工作法"),
    T.FACILITY: ("服务中心", "文化礼堂", "公园", "工厂", "水库"),
    T.PROJECT: ("产业园项目", "未来社区项目", "水利工程"),
    T.PRODUCT: ("贷", "保", "大米"),
    T.PLATFORM: ("平台", "小程序", "在线"),
    T.HONOUR: ("示范县", "文明村", "先进集体"),
    T.GROUP: ("老人", "职工", "农户", "学生"),
}


@dataclass(slots=True)
class County:
    """A county with everything in it, by type; the first of each are the ones most spoken of."""

    things: dict[T, list[Entity]] = field(default_factory=lambda: {t: [] for t in T})
    parents: dict[str, str] = field(default_factory=dict)
    """Place → the place right above it, for the places of this county."""


def invent_counties(entities: int, random: Random) -> list[County]:
    """Return counties that together hold so many entities; what lies above a county is in the first below it."""
    counties: list[County] = []
    left = entities
    while left:
        county = _county(len(counties), random)
        places = county.things[T.PLACE] = county.things[T.PLACE][:left]
        county.parents = {p.id: county.parents[p.id] for p in places if p.id in county.parents}
        wanted = min(left - len(places), round(len(places) * (_PER_PLACE - 1)))
        _settle(county, wanted, random)
        counties.append(county)
        left -= len(places) + wanted
    return counties


def _county(number: int, random: Random) -> County:
    province, rest = divmod(number, _PREFECTURES * _COUNTIES)
    prefecture, nth = divmod(rest, _COUNTIES)
    county = County()
    above = _code(province), _code(province, prefecture)
    if not rest:
        _add(county, above[0], "", "省", "Province", random)
    if not nth:
        _add(county, above[1], above[0], "市", "Prefecture", random)
    _fill(county, _code(province, prefecture, nth), above[1], random)
    return county


def _fill(county: County, code: str, prefecture: str, random: Random) -> None:
    _add(county, code, prefecture, random.choice("县县区"), "County", random)
    for town in range(1, random.randint(_TOWNSHIPS - 4, _TOWNSHIPS + 4)):
        township = f"{code}{town:03}"
        _add(county, township, code, random.choice(("镇", "镇", "街道", "乡")), "Township", random)
        for village in range(1, random.randint(_VILLAGES - 8, _VILLAGES + 8)):
            ending, kind = random.choice((("村", "Village"), ("村", "Village"), ("社区", "Community")))
            _add(county, f"{township}{village:03}", township, ending, kind, random)


def _code(province: int, prefecture: int = -1, county: int = -1) -> str:
    return f"9{province + 1}{prefecture + 1:02}{county + 1:02}"


def _add(county: County, code: str, parent: str, ending: str, kind: str, random: Random) -> None:
    name = place_stem(random)
    aliases = (name,) if kind in {"Township", "County"} and len(name) > 1 else ()
    entity = Entity(f"place/{code}", T.PLACE, name + ending, kind, aliases, code)
    county.things[T.PLACE].append(entity)
    if parent:
        county.parents[entity.id] = f"place/{parent}"


def _settle(county: County, wanted: int, random: Random) -> None:
    """Give a county so many things more that are no places, in the usual shares."""
    kinds = [t for t, _ in _SHARES]
    for type_ in random.choices(kinds, [share for _, share in _SHARES], k=wanted):
        label, kind, aliases = _named(type_, county.things[T.PLACE], random)
        id_ = f"{type_.lower()}/{label.strip('《》')}-{random.getrandbits(32):08x}"
        official = type_ == T.PERSON and random.random() < 0.3
        county.things[type_].append(Entity(id_, type_, label, kind, aliases, official=official))


def _named(type_: T, places: Sequence[Entity], random: Random) -> tuple[str, str, tuple[str, ...]]:
    """Return label, kind and aliases of a new thing of a type."""
    home = random.choice(places).label
    name = place_stem(random)
    if type_ == T.PERSON:
        return _person(random), "", ()
    if type_ == T.POLICY:
        return f"《{home}{name}管理办法》", "", ()
    if type_ == T.ORGANIZATION:
        if random.random() < 0.4:
            firm = name + random.choice(_FIRMS)
            return firm, "Company", (name + firm[len(name) : len(name) + 2],)
        ending, kind = random.choice(_BODIES)
        return home + ending, kind, ()
    label = name + random.choice(_ENDINGS[type_])
    return (f"{home}{label}", "", (label,)) if random.random() < 0.3 else (label, "", ())


def place_stem(random: Random) -> str:
    """Return a name of two or three characters of the gazetteer."""
    first, last = _characters()
    return random.choice(first) + (random.choice(last) if random.random() < 0.2 else "") + random.choice(last)


def _person(random: Random) -> str:
    surnames, given = _person_characters()
    return random.choice(surnames) + "".join(random.choices(given, k=1 if random.random() < 0.2 else 2))


@cache
def _characters() -> tuple[str, str]:
    """Return the first and the last characters of the villages of some prefectures, as often as they occur."""
    stems = [stem(d.name) for code in ("3304", "4301", "5101", "3701") for d in villages(code)]
    return "".join(s[0] for s in stems if len(s) > 1), "".join(s[-1] for s in stems if len(s) > 1)


@cache
def _person_characters() -> tuple[list[str], list[str]]:
    given = [row["character"] for row in lexicon("name_characters") if int(row["last"]) > 15]
    return sorted(words("surnames", "surname", **{"class": "common"})), given
