"""Invented articles: the same for the same seed, true to their annotation, and read by the program as real ones are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from big_text import Article, write_articles, write_folder, write_lines

from kg.evaluate import evaluate
from kg.export.turtle import write_turtle
from kg.notation import DEFAULT_BASE
from kg.pipeline import build
from kg.rdf import load

NUMBER = 60


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(write_articles(NUMBER))


def test_the_same_seed_gives_the_same_articles(articles: list[Article]) -> None:
    assert list(write_articles(NUMBER)) == articles
    assert next(write_articles(1, seed=8)) != articles[0]


def test_all_articles_and_all_places_differ(articles: list[Article]) -> None:
    assert len({a.text for a in articles}) == NUMBER
    assert 300 < sum(len(a.text) for a in articles) / NUMBER < 600


def test_what_is_annotated_stands_in_the_text(articles: list[Article]) -> None:
    for article in articles:
        names = {e["id"]: e["name"] for e in article.gold["entities"]}
        assert all(name in article.text for name in names.values())
        for stated in (*article.gold["facts"], *article.gold["dates"], *article.gold["observations"]):
            assert stated["s"] in names
        assert all(f["o"] in {*names, None} for f in article.gold["facts"] if f["p"] != "serves")


def test_no_slot_is_left_open(articles: list[Article]) -> None:
    assert not [a for a in articles if "{" in a.text or "{" in a.title]


def test_the_program_finds_most_of_what_is_true_of_them(tmp_path: Path) -> None:
    write_folder(write_articles(NUMBER), tmp_path / "in")
    result = build(tmp_path / "in")
    assert not result.failures
    with open(tmp_path / "graph.ttl", "w", encoding="utf-8") as stream:
        write_turtle(result.graph, stream, DEFAULT_BASE)
    scores = evaluate(load(tmp_path / "graph.ttl"), tmp_path / "in").scores
    assert scores["entities"].f1 > 0.9
    assert scores["all statements"].f1 > 0.85


def test_as_lines_they_are_the_same_articles_with_day_and_home(tmp_path: Path, articles: list[Article]) -> None:
    write_lines(write_articles(NUMBER), tmp_path)
    (file,) = tmp_path.glob("*.jsonl")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == ["\n".join(a.paragraphs) for a in articles]
    graph = build(tmp_path).graph
    assert len(graph.articles) == NUMBER
    assert {a.published for a in graph.articles.values()} == {a.published for a in articles}
    assert file.stem == articles[0].home
