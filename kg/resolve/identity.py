"""Clusters of all articles merged into entities, with identifiers that do not depend on the order of files.

In: clusters and the regions their articles speak of. Out: for each cluster the identifier of its entity, and the
entities. Blocking is by type, name and region, so that the work grows with the number of names. The trap: people
of one name are common; two are one only where their counties meet.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph import Entity
from kg.model import EntityType
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


@dataclass(frozen=True)
class Located:
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


def merge(located: Iterable[Located]) -> tuple[dict[int, str], list[Entity]]:
    """Return the entity identifier by `id(cluster)`, and the entities."""
    ids: dict[int, str] = {}
    entities: dict[str, Entity] = {}
    for members in _joined(list(located)).values():
        entity = _entity(members)
        entities[entity.id] = entity
        ids.update({id(m.cluster): entity.id for m in members})
    return ids, list(entities.values())


def _joined(located: list[Located]) -> dict[str, list[Located]]:
    """Group clusters that share a blocking key, directly or through others."""
    parent: dict[str, str] = {}

    def find(k: str) -> str:
        parent.setdefault(k, k)
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    persons = _person_keys(located)
    keyed = [(item, persons.get(id(item)) or _keys(item)) for item in located]
    for _, keys in keyed:
        first = find(keys[0])
        for other in keys[1:]:
            a, b = sorted((first, find(other)))
            parent[b] = a
            first = a
    groups: dict[str, list[Located]] = defaultdict(list)
    for item, keys in keyed:
        groups[find(keys[0])].append(item)
    return groups


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


def _person_keys(located: list[Located]) -> dict[int, list[str]]:
    """Return keys for persons: same name and a county in common, or the only one of that name in the region."""
    by_name: dict[tuple[str, str], list[Located]] = defaultdict(list)
    for item in located:
        if item.cluster.type is EntityType.PERSON:
            by_name[(folded(item.cluster.names[0]), item.region)].append(item)
    keys: dict[int, list[str]] = {}
    for (name, region), items in by_name.items():
        counties = {c for i in items for c in i.counties if not i.byline}
        for item in items:
            mark = _mark(item.cluster)
            if mark:  # told apart within one article: never joined with anyone else
                own = f"{item.cluster.article.source}|{item.cluster.article.number}|{mark}"
                keys[id(item)] = [f"Person|{name}|{region}|{own}"]
            elif item.byline:
                keys[id(item)] = [f"Person|{name}|{region}|byline"]
            else:
                anchors = sorted(item.counties) or (sorted(counties) if len(counties) == 1 else [""])
                keys[id(item)] = [f"Person|{name}|{region}|{a}" for a in anchors]
    return keys


def _mark(cluster: Cluster) -> str:
    return next((m.code for m in cluster.mentions if m.code.startswith("#")), "")


def _entity(members: list[Located]) -> Entity:
    clusters = [m.cluster for m in members]
    addresses = frozenset[str]().union(*(c.addresses for c in clusters))
    names = sorted({n for c in clusters for n in c.names}, key=lambda n: (n in addresses, -len(folded(n)), -len(n), n))
    code = min((c.code for c in clusters if c.code), default="")
    kinds = sorted({c.kind for c in clusters if c.kind})
    kind = kinds[0] if kinds else ""
    division = divisions.by_code(code) if code else None
    if division:
        kind = division.kind
        names = [division.name, *[n for n in names if n != division.name]]
    label = names[0]
    others = {folded(n): n for n in reversed(names[1:])}
    others.pop(folded(label), None)
    return Entity(
        id=f"place/{code}" if code else _identifier(members, label),
        type=clusters[0].type,
        label=label,
        kind=kind,
        aliases=tuple(sorted(others.values())),
        code=code,
    )


def _identifier(members: list[Located], label: str) -> str:
    """Return a readable, unique and order-free identifier such as `programme/爱心凉茶志愿服务-1f0c29ab`."""
    first = members[0].cluster.type
    discriminator = min(
        "|".join((_scope(m, m.cluster.names[0]), min(m.counties, default=""), str(m.byline), _told_apart(m.cluster)))
        for m in members
    )
    digest = hashlib.sha256(f"{first}|{folded(label)}|{discriminator}".encode()).hexdigest()[:8]
    return f"{first.value.lower()}/{slug(label)}-{digest}"


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
