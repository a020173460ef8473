"""The store of what builds found: kept across builds, dropped where it is damaged, never a reason to fail."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from kg import cache
from kg.cache import program, store
from kg.errors import CacheError, KgError


@pytest.fixture
def warnings() -> list[KgError]:
    return []


def test_what_is_kept_is_known_to_the_next_build(tmp_path: Path, warnings: list[KgError]) -> None:
    with cache.opened(tmp_path, warnings.append) as earlier:
        assert earlier.get("document", "甲") is None
        earlier.put(["乙", 0.1, {"a": None}], "document", "甲")
    with cache.opened(tmp_path, warnings.append) as later:
        assert later.get("document", "甲") == ["乙", 0.1, {"a": None}]
        assert later.get("document", "丙") is None
        assert later.get("document", ["甲"]) is None
        assert (later.hits["document"], later.misses["document"]) == (1, 2)
    assert not warnings


def test_a_fresh_one_knows_nothing(tmp_path: Path, warnings: list[KgError]) -> None:
    with cache.opened(tmp_path, warnings.append) as earlier:
        earlier.put(1, "key")
    with cache.opened(tmp_path, warnings.append, is_fresh=True) as later:
        assert later.get("key") is None


def test_another_program_knows_nothing(
    tmp_path: Path, warnings: list[KgError], monkeypatch: pytest.MonkeyPatch
) -> None:
    with cache.opened(tmp_path, warnings.append) as earlier:
        earlier.put(1, "key")
    monkeypatch.setattr(store, "fingerprint", lambda: "a rule was changed")
    with cache.opened(tmp_path, warnings.append) as later:
        assert later.get("key") is None
    assert not warnings


def test_what_is_long_not_asked_for_goes(tmp_path: Path, warnings: list[KgError]) -> None:
    with cache.opened(tmp_path, warnings.append) as first:
        first.put(1, "asked for")
        first.put(1, "forgotten")
    for _ in range(store._REMEMBERED + 1):
        with cache.opened(tmp_path, warnings.append) as later:
            later.get("asked for")
    with cache.opened(tmp_path, warnings.append) as last:
        assert last.get("asked for") == 1
        assert last.get("forgotten") is None


@pytest.mark.parametrize("damage", ["text", "cut", "zeros", "value", "table", "deep"])
def test_a_damaged_store_is_dropped_with_a_warning(tmp_path: Path, warnings: list[KgError], damage: str) -> None:
    file = tmp_path / store.FILE
    with cache.opened(tmp_path, warnings.append) as earlier:
        for i in range(300):
            earlier.put("值" * 300 + str(i), "key", i)
    data = file.read_bytes()
    if damage in ("text", "cut", "zeros"):
        broken = {"text": b"not a database" * 99, "cut": data[: len(data) // 2], "zeros": data[:4096] + bytes(9999)}
        file.write_bytes(broken[damage])
    else:
        other = sqlite3.connect(file)
        deep = store.zlib.compress(b"[" * 100_000)
        change = {"value": "UPDATE entries SET value = x'00'", "table": "UPDATE entries SET value = 3"}
        other.execute(change.get(damage, "UPDATE entries SET value = ?"), (deep,) if damage == "deep" else ())
        other.commit()
        other.close()
    with cache.opened(tmp_path, warnings.append) as later:
        for i in range(300):
            assert later.get("key", i) in (None, "值" * 300 + str(i))
        later.put("new", "after")
    assert [type(w) for w in warnings] == [CacheError]
    assert str(file) in str(warnings[0])
    with cache.opened(tmp_path, warnings.append) as last:
        assert last.get("after") == "new"
    assert len(warnings) == 1


def test_a_value_that_would_fill_the_memory_is_refused(
    tmp_path: Path, warnings: list[KgError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_LARGEST", 1000)
    with cache.opened(tmp_path, warnings.append) as earlier:
        earlier.put("0" * 100_000, "key")
        assert earlier.get("key") is None
    assert "too large" in str(warnings[0])


def test_flipped_bits_change_no_value(tmp_path: Path) -> None:
    """Wherever a bit of the file is flipped, a value comes back as it was, or not at all."""
    with cache.opened(tmp_path / "sound", pytest.fail) as earlier:  # type: ignore[arg-type]
        for i in range(40):
            earlier.put(["值" * 50, i], i)
    sound = (tmp_path / "sound" / store.FILE).read_bytes()
    chance = random.Random(0)
    for _ in range(60):
        flipped = bytearray(sound)
        for _ in range(chance.choice((1, 1, 30))):
            flipped[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
        place = tmp_path / "flipped"
        place.mkdir(exist_ok=True)
        (place / store.FILE).write_bytes(flipped)
        warnings: list[KgError] = []
        with cache.opened(place, warnings.append) as later:
            for i in range(40):
                assert later.get(i) in (None, ["值" * 50, i])
            later.put("new", "after")
        assert all(isinstance(w, CacheError) for w in warnings)


def test_a_store_that_another_build_holds_is_left_alone(tmp_path: Path, warnings: list[KgError]) -> None:
    with cache.opened(tmp_path, warnings.append) as first:
        first.put(1, "key")
        with cache.opened(tmp_path, warnings.append) as second:
            assert second.get("key") is None
            second.put(2, "key")
        assert first.get("key") == 1
    assert len(warnings) == 1
    assert "locked" in str(warnings[0])


def test_a_link_in_place_of_the_store_is_not_followed(tmp_path: Path, warnings: list[KgError]) -> None:
    mine = tmp_path / "mine.sqlite"
    sqlite3.connect(mine).execute("CREATE TABLE entries (name TEXT)").connection.close()
    before = mine.read_bytes()
    (tmp_path / store.FILE).symlink_to(mine)
    with cache.opened(tmp_path, warnings.append, is_fresh=True) as nothing:
        nothing.put(1, "key")
    assert mine.read_bytes() == before
    assert "it is a link" in str(warnings[0])


def test_a_place_that_holds_no_store_is_a_warning(tmp_path: Path, warnings: list[KgError]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with cache.opened(tmp_path / "file", warnings.append) as nothing:
        nothing.put(1, "key")
        assert nothing.get("key") is None
    assert len(warnings) == 1


def test_a_full_disk_ends_the_store_not_the_build(tmp_path: Path) -> None:
    """The system refuses to let the file grow; what was kept before is there the next time."""
    process = os.fork()
    if process == 0:
        told: list[KgError] = []
        try:
            with cache.opened(tmp_path, told.append) as limited:
                limited.put("before", "key")
                limited.close()
            resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
            with cache.opened(tmp_path, told.append) as limited:
                for i in range(300):
                    limited.put(random.Random(i).randbytes(9000).hex(), i)
            assert [type(w) for w in told] == [CacheError]
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    assert os.waitpid(process, 0)[1] == 0
    warnings: list[KgError] = []
    with cache.opened(tmp_path, warnings.append) as later:
        assert later.get("key") == "before"
    assert not warnings


WRITER = """
import sys
from kg import cache
from kg.cache import store
store._SECONDS = 0.0
with cache.opened(sys.argv[1], print) as found:
    for i in range(100_000):
        found.put("x" * 1000, "key", i)
        print(i, flush=True)
"""


def test_what_was_kept_before_a_kill_is_there(tmp_path: Path, warnings: list[KgError]) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    for last in (3, 50, 123):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            while int(process.stdout.readline()) < last:
                pass
            os.kill(process.pid, signal.SIGKILL)
        with cache.opened(tmp_path, warnings.append) as found:
            assert all(found.get("key", i) for i in range(last))
    assert not warnings


def test_whatever_reads_and_extracts_is_part_of_the_key() -> None:
    """Each module that reading and extracting import is hashed, and so are lexicons and the gazetteer."""
    ours = "[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'kg']"
    code = f"import sys, kg.understanding, kg.ingest.worker; print(*{ours})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {Path(f) for f in run.stdout.split()} - set((program.FOLDER / "cache").iterdir())
    hashed = set(program.files())
    assert len(imported) > 80
    assert imported <= hashed
    for name in ("vocab/divisions.zip", "vocab/lexicons/verbs.tsv", "layout/articles.py"):
        assert program.FOLDER / name in hashed
    assert any(line.startswith("rjieba ") for line in program.libraries())
