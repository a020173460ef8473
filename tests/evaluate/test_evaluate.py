import json
from pathlib import Path

import pytest

from kg.errors import GoldError, MissingInputError
from kg.evaluate import Score, evaluate

GOLD = Path(__file__).parents[1] / "cases/evaluate"


def counts(report, what):
    score = report.scores[what]
    return (score.right, score.extra, score.missed)


@pytest.fixture
def report(rdf):
    return evaluate(rdf, GOLD)


def test_entities_count_once_by_type_and_name(report):
    assert counts(report, "Place") == (5, 1, 0)
    assert counts(report, "Organization") == (3, 2, 1)
    assert counts(report, "Person") == (3, 2, 0)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("within", (1, 0, 0)),
        ("implements", (1, 1, 0)),
        ("serves", (1, 1, 1)),  # 留守老人 for 留守的老人; 务工人员 is no 游客
        ("position", (2, 1, 1)),  # 老教师 is not 教师
        ("finances", (1, 1, 0)),
        ("cooperatesWith", (1, 0, 0)),  # stated in the other direction
        ("dates", (1, 3, 1)),
        ("observations", (2, 1, 1)),
    ],
)
def test_statements(report, what, expected):
    assert counts(report, what) == expected


def test_totals_are_sums(report):
    scores = report.scores
    assert scores["all statements"] == scores["facts"] + scores["dates"] + scores["observations"]
    assert next(iter(scores)) == "entities"
    assert list(scores)[-1] == "all statements"


def test_differences_name_what_differs(report):
    lines = {(d.source, d.kind, d.what, d.words) for d in report.differences}
    assert ("page-1.txt", "missed", "Organization", "白石镇文化站") in lines
    assert ("page-1.txt", "extra", "position", "何青 position  老教师") in lines
    assert ("page-1.txt", "missed", "opened", "凉亭夜话 2020") in lines
    assert ("page-1.txt", "extra", "started", "云上白石 2021") in lines
    assert ("page-1.txt", "missed", "observation", "凉亭夜话 35 名") in lines


def test_two_people_of_one_name_are_told_apart_by_what_is_said(rdf, tmp_path):
    gold = {
        "entities": [
            {"id": "a", "type": "Person", "name": "方远"},
            {"id": "b", "type": "Person", "name": "方远"},
            {"id": "c", "type": "Organization", "name": "青竹科技"},
        ],
        "facts": [{"s": "b", "p": "position", "o": "c", "role": "总经理"}],
    }
    (tmp_path / "gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    assert counts(evaluate(rdf, tmp_path, "page-2.txt"), "position") == (1, 0, 0)


def test_all_gold_files_as_one_document(rdf):
    report = evaluate(rdf, GOLD, "page-1.txt")
    # 青溪县 of both files is one entity; the two of the name 方远 cannot be told apart by name and become one.
    assert counts(report, "Place") == (4, 0, 0)
    assert counts(report, "Person") == (2, 1, 0)
    assert report.scores["position"].missed == 2


def test_a_source_that_the_graph_lacks_is_all_missed(rdf):
    report = evaluate(rdf, GOLD, "nowhere.txt")
    assert report.scores["entities"].right == 0
    assert report.scores["all statements"].recall == 0.0
    assert report.absent == ("nowhere.txt",)
    assert report.sources == ("page-1.txt", "page-2.txt")


def test_score():
    score = Score(3, 1, 2)
    assert (score.precision, score.recall, round(score.f1, 4)) == (0.75, 0.6, 0.6667)
    assert Score().f1 == 0.0
    assert score.as_dict()["tp"] == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1"),
        ("[]", "structure"),
        ('{"entities": [{"id": "e1"}]}', "without 'name'"),
    ],
)
def test_a_broken_gold_file_is_named(rdf, tmp_path, content, message):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        evaluate(rdf, tmp_path)


def test_no_gold(rdf, tmp_path):
    with pytest.raises(GoldError, match=r"no \*\.json"):
        evaluate(rdf, tmp_path)
    with pytest.raises(MissingInputError):
        evaluate(rdf, tmp_path / "nowhere")
