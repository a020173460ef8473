"""Documents understood one by one, in this process or several: the graph does not depend on it."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import fatal
import pytest

from kg import understanding, workers
from kg.errors import NoArticleError, WorkerDiedError
from kg.export.turtle import write_turtle
from kg.model import Document
from kg.notation import DEFAULT_BASE
from kg.pipeline import build
from kg.understanding import understand, understand_all

CORPUS = Path(__file__).parent / "corpus"
PAGE = "本报讯 近日，河阳镇党委书记张三到红旗村调研。\n"


def test_a_document_gives_its_articles_with_findings_or_the_error_that_forbids_it() -> None:
    found = understand(Document("a.txt", PAGE, ""))
    assert isinstance(found, list)
    assert [m.text for m in found[0][1].mentions if m.type == "Person"] == ["张三"]
    assert isinstance(understand(Document("b.txt", "无", "")), NoArticleError)


def test_any_number_of_workers_gives_the_same_bytes() -> None:
    paths = [CORPUS / "train", CORPUS / "dev"]
    written = []
    for count in (1, 2, 3):
        turtle = io.StringIO()
        write_turtle(build(paths, workers=count).graph, turtle, DEFAULT_BASE)
        written.append(turtle.getvalue())
    assert written[0] == written[1] == written[2]


def test_a_document_that_ends_its_process_is_reported_and_the_others_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("a", PAGE), ("b", PAGE + fatal.FATAL + "。\n"), ("c", PAGE)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    dying = partial(understand_all, function=fatal.understand_or_die)
    monkeypatch.setattr(understanding, "understand_all", dying)
    result = build(tmp_path, workers=2)
    assert [(type(f), f.path) for f in result.failures if isinstance(f, WorkerDiedError)] == [
        (WorkerDiedError, "b.txt")
    ]
    assert len(result.graph.articles) == 2
    assert result.summary["failures"][0]["error"] == "WorkerDiedError"


def test_a_few_pages_start_no_process_and_many_take_every_core(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    class Counted(workers.Workers[Document, understanding.Understood]):
        def __init__(self, function: object, count: int) -> None:
            started.append(count)
            super().__init__(understand, count)

    monkeypatch.setattr(understanding, "Workers", Counted)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    page = Document("a.txt", PAGE, "")
    list(understand_all([page] * 3))
    assert started == []
    monkeypatch.setattr(understanding, "_WORTH", len(PAGE) * 3)
    assert len(list(understand_all([page] * 3))) == 3
    assert started == [2]
