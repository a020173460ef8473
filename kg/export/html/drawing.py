"""Draw a KnowledgeGraph through pyvis: nodes with position and size, edges, options for vis-network.

In: the graph. Out: `nodes`, `edges` and `options` as pyvis holds them. An edge joins two entities
and stands for all statements between them, in either direction: parallel lines would only hide each other. The trap:
pyvis looks for both ends of each new edge in a list of all nodes, which takes time with the square of their number, so
nodes and edges are made as pyvis makes them and added without that search.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from kg.export.html.arrangement import Arrangement
from kg.graph import KnowledgeGraph, Statement, as_edge

OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False, "shape": "custom"},
    "edges": {
        "chosen": False,
        "smooth": False,
        "width": 1,
        "arrows": {"to": {"scaleFactor": 0.42}, "from": {"scaleFactor": 0.42}},
    },
}
"""How vis-network draws; the page adds that it does nothing else, since pointer and keyboard are its own."""

_SYMMETRIC = frozenset({"cooperatesWith"})


def draw(graph: KnowledgeGraph, arrangement: Arrangement) -> dict[str, Any]:
    """Return nodes, edges and options of the whole graph, or options alone where one picture cannot hold it."""
    from pyvis.edge import Edge  # type: ignore[import-untyped]  # 0.7 s to import
    from pyvis.network import Network  # type: ignore[import-untyped]
    from pyvis.node import Node  # type: ignore[import-untyped]

    network = Network(directed=True)
    network.set_options(json.dumps(OPTIONS))
    if not arrangement.clusters:
        columns = (arrangement.entities, arrangement.x, arrangement.y, arrangement.size)
        for entity_id, x, y, size in zip(*columns, strict=True):
            entity = graph.entities[entity_id]
            node = Node(entity_id, "custom", entity.label, group=str(entity.type), x=x, y=y, size=size)
            network.nodes.append(node.options)
        for (source, target), statements in sorted(_links(graph).items()):
            edge = Edge(source, target, id=f"{source} {target}", arrows=_arrows(source, statements))
            network.edges.append(edge.options)
    nodes, edges, *_, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def draw_nothing() -> dict[str, Any]:
    """Return what `draw` does of a graph that no picture holds."""
    return {"nodes": [], "edges": [], "options": OPTIONS}


def _links(graph: KnowledgeGraph) -> dict[tuple[str, str], list[Statement]]:
    """Return the statements between each two entities, under the pair in sorted order."""
    links: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for _, statement in sorted(graph.statements.items()):
        edge = as_edge(statement)
        if edge and edge[0] != edge[2] and {edge[0], edge[2]} <= graph.entities.keys():
            links[min(edge[0], edge[2]), max(edge[0], edge[2])].append(statement)
    return links


def _arrows(source: str, statements: list[Statement]) -> str:
    """Return on which ends of the line from `source` arrows stand: `to`, `from`, both or neither."""
    edges = [edge for s in statements if (edge := as_edge(s)) and edge[1] not in _SYMMETRIC]
    ends = {"to" if edge[0] == source else "from" for edge in edges}
    return ", ".join(sorted(ends))
