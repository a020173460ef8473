"""Exponents, tables and peaks of memory are what they are said to be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from measured import ROOT, commit, exponent, machine, markdown, versions


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_of_a_power_is_that_power(power: float) -> None:
    sizes = [1, 3, 10, 50]
    assert exponent(sizes, [7 * size**power for size in sizes]) == pytest.approx(power)


def test_the_exponent_weighs_all_points_alike() -> None:
    assert exponent([1, 2, 4], [1, 3, 4]) == pytest.approx(1)  # the middle one alone is off


def test_a_table_has_names_on_the_left_and_figures_on_the_right() -> None:
    assert markdown(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |\n"


def test_a_peak_can_be_forgotten_and_is_of_this_process_alone() -> None:
    code = (
        "import measured; big = bytearray(200_000_000); high = measured.peak(); del big; "
        "measured.forget_peak(); print(high, measured.peak())"
    )
    ours = bytearray(300_000_000)  # what started the process is not counted
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True
    )
    high, after = map(float, done.stdout.split())
    assert len(ours) and 190 < high < 260
    assert after < 60


def test_machine_and_versions_are_named() -> None:
    assert "cores" in machine() and "GB" in machine()
    assert versions("jieba").startswith("Python 3") and "jieba 0." in versions("jieba") and commit() in versions()


def test_the_figures_of_resolution_make_the_table_and_the_plot_in_the_documentation(tmp_path: Path) -> None:
    from resolution import show

    kept = ROOT / "docs" / "performance"
    (tmp_path / "resolution.json").write_bytes((kept / "resolution.json").read_bytes())
    show(tmp_path)
    for name in ("resolution.md", "resolution.svg"):
        assert (tmp_path / name).read_text(encoding="utf-8") == (kept / name).read_text(encoding="utf-8"), name
