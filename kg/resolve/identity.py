"""Clusters of all articles merged into entities, with identifiers that do not depend on the order of files.

In: clusters and the regions their articles speak of. Out: the entity of each cluster. Blocking is by type, name and
region, so that the work grows with the number of names; `merge` does it in memory, `kg.engines` with the same functions
where the clusters are on disk or on many machines. The trap: people of one name are common; two are one only where
their counties meet.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from kg.graph import Entity
from kg.model import EntityType
from kg.record import Record
from kg.resolve.clusters import Cluster
from kg.text import bare, folded
from kg.vocab import divisions

# Names of these are the same thing wherever they are printed: a bank's product, a national honour, a group.
_NATIONAL = {EntityType.PRODUCT, EntityType.POLICY, EntityType.HONOUR, EntityType.GROUP}
# So are the full names of these kinds of organization, which are registered nationally.
_REGISTERED = {"Company", "Bank", "Media"}
# Names that open with a level or with a bare noun: each county has a 县公安局, each village a 村党支部,
# each firm a 公司工会.
_BY_LEVEL = re.compile("[省市州盟县区旗镇乡村]|街道|社区|苏木|嘎查|园区|公司|学校|医院|工会|党[委总支]")


@dataclass(frozen=True, slots=True)
class Located(Record):
    """A cluster with the county codes that tie it down."""

    cluster: Cluster
    region: str
    """Prefecture (4 digits) that its article speaks of; empty where unknown."""
    county: str = ""
    """County (6 digits) that its article speaks of; empty where it names none."""
    counties: frozenset[str] = frozenset()
    """Counties (6 digits) tied to a person by posts and neighbouring places."""
    byline: bool = False
    """True for a person known from bylines alone."""


@dataclass(frozen=True, slots=True)
class Described(Record):
    """What clusters of one entity tell of it; parts can be joined in any order, so that nobody need hold them all."""

    type: EntityType
    names: frozenset[str]
    addresses: frozenset[str]
    """Forms that stand for a person's full name."""
    codes: frozenset[str]
    kinds: frozenset[str]
    discriminator: str
    """What tells the entity from others of its name: the first of its clusters' own, in the order of characters."""

    def joined(self, other: Described) -> Described:
        """Return what both tell."""
        return Described(
            self.type,
            self.names | other.names,
            self.addresses | other.addresses,
            self.codes | other.codes,
            self.kinds | other.kinds,
            min(self.discriminator, other.discriminator),
        )


def describe(item: Located) -> Described:
    """Return what one cluster tells of its entity."""
    c = item.cluster
    parts = (_scope(item, c.names[0]), min(item.counties, default=""), str(item.byline), _told_apart(c))
    return Described(
        c.type,
        frozenset(c.names),
        c.addresses,
        frozenset((c.code,) if c.code else ()),
        frozenset((c.kind,) if c.kind else ()),
        "|".join(parts),
    )


def merge(located: Sequence[Located]) -> list[Entity]:
    """Return the entity of each cluster, in the order of the clusters; clusters of one entity have the same."""
    keyed = [keys(item) for item in located]
    roots = Roots()
    for several in (*keyed, *lone_counties({tie for item in located for tie in county_ties(item)})):
        roots.connect(several)
    described: dict[str, Described] = {}
    for item, own in zip(located, keyed, strict=True):
        root = roots.of(own[0])
        told = describe(item)
        described[root] = described[root].joined(told) if root in described else told
    entities = as_entities(described)
    return [entities[roots.of(own[0])] for own in keyed]


def as_entities(described: Mapping[str, Described]) -> dict[str, Entity]:
    """Return the entity of each root; roots that would have one identifier are one entity."""
    entities = {root: entity(told) for root, told in described.items()}
    several: defaultdict[str, list[Described]] = defaultdict(list)
    for root, told in described.items():
        several[entities[root].id].append(told)
    together = {
        id_: replace(entity(reduce(Described.joined, all_told)), id=id_)
        for id_, all_told in several.items()
        if len(all_told) > 1
    }
    return {root: together.get(one.id, one) for root, one in entities.items()}


