"""Build a knowledge graph of local governance from Chinese newspaper pages.

`kg.build(paths)` runs everything and returns the graph with its failures and summary; `kg.load("output")` returns a
built graph to work with. Both are loaded when first used, so that `import kg` stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Fact, Graph, Thing, Things, load
    from kg.graph import KnowledgeGraph
    from kg.pipeline import BuildResult, build

__all__ = ["BuildResult", "Fact", "Graph", "KnowledgeGraph", "Thing", "Things", "build", "load"]
__version__ = "0.1.0"

_HOMES = {
    "BuildResult": "kg.pipeline",
    "KnowledgeGraph": "kg.graph",
    "build": "kg.pipeline",
    **dict.fromkeys(("Fact", "Graph", "Thing", "Things", "load"), "kg.api"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
