"""A large graph in a real browser: it opens on its clusters, one goes down and up again, the map shows everything."""

from __future__ import annotations

import pytest
from big_graph import invent
from reader import assert_quiet, drawn_on, names_drawn, press, search, title
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


@pytest.fixture(scope="module")
def large_graph():
    return invent(700)


@pytest.fixture
def large(open_graph, large_graph) -> Chrome:
    return open_graph(large_graph)


def trail(page: Chrome) -> list[str]:
    return [step.text for step in page.find_elements(By.CSS_SELECTOR, ".trail li")]


def drawn_by(page: Chrome) -> str:
    return page.find_element(By.CLASS_NAME, "stage-base").get_attribute("data-renderer")


def click_on(page: Chrome, name: str) -> None:
    """Click on a cluster, whose name stands in the middle of its disc."""
    canvas = page.find_element(By.ID, "canvas")
    x, y = drawn_on(page)[name]
    at = (round(x - canvas.size["width"] / 2), round(y - canvas.size["height"] / 2))
    ActionChains(page).move_to_element_with_offset(canvas, *at).click().perform()


def test_it_opens_on_clusters_and_each_opens_on_click(large):
    assert trail(large) == ["全部"]
    click_on(large, "利泉县")
    assert trail(large) == ["全部", "利泉县"] and title(large) == "利泉县"
    assert "scene=cluster" in large.current_url
    large.back()
    assert trail(large) == ["全部"]
    assert_quiet(large)


def test_the_trail_leads_back(large):
    click_on(large, "利泉县")
    press(large, "全部", ".trail")
    assert trail(large) == ["全部"] and "华王河县" in names_drawn(large)


def test_what_is_searched_is_shown_in_its_own_cluster(large):
    search(large, "卢里镇", Keys.ENTER)
    assert title(large) == "卢里镇"
    assert len(trail(large)) > 1 and "卢里镇" in names_drawn(large)
    press(large, "撤销（Ctrl+Z）")
    assert trail(large) == ["全部"]


def test_the_map_shows_every_entity_with_the_clusters_as_its_parts(large):
    assert drawn_by(large) == "vis"
    press(large, "整图", ".trail")
    WebDriverWait(large, 10).until(lambda page: drawn_by(page) == "webgl")
    assert {"利泉县", "华王河县"} <= drawn_on(large).keys()
    search(large, "卢里镇", Keys.ENTER)
    assert drawn_by(large) == "webgl" and "卢里镇" in drawn_on(large)
    press(large, "整图", ".trail")
    WebDriverWait(large, 10).until(lambda page: drawn_by(page) == "vis")


def test_a_way_from_cluster_to_cluster_is_drawn_with_what_lies_around(large):
    search(large, "卢里镇", Keys.ENTER)
    press(large, "路径…", "#panel")
    search(large, "利泉县", Keys.ENTER)
    drawn = drawn_on(large)
    assert {"卢里镇", "利泉县"} <= drawn.keys()
    assert "scene=around" in large.current_url
