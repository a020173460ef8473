"""Sort the entities of a large graph into clusters inside each other, so that any view shows few things at once.

In: the graph. Out: the clusters, the whole first, each with the entities and the clusters that it shows, 150 at most.
First by place: what is at home in a town is shown in the town's cluster, the town in its county's; what has no home
goes where more than half of its links lead, or where most of the articles play that name it. A place with little
inside it gets no cluster of its own. What is still too much for one view is parted into communities.
The trap: all depends on sorted identifiers, so that the order of files changes nothing; and places may be nested as
deep as a text says, so nothing here calls itself for each level of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.export.html.communities import Neighbours, part
from kg.export.html.surroundings import surroundings
from kg.graph import KnowledgeGraph, as_edge
from kg.model import EntityType

LIMIT = 150
"""How many things a cluster shows, entities and clusters together."""
_TINY = 3
"""A place that holds no more entities than this, itself included, is shown as such and not as a cluster."""
_LEADERS = 3


@dataclass(frozen=True, slots=True)
class Cluster:
    """One view of the graph: the entities and clusters directly in it."""

    id: str
    """A place's identifier, or `community/` and that of its first leader; empty: the whole."""
    parent: str
    """Cluster that shows this one; empty for those of the whole, and for the whole."""
    entity: str
    """The place that it is, itself among the members; empty for a community and the whole."""
    type: str
    """Type that all entities inside share; else empty."""
    size: int
    """Entities inside, at all levels."""
    leaders: tuple[str, ...]
    """Up to three entities inside with the most links, after which a community is called."""
    members: tuple[str, ...]
    """Entities directly in it, sorted."""
    children: tuple[str, ...]
    """Clusters directly in it, the largest first."""


@dataclass(slots=True)
class _Group:
    entity: str = ""
    members: list[str] = field(default_factory=list)
    children: list[_Group] = field(default_factory=list)
    size: int = 0
    leaders: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)

    @property
    def shown(self) -> int:
        return len(self.members) + len(self.children)


def cluster(graph: KnowledgeGraph) -> list[Cluster]:
    """Return the clusters of a graph, the whole first and each before those in it; none if one view shows all."""
    if len(graph.entities) <= LIMIT:
        return []
    neighbours = linked(graph)
    return _named(_Sorter(graph, neighbours).whole())


def linked(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """Return for each entity that has links those that a statement links it with, sorted."""
    near: dict[str, set[str]] = {}
    for statement in graph.statements.values():
        if edge := as_edge(statement):
            a, b = edge[0], edge[2]
            if a != b and a in graph.entities and b in graph.entities:
                near.setdefault(a, set()).add(b)
                near.setdefault(b, set()).add(a)
    return {entity: sorted(others) for entity, others in sorted(near.items())}


class _Sorter:
    """Builds the groups from the innermost places outwards."""

    def __init__(self, graph: KnowledgeGraph, neighbours: Neighbours) -> None:
        self.graph = graph
        self.neighbours = neighbours

    def whole(self) -> _Group:
        """Return the group of everything."""
        home = surroundings(self.graph, self.neighbours)
        whole = _Group()
        groups = {place.id: _Group(place.id, [place.id]) for place in self.graph.of_type(EntityType.PLACE)}
        for entity in sorted(self.graph.entities.keys() - groups.keys()):
            groups.get(home.get(entity, ""), whole).members.append(entity)
        for place in _innermost_first(groups, home):
            group = groups[place]
            self._fit(group)
            groups.get(home.get(place, ""), whole).children.append(group)
        self._fit(whole)
        return whole

    def _fit(self, group: _Group) -> None:
        """Take in what the groups inside show, if there is room; part what is too much for one view."""
        self._take_in(group, [child for child in group.children if child.size <= _TINY])
        self._part(group)
        places = [child for child in group.children if child.entity]
        if group.shown - len(places) + sum(child.shown for child in places) <= LIMIT:
            # all or none: a county beside the towns of its neighbour would tell nobody anything
            self._take_in(group, places)
        self._sum_up(group)

    def _take_in(self, group: _Group, children: list[_Group]) -> None:
        taken = {id(child) for child in children}
        group.children = [child for child in group.children if id(child) not in taken]
        for child in children:
            group.members += child.members
            group.children += child.children
        group.members.sort()

    def _part(self, group: _Group) -> None:
        if group.shown <= LIMIT:
            return
        if len(group.children) > LIMIT // 2:
            self._part_children(group)
        things = [m for m in group.members if m != group.entity]
        room = LIMIT - len(group.children) - 1
        if len(things) <= room:
            return
        parted = part(things, self.neighbours, room, lambda e: self.graph.entities[e].type)
        grouped = {thing for found in parted for thing in found}
        group.members = [m for m in group.members if m not in grouped]
        group.children += [self._community(found) for found in parted]

    def _community(self, members: list[str]) -> _Group:
        group = _Group(members=members)
        self._part(group)
        self._sum_up(group)
        return group

    def _part_children(self, group: _Group) -> None:
        """Put the smallest of too many groups into a group of their own."""
        children = sorted(group.children, key=lambda c: (-c.size, c.leaders))
        rest = _Group(children=children[LIMIT // 2 - 1 :])
        self._part(rest)
        self._sum_up(rest)
        group.children = [*children[: LIMIT // 2 - 1], rest]

    def _sum_up(self, group: _Group) -> None:
        group.size = len(group.members) + sum(child.size for child in group.children)
        offered = {*group.members, *(leader for child in group.children for leader in child.leaders)}
        group.leaders = sorted(offered, key=lambda e: (-len(self.neighbours.get(e, ())), e))[:_LEADERS]
        group.types = {self.graph.entities[e].type for e in group.members}.union(*(c.types for c in group.children))


def _innermost_first(places: Iterable[str], home: Mapping[str, str]) -> list[str]:
    """Return the places, each before the one that it lies in."""
    depth: dict[str, int] = {}
    for place in sorted(places):
        chain = [place]
        while chain[-1] not in depth and chain[-1] in home:
            chain.append(home[chain[-1]])
        for level, each in enumerate(reversed(chain), depth.get(chain[-1], 0)):
            depth[each] = level
    return sorted(depth, key=lambda place: (-depth[place], place))


def _named(whole: _Group) -> list[Cluster]:
    """Give each group its identifier, and return all as records."""
    names = {id(whole): ""}
    waiting = [whole]
    for group in waiting:  # which grows meanwhile
        group.children.sort(key=lambda c: (-c.size, c.leaders))
        for child in group.children:
            names[id(child)] = child.entity or _free(f"community/{child.leaders[0]}", set(names.values()))
        waiting += group.children
    parents = {id(child): names[id(group)] for group in waiting for child in group.children}
    return [
        Cluster(
            id=names[id(group)],
            parent=parents.get(id(group), ""),
            entity=group.entity,
            type=next(iter(group.types)) if len(group.types) == 1 else "",
            size=group.size,
            leaders=tuple(group.leaders),
            members=tuple(sorted(group.members)),
            children=tuple(names[id(child)] for child in group.children),
        )
        for group in waiting
    ]


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or with a number behind it if a group around or beside this one is called so already."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}/{number}"
    return free
