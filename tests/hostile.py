"""A graph whose names and texts try to run as script, to turn the line, or to break the page by their size."""

from __future__ import annotations

from decimal import Decimal

from kg.graph import (
    Entity,
    EntityMention,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    Passage,
    RelationStatement,
    SourceArticle,
    SourceDocument,
    collect,
)
from kg.model import EntityType as T

PWN = "window.__pwned=1"
NAMES = (
    f"</script><script>{PWN}</script>",
    f"<img src=x onerror={PWN}>",
    f"javascript:{PWN}//",
    f"<a href='javascript:{PWN}'>href</a>",
    "税务\u202e局务税\u2066\u200b",
    "长" * 10_000,
    "𠮷野家<!--<script>&amp;\u2028\u2029",
    '"};{{ 7*7 }}{% raw %}\\u003c',
    "__proto__",
    "constructor",
)


def hostile() -> KnowledgeGraph:
    """Return a graph with each of the names as label, alias, identifier, headline, text, role, indicator and unit."""
    text = "𠮷𠮷标题\n" + "\n".join(f"{name}管着{name}。" for name in NAMES)
    entities, mentions, statements, passages = [], [], [], []
    for number, name in enumerate(NAMES):
        start = text.index(f"{name}管着")
        id_ = f"organization/{name[:60]}"
        told = {"passages": (f"passage/{number}",), "rules": (name[:50],), "confidence": 0.5}
        entities.append(Entity(id_, list(T)[number % len(T)], name, aliases=(f"别名{name}",), code=name[:20]))
        mentions.append(EntityMention(start, start + len(name), id_))
        passages.append(Passage(f"passage/{number}", "article/1", start, start + len(name), name))
        statements += [
            RelationStatement(
                id=f"r{number}", subject=id_, predicate="partOf", object="organization/__proto__", **told
            ),
            Membership(id=f"m{number}", member=id_, organization="", role=name, time=name[:30], **told),
            ObservationStatement(id=f"o{number}", about=id_, indicator=name, value=Decimal(1), unit=name[:30], **told),
        ]
    article = SourceArticle("article/1", "document/1", text, NAMES[0], NAMES[1], mentions=tuple(mentions))
    document = SourceDocument("document/1", f"{NAMES[1]}.txt", "00", NAMES[0])
    return collect(
        documents=[document], articles=[article], passages=passages, entities=entities, statements=statements
    )
