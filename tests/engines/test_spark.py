"""A build on a real cluster, a master and two workers, writes what a build here writes; even if one worker dies."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from big_text import write_articles, write_folder
from cluster import Cluster, cluster
from py4j.protocol import Py4JError
from servers import s3

from kg.engines import building
from kg.engines.building import build_on_disk, build_on_spark
from kg.engines.spark import ended
from kg.errors import EmptyInputError, EngineError, NoArticleError

BASE = "https://example.org/id/"
ARTICLES = 24


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    write_folder(write_articles(ARTICLES), folder)
    (folder / "no-article.txt").write_text("没有句号的一行", encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    (tmp_path / "logs").mkdir()
    with cluster(tmp_path / "logs") as started:
        yield started


def lines(folder: Path) -> list[bytes]:
    return sorted(line for file in folder.glob("*.nq") for line in file.read_bytes().splitlines())


def test_a_worker_killed_in_the_middle_changes_nothing(
    texts: Path, tmp_path: Path, running: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = building.finish
    killed = threading.Event()

    def kill_when_tasks_run() -> None:
        output = tmp_path / "cluster"
        while not list(output.glob(".kg/new-*/rows/described/_temporary/**/*.parquet")):  # tasks of a step are at work
            time.sleep(0.05)
        running.kill_worker()
        killed.set()

    def finish_while_a_worker_dies(*arguments: object) -> None:
        threading.Thread(target=kill_when_tasks_run, daemon=True).start()
        finish(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "finish", finish_while_a_worker_dies)
    with s3() as bucket:  # the workers fetch what they read
        bucket.fill(texts)
        there = build_on_spark([bucket.address()], tmp_path / "cluster", running.master, base=BASE, parquet=True)
    monkeypatch.undo()
    here = build_on_disk([texts], tmp_path / "here", processes=1, base=BASE)
    assert killed.is_set()
    assert len(running.workers) == 1
    assert lines(there.folder) == lines(here.folder)
    assert there.counts == here.counts
    assert there.counts["articles"] == ARTICLES
    assert [type(f) for f in there.failures] == [EmptyInputError, NoArticleError]
    assert not list(there.folder.glob("rows"))
    shards = list(there.folder.glob("*.nq"))
    assert all(shard.with_suffix(".parquet").stat().st_size > 0 for shard in shards)


class Session:
    """Stands for a session of Spark that a task has failed in."""

    stopped = False

    def stop(self) -> None:
        self.stopped = True


def test_a_cluster_that_gives_up_is_told_in_a_line() -> None:
    session = Session()
    said = """An error occurred while calling o62.parquet.
: org.apache.spark.SparkException: Job aborted due to stage failure: Task 1 in stage 2.0 failed 4 times.
Traceback (most recent call last):
  File "rows.py", line 24, in extract
MemoryError: no room
\tat org.apache.spark.scheduler.DAGScheduler.runJob(DAGScheduler.scala:1009)"""
    with pytest.raises(EngineError) as raised, ended(session):  # type: ignore[arg-type]
        raise Py4JError(said)
    assert "Task 1 in stage 2.0 failed 4 times" in str(raised.value)
    assert "MemoryError: no room" in str(raised.value)
    assert "DAGScheduler" not in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
    assert session.stopped
