"""Say a statement in words, with the sentences that it rests on: for the report and for what changed between graphs.

In: a statement and its graph. Out: texts. The trap: a passage may be a part of a sentence, and somebody who checks it
needs the whole one.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph import (
    DateStatement,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    RelationStatement,
    SourceArticle,
    Statement,
)
from kg.text import sentence_at
from kg.vocab.terms import TermLabel, term_labels


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in words."""

    subject: str
    predicate: str
    """Local name of the ontology: a predicate, or the class of the statement's node."""
    object: str
    """Name, date, role or number; empty where the statement has none."""
    detail: str
    """Body, time or status; often empty."""

    @property
    def label(self) -> TermLabel:
        """What the predicate is called."""
        return term_labels().get(self.predicate, TermLabel(self.predicate, self.predicate))


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that state something, within their sentence."""

    words: str
    sentence: str
    headline: str
    """Of the article; its opening words where it has none."""
    source: str
    """File that it stands in."""


def told(statement: Statement, graph: KnowledgeGraph) -> Told:
    """Return a statement in words."""

    def name(entity: str) -> str:
        return graph.entities[entity].label if entity in graph.entities else entity

    match statement:
        case RelationStatement(subject=s, predicate=p, object=o, status=status):
            return Told(name(s), p, name(o), status)
        case DateStatement(subject=s, predicate=p, value=value):
            return Told(name(s), p, value, "")
        case Membership(member=m, organization=o, role=role, time=time):
            return Told(name(m), "holdsPositionIn", role, " ".join(filter(None, (name(o), time))))
        case FundingStatement(funder=f, recipient=r, amount=amount, product=product, time=time):
            money = "" if amount is None else f"{amount:,f} 元"
            return Told(name(f), "finances", name(r), " ".join(filter(None, (money, name(product), time))))
        case ObservationStatement(about=a, indicator=i, value=v, unit=unit, qualifier=q, time=time):
            return Told(name(a), "Observation", f"{i} {v:,f} {unit}".strip(), " ".join(filter(None, (q, time))))
    raise TypeError(f"no words for a {type(statement).__name__}")


def quotes(statement: Statement, graph: KnowledgeGraph) -> tuple[Quote, ...]:
    """Return what a statement rests on, in the order of the articles; nothing for what the gazetteer alone says."""
    found = (graph.passages[p] for p in statement.passages if p in graph.passages)
    ordered = sorted(found, key=lambda p: (p.article, p.start, p.end))
    return tuple(quote(graph.articles[p.article], p.start, p.end, graph) for p in ordered)


def quote(article: SourceArticle, start: int, end: int, graph: KnowledgeGraph) -> Quote:
    """Return words of an article within the sentence, or sentences, that they stand in."""
    first = sentence_at(article.text, start).start
    last = sentence_at(article.text, max(start, end - 1)).end
    return Quote(
        article.text[start:end],
        article.text[first:last].strip(),
        article.headline or article.text[:20],
        graph.documents[article.document].source,
    )
