"""Compare a built graph with gold annotations: an rdflib Graph and a folder of gold files in, scores out.

Gold files are made by reading (docs/annotation.md gives their format). Entities are compared by type and name,
statements by what they are about; counts are summed over all articles.
"""

from kg.evaluate.compare import Difference, Report, Score, evaluate

__all__ = ["Difference", "Report", "Score", "evaluate"]