class Roots:
    """Blocking keys that mean one thing, directly or through others; the first of them stands for all."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, key: str) -> str:
        """Return the key that stands for all that mean the same."""
        parent = self._parent
        while (above := parent.get(key, key)) != key:
            parent[key] = parent.get(above, above)
            key = above
        return key

    def changed(self) -> Iterator[tuple[str, str]]:
        """Yield the keys that another one stands for, each with that."""
        return ((key, self.of(key)) for key in list(self._parent))

    def connect(self, keys: Sequence[str]) -> None:
        """Note that keys mean one thing."""
        first = self.of(keys[0])
        for other in keys[1:]:
            first, second = sorted((first, self.of(other)))
            if first != second:
                self._parent[second] = first


def keys(item: Located) -> list[str]:
    """Return the blocking keys of a cluster: clusters that share one are one entity."""
    return _person_keys(item) if item.cluster.type is EntityType.PERSON else _keys(item)


def _person_keys(item: Located) -> list[str]:
    """Return keys for a person: the name in a region, and a county there if one is known."""
    namesakes = _namesakes(item)
    if apart := _told_apart(item.cluster):  # told apart within one article: never joined with anyone else
        return [f"{namesakes}|{apart}"]
    if item.byline:
        return [f"{namesakes}|byline"]
    return [f"{namesakes}|{county}" for county in sorted(item.counties) or [""]]


def county_ties(item: Located) -> Iterator[tuple[str, str]]:
    """Yield the name of a person in a region with each county that a post ties it to there."""
    if item.cluster.type is EntityType.PERSON and not item.byline:
        yield from ((_namesakes(item), county) for county in item.counties)


def lone_counties(ties: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield keys that mean one: a name without a county, and the only county that this name is tied to in a region."""
    counties: defaultdict[str, set[str]] = defaultdict(set)
    for namesakes, county in ties:
        counties[namesakes].add(county)
    for namesakes, found in counties.items():
        if len(found) == 1:
            yield keys_of_one(namesakes, found.pop())


def keys_of_one(namesakes: str, county: str) -> list[str]:
    """Return the keys of a name without a county, and with the only one that it is tied to in a region."""
    return [f"{namesakes}|", f"{namesakes}|{county}"]


def _namesakes(item: Located) -> str:
    return f"Person|{folded(item.cluster.names[0])}|{item.region}"


def _keys(item: Located) -> list[str]:
    c = item.cluster
    if c.code:
        return [f"Place|{c.code}"]
    # A one-word short form joins within its article only: 万凯 in another paper may be someone else.
    names = [n for n in c.names if len(folded(n)) > 2] or [c.names[0]]
    return [f"{c.type}|{folded(n)}|{_scope(item, n)}" for n in dict.fromkeys([c.names[0], *names])]


def _scope(item: Located, name: str) -> str:
    """Return where a name means one thing: everywhere, in its region, its county, or in its article alone."""
    c = item.cluster
    if c.type in _NATIONAL:
        return ""
    if _BY_LEVEL.match(folded(name)):  # each county has a 县公安局
        return item.county or f"{c.article.source}|{c.article.number}"
    return "" if c.kind in _REGISTERED else item.region


def _mark(cluster: Cluster) -> str:
    return next((m.code for m in cluster.mentions if m.code.startswith("#")), "")


def entity(told: Described) -> Entity:
    """Return the entity that clusters tell of."""
    addresses = told.addresses
    names = sorted(told.names, key=lambda n: (n in addresses, -len(folded(n)), -len(n), n))
    code = min(told.codes, default="")
    kind = min(told.kinds, default="")
    division = divisions.by_code(code) if code else None
    if division:
        kind = division.kind
        names = [division.name, *[n for n in names if n != division.name]]
    label = names[0]
    others = {folded(n): n for n in reversed(names[1:])}
    others.pop(folded(label), None)
    return Entity(
        id=f"place/{code}" if code else _identifier(told, label),
        type=told.type,
        label=label,
        kind=kind,
        aliases=tuple(sorted(others.values())),
        code=code,
    )


def _identifier(told: Described, label: str) -> str:
    """Return a readable, unique and order-free identifier such as `programme/爱心凉茶志愿服务-1f0c29ab`."""
    digest = hashlib.sha256(f"{told.type}|{folded(label)}|{told.discriminator}".encode()).hexdigest()[:8]
    return f"{told.type.value.lower()}/{slug(label)}-{digest}"


def _told_apart(cluster: Cluster) -> str:
    """Return what tells a person from a namesake in the same article; empty for all others."""
    mark = _mark(cluster)
    return f"{cluster.article.source}|{cluster.article.number}|{mark}" if mark else ""


def slug(name: str, limit: int = 40) -> str:
    """Return a name as one IRI path segment: letters, digits and ideographs, all else a hyphen."""
    return re.sub(r"[^\w]+", "-", bare(name).replace("_", "-"))[:limit].strip("-") or "x"


def gazetteer_ancestors(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the divisions above those given that are not among them, up to the province."""
    known = {e.code for e in entities if e.code}
    for code in sorted(known):
        division = divisions.by_code(code)
        while division and division.parent:
            division = divisions.by_code(division.parent)
            if division and division.code not in known:
                known.add(division.code)
                place = f"place/{division.code}"
                yield Entity(place, EntityType.PLACE, division.name, division.kind, code=division.code)
