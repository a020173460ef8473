"""Work with a built graph in Python: `kg.load("output")` gives things with their facts, tables and networks.

`g.find("新塍镇").programmes` reads as it is meant. Everything shows itself as a table in a notebook.
"""

from kg.api.answers import Answers
from kg.api.graph import Graph, load
from kg.api.things import Fact, Thing, Things

__all__ = ["Answers", "Fact", "Graph", "Thing", "Things", "load"]
