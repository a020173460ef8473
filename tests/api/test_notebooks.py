"""The notebooks of the documentation run, and show what is stored in them."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def shown(notebook: nbformat.NotebookNode) -> list[list[object]]:
    """Return what each cell shows, as text and as HTML."""
    return [
        [output.get("text") or output.get("data") or output.get("evalue") for output in cell.get("outputs", [])]
        for cell in notebook.cells
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_and_shows_what_is_stored(path, request):
    stored = nbformat.read(path, as_version=4)
    run = nbformat.read(path, as_version=4)
    NotebookClient(run, timeout=60, kernel_name="python3", record_timing=False).execute(cwd=str(ROOT))
    run.metadata = stored.metadata
    if request.config.getoption("--update-golden"):
        nbformat.write(run, path)
        pytest.fail(f"{path} rewritten: read the diff, then run without --update-golden")
    assert len(shown(run)) > 5
    assert shown(run) == shown(stored)


def test_the_python_of_the_documentation_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    shown = re.search(r"town\.programmes +# (.*)", blocks[0])
    assert shown and repr(names["town"].programmes) == shown[1]
    assert "新塍镇 within 秀洲区 | 秀洲区新塍镇" in capsys.readouterr().out
