"""The command line as users meet it: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kg.cli import app

SEEDS = Path(__file__).parents[1] / "seeds"
GOLD = Path(__file__).parent / "gold"
TEXT = "路灯亮了\n\n记者 甲乙丙\n\n昨晚，新塍镇潘家浜村的路灯第一次亮了。\n"
OUTPUTS = ["graph.html", "graph.ttl", "graph.void.ttl", "summary.json"]


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def write(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file() and p.stem != "report"}


@pytest.mark.parametrize("module", ["kg", "kg.cli"])
def test_the_command_line_is_a_module_that_can_be_run(module: str, tmp_path: Path) -> None:
    write(tmp_path / "in" / "page.txt")
    command = [sys.executable, "-m", module, "build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "潘家浜村" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert subprocess.run([sys.executable, "-m", module, "build"], capture_output=True).returncode == 2


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the seeds."""
    folder = tmp_path_factory.mktemp("built") / "output"
    assert kg("build", SEEDS, "-o", folder).exit_code == 0
    return folder


def test_help_is_understandable() -> None:
    result = kg("--help")
    assert result.exit_code == 0
    for word in ("build", "mentions", "query", "validate", "Exit codes"):
        assert word in result.output


@pytest.mark.parametrize(
    "heavy",
    [
        "rdflib",
        "networkx",
        "numpy",
        "rjieba",
        "jieba",
        "pyvis",
        "pyshacl",
        "jinja2",
        "pyarrow",
        "pyoxigraph",
        "starlette",
        "uvicorn",
    ],
)
def test_help_waits_for_nothing_that_is_slow_to_load(heavy: str) -> None:
    code = (
        f"import sys, kg.cli; sys.argv = ['kg', '--help']\ntry: kg.cli.main()\nfinally: print({heavy!r} in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert answer.stdout.splitlines()[-1] == "False"


def test_importing_kg_loads_nothing_heavy() -> None:
    code = "import sys, kg; sys.exit(any(m in sys.modules for m in ('rdflib', 'networkx', 'rjieba', 'typer')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_version() -> None:
    assert kg("--version").output.startswith("kg 0.")


def test_build_writes_all_outputs_and_a_summary(built: Path) -> None:
    assert set(OUTPUTS) <= set(contents(built))
    summary = json.loads((built / "summary.json").read_text(encoding="utf-8"))
    assert summary["articles"] == 10
    assert summary["failures"] == []


def test_build_tells_what_it_built(tmp_path: Path) -> None:
    result = kg("build", SEEDS, "-o", tmp_path / "o")
    assert "articles" in result.stdout
    assert "Programme" in result.stdout
    assert "graph.ttl" in result.stderr


def test_quiet_prints_nothing_and_verbose_lists_articles(tmp_path: Path) -> None:
    assert kg("build", SEEDS, "-o", tmp_path / "o", "--quiet").output == ""
    assert "路灯亮了" in kg("build", write(tmp_path / "page.txt"), "-o", tmp_path / "o", "--verbose").stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "is empty; remove it"),
        ("binary.txt", b"\x7fELF\x02\x01\0\0\0", "is not a text file; save it as plain text"),
        (
            "sjis.txt",
            "カタカナの文章は、ここでは読めません。".encode("shift-jis"),
            "is neither UTF-8, UTF-16, GB18030 nor",
        ),
        ("list.txt", "没有句号的一行".encode(), "no article found in it; a text needs"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_built(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    write(tmp_path / "in" / "page.txt")
    write(tmp_path / "in" / name, content)
    result = kg("build", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert name in result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.output
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["documents"] == 1
    assert len(summary["failures"]) == 1


def test_a_missing_path_is_named_and_the_others_are_built(tmp_path: Path) -> None:
    page = write(tmp_path / "page.txt")
    result = kg("build", page, tmp_path / "gone", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{tmp_path / 'gone'}: no such file or folder" in result.stderr
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_a_broken_sidecar_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path / "in" / "good.txt")
    write(tmp_path / "in" / "bad.txt")
    write(tmp_path / "in" / "bad.meta.toml", 'home = "甲市"\npublished = 2022-')
    result = kg("build", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "bad.meta.toml: line 2: the sidecar file is broken" in result.stderr


def test_an_unknown_home_is_a_warning_and_the_text_is_read(tmp_path: Path) -> None:
    write(tmp_path / "in" / "page.txt")
    write(tmp_path / "in" / "page.meta.toml", 'home = "朝阳区"')
    result = kg("build", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "page.txt: the sidecar's home is no division" in " ".join(result.stderr.split())
    write(tmp_path / "in" / "page.meta.toml", 'home = "北京市朝阳区"')
    assert "sidecar" not in kg("build", tmp_path / "in", "-o", tmp_path / "out").stderr


def test_gb18030_gives_the_same_graph_as_utf8(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030"):
        page = write(tmp_path / encoding / "page.txt", TEXT.encode(encoding))
        assert kg("build", page, "-o", tmp_path / encoding / "out", "-q").exit_code == 0
    graphs = [(tmp_path / e / "out" / "graph.ttl").read_text(encoding="utf-8") for e in ("utf-8", "gb18030")]
    assert all("新塍镇" in g for g in graphs)
    # Only what the file's hash goes into may differ.
    assert len(graphs[0]) == len(graphs[1])


def test_nothing_to_build_leaves_the_output_as_it_was(tmp_path: Path, built: Path) -> None:
    before = contents(built)
    result = kg("build", write(tmp_path / "empty.txt", b""), "-o", built)
    assert result.exit_code == 3
    assert "is as it was" in result.stderr
    assert contents(built) == before


def test_an_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = write(tmp_path / "blocked", "a file")
    result = kg("build", write(tmp_path / "page.txt"), "-o", blocked)
    assert result.exit_code == 3
    assert "cannot write the output" in result.stderr
    assert "choose another folder with -o" in result.stderr


def test_usage_errors_have_their_own_exit_code(built: Path) -> None:
    assert kg("build").exit_code == 2
    assert kg("bild", SEEDS).exit_code == 2
    assert kg("query", "SELECT * { ?s ?p ?o }", "-g", built, "--format", "xml").exit_code == 2


def test_query_prints_each_format(built: Path) -> None:
    question = 'SELECT ?n { ?p a lg:Place ; rdfs:label ?n FILTER(STR(?n) = "新塍镇") }'
    assert "新塍镇" in kg("query", question, "-g", built).stdout
    assert kg("query", question, "-g", built, "-f", "csv").stdout_bytes == "n\r\n新塍镇\r\n".encode()
    assert kg("query", question, "-g", built, "-f", "tsv").stdout == '?n\n"新塍镇"@zh\n'
    answer = json.loads(kg("query", question, "-g", built, "-f", "json").stdout)
    assert answer["results"]["bindings"][0]["n"]["value"] == "新塍镇"
    assert kg("query", "ASK { ?s a lg:Place }", "-g", built).stdout == "yes\n"


def test_query_errors_are_one_line(tmp_path: Path, built: Path) -> None:
    for arguments in (["SELECT { ?s", "-g", built], ["nowhere.rq", "-g", built], ["ASK {}", "-g", tmp_path]):
        result = kg("query", *arguments)
        assert result.exit_code == 3
        assert result.stderr.startswith("error: ")
        assert "Traceback" not in result.output


def test_the_built_graph_conforms_and_a_damaged_one_does_not(tmp_path: Path, built: Path) -> None:
    assert kg("validate", built).exit_code == 0
    broken = (built / "graph.ttl").read_text(encoding="utf-8") + "\n<http://x/e> a lg:Place .\n"
    result = kg("validate", write(tmp_path / "graph.ttl", broken))
    assert result.exit_code == 1
    assert "http://x/e" in result.stdout


def test_evaluate_prints_scores_and_errors(built: Path) -> None:
    source = ("--source", next(SEEDS.glob("*.txt")).name)
    table = kg("evaluate", built, GOLD / "seed", *source)
    assert table.exit_code == 0
    assert "all statements" in table.stdout
    scores = json.loads(kg("evaluate", built, GOLD / "seed", *source, "--json").stdout)
    assert scores["entities"]["f1"] >= 0.93
    assert scores["all statements"]["f1"] >= 0.80
    assert "missed" in kg("evaluate", built, GOLD / "seed", *source, "--errors").stdout


def test_evaluate_says_where_gold_and_graph_do_not_meet(built: Path) -> None:
    result = kg("evaluate", built, GOLD / "seed")
    assert "holds no article of a01.txt" in result.stderr
    assert "--source" in result.stderr
    assert "warning" not in kg("evaluate", built, GOLD / "seed", "--source", next(SEEDS.glob("*.txt")).name).stderr


def test_an_input_that_may_not_be_read_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = write(tmp_path / "locked.txt")
    opened = builtins.open

    def open_file(file: Any, *arguments: Any, **options: Any) -> Any:
        if str(file) == str(locked):  # whoever runs the tests may be allowed everything
            raise PermissionError(13, "Permission denied", str(file))
        return opened(file, *arguments, **options)

    monkeypatch.setattr(builtins, "open", open_file)
    result = kg("build", locked, write(tmp_path / "page.txt"), "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "locked.txt: cannot be read (Permission denied)" in result.stderr
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_a_terminal_without_chinese_is_no_reason_to_fail(built: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "show", "新塍镇", "-g", str(built)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = subprocess.run(command, check=False, capture_output=True, env=environment)
    assert result.returncode == 0
    assert b"\\u65b0" in result.stdout


def test_show_prints_statements_with_their_words(built: Path) -> None:
    result = kg("show", "新塍镇", "-g", built)
    assert result.exit_code == 0
    assert "Township" in result.stdout
    assert "within → 秀洲区" in result.stdout
    assert "秀洲区新塍镇" in result.stdout


def test_show_proposes_names_that_are_near(built: Path) -> None:
    result = kg("show", "新镇", "-g", built)
    assert result.exit_code == 3
    assert "unknown name: 新镇" in result.stderr
    assert "新塍镇" in result.stderr


def test_statements_that_are_not_sure_enough_can_be_left_out(tmp_path: Path, built: Path) -> None:
    assert kg("build", SEEDS, "-o", tmp_path, "--min-confidence", "0.9", "-q").exit_code == 0
    sure, all_of_them = (json.loads((f / "summary.json").read_text())["statements"] for f in (tmp_path, built))
    assert 0 < sure["total"] < all_of_them["total"]
    assert kg("build", SEEDS, "-o", tmp_path, "--min-confidence", "90").exit_code == 2


def test_the_base_of_all_iris_is_an_option(tmp_path: Path) -> None:
    page = write(tmp_path / "page.txt")
    assert kg("build", page, "-o", tmp_path / "o", "--base", "https://example.org/kg/", "-q").exit_code == 0
    assert "https://example.org/kg/" in (tmp_path / "o" / "graph.ttl").read_text(encoding="utf-8")
    result = kg("build", page, "-o", tmp_path / "p", "--base", "no base")
    assert result.exit_code == 3
    assert "base IRI" in result.stderr


def test_markup_and_control_characters_in_names_are_only_shown(tmp_path: Path, built: Path) -> None:
    question = 'SELECT ?n { BIND("[red]甲\\u001b[31m乙" AS ?n) }'
    assert "[red]甲\ufffd[31m乙" in kg("query", question, "-g", built).stdout


def test_names_are_printed_a_line_at_a_time(tmp_path: Path) -> None:
    text = write(tmp_path / "a.txt", "海盐县公安局民警李建国来了。\n\n他说好。\n")
    lines = kg("mentions", text).output.splitlines()
    first, second, third = map(json.loads, lines)
    names = [(first["text"][m["start"] : m["end"]], m["type"]) for m in first["mentions"]]
    assert names == [("海盐县公安局", "Organization"), ("李建国", "Person")]
    assert second == {"text": "", "mentions": []}
    assert third == {"text": "他说好。", "mentions": []}
    piped = CliRunner().invoke(app, ["mentions", "-"], input=text.read_bytes())
    assert piped.output.splitlines() == lines
    table = kg("mentions", text, "--format", "tsv").output
    assert table == "1\t0\t6\tOrganization\t海盐县公安局\n1\t8\t11\tPerson\t李建国\n"


def test_a_file_of_names_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt", write(tmp_path / "b.txt", b"\x00\x01")):
        result = kg("mentions", path)
        assert (result.exit_code, str(path) in result.output) == (3, True)


def test_a_second_build_knows_what_the_first_found(tmp_path: Path) -> None:
    page, out = write(tmp_path / "page.txt"), tmp_path / "o"
    assert "known" not in kg("build", page, "-o", out).stderr
    first = contents(out)
    assert "documents: 1 known, 0 new or changed" in kg("build", page, "-o", out).stderr
    assert "known" not in kg("build", page, "-o", out, "--fresh").stderr
    assert "known" not in kg("build", page, "-o", out, "--cache", tmp_path / "c").stderr
    assert "documents: 1 known" in kg("build", page, "-o", tmp_path / "p", "--cache", tmp_path / "c").stderr
    assert contents(out) == contents(tmp_path / "p") == first


def test_a_damaged_cache_is_a_warning(tmp_path: Path) -> None:
    page, out = write(tmp_path / "page.txt"), tmp_path / "o"
    kg("build", page, "-o", out)
    first = contents(out)
    (out / ".kg" / "findings.sqlite").write_bytes(b"damaged" * 1000)
    result = kg("build", page, "-o", out)
    assert result.exit_code == 0
    assert "warning:" in result.stderr
    assert "findings.sqlite: what earlier builds found cannot be used" in result.stderr
    assert contents(out) == first


def test_an_output_inside_of_the_sources_is_no_source(tmp_path: Path) -> None:
    write(tmp_path / "page.txt")
    out = tmp_path / "output"
    assert kg("build", tmp_path, "-o", out, "-q").exit_code == 0
    first = contents(out)
    assert kg("build", tmp_path, "-o", out, "-q").exit_code == 0
    assert contents(out) == first
    (out / "mine.txt").write_text("富园社区有居民3200人。", encoding="utf-8")
    assert "2 text" in kg("build", tmp_path, "-o", out).stderr


def test_large_archives_are_told_what_grows_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cli.building._MANY", 1)
    page, out = write(tmp_path / "page.txt"), tmp_path / "o"
    assert "--engine disk" not in kg("build", page, "-o", out).stderr
    assert "--engine disk" in kg("build", page, "-o", out).stderr
