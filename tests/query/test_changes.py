"""What differs between two graphs is told with the words that say it, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.graph import KnowledgeGraph
from kg.pipeline import build, write_output
from kg.query.changes import Changes, Difference, changes

OLD = "新塍镇启动爱心凉茶\n\n新塍镇启动“爱心凉茶”志愿服务。新塍镇党委书记王建国来到富园社区。富园社区有居民3200人。\n"
NEW = (
    "新塍镇启动爱心凉茶\n\n新塍镇启动“爱心凉茶”志愿服务。新塍镇党委书记李明来到富园社区。富园社区有居民3300人。{more}\n"
)
MORE = "新塍镇实施“爱心凉茶”志愿服务。"


def put(folder: Path, text: str, name: str = "page.txt") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).with_suffix(".meta.toml").write_text('home = "嘉兴市"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, KnowledgeGraph]:
    place = tmp_path_factory.mktemp("graphs")
    texts = {"old": OLD, "new": NEW.format(more=MORE)}
    old, new = (build(put(place / name, text)).graph for name, text in texts.items())
    return old, new


@pytest.fixture(scope="module")
def found(graphs: tuple[KnowledgeGraph, KnowledgeGraph]) -> Changes:
    return changes(*graphs)


def test_a_graph_does_not_differ_from_itself(graphs: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    assert not changes(graphs[0], graphs[0])


def test_persons_come_and_go_with_the_sentence_that_names_them(found: Changes) -> None:
    told = [(e.sign, e.type, e.label, e.quotes[0].sentence) for e in found.entities]
    assert told == [
        ("-", "Person", "王建国", "新塍镇党委书记王建国来到富园社区。"),
        ("+", "Person", "李明", "新塍镇党委书记李明来到富园社区。"),
    ]


def test_statements_come_and_go_with_the_sentences_they_rest_on(found: Changes) -> None:
    told = {(s.sign, s.said.subject, s.said.label.zh, s.said.object, s.quotes[0].sentence) for s in found.statements}
    assert ("+", "富园村", "数据", "居民 3,300 人", "富园社区有居民3300人。") in told
    assert ("-", "富园村", "数据", "居民 3,200 人", "富园社区有居民3200人。") in told
    assert ("+", "李明", "任职于", "书记", "新塍镇党委书记李明来到富园社区。") in told


def test_one_more_passage_is_a_change(found: Changes) -> None:
    (changed,) = [s for s in found.statements if s.sign == "~" and s.said.predicate == "implements"]
    assert Difference("passage", "", MORE.rstrip("。")) in changed.differences
    assert all(d.field in ("passage", "confidence") for d in changed.differences)


def test_the_way_back_is_the_mirror(graphs: tuple[KnowledgeGraph, KnowledgeGraph], found: Changes) -> None:
    back = changes(graphs[1], graphs[0])
    mirror = {"+": "-", "-": "+", "~": "~"}
    assert {(mirror[e.sign], e.id) for e in found.entities} == {(e.sign, e.id) for e in back.entities}
    assert {(mirror[s.sign], s.id) for s in found.statements} == {(s.sign, s.id) for s in back.statements}


def test_a_file_under_another_name_is_no_new_statement(tmp_path: Path) -> None:
    old, new = (build(put(tmp_path / name, OLD, f"{name}.txt")).graph for name in ("a", "b"))
    found = changes(old, new)
    assert found.documents == (("-", "a.txt"), ("+", "b.txt"))
    assert not found.statements


def test_new_names_and_a_new_class_of_an_entity_are_told(graphs: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    old = graphs[0]
    entity = next(e for e in old.entities.values() if e.label == "王建国")
    other = replace(entity, label="王建国同志", aliases=("老王", "王建国"), official=not entity.official)
    new = replace(old, entities={**old.entities, entity.id: other})
    (told,) = changes(old, new).entities
    assert (told.sign, told.label) == ("~", "王建国同志")
    assert [d.field for d in told.differences] == ["label", "aliases", "official"]
    assert told.differences[1] == Difference("aliases", "", "老王、王建国")


def kg(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_kg_diff_answers_as_diff_does(tmp_path: Path) -> None:
    for name, text in (("old", OLD), ("new", NEW.format(more=""))):
        write_output(build(put(tmp_path / f"in-{name}", text)), tmp_path / name)
    old, new = tmp_path / "old", tmp_path / "new"
    assert kg("diff", old, old)[:2] == (0, "")
    code, told, counts = kg("diff", old, new / "graph.ttl")
    assert code == 1
    assert "+ 人物 李明\n    新塍镇党委书记李明来到富园社区。（page.txt）" in told
    assert "entities: 1 came, 1 went, 0 changed" in counts
    code, told, _ = kg("diff", old, new, "--format", "json")
    assert code == 1
    assert [e["label"] for e in json.loads(told)["entities"]] == ["王建国", "李明"]
    assert kg("diff", old, tmp_path / "gone")[0] == 3


def test_names_that_a_terminal_would_obey_are_shown(tmp_path: Path) -> None:
    old = put(tmp_path / "in", OLD)
    write_output(build(old), tmp_path / "old")
    text = (tmp_path / "old" / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "new.ttl").write_text(text.replace('"王建国"', '"[red]王\\u001B[31m"'), encoding="utf-8")
    _, told, _ = kg("diff", tmp_path / "old", tmp_path / "new.ttl")
    assert "\x1b" not in told
    assert "[red]王\ufffd[31m" in told
