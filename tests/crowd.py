"""A county next to more than any picture begins with: five hundred villages, and a programme that articles tell of."""

from __future__ import annotations

from kg.graph import Entity, KnowledgeGraph, Passage, RelationStatement, SourceArticle, SourceDocument, collect
from kg.model import EntityType

COUNTY, VILLAGES = "place/1", 500
SENTENCE = "人山县开展“一家亲”活动。"


def crowd(articles: int = 1) -> KnowledgeGraph:
    """Return the graph."""
    villages = [Entity(f"place/v{n}", EntityType.PLACE, f"第{n}村") for n in range(VILLAGES)]
    told = [f"article/a{n}" for n in range(articles)]
    passages = [Passage(f"passage/{a[8:]}-0-11", a, 0, 11, SENTENCE[:11]) for a in told]
    gazetteer = [_relation(v.id[6:], v.id, "within", COUNTY) for v in villages]
    return collect(
        documents=[SourceDocument("document/d", "seen.txt", "0" * 64)],
        articles=[SourceArticle(a, "document/d", SENTENCE, "一家亲") for a in told],
        passages=passages,
        entities=[
            Entity(COUNTY, EntityType.PLACE, "人山县", "County"),
            Entity("programme/x", EntityType.PROGRAMME, "一家亲"),
            *villages,
        ],
        statements=[
            *gazetteer,
            _relation("p", COUNTY, "implements", "programme/x", *(p.id for p in passages)),
        ],
    )


def _relation(name: str, subject: str, predicate: str, object_: str, *passages: str) -> RelationStatement:
    return RelationStatement(
        id=f"statement/{name}", subject=subject, predicate=predicate, object=object_, passages=passages,
        rules=("stated" if passages else "gazetteer",), confidence=0.9,
    )  # fmt: skip
