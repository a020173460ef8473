"""A build through the disk writes, in shards, the very quads of a build in memory."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from kg.engines import disk, layout
from kg.engines.building import build_on_disk
from kg.errors import NoArticleError
from kg.export import Contents, export
from kg.pipeline import build

DEV = Path(__file__).parents[1] / "corpus" / "dev"
BASE = "https://example.org/id/"


def lines(folder: Path) -> list[bytes]:
    return sorted(line for file in folder.glob("*.nq") for line in file.read_bytes().splitlines())


def in_memory(paths: list[Path], tmp_path: Path) -> list[bytes]:
    export("nquads", Contents.of_graph(build(paths, workers=1).graph, BASE), tmp_path / "memory.nq")
    return sorted((tmp_path / "memory.nq").read_bytes().splitlines())


@pytest.mark.parametrize("processes", [1, 2])
def test_the_shards_hold_the_quads_of_a_build_in_memory(tmp_path: Path, processes: int) -> None:
    result = build_on_disk([DEV], tmp_path, processes=processes, base=BASE)
    assert lines(result.folder) == in_memory([DEV], tmp_path)


def test_small_parts_and_small_shards_hold_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_PART", 1)
    monkeypatch.setattr(layout, "_SMALL", 1000)
    files = sorted(DEV.glob("*.txt"))[:6]
    result = build_on_disk(files, tmp_path, processes=2, base=BASE)
    assert len(list(result.folder.glob("statements-*.nq"))) > 1
    assert lines(result.folder) == in_memory(files, tmp_path)


def test_parquet_beside_the_shards_holds_their_quads(tmp_path: Path) -> None:
    result = build_on_disk(sorted(DEV.glob("*.txt"))[:2], tmp_path, processes=1, parquet=True)
    for shard in result.folder.glob("*.nq"):
        rows = pq.read_table(shard.with_suffix(".parquet")).to_pylist()
        assert sorted(map(as_line, rows)) == sorted(shard.read_text(encoding="utf-8").rstrip("\n").split("\n"))


def as_line(row: dict[str, str]) -> str:
    subject, predicate = ox.NamedNode(row["subject"]), ox.NamedNode(row["predicate"])
    value: ox.NamedNode | ox.Literal
    if row["language"]:
        value = ox.Literal(row["object"], language=row["language"])
    elif row["datatype"]:
        value = ox.Literal(row["object"], datatype=ox.NamedNode(row["datatype"]))
    else:
        value = ox.NamedNode(row["object"])
    graph = ox.NamedNode(row["graph"]) if row["graph"] else ox.DefaultGraph()
    data = ox.serialize([ox.Quad(subject, predicate, value, graph)], format=ox.RdfFormat.N_QUADS)
    return str(data, "utf-8").removesuffix("\n")


def test_counts_and_failures_are_told_and_old_shards_are_gone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("近日，河阳镇党委书记张三到红旗村调研。\n", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text("没有句号的一行", encoding="utf-8")
    old = tmp_path / "out" / "nquads" / "statements-00007.nq"
    old.parent.mkdir(parents=True)
    old.touch()
    result = build_on_disk([tmp_path / "in"], tmp_path / "out", processes=1)
    assert [type(f) for f in result.failures] == [NoArticleError]
    assert result.counts["documents"] == result.counts["articles"] == 1
    assert json.loads((result.folder / "counts.json").read_text(encoding="utf-8")) == result.counts
    assert not old.exists()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [".kg", "nquads"]
    assert result.folder.stat().st_mode & 0o777 == 0o755


def test_a_build_that_fails_leaves_the_old_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "nquads" / "statements-00000.nq"
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.engines.building.build_all", fail)
    with pytest.raises(KeyboardInterrupt):
        build_on_disk([DEV / "451.txt"], tmp_path, processes=1)
    assert old.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".kg", "nquads"]
