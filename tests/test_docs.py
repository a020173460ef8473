"""What the documentation claims about names, checked against the code and the ontology."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph
from typer.testing import CliRunner

from kg.cli import app

ROOT = Path(__file__).parents[1]
CONSOLE = re.compile(r"```console\n\$ kg ([^\n]*)\n(.*?)```", re.DOTALL)
READMES = ["README.md", "README.zh-CN.md"]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LG = "https://w3id.org/local-governance/ontology#"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_glossary_has_every_term_of_the_ontology() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    ontology = Graph().parse(ROOT / "kg" / "vocab" / "ontology.ttl")
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(LG):
                labels = {str(getattr(x, "language", "")): str(x) for x in ontology.objects(term, RDFS.label)}
                row = f"| {labels['zh']} | {labels['en']} | `lg:{str(term).removeprefix(LG)}` |"
                assert row in glossary, row


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a clone, with a fresh output/."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("seeds", "queries", "tests"):
        (folder / name).symlink_to(ROOT / name)
    assert CliRunner().invoke(app, ["build", str(ROOT / "seeds"), "-o", str(folder / "output")]).exit_code == 0
    return folder


@pytest.mark.parametrize("readme", READMES)
def test_the_tour_prints_what_the_readme_shows(
    readme: str, workplace: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(workplace)
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = CONSOLE.findall(text)
    assert len(blocks) >= 3
    printed = {command: printed_by(command) for command, _ in blocks}
    if request.config.getoption("--update-golden"):
        new = CONSOLE.sub(lambda m: f"```console\n$ kg {m[1]}\n{printed[m[1]]}\n```", text)
        (ROOT / readme).write_text(new, encoding="utf-8")
        pytest.fail(f"{readme} rewritten: read the diff, then run without --update-golden")
    for command, shown in blocks:
        assert printed[command] == shown.rstrip("\n"), command


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_of_the_readme_run(readme: str, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    commands = re.findall(r"^kg (.*)$", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) >= 3
    for command in commands:
        assert CliRunner().invoke(app, shlex.split(command)).exit_code == 0, command


@pytest.mark.parametrize("readme", READMES)
def test_the_python_of_the_readme_runs(
    readme: str, workplace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(workplace)
    for code in re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL):
        exec(code, {})
    assert len(capsys.readouterr().out.splitlines()) == 5


def printed_by(command: str) -> str:
    """Return what a command prints, without blank space around it and at the ends of lines."""
    result = CliRunner().invoke(app, shlex.split(command))
    assert result.exit_code == 0, command
    return "\n".join(line.rstrip() for line in result.stdout.splitlines()).strip("\n")
