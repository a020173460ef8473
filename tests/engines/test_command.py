"""`kg build --engine`: what users see of it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from kg.cli import app

PAGE = "近日，河阳镇党委书记张三到红旗村调研。\n"


def test_disk_writes_shards_and_counts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    done = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--engine", "disk", "-j", "1"])
    assert done.exit_code == 0
    assert "articles" in done.stdout
    assert (tmp_path / "out" / "nquads" / "statements-00000.nq").stat().st_size > 0


def test_what_cannot_be_read_is_told_and_gives_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--engine", "disk", "-j", "1"])
    assert done.exit_code == 1
    assert "b.txt" in done.stderr


def test_where_there_is_no_article_the_old_shards_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("没有句号的一行", encoding="utf-8")
    old = tmp_path / "nquads" / "statements-00000.nq"
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")
    done = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path), "--engine", "disk", "-j", "1"])
    assert done.exit_code == 3
    assert old.read_text(encoding="utf-8") == "old"


def test_a_limit_of_confidence_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    done = CliRunner().invoke(app, ["build", str(tmp_path), "--engine", "disk", "--min-confidence", "0.5"])
    assert done.exit_code == 2
