"""A build with the findings of earlier ones gives the bytes of a build from scratch, after any change of its inputs."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import cache, pipeline, understanding
from kg.cache import store
from kg.errors import CacheError, KgError
from kg.export.summary import write_summary
from kg.export.turtle import write_turtle
from kg.notation import DEFAULT_BASE
from kg.pipeline import build

CORPUS = Path(__file__).parents[1] / "corpus" / "dev"
TEXTS = [p.read_text(encoding="utf-8") for p in sorted(CORPUS.glob("*.txt"), key=lambda p: p.stat().st_size)[:5]]
SIDECARS = (
    'published = "2023-05"\nhome = "修武县"\n',
    'published = "2021"\n',
    'home = "嘉兴市"\nnewspaper = "嘉兴日报"\n',
)


def files_of(state: dict[str, tuple[int, int]]) -> dict[str, str]:
    """Return the files of a state: name → text, and a sidecar where it has one."""
    files: dict[str, str] = {}
    for name, (text, sidecar) in state.items():
        files[f"{name}.txt"] = TEXTS[text] if text < len(TEXTS) else "没有句号的一行"
        if sidecar < len(SIDECARS):
            files[f"{name}.meta.toml"] = SIDECARS[sidecar]
    return files


def put(folder: Path, files: dict[str, str]) -> None:
    """Make a folder hold just these files."""
    for old in folder.rglob("*.*"):
        old.unlink()
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def built(folder: Path, store_folder: Path | None) -> tuple[str, str]:
    """Return Turtle and summary of a build; any warning of the cache is a failure."""
    if store_folder is None:
        result = build(folder, workers=1)
    else:
        with cache.opened(store_folder, pytest.fail) as earlier:  # type: ignore[arg-type]
            result = build(folder, workers=1, earlier=earlier)
    turtle, summary = io.StringIO(), io.StringIO()
    write_turtle(result.graph, turtle, DEFAULT_BASE)
    write_summary(result.summary, summary)
    return turtle.getvalue(), summary.getvalue()


states = st.dictionaries(
    st.sampled_from(["a", "b", "报/a", "报/2022-07-16"]),
    st.tuples(st.integers(0, len(TEXTS)), st.integers(0, len(SIDECARS))),
    max_size=3,
)
_scratch: dict[str, tuple[str, str]] = {}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(states, min_size=2, max_size=4))
def test_any_sequence_of_changes_ends_as_a_build_from_scratch(sequence: list[dict[str, tuple[int, int]]]) -> None:
    """From one state to the next, files come, go, change, take each other's names, and so do their sidecars."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        for state in sequence:
            put(folder, files_of(state))
            key = json.dumps(sorted(state.items()))
            if key not in _scratch:
                _scratch[key] = tuple(t.replace(place, "…") for t in built(folder, None))  # type: ignore[assignment]
            assert tuple(t.replace(place, "…") for t in built(folder, Path(place) / "cache")) == _scratch[key]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", files_of({"a": (0, 0), "b": (1, 0), "c": (2, 3)}))
    return tmp_path / "in"


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were read and extracted, not known."""
    seen: list[str] = []
    understand_all = understanding.understand_all

    def noted(documents, count=None):  # type: ignore[no-untyped-def]
        seen.extend(d.source for d in documents)
        return understand_all(documents, count)

    monkeypatch.setattr(understanding, "understand_all", noted)
    return seen


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({"a": (0, 0), "b": (1, 0), "c": (2, 3)}, []),
        ({"a": (0, 0), "b": (1, 0), "c": (2, 3), "d": (3, 3)}, ["d.txt"]),
        ({"a": (0, 0), "b": (3, 0), "c": (2, 3)}, ["b.txt"]),
        ({"a": (0, 0), "c": (2, 3)}, []),
        ({"a": (0, 0), "z": (1, 0), "c": (2, 3)}, []),
        ({"a": (0, 0), "b": (1, 1), "c": (2, 3)}, ["b.txt"]),
        ({"a": (0, 0), "b": (1, 0), "c": (2, 0)}, ["c.txt"]),
    ],
    ids=["nothing", "add", "change", "remove", "rename", "change sidecar", "add sidecar"],
)
def test_only_what_is_new_or_changed_is_extracted(
    folder: Path, extracted: list[str], change: dict[str, tuple[int, int]], again: list[str]
) -> None:
    built(folder, folder.parent)
    extracted.clear()
    put(folder, files_of(change))
    known = built(folder, folder.parent)
    assert extracted == again
    assert known == built(folder, None)


def test_settings_of_the_folder_count(folder: Path, extracted: list[str]) -> None:
    built(folder, folder.parent)
    extracted.clear()
    (folder / "kg.toml").write_text('paths = "{home}.txt"\n', encoding="utf-8")
    known = built(folder, folder.parent)
    assert extracted == ["c.txt"]  # of the others the sidecar names a home
    assert known == built(folder, None)


def test_a_changed_program_extracts_all_again(
    folder: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built(folder, folder.parent)
    extracted.clear()
    monkeypatch.setattr(store, "fingerprint", lambda: "another")
    built(folder, folder.parent)
    assert extracted == ["a.txt", "b.txt", "c.txt"]


def test_findings_that_do_not_fit_their_text_are_dropped_with_a_warning(folder: Path) -> None:
    """Somebody has written into the store; the graph is that of the texts all the same."""
    built(folder, folder.parent)
    known = understanding._known
    warnings: list[KgError] = []
    with cache.opened(folder.parent, warnings.append) as earlier:
        document = pipeline.read_paths([folder]).documents[0]
        value = earlier.get(*understanding.key(document))
        value[0][1][0][2] = "不在文中"
        earlier.put(value, *understanding.key(document))
        assert known(document, earlier) is None
    assert [type(w) for w in warnings] == [CacheError]
    assert "不在文中" in str(warnings[0])
    assert built(folder, folder.parent) == built(folder, None)
