"""Decide which mentions mean the same thing: Articles with Findings → KnowledgeGraph.

Within an article mentions are clustered by antecedent, code and name; across articles clusters are merged into
entities; facts become statements about those. Input order does not matter.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePosixPath

from kg.graph import (
    Entity,
    EntityMention,
    KnowledgeGraph,
    Membership,
    SourceArticle,
    SourceDocument,
    Statement,
    collect,
)
from kg.model import Article, Document, EntityType, Findings, Mention, Position, Span
from kg.record import Record
from kg.resolve.clusters import Cluster, Key, cluster_mentions, key
from kg.resolve.identity import Located, gazetteer_ancestors, merge, slug
from kg.resolve.statements import ArticleFacts, statements
from kg.vocab import divisions, words

_GOVERNING = {"Government", "PartyOrganization"}


def resolve(documents: Sequence[Document], extracted: Sequence[tuple[Article, Findings]]) -> KnowledgeGraph:
    """Merge what was found in all articles into one graph."""
    ids = {d.source: document_id(d) for d in documents}
    works = [work_on(article, found) for article, found in extracted]
    merged = iter(merge([item for w in works for item in w.located]))
    entities: dict[str, Entity] = {}
    articles = []
    for w in works:
        own = list(islice(merged, len(w.located)))
        entities |= {e.id: e for e in own}
        articles.append(resolved(w, ids[w.article.source], [e.id for e in own]))
    found = [*entities.values(), *gazetteer_ancestors(entities.values())]
    stated, passages = statements((r.facts() for r in articles), found)
    return collect(
        documents=[source_document(d) for d in documents],
        articles=[r.source_article() for r in articles],
        passages=passages,
        entities=_with_officials(found, stated),
        statements=stated,
    )


def source_document(document: Document) -> SourceDocument:
    """Return what the graph tells of a document."""
    return SourceDocument(document_id(document), document.source, document.sha256, document.metadata.newspaper)


@dataclass(frozen=True, slots=True)
class Work(Record):
    """An article with what was found in it, and its clusters, before anything is known of other articles."""

    article: Article
    found: Findings
    located: tuple[Located, ...]


@dataclass(frozen=True, slots=True)
class Resolved(Record):
    """An article whose clusters are known to be entities."""

    work: Work
    document: str
    """Identifier of the document that it stands in."""
    entities: dict[Key, str]
    """Identifier of the entity of each mention."""

    @property
    def id(self) -> str:
        """The article's identifier."""
        return f"article/{self.document.removeprefix('document/')}-{self.work.article.number:02d}"

    def facts(self) -> ArticleFacts:
        """Return the article's facts with what is needed to state them."""
        ids = self.entities

        def entity_of(mention: Mention) -> str:
            return ids.get(key(mention), "")

        return ArticleFacts(self.id, self.work.article, self.work.found.facts, entity_of)

    def source_article(self) -> SourceArticle:
        """Return what the graph tells of the article."""
        article, ids = self.work.article, self.entities

        def persons(spans: Iterable[Span]) -> tuple[str, ...]:
            found = (ids.get((s.start, s.end, EntityType.PERSON), "") for s in spans)
            return tuple(dict.fromkeys(i for i in found if i))

        return SourceArticle(
            id=self.id,
            document=self.document,
            text=article.text,
            headline=article.title.of(article.text) if article.title else "",
            published=article.metadata.published,
            authors=persons(article.authors),
            photographers=persons(article.photographers),
            mentions=tuple(EntityMention(s, e, i) for (s, e, _), i in sorted(ids.items())),
        )


def resolved(work: Work, document: str, entities: Iterable[str]) -> Resolved:
    """Return an article in a document of this identifier, with the entity of each of its clusters."""
    pairs = zip(work.located, entities, strict=True)
    return Resolved(work, document, {key(m): entity for item, entity in pairs for m in item.cluster.mentions})


def work_on(article: Article, found: Findings) -> Work:
    """Cluster what was found in an article, and tell where each cluster is at home."""
    clusters = cluster_mentions(article, found)
    region, county = _region(article, clusters), _county(article, clusters)
    byline = {(s.start, s.end) for s in (*article.authors, *article.photographers)}
    posts = [f for f in found.facts if isinstance(f, Position) and f.body]
    places = sorted((m.start, m.end, c.code[:6]) for c in clusters if len(c.code) >= 6 for m in c.mentions)
    return Work(
        article,
        found,
        tuple(
            Located(
                c,
                region,
                county,
                _counties(c, posts, places),
                c.type is EntityType.PERSON and all((m.start, m.end) in byline for m in c.mentions),
            )
            for c in clusters
        ),
    )


def _region(article: Article, clusters: list[Cluster]) -> str:
    """Return the prefecture code of the newspaper's home, else of the place that the article speaks of most."""
    home = divisions.resolve(article.metadata.home) if article.metadata.home else None
    if home:
        return home.code[:4]
    seen = Counter(c.code[:4] for c in clusters if len(c.code) >= 4 for _ in c.mentions)
    return min(seen, key=lambda code: (-seen[code], code)) if seen else ""


def _county(article: Article, clusters: list[Cluster]) -> str:
    """Return the code of the county that is the newspaper's home, else of the one that the article names most."""
    home = divisions.resolve(article.metadata.home) if article.metadata.home else None
    if home and home.kind == "County":
        return home.code
    seen = Counter(c.code[:6] for c in clusters if len(c.code) >= 6 and not c.code.endswith("00") for _ in c.mentions)
    return min(seen, key=lambda code: (-seen[code], code)) if seen else ""


def _counties(cluster: Cluster, posts: list[Position], places: list[tuple[int, int, str]]) -> frozenset[str]:
    """Return the county codes of the bodies at which a person holds posts; `places` are sorted by where they start."""
    if cluster.type is not EntityType.PERSON or not posts:
        return frozenset()
    own = {key(m) for m in cluster.mentions}
    found: set[str] = set()
    for body in (f.body for f in posts if f.body and key(f.person) in own):
        first, behind = bisect_left(places, (body.start,)), bisect_left(places, (body.end,))
        found.update(code for _, end, code in places[first:behind] if end <= body.end)
    return frozenset(found)


def _with_officials(entities: list[Entity], stated: list[Statement]) -> list[Entity]:
    official = officials(stated, {e.id: e for e in entities})
    return [replace(e, official=True) if e.id in official else e for e in entities]


def officials(stated: Iterable[Statement], entities: Mapping[str, Entity]) -> set[str]:
    """Return the persons who hold a post in a government or party body, or at a place (副镇长)."""
    posts = words("roles", kind="post")
    official: set[str] = set()
    for s in stated:
        body = entities.get(s.organization) if isinstance(s, Membership) else None
        if isinstance(s, Membership) and body:
            governs = body.kind in _GOVERNING or (body.type is EntityType.PLACE and s.role in posts)
            if governs:
                official.add(s.member)
    return official


def document_id(document: Document) -> str:
    """Return a readable and unique identifier, `document/301-1f0c29ab`."""
    stem = PurePosixPath(document.source).stem
    digest = hashlib.sha256(f"{document.source}|{document.sha256}".encode()).hexdigest()[:8]
    return f"document/{slug(stem)}-{digest}"
