"""Draw a KnowledgeGraph through pyvis: nodes with position and size, edges, options for vis-network.

In: the graph. Out: a `Drawing`, with `nodes`, `edges` and `options` as pyvis holds them. An edge joins two entities
and stands for all statements between them, in either direction: parallel lines would only hide each other. The trap:
pyvis looks for both ends of each new edge in a list of all nodes, which takes time with the square of their number, so
nodes and edges are made as pyvis makes them and added without that search.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any

from kg.export.html.placement import place
from kg.graph import KnowledgeGraph, Membership, Statement, as_edge

_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False, "shape": "custom"},
    "edges": {
        "chosen": False,
        "smooth": False,
        "width": 1,
        "arrows": {"to": {"scaleFactor": 0.42}, "from": {"scaleFactor": 0.42}},
    },
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "selectConnectedEdges": False,
        "tooltipDelay": 1000000,
        "zoomSpeed": 0.6,
    },
}

_SYMMETRIC = frozenset({"cooperatesWith"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything stands, and the picture that the page opens with."""

    positions: dict[str, tuple[int, int]]
    """Entity → x and y, y downwards."""
    sizes: dict[str, float]
    """Entity → radius of its mark, in the same units."""
    bylines: frozenset[str]
    picture: dict[str, Any]


def draw(graph: KnowledgeGraph) -> Drawing:
    """Place all entities, and draw them and their links."""
    from pyvis.edge import Edge  # type: ignore[import-untyped]  # 0.7 s to import
    from pyvis.network import Network  # type: ignore[import-untyped]
    from pyvis.node import Node  # type: ignore[import-untyped]

    links = _links(graph)
    neighbours = _neighbours(links)
    bylines = byline_only(graph)
    loose = sorted(
        (e for e in graph.entities if e not in neighbours), key=lambda e: (e in bylines, graph.entities[e].type, e)
    )
    positions = place(neighbours, loose, {e.id: e.label for e in graph.entities.values()})
    sizes = {e: _radius(len(neighbours.get(e, ()))) for e in sorted(graph.entities)}
    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    for entity_id, size in sizes.items():
        x, y = positions[entity_id]
        entity = graph.entities[entity_id]
        network.nodes.append(
            Node(entity_id, "custom", entity.label, group=str(entity.type), x=x, y=y, size=size).options
        )
    for (source, target), statements in sorted(links.items()):
        edge = Edge(source, target, id=f"{source} {target}", arrows=_arrows(source, statements))
        network.edges.append(edge.options)
    nodes, edges, *_, options = network.get_network_data()
    picture = {"nodes": nodes, "edges": edges, "options": json.loads(options)}
    return Drawing(positions, sizes, bylines, picture)


def byline_only(graph: KnowledgeGraph) -> frozenset[str]:
    """Return the people of whom nothing is said but that they wrote or photographed."""
    signed = {p for a in graph.articles.values() for p in (*a.authors, *a.photographers)}
    told = {end for s in graph.statements.values() if (edge := as_edge(s)) for end in (edge[0], edge[2])}
    told |= {s.member for s in graph.statements.values() if isinstance(s, Membership)}
    return frozenset(signed - told)


def _links(graph: KnowledgeGraph) -> dict[tuple[str, str], list[Statement]]:
    """Return the statements between each two entities, under the pair in sorted order."""
    links: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for _, statement in sorted(graph.statements.items()):
        edge = as_edge(statement)
        if edge and edge[0] != edge[2] and {edge[0], edge[2]} <= graph.entities.keys():
            links[min(edge[0], edge[2]), max(edge[0], edge[2])].append(statement)
    return links


def _neighbours(links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    return {node: sorted(others) for node, others in near.items()}


def _arrows(source: str, statements: list[Statement]) -> str:
    """Return on which ends of the line from `source` arrows stand: `to`, `from`, both or neither."""
    edges = [edge for s in statements if (edge := as_edge(s)) and edge[1] not in _SYMMETRIC]
    ends = {"to" if edge[0] == source else "from" for edge in edges}
    return ", ".join(sorted(ends))


def _radius(degree: int) -> float:
    return round(min(6 + 3.4 * sqrt(degree), 26), 1)
