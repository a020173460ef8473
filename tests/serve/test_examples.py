"""What the query page is given: every query of the project, its questions, prefixes and words; and its bundle."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import httpx
import pytest
from serving import running

from kg.notation import PREFIXES

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "kg/serve/pages/vendor"


def test_every_query_of_the_project_is_ready_to_run(graph_file: Path) -> None:
    with running(graph_file) as (client, _):
        told = client.get("/queries.json").json()
        assert [q["name"] for q in told["queries"]] == sorted(file.stem for file in (ROOT / "queries").glob("*.rq"))
        for query in told["queries"]:
            chinese, english = query["question"]
            assert re.search(r"[\u4e00-\u9fff]", chinese) and english.isascii()
            assert client.post("/sparql", data={"query": query["text"]}).status_code == 200, query["name"]
    assert told["prefixes"] == PREFIXES
    assert told["terms"][PREFIXES["lg"] + "implements"] == ["实施", "implements"]


def test_the_page_lets_only_our_own_scripts_run(graph_file: Path) -> None:
    with running(graph_file) as (client, _):
        policy = client.get("/").headers["content-security-policy"]
        page = client.get("/").text
        assert all(served(client, path) for path in re.findall(r'(?:src|href)="(/assets/[^"]+)"', page))
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy
    assert "unsafe" not in policy


def served(client: httpx.Client, path: str) -> bool:
    return client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("script", "file"), [("bundle:yasgui", "yasgui.min.js"), ("bundle:yasgui-style", "yasgui.min.css")]
)
def test_the_committed_bundle_is_what_the_lock_builds(script: str, file: str) -> None:
    built = subprocess.run(
        ["npm", "run", "--silent", script], cwd=ROOT / "tools/web", capture_output=True, check=True, timeout=60
    )
    assert built.stdout == (VENDOR / file).read_bytes(), "run `make bundles`, read the diff, then commit it"


def test_the_bundle_asks_for_nothing_elsewhere() -> None:
    style = (VENDOR / "yasgui.min.css").read_text(encoding="utf-8")
    assert not re.findall(r"@import|url\((?!\"?data:)", style)
