"""A county next to more than any picture begins with: five hundred villages, and one programme."""

from __future__ import annotations

from kg.graph import Entity, KnowledgeGraph, Passage, RelationStatement, SourceArticle, SourceDocument, collect
from kg.model import EntityType

COUNTY, VILLAGES = "place/1", 500
SENTENCE = "人山县开展“一家亲”活动。"


def crowd() -> KnowledgeGraph:
    """Return the graph."""
    villages = [Entity(f"place/v{n}", EntityType.PLACE, f"第{n}村") for n in range(VILLAGES)]
    passage = Passage("passage/a-0-11", "article/a", 0, 11, SENTENCE[:11])
    gazetteer = [_relation(v.id[6:], v.id, "within", COUNTY) for v in villages]
    return collect(
        documents=[SourceDocument("document/d", "seen.txt", "0" * 64)],
        articles=[SourceArticle("article/a", "document/d", SENTENCE, "一家亲")],
        passages=[passage],
        entities=[
            Entity(COUNTY, EntityType.PLACE, "人山县", "County"),
            Entity("programme/x", EntityType.PROGRAMME, "一家亲"),
            *villages,
        ],
        statements=[
            *gazetteer,
            _relation("p", COUNTY, "implements", "programme/x", passage.id),
        ],
    )


def _relation(name: str, subject: str, predicate: str, object_: str, *passages: str) -> RelationStatement:
    return RelationStatement(
        id=f"statement/{name}", subject=subject, predicate=predicate, object=object_, passages=passages,
        rules=("stated" if passages else "gazetteer",), confidence=0.9,
    )  # fmt: skip
