"""Places and containment, after the cases in `tests/cases/extract/places.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract.places import extract_places
from kg.extract.scope import home_division, place_in_scope
from kg.model import Article, Findings, Mention, Metadata, Relation, Span
from kg.vocab import divisions

CASES = Path(__file__).parents[1] / "cases" / "extract" / "places.md"


def article_of(paragraphs: list[str], home: str = "", title: str = "", newspaper: str = "") -> Article:
    """Build an article of a title and paragraphs."""
    lines = [title, *paragraphs] if title else paragraphs
    spans, offset = [], 0
    for line in lines:
        spans.append(Span(offset, offset + len(line)))
        offset += len(line) + 1
    head, body = (spans[0], spans[1:]) if title else (None, spans)
    metadata = Metadata(home=home, newspaper=newspaper)
    return Article("t", 1, "\n".join(lines), title=head, paragraphs=tuple(body), metadata=metadata)


def cases() -> Iterator[object]:
    """Yield one parameter a heading of the case file."""
    for block in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, _, rest = block.partition("\n")
        fields = dict(re.findall(r"^(\w+):[ ]?(.*)$", rest, re.M))
        paragraphs = [line[1:].strip() for line in rest.splitlines() if line.startswith(">")]
        yield pytest.param(fields, paragraphs, id=heading)


def listed(field: str) -> list[str]:
    """Return the items of a list in one line."""
    return [item.strip() for item in field.split(",") if item.strip()]


@pytest.mark.parametrize(("fields", "paragraphs"), list(cases()))
def test_case(fields: dict[str, str], paragraphs: list[str]) -> None:
    article = article_of(paragraphs, fields.get("home", ""), fields.get("title", ""))
    records = list(extract_places(article, Findings()))
    mentions = [r for r in records if isinstance(r, Mention)]
    for m in mentions:
        assert article.text[m.start : m.end] == m.text
    expected = set(listed(fields["places"]))
    found = {(m.text, m.kind, d.name if (d := divisions.by_code(m.code)) else "?") for m in mentions}
    assert {" ".join(f) for f in found} == expected
    stated = {f"{r.subject.text} < {r.object.text}" for r in records if isinstance(r, Relation)}
    assert stated == set(listed(fields["within"]))


def test_all_occurrences_in_title_and_paragraphs() -> None:
    article = article_of(["平湖来了客人。", "平湖市出台办法，平湖人欢迎。"], "嘉兴市", "平湖：开门迎客")
    mentions = [r for r in extract_places(article, Findings()) if isinstance(r, Mention)]
    assert [m.text for m in mentions] == ["平湖", "平湖", "平湖市", "平湖"]
    assert {m.code for m in mentions} == {"330482"}
    full = mentions[2]
    assert mentions[0].antecedent == (full.start, full.end)


def test_containment_shows_its_words() -> None:
    article = article_of(["在郇封镇，地头会开到了田埂上，大位村的老支书发言。"], "修武县")
    (fact,) = [r for r in extract_places(article, Findings()) if isinstance(r, Relation)]
    assert fact.evidence.of(article.text).startswith("郇封镇，")
    assert fact.evidence.of(article.text).endswith("大位村")


def test_nothing_to_find() -> None:
    assert list(extract_places(article_of([""]), Findings())) == []


def test_home_division() -> None:
    home = home_division(article_of(["一句话。"], home="嘉兴市"))
    assert home is not None
    assert home.code == "330400"
    assert home_division(article_of(["一句话。"], newspaper="嘉兴日报")) == home
    assert home_division(article_of(["一句话。"])) is None


@pytest.mark.parametrize(
    ("text", "home", "level", "expected"),
    [
        ("礼泉县烟霞镇开会，咸阳市来人。全县", "礼泉县", "县", "礼泉县"),
        ("平湖市出台办法，嘉兴市来人。全市", "平湖市", "市", "平湖市"),
        ("平湖市出台办法，嘉兴市来人。全市", "嘉兴市", "市", "嘉兴市"),
        ("綦江区永新镇开会，重庆市来人。全市", "綦江区", "市", "重庆市"),
        ("綦江区永新镇开会，重庆市来人。全区", "綦江区", "区", "綦江区"),
        ("恭城县开会，广西来人。全区", "恭城瑶族自治县", "区", "广西"),
        ("七贤镇开会，郇封镇也开会。该镇", "修武县", "镇", "郇封镇"),
        ("潘家浜村修路，新塍镇拨款。全村", "嘉兴市", "村", "潘家浜村"),
        ("新塍镇拨款。全省", "嘉兴市", "省", None),
    ],
)
def test_place_in_scope(text: str, home: str, level: str, expected: str | None) -> None:
    article = article_of([text], home)
    mentions = tuple(r for r in extract_places(article, Findings()) if isinstance(r, Mention))
    place = place_in_scope(article, Findings(mentions=mentions), len(text) - 2, level)
    assert (place.text if place else None) == expected
