"""Write a graph in the notations of RDF, triple by triple: N-Triples, N-Quads, TriG, RDF/XML.

In: Contents. Out: a file. What an article says (itself, its passages, the statements that they state) stands in a graph
named by the article's IRI, where the notation has graphs; entities and plain triples stand in the default graph, where
a plain query finds them in every store.
The trap: a statement says where it comes from by its passages, and a passage by its article; which passage belongs to
which article is kept in a file of SQLite's own, not in memory, however many there are.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

from kg.export.contents import Contents
from kg.export.rdf import DCTERMS, LG, ORG, PROV, RDF
from kg.notation import PREFIXES
from kg.stored import Block, Term

Said = list[tuple[ox.NamedNode, Term]]
"""Predicates and objects."""
ArticleOf = Callable[[str], str]
"""Gives the IRI of the article that a passage stands in, empty for what is no passage."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold, not even escaped."""


def write_ntriples(contents: Contents, path: Path) -> None:
    """Write N-Triples."""
    ox.serialize(_triples(contents.blocks()), str(path), ox.RdfFormat.N_TRIPLES)


def write_rdfxml(contents: Contents, path: Path) -> None:
    """Write RDF/XML; control characters, which XML cannot hold, become �."""
    triples = (ox.Triple(t.subject, t.predicate, _for_xml(t.object)) for t in _triples(contents.blocks()))
    ox.serialize(triples, str(path), ox.RdfFormat.RDF_XML, prefixes=PREFIXES)


def write_nquads(contents: Contents, path: Path) -> None:
    """Write N-Quads, with a named graph for each article."""
    ox.serialize(quads(contents), str(path), ox.RdfFormat.N_QUADS)


def write_trig(contents: Contents, path: Path) -> None:
    """Write TriG, with a named graph for each article."""
    ox.serialize(quads(contents), str(path), ox.RdfFormat.TRIG, prefixes=PREFIXES)


def _triples(blocks: Iterable[Block]) -> Iterator[ox.Triple]:
    for subject, said in blocks:
        for predicate, value in said:
            yield ox.Triple(subject, predicate, value)


def _for_xml(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    assert not isinstance(term, ox.Triple)
    if isinstance(term, ox.Literal) and _NO_XML.search(term.value):
        text = _NO_XML.sub("\ufffd", term.value)
        return ox.Literal(text, language=term.language) if term.language else ox.Literal(text, datatype=term.datatype)
    return term


def quads(contents: Contents) -> Iterator[ox.Quad]:
    """Yield the quads that N-Quads and TriG hold."""
    with closing(sqlite3.connect("")) as articles:  # a file of its own that nobody sees and that is gone afterwards
        _note_articles(articles, contents.blocks())

        def article_of(source: str) -> str:
            found = articles.execute("SELECT article FROM passages WHERE passage = ?", (source,)).fetchone()
            return str(found[0]) if found else ""

        yield from in_graphs(contents.blocks(), article_of)


def in_graphs(blocks: Iterable[Block], article_of: ArticleOf) -> Iterator[ox.Quad]:
    """Yield the quads of blocks.

    A statement that many articles make stands in the graph of each, but there with that article's passages alone: with
    all passages in all graphs, a thousand articles that say one thing would take a million quads.
    """
    for subject, said in blocks:
        everywhere, graphs = _graphs(subject, said, article_of)
        plain = _plain(said) if graphs else None
        if not graphs:
            yield from (ox.Quad(subject, predicate, value) for predicate, value in everywhere)
        for graph, own in sorted(graphs.items()):
            name = ox.NamedNode(graph)
            yield from (ox.Quad(subject, predicate, value, name) for predicate, value in (*everywhere, *own))
            if plain:
                yield ox.Quad(*plain, name)


def _note_articles(articles: sqlite3.Connection, blocks: Iterable[Block]) -> None:
    articles.execute("CREATE TABLE passages (passage TEXT PRIMARY KEY, article TEXT) WITHOUT ROWID")
    articles.executemany(
        "INSERT OR IGNORE INTO passages VALUES (?, ?)",
        (
            (subject.value, article)
            for subject, said in blocks
            if LG.Passage in _values(said, RDF.type)
            for article in _values(said, DCTERMS.isPartOf)
        ),
    )


def _graphs(subject: object, said: Said, article_of: ArticleOf) -> tuple[Said, dict[str, Said]]:
    """Return what stands in all graphs of a block, and by graph what stands in it alone; none: the default graph."""
    types = _values(said, RDF.type)
    if LG.Article in types and isinstance(subject, ox.NamedNode):
        return said, {subject.value: []}
    if LG.Passage in types:
        return said, {article: [] for article in _values(said, DCTERMS.isPartOf)}
    everywhere: Said = []
    graphs: dict[str, Said] = {}
    for predicate, value in said:
        article = article_of(value.value) if predicate.value == PROV.wasDerivedFrom else ""
        (graphs.setdefault(article, []) if article else everywhere).append((predicate, value))
    return everywhere, graphs


def _plain(said: Said) -> tuple[ox.NamedNode, ox.NamedNode, Term] | None:
    """Return the plain triple that a statement node repeats."""
    parts = {predicate.value: value for predicate, value in said}
    if RDF.subject in parts:
        subject, predicate, value = parts[RDF.subject], parts.get(RDF.predicate), parts.get(RDF.object)
        if LG.status in parts:
            predicate = ox.NamedNode(LG.aimsAt)
    elif ORG.member in parts:
        subject, predicate, value = parts[ORG.member], ox.NamedNode(LG.holdsPositionIn), parts.get(ORG.organization)
    elif LG.funder in parts:
        subject, predicate, value = parts[LG.funder], ox.NamedNode(LG.finances), parts.get(LG.recipient)
    else:
        return None
    if not (isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None):
        return None
    return subject, predicate, value


def _values(said: Said, predicate: str) -> list[str]:
    return [value.value for p, value in said if p.value == predicate]
