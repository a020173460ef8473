"""Charts hold what they are given, are the same for the same figures, and stay within their picture."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from chart import WIDTH, Aim, Bar, Line, Panel, bar_chart, line_chart
from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
PANEL = Panel(
    "seconds", [Bar("ours", 2, "2 s"), Bar("theirs, with a <long> name", 4, "4 s", is_own=False)], Aim("aim", 3)
)
LINES = [Line("straight", [1, 10, 100], [2, 20, 200]), Line("flat", [1, 10, 100], [5, 5, 5])]


@pytest.fixture(params=[bar_chart("Bars & more", "under", [PANEL]), line_chart("Lines", "under", "x", "y", LINES)])
def svg(request: pytest.FixtureRequest) -> etree._Element:
    return etree.fromstring(request.param.encode())


def test_bars_are_as_long_as_their_values() -> None:
    tree = etree.fromstring(bar_chart("t", "u", [PANEL]).encode())
    short, long = (float(r.get("width")) for r in tree.iter(f"{SVG}rect"))
    assert long == pytest.approx(2 * short, rel=0.01)
    assert [r.get("class") for r in tree.iter(f"{SVG}rect")] == ["own", "bar"]


def test_an_aim_stands_where_a_bar_of_its_value_would_end() -> None:
    tree = etree.fromstring(bar_chart("t", "u", [PANEL]).encode())
    (aim,) = (line for line in tree.iter(f"{SVG}line") if line.get("class") == "aim")
    _, long = tree.iter(f"{SVG}rect")
    end = float(long.get("x")) + float(long.get("width")) * 3 / 4
    assert float(aim.get("x1")) == pytest.approx(end, abs=0.2)


def test_what_grows_with_a_power_is_straight() -> None:
    tree = etree.fromstring(line_chart("t", "u", "x", "y", LINES).encode())
    straight, flat = (
        [tuple(map(float, p.split(","))) for p in line.get("points").split()] for line in tree.iter(f"{SVG}polyline")
    )
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(straight)]
    assert slopes[0] == pytest.approx(slopes[1], rel=0.01)
    assert len({y for _, y in flat}) == 1


def test_everything_lies_within_the_picture(svg: etree._Element) -> None:
    height = float(svg.get("height"))
    for element in svg.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.get(name, 0)) <= WIDTH
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(element.get(name, 0)) <= height


def test_names_are_texts_and_never_markup(svg: etree._Element) -> None:
    texts = {text.text for text in svg.iter(f"{SVG}text")}
    assert "theirs, with a <long> name" in texts or {"straight", "flat"} <= texts


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    same = [Line(str(n), [1, 2], [1, 5 + n / 100]) for n in range(4)]
    tree = etree.fromstring(line_chart("t", "u", "x", "y", same).encode())
    places = sorted(float(t.get("y")) for t in tree.iter(f"{SVG}text") if re.fullmatch("f[0-9]", t.get("class")))
    assert all(b - a >= 17 for a, b in pairwise(places))


def test_both_light_and_dark_are_styled(svg: etree._Element) -> None:
    (style,) = svg.iter(f"{SVG}style")
    assert "prefers-color-scheme: dark" in (style.text or "")
    light, dark = (style.text or "").split("@media")
    assert set(re.findall(r"\.[sf]\d", light)) == set(re.findall(r"\.[sf]\d", dark))
