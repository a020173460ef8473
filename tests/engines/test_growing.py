"""A build through the disk that grows: whatever came, changed and went, the very bytes of a build from scratch."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from kg.engines import building, layout, store
from kg.engines.building import ShardedBuild, build_on_disk
from kg.errors import CacheError

PLACES = ("河阳镇", "红旗村", "修武县", "新塍镇", "嘉兴市秀洲区")
PEOPLE = ("张三丰", "李小明", "王建国", "周辉")
POSTS = ("镇党委书记", "镇长", "县委书记", "副镇长")
BODIES = ("修武县公安局", "河阳镇人民政府", "嘉兴农商银行", "修武县农村商业银行", "河阳丰收食品有限公司")
SENTENCES = (
    "近日，{place}{post}{person}到{other}调研。",
    "{body}向{place}捐款{number}万元。",
    "{place}启动“{number}号便民服务”志愿服务项目，{person}参加。",
    "{body}与{other}签订合作协议。",
    "{person}任{body}负责人。",
    "{post}{person}说，{place}今年建成{number}个文化广场。",
)
HOMES = ("", 'home = "嘉兴市"\n', 'home = "焦作市"\n', 'home = "修武县"\n')


def article(chance: random.Random) -> str:
    """Make up a small article of few names, so that articles share them."""

    def sentence() -> str:
        return chance.choice(SENTENCES).format(
            place=chance.choice(PLACES),
            other=chance.choice(PLACES),
            post=chance.choice(POSTS),
            person=chance.choice(PEOPLE),
            body=chance.choice(BODIES),
            number=chance.randint(1, 3),
        )

    return "".join(sentence() for _ in range(chance.randint(1, 4))) + "\n"


def write(file: Path, chance: random.Random) -> None:
    file.write_text(article(chance), encoding="utf-8")
    file.with_suffix(".meta.toml").write_text(chance.choice(HOMES), encoding="utf-8")


def change(texts: Path, chance: random.Random) -> None:
    """Add, change and remove some articles."""
    for _ in range(chance.randint(1, 3)):
        files = sorted(texts.glob("*.txt"))
        what = chance.choice(("add", "add", "change", "remove", "move"))
        if what == "add" or len(files) < 4:
            write(texts / f"{chance.randrange(10**6)}.txt", chance)
        elif what == "change":
            write(chance.choice(files), chance)
        elif what == "remove":
            chance.choice(files).unlink()
        else:
            chance.choice(files).rename(texts / f"moved-{chance.randrange(10**6)}.txt")


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "nquads").iterdir()}


def grow(texts: Path, output: Path) -> ShardedBuild:
    return build_on_disk([texts], output, processes=1)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_changes_and_goes_the_bytes_are_those_of_a_build_from_scratch(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "_SMALL", 20_000)  # so that there are several shards, and their number changes
    monkeypatch.setattr(building, "_REMADE", 1)
    chance, texts, output = random.Random(seed), tmp_path / "texts", tmp_path / "output"
    texts.mkdir()
    for number in range(12):
        write(texts / f"{number}.txt", chance)
    for turn in range(8):
        grown = grow(texts, output)
        scratch = grow(texts, tmp_path / f"scratch{turn}")
        assert grown.counts == scratch.counts
        assert content(output) == content(tmp_path / f"scratch{turn}")
        change(texts, chance)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder, chance = tmp_path / "texts", random.Random(7)
    folder.mkdir()
    for number in range(40):
        write(folder / f"{number}.txt", chance)
    return folder


@pytest.fixture
def output(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(layout, "_SMALL", 2000)
    grow(texts, tmp_path / "output")
    return tmp_path / "output"


def files(output: Path) -> dict[str, int]:
    return {file.name: file.stat().st_ino for file in (output / "nquads").iterdir()}


def from_scratch(texts: Path, output: Path) -> dict[str, bytes]:
    grow(texts, output.with_name("scratch"))
    return content(output.with_name("scratch"))


def test_shards_that_a_new_article_does_not_touch_are_the_old_files(texts: Path, output: Path) -> None:
    before, old = files(output), content(output)
    (texts / "new.txt").write_text("近日，红旗村举办春节联欢会。\n", encoding="utf-8")
    result = grow(texts, output)
    assert (result.known, result.new) == (40, 1)
    after, new = files(output), content(output)
    assert {name for name in after if after[name] == before.get(name)} == {n for n in new if new[n] == old.get(n)}
    assert len(after.keys() & before.keys()) > 20
    assert sum(after[name] != before.get(name) for name in after) < len(after) / 4


def test_where_nothing_is_new_every_file_is_the_old_one(texts: Path, output: Path) -> None:
    before = files(output)
    assert grow(texts, output).new == 0
    assert files(output) == before


def test_a_fresh_build_takes_nothing_over(texts: Path, output: Path) -> None:
    before, old = files(output), content(output)
    assert build_on_disk([texts], output, processes=1, fresh=True).known == 0
    assert content(output) == old
    kept = {name for name, inode in files(output).items() if inode == before[name]}
    assert kept <= {"counts.json", "terms-00000.nq"}


def test_shards_that_somebody_changed_or_removed_are_written_again(texts: Path, output: Path) -> None:
    old = content(output)
    changed, removed, *_ = sorted((output / "nquads").glob("statements-*.nq"))
    changed.write_bytes(b"<urn:a> <urn:b> <urn:c> .\n")
    removed.unlink()
    assert grow(texts, output).new == 0
    assert content(output) == old


def test_a_shard_changed_behind_the_clock_is_noticed_when_its_bytes_are_needed(texts: Path, output: Path) -> None:
    for shard in (output / "nquads").glob("*.nq"):
        stat = shard.stat()
        shard.write_bytes(shard.read_bytes().replace(b"a", b"b"))
        os.utime(shard, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    write(texts / "new.txt", random.Random(1))
    result = grow(texts, output)
    assert [type(w) for w in result.warnings] == [CacheError]
    assert content(output) == from_scratch(texts, output)


def test_tables_of_shards_that_stay_are_not_written_again(texts: Path, output: Path) -> None:
    build_on_disk([texts], output, processes=1, parquet=True)
    before = files(output)
    (texts / "new.txt").write_text("近日，红旗村举办春节联欢会。\n", encoding="utf-8")
    build_on_disk([texts], output, processes=1, parquet=True)
    after = files(output)
    for shard in (output / "nquads").glob("*.nq"):
        table = shard.with_suffix(".parquet").name
        assert (after[table] == before.get(table)) == (after[shard.name] == before.get(shard.name))


def test_where_all_documents_are_gone_the_old_shards_stay(texts: Path, output: Path) -> None:
    old = content(output)
    for text in texts.glob("*.txt"):
        text.unlink()
    assert not grow(texts, output).counts["articles"]
    assert content(output) == old


def test_a_store_of_another_program_is_begun_anew(texts: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "fingerprint", lambda with_graph: "another")
    assert grow(texts, output).known == 0


@pytest.mark.parametrize("damage", [b"no database", b""])
def test_a_damaged_store_is_begun_anew(texts: Path, output: Path, damage: bytes) -> None:
    old, file = content(output), output / ".kg" / store.FILE
    file.write_bytes(damage)
    result = grow(texts, output)
    assert [type(w) for w in result.warnings] == ([CacheError] if damage else [])
    assert content(output) == old


def test_rows_that_would_run_code_are_refused(texts: Path, output: Path, tmp_path: Path) -> None:
    evil = zlib.compress(pickle.dumps(Evil(tmp_path / "run")))
    with closing(sqlite3.connect(output / ".kg" / store.FILE)) as database:
        database.execute("UPDATE said SET data = ?", (evil,))
        database.execute("UPDATE article SET data = ?", (evil,))
        database.commit()
    write(texts / "new.txt", random.Random(1))
    for shard in (output / "nquads").glob("articles-*.nq"):
        shard.unlink()
    result = grow(texts, output)
    assert not (tmp_path / "run").exists()
    assert [type(w) for w in result.warnings] == [CacheError]
    assert content(output) == from_scratch(texts, output)


class Evil:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> object:
        return Path.touch, (self.file,)


def test_what_was_read_before_a_kill_is_not_read_again(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_SECONDS", 0)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "output").mkdir()
    with monkeypatch.context() as dying:
        dying.setattr(building, "build_all", die)
        with pytest.raises(KeyboardInterrupt):
            grow(texts, tmp_path / "output")
    assert grow(texts, tmp_path / "output").known == 40
    assert content(tmp_path / "output") == from_scratch(texts, tmp_path / "output")


def test_a_store_whose_shards_never_came_to_their_place_gives_the_same(texts: Path, output: Path) -> None:
    """The build died between the two: the store is new, the shards are old."""
    shutil.copytree(output / "nquads", output / "before", copy_function=shutil.copy2)
    write(texts / "new.txt", random.Random(1))
    grow(texts, output)
    shutil.rmtree(output / "nquads")
    (output / "before").rename(output / "nquads")
    assert grow(texts, output).new == 0
    assert content(output) == from_scratch(texts, output)
