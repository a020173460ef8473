"""Initiatives: every line of the case file, offsets, and what must hold for any text."""

from __future__ import annotations

import pytest
from marked import cases, read

from kg.extract.initiatives import extract_initiatives
from kg.model import Article, Mention, Relation


def _shown(article: Article, m: Mention) -> str:
    full = f" = {article.text[slice(*m.antecedent)]}" if m.antecedent else ""
    return f"{m.type} {m.text}{full}"


@pytest.mark.parametrize(("text", "expected"), cases("initiatives.tsv"))
def test_case(text: str, expected: str) -> None:
    article, found = read(text)
    mentions = [r for r in extract_initiatives(article, found) if isinstance(r, Mention)]
    assert "|".join(_shown(article, m) for m in mentions) == expected


@pytest.mark.parametrize(("text", "_expected"), cases("initiatives.tsv"))
def test_mentions_stand_in_the_text_and_do_not_cross(text: str, _expected: str) -> None:
    article, found = read(text)
    mentions = [r for r in extract_initiatives(article, found) if isinstance(r, Mention)]
    for m in mentions:
        assert article.text[m.start : m.end] == m.text
        for o in (*mentions, *found.mentions):
            assert m.span.covers(o) or o.span.covers(m) or m.end <= o.start or o.end <= m.start


def test_label_has_no_enclosing_quotation_marks() -> None:
    article, found = read("银行推出“诚信贷”。")
    [mention] = [r for r in extract_initiatives(article, found) if isinstance(r, Mention)]
    assert (mention.text, mention.label, mention.kind) == ("“诚信贷”", "诚信贷", "FinancialProduct")


def test_listed_parts_are_part_of_the_scheme() -> None:
    article, found = read("企业推行“三心”（即贴心服务、暖心帮扶、用心管理）机制。")
    relations = [r for r in extract_initiatives(article, found) if isinstance(r, Relation)]
    assert [(r.subject.text, r.predicate, r.object.label) for r in relations] == [
        ("贴心服务", "partOf", "三心"),
        ("暖心帮扶", "partOf", "三心"),
        ("用心管理", "partOf", "三心"),
    ]


def test_a_stated_part() -> None:
    article, found = read("“出题台”只是“三小一创”活动的一环。职工踊跃参加“三小一创”活动。")
    relations = [r for r in extract_initiatives(article, found) if isinstance(r, Relation)]
    assert [(r.subject.label, r.object.label) for r in relations] == [("出题台", "“三小一创”活动")]
