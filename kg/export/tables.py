"""Lay a graph out as flat tables: entities, statements, passages, articles; the home of pyarrow.

In: KnowledgeGraph and base IRI. Out: rows, Arrow tables, or a folder of Parquet files. The trap: numbers are floats
here, since exact decimals are awkward in most tools that read tables; the Turtle keeps the exact figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import iso
from kg.export.contents import Contents
from kg.export.rdf import Minter, minter
from kg.graph import (
    DateStatement,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    RelationStatement,
    Statement,
)

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

Row = dict[str, Any]
"""Column → value; a column that is not there is empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    kind: str
    """One of text, texts (a list), number, count, flag, day."""
    chinese: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, and what makes its rows."""

    name: str
    chinese: str
    columns: tuple[Column, ...]
    rows: Callable[[KnowledgeGraph, Minter], Iterator[Row]]


def _entities(graph: KnowledgeGraph, iri: Minter) -> Iterator[Row]:
    articles = Counter(entity for a in graph.articles.values() for entity in {m.entity for m in a.mentions})
    for entity in graph.entities.values():
        yield {
            "id": iri(entity.id),
            "name": entity.label,
            "type": entity.type.value,
            "class": entity.kind,
            "other_names": list(entity.aliases),
            "code": entity.code,
            "official": entity.official,
            "articles": articles[entity.id],
        }


def _statements(graph: KnowledgeGraph, iri: Minter) -> Iterator[Row]:
    for statement in graph.statements.values():
        row = what(statement)
        for end in ("subject", "object", "product"):
            if entity := row.pop(end, ""):
                row[end] = iri(entity)
                row[f"{end}_name"] = graph.entities[entity].label
        time = row.get("time", "")
        yield {
            "id": iri(statement.id),
            **row,
            "earliest": _day(iso.earliest(time)),
            "latest": _day(iso.latest(time)),
            "confidence": statement.confidence,
            "rules": list(statement.rules),
            "passages": [iri(passage) for passage in statement.passages],
            "words": [graph.passages[passage].text for passage in statement.passages],
        }


def what(statement: Statement) -> Row:
    """Return what a statement states, by column; subject, object and product as identifiers."""
    match statement:
        case RelationStatement(subject=s, predicate=p, object=o, status=status):
            # Whoever reads a line of a table must not take what is only striven for as reached.
            return {"kind": "relation", "subject": s, "predicate": "aimsAt" if status == "aim" else p, "object": o}
        case DateStatement(subject=s, predicate=p, value=value):
            return {"kind": "date", "subject": s, "predicate": p, "time": value}
        case Membership(member=m, organization=o, role=role, time=time):
            row = {"kind": "position", "subject": m, "predicate": "holdsPositionIn", "role": role, "time": time}
            return {**row, "object": o} if o else row
        case FundingStatement(funder=f, recipient=r, amount=amount, product=product, time=time):
            row = {"kind": "funding", "subject": f, "predicate": "finances", "object": r, "time": time}
            return {**row, "product": product, "value": None if amount is None else float(amount), "unit": "元"}
        case ObservationStatement(about=a, indicator=i, value=value, unit=unit, qualifier=qualifier, time=time):
            row = {"kind": "observation", "subject": a, "predicate": "observation", "indicator": i, "time": time}
            return {**row, "value": float(value), "unit": unit, "qualifier": qualifier}
    raise TypeError(type(statement))


def _passages(graph: KnowledgeGraph, iri: Minter) -> Iterator[Row]:
    for passage in graph.passages.values():
        article = graph.articles[passage.article]
        yield {
            "id": iri(passage.id),
            "text": passage.text,
            "article": iri(article.id),
            "headline": article.headline,
            "start": passage.start,
            "end": passage.end,
        }


def _articles(graph: KnowledgeGraph, iri: Minter) -> Iterator[Row]:
    for article in graph.articles.values():
        document = graph.documents[article.document]
        yield {
            "id": iri(article.id),
            "headline": article.headline,
            "published": article.published,
            "earliest": _day(iso.earliest(article.published)),
            "latest": _day(iso.latest(article.published)),
            "authors": [graph.entities[person].label for person in article.authors],
            "newspaper": document.newspaper,
            "file": document.source,
            "text": article.text,
        }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _columns(listing: str) -> tuple[Column, ...]:
    """Return columns of lines `name kind Chinese name`."""
    return tuple(Column(*line.split()) for line in listing.strip().splitlines())


TABLES: tuple[Table, ...] = (
    Table(
        "entities",
        "实体",
        _columns("""
            name text 名称
            type text 大类
            class text 小类
            other_names texts 别名
            code text 区划代码
            official flag 官员
            articles count 文章数
            id text 标识
        """),
        _entities,
    ),
    Table(
        "statements",
        "陈述",
        _columns("""
            subject_name text 主语
            predicate text 谓词
            object_name text 宾语
            kind text 种类
            role text 职务
            indicator text 指标
            value number 数值
            unit text 单位
            qualifier text 限定
            product_name text 产品
            time text 时间
            earliest day 最早
            latest day 最晚
            confidence number 置信度
            words texts 原文
            rules texts 规则
            subject text 主语标识
            object text 宾语标识
            product text 产品标识
            passages texts 片段标识
            id text 标识
        """),
        _statements,
    ),
    Table(
        "passages",
        "原文片段",
        _columns("""
            text text 文字
            headline text 文章标题
            start count 起点
            end count 止点
            article text 文章标识
            id text 标识
        """),
        _passages,
    ),
    Table(
        "articles",
        "文章",
        _columns("""
            headline text 标题
            published text 见报
            earliest day 最早
            latest day 最晚
            authors texts 作者
            newspaper text 报纸
            file text 文件
            text text 文字
            id text 标识
        """),
        _articles,
    ),
)
"""The tables of a graph, in the order in which a workbook shows them."""


def rows(table: Table, contents: Contents) -> Iterator[Row]:
    """Yield the rows of a table."""
    yield from table.rows(contents.graph, minter(contents.base))


def arrow(table: Table, contents: Contents) -> pa.Table:
    """Return a table for Arrow, and so for pandas, polars and DuckDB; an empty text is null."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "count": pa.int64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
    }
    found = list(rows(table, contents))
    columns = {c.name: [_or_null(row.get(c.name)) for row in found] for c in table.columns}
    return pa.table(columns, schema=pa.schema([(c.name, types[c.kind]) for c in table.columns]))


def _or_null(value: Any) -> Any:
    return None if value == "" else value


def write_parquet(contents: Contents, folder: Path) -> None:
    """Write a Parquet file for each table into a folder."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    folder.mkdir(exist_ok=True)
    for table in TABLES:
        pq.write_table(arrow(table, contents), folder / f"{table.name}.parquet", compression="zstd")
