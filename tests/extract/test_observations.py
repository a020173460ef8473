"""Numbers stated about entities, by the cases in `tests/cases/extract/observations.tsv`."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from kg.extract import added
from kg.extract.observations import extract_observations
from kg.extract.quantities import extract_quantities
from kg.extract.times import extract_times
from kg.model import Article, EntityType, Findings, Funding, Mention, Metadata, Observation, Span

CASES = Path(__file__).parents[1] / "cases" / "extract" / "observations.tsv"
MARK = re.compile(r"\[(\w+):([^\]]+)\]")


def rows() -> list[dict[str, str]]:
    lines = (line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def findings(marked: str) -> tuple[Article, Findings]:
    """Turn `[Place:云岭县]有38家企业` into an article with its mentions, times and quantities."""
    text, mentions, end = "", [], 0
    for m in MARK.finditer(marked):
        text += marked[end : m.start()]
        start, end = len(text), m.end()
        text += m[2]
        mentions.append(Mention(start, len(text), m[2], EntityType(m[1]), "case"))
    text += marked[end:]
    metadata = Metadata("2022-07", home="云河市")
    article = Article("case", 1, text, paragraphs=(Span(0, len(text)),), metadata=metadata)
    found = added(Findings(mentions=tuple(mentions)), extract_times(article, Findings()))
    return article, added(found, extract_quantities(article, found))


@pytest.mark.parametrize("case", rows(), ids=lambda c: c["text"])
def test_observations(case: dict[str, str]) -> None:
    observations = list(extract_observations(*findings(case["text"])))
    got = [f"{o.about.label}|{o.value}|{o.unit}|{o.indicator}|{o.time}" for o in observations]
    assert got == (case["expected"] or "").split()


def test_the_passage_holds_the_number_and_the_time() -> None:
    article, found = findings("截至6月末，[Product:“稻香贷”]余额115亿元，户数不变。")
    (observation,) = extract_observations(article, found)
    assert observation.evidence.of(article.text) == "6月末，“稻香贷”余额115亿元"


def test_an_amount_that_was_given_is_no_observation() -> None:
    article, found = findings("[Organization:云岭农商行]向[Place:东乡]捐了15万元。")
    bank, town = found.mentions
    gift = Funding(
        evidence=Span(0, len(article.text)), rule="case", funder=bank, recipient=town, amount=Decimal(150000)
    )
    assert [o for o in extract_observations(article, added(found, [gift])) if isinstance(o, Observation)] == []
    assert len(list(extract_observations(article, found))) == 1


def test_words_of_a_new_paragraph_are_about_the_speakers_body() -> None:
    article, found = findings("[Place:东乡]养牛。“卖了30多头。”[Organization:东山合作社]成员[Person:王远]说。")
    break_at = article.text.index("“")
    paragraphs = (Span(0, break_at), Span(break_at, len(article.text)))
    article = Article("case", 1, article.text, paragraphs=paragraphs, metadata=article.metadata)
    (observation,) = extract_observations(article, found)
    assert (observation.about.label, observation.value, observation.unit) == ("东山合作社", Decimal(30), "头")
