"""Say where everything is drawn: the one place that the page's data take positions, sizes and clusters from.

In: the graph. Out: columns of plain numbers and identifiers. A graph that one view can show is laid out as one picture,
without clusters; a larger one as clusters inside each other. The same graph gives the same columns, whatever the order
of its records and the machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt

from kg.export.html.clusters import Cluster, cluster, linked
from kg.export.html.nested import Disc, nest
from kg.export.html.placement import place
from kg.graph import KnowledgeGraph, Membership, as_edge


@dataclass(slots=True)
class Arrangement:
    """Columns: all lists about entities have one order, all about clusters another."""

    entities: list[str] = field(default_factory=list)
    """Identifiers, sorted."""
    x: list[int] = field(default_factory=list)
    y: list[int] = field(default_factory=list)
    """Downwards."""
    size: list[float] = field(default_factory=list)
    """Radius in picture units, by number of links."""
    inside: list[int] = field(default_factory=list)
    """Index of the cluster that shows the entity; empty where there are no clusters."""

    clusters: list[Cluster] = field(default_factory=list)
    """The whole first, each after its parent; empty where one view shows everything."""
    discs: list[Disc] = field(default_factory=list)
    """Where each cluster is, and how much its own picture was shrunk to fit there."""


def arrange(graph: KnowledgeGraph) -> Arrangement:
    """Return where each entity of a graph is drawn, and in which cluster, if there are any."""
    neighbours = linked(graph)
    labels = {e.id: e.label for e in graph.entities.values()}
    clusters = cluster(graph)
    found = Arrangement(entities=sorted(graph.entities), clusters=clusters)
    if clusters:
        found.discs, positions = nest(clusters, neighbours, labels)
        index = {member: i for i, c in enumerate(clusters) for member in c.members}
        found.inside = [index[e] for e in found.entities]
    else:
        bylines = byline_only(graph)
        loose = sorted(graph.entities.keys() - neighbours.keys())
        loose.sort(key=lambda e: (e in bylines, graph.entities[e].type))
        positions = place(neighbours, loose, labels)
    found.x = [positions[e][0] for e in found.entities]
    found.y = [positions[e][1] for e in found.entities]
    found.size = [radius(len(neighbours.get(e, ()))) for e in found.entities]
    return found


def radius(links: int) -> float:
    """Return the size of an entity with so many others linked to it."""
    return round(min(6 + 3.4 * sqrt(links), 26), 1)


def byline_only(graph: KnowledgeGraph) -> frozenset[str]:
    """Return the people of whom nothing is said but that they wrote or photographed."""
    signed = {p for a in graph.articles.values() for p in (*a.authors, *a.photographers)}
    told = {end for s in graph.statements.values() if (edge := as_edge(s)) for end in (edge[0], edge[2])}
    told |= {s.member for s in graph.statements.values() if isinstance(s, Membership)}
    return frozenset(signed - told)
