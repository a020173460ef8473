"""Records as lines of N-Quads: the same lines as `kg export nquads` writes of the whole graph, a part at a time.

In: rows of whole records, or statements about one thing; a base IRI. Out: lines. The trap: what many statements have in
common (the roles that people hold, the rules that found something) would be written by every shard; so it is left out
of them and written once, by `of_terms`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import pyoxigraph as ox

from kg.engines.records import unpacked
from kg.engines.rows import Row
from kg.export.contents import Contents
from kg.export.notations import in_graphs
from kg.graph import (
    Entity,
    KnowledgeGraph,
    Membership,
    Passage,
    RelationStatement,
    SourceArticle,
    SourceDocument,
    Statement,
)
from kg.resolve.statements import GAZETTEER_RULE

Term = tuple[str, str]
"""`role` or `rule`, and its name."""

_WORDS = ("passage/x-0-1",)
_TERMS = ("role/", "rule/", "source/")


def of_document(rows: list[Row], base: str) -> list[bytes]:
    """Write a document."""
    document: SourceDocument = unpacked(rows[0].data)
    return _lines(KnowledgeGraph(documents={document.id: document}), base)


def of_article(rows: list[Row], base: str) -> list[bytes]:
    """Write an article with the passages that statements rest on."""
    article: SourceArticle
    passages: list[Passage]
    article, passages = unpacked(rows[0].data)
    return _lines(KnowledgeGraph(articles={article.id: article}, passages={p.id: p for p in passages}), base)


def of_entity(rows: list[Row], base: str) -> list[bytes]:
    """Write an entity; one whose row has the number 1 is an official."""
    row = rows[0]
    made: Entity = replace(unpacked(row.data), id=row.id, official=row.number == 1)
    return _lines(KnowledgeGraph(entities={made.id: made}), base)


def of_statements(statements: Iterable[Statement], base: str) -> list[bytes]:
    """Write all statements about one thing."""
    told = {s.id: s for s in statements}
    return _lines(KnowledgeGraph(statements=told), base, without=_TERMS)


def terms_of(statements: Iterable[Statement]) -> set[Term]:
    """Return what statements have in common with others."""
    found: set[Term] = set()
    for s in statements:
        found.update(("rule", rule) for rule in s.rules)
        if isinstance(s, Membership):
            found.add(("role", s.role))
    return found


def of_terms(terms: Iterable[Term], base: str) -> list[bytes]:
    """Write roles and rules, and the gazetteer where it is one of them; BaseIriError for a base that is none."""
    known = sorted(terms)
    rules = tuple(name for what, name in known if what == "rule")
    stated: list[Statement] = [_holding(name, rules) for what, name in known if what == "role"]
    passages = () if GAZETTEER_RULE in rules else _WORDS
    stated.append(
        RelationStatement(
            id="statement/x", passages=passages, rules=rules, confidence=1, subject="", predicate="within", object=""
        )
    )
    graph = KnowledgeGraph(statements={s.id: s for s in stated})
    return _lines(graph, base, only=_TERMS)


def _holding(role: str, rules: tuple[str, ...]) -> Membership:
    """Return a statement that is nobody's, of which only role and rules are written."""
    return Membership(
        id=f"statement/{role}", passages=_WORDS, rules=rules, confidence=1, member="", organization="", role=role
    )


def _lines(graph: KnowledgeGraph, base: str, without: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> list[bytes]:
    """Return the lines of the subjects that lie in none of some collections, or in some only."""
    blocks = Contents.of_graph(graph, base).blocks()
    if without or only:
        left_out, kept = tuple(base + c for c in without), tuple(base + c for c in only) or base
        blocks = (b for b in blocks if b[0].value.startswith(kept) and not b[0].value.startswith(left_out))
    data = ox.serialize(in_graphs(blocks, partial(_article_of, base)), format=ox.RdfFormat.N_QUADS)
    assert data is not None
    return data.splitlines(keepends=True)


def _article_of(base: str, source: str) -> str:
    """Return the article that a passage's IRI tells: …/passage/301-1f0c29ab-01-12-30, …/article/301-1f0c29ab-01."""
    passages = base + "passage/"
    return f"{base}article/{source[len(passages) :].rsplit('-', 2)[0]}" if source.startswith(passages) else ""
