"""A set of files is the old one or the new one, at whatever step the process is killed or refused."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from kg import output
from kg.errors import OutputError

OLD = {"a.txt": "old a", "b.txt": "old b", "gone.txt": "only the old set has it"}
NEW = {"a.txt": "new a", "b.txt": "new b", "more/c.txt": "only the new set has it"}


def write_set(folder: Path, files: Mapping[str, str]) -> None:
    with output.locked(folder), output.staged(folder) as new:
        for name, text in files.items():
            (new / name).parent.mkdir(exist_ok=True)
            (new / name).write_text(text, encoding="utf-8")
        output.replace_set(folder, new)


def files_of(folder: Path) -> dict[str, str]:
    files = (p for p in folder.rglob("*") if p.is_file() and output.STATE not in p.parts)
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in files}


def in_a_process(action: Callable[[], None]) -> int:
    """Run something in a forked process; return its status, which tells of a kill."""
    process = os.fork()
    if process == 0:
        try:
            action()
        finally:
            os._exit(0)
    return os.waitpid(process, 0)[1]


def die_at(step: int) -> None:
    """Kill this process at its n-th look at the disk."""
    steps = count()

    def watch(event: str, _: object) -> None:
        if event in {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"} and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def test_a_set_replaces_another(tmp_path: Path) -> None:
    write_set(tmp_path, OLD)
    assert files_of(tmp_path) == OLD
    write_set(tmp_path, NEW)
    assert files_of(tmp_path) == NEW
    assert output.is_whole(tmp_path)


def test_killed_at_every_step_the_set_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    found = []
    for step in count():
        folder = tmp_path / str(step)
        write_set(folder, OLD)

        def replace(folder: Path = folder, step: int = step) -> None:
            die_at(step)
            write_set(folder, NEW)

        status = in_a_process(replace)
        output.settle(folder)
        assert files_of(folder) in (OLD, NEW), f"torn by a kill at step {step}"
        assert output.is_whole(folder)
        found.append(files_of(folder) == NEW)
        write_set(folder, NEW)
        assert sorted(p.name for p in (folder / output.STATE).iterdir()) == [".gitignore", "lock", "manifest.json"]
        if not os.WIFSIGNALED(status):
            break
    assert len(found) > 20
    assert found == sorted(found)  # one moment decides: old before it, new after it
    assert not found[0]


def test_killed_while_a_killed_build_is_put_in_order(tmp_path: Path) -> None:
    """Whatever a first kill left, a second one during the repair tears nothing."""
    for first in range(14, 40, 5):
        for second in range(0, 12, 3):
            folder = tmp_path / f"{first}-{second}"
            write_set(folder, OLD)
            in_a_process(lambda folder=folder, n=first: (die_at(n), write_set(folder, NEW)))  # type: ignore[misc]
            in_a_process(lambda folder=folder, n=second: (die_at(n), output.settle(folder)))  # type: ignore[misc]
            output.settle(folder)
            assert files_of(folder) in (OLD, NEW)
            assert output.is_whole(folder)


def test_a_refused_rename_puts_the_old_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_set(tmp_path, OLD)
    rename = os.replace

    def refused(source: Path, target: Path) -> None:
        if Path(target) == tmp_path / "b.txt" and "new-" in str(source) and ".old" not in str(source):
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError):
        write_set(tmp_path, NEW)
    assert files_of(tmp_path) == OLD
    assert output.is_whole(tmp_path)


def test_a_file_that_the_user_changed_stays_when_the_new_set_lacks_it(tmp_path: Path) -> None:
    write_set(tmp_path, OLD)
    (tmp_path / "gone.txt").write_text("mine now", encoding="utf-8")
    write_set(tmp_path, NEW)
    assert files_of(tmp_path) == {**NEW, "gone.txt": "mine now"}


def test_links_in_the_output_are_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("not ours", encoding="utf-8")
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / "a.txt").symlink_to(tmp_path / "elsewhere")
    write_set(folder, NEW)
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "not ours"
    assert files_of(folder) == NEW


@pytest.mark.parametrize("name", ["../victim", "/etc/victim", ".kg/lock", "link/victim"])
def test_a_journal_that_leads_out_of_the_folder_is_worth_nothing(tmp_path: Path, name: str) -> None:
    """An output folder that somebody sends may hold a journal made to overwrite files of the reader's."""
    folder = tmp_path / "output"
    write_set(folder, OLD)
    (folder / "link").symlink_to(tmp_path)
    (tmp_path / "victim").write_text("mine", encoding="utf-8")
    staging = folder / output.STATE / "new-x"
    staging.mkdir()
    (staging / "victim").write_text("evil", encoding="utf-8")
    journal = {"staging": "new-x", "files": {name: ""}, "added": [], "gone": [name], "is_undone": False}
    (folder / output.STATE / "journal.json").write_text(json.dumps(journal), encoding="utf-8")
    output.settle(folder)
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "mine"
    assert (folder / output.STATE / "lock").is_file()
    assert not output.is_whole(folder) or files_of(folder)["a.txt"] == "old a"


@pytest.mark.parametrize("link", [".kg", "lock", "journal.part", "manifest.part", "new-x", "new-x.old"])
@pytest.mark.parametrize("is_undone", [False, True])
def test_links_in_a_folder_that_somebody_sends_reach_nothing(tmp_path: Path, link: str, is_undone: bool) -> None:
    victims = tmp_path / "home"
    victims.mkdir()
    for name in ("a.txt", "lock", "new-mine"):
        (victims / name).write_text("mine", encoding="utf-8")
    folder = tmp_path / "output"
    write_set(folder, OLD)
    state = folder / output.STATE
    journal = {"staging": "new-x", "files": {"a.txt": ""}, "added": [], "gone": [], "is_undone": is_undone}
    (state / "journal.json").write_text(json.dumps(journal), encoding="utf-8")
    if link == ".kg":
        state.rename(tmp_path / "elsewhere")
        state.symlink_to(tmp_path / "elsewhere")
    else:
        (state / link).unlink(missing_ok=True)
        (state / link).symlink_to(victims if link.startswith("new") else victims / "lock")
    output.settle(folder)
    with suppress(OutputError), output.locked(folder):
        pass
    assert {p.name: p.read_text(encoding="utf-8") for p in victims.iterdir()} == dict.fromkeys(
        ("a.txt", "lock", "new-mine"), "mine"
    )


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"files": 3}', "[" * 100_000])
def test_a_broken_journal_is_dropped(tmp_path: Path, text: str) -> None:
    write_set(tmp_path, OLD)
    (tmp_path / output.STATE / "journal.json").write_text(text, encoding="utf-8")
    output.settle(tmp_path)
    assert files_of(tmp_path) == OLD
    assert output.is_whole(tmp_path)
