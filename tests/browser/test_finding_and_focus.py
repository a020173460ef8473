"""Search, filters, focus, paths, undo and links: what a reader does to find something in the graph."""

from __future__ import annotations

import pytest
from reader import buttons_pressed, chip, names_drawn, open_address, panel, press, search, title
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


def facet(page: Chrome, words: str):
    """Return a choice of the facets, which are opened if they are not."""
    if page.find_element(By.ID, "filters").get_attribute("aria-expanded") == "false":
        page.find_element(By.ID, "filters").click()
    return next(c for c in page.find_elements(By.CSS_SELECTOR, "#facets .choice") if c.text.startswith(words))


def count(element) -> int:
    return int(element.find_element(By.CLASS_NAME, "count").text)


def active(page: Chrome) -> str:
    return page.find_element(By.ID, "active").text


def reopened(page: Chrome) -> Chrome:
    """Open the address as it is now once more, as somebody does to whom it was sent."""
    address = page.current_url
    page.get("about:blank")
    return open_address(page, address)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("baishizhen", "白石镇"), ("bsz", "白石镇"), ("songp", "松坪村"), ("lwsq", "柳湾社区"), ("白sz", "白石镇")],
)
def test_names_are_found_by_pinyin_and_initials(page, typed, name):
    assert name in search(page, typed)[0]


def test_programmes_alone_by_the_legend(page):
    press(page, "全不选")
    chip(page, "举措").click()
    drawn = names_drawn(page)
    assert "凉亭夜话" in drawn and "白石镇" not in drawn
    assert count(chip(page, "地方")) == 5  # what a click would bring back


def test_a_place_stands_for_everything_inside_it(page):
    facet(page, "白石镇").click()
    drawn = names_drawn(page)
    assert "松坪村" in drawn and "凉亭夜话" in drawn and "青竹科技有限公司" not in drawn
    assert "白石镇" in active(page)
    press(page, "地点（含下辖） 白石镇 ×", "#active")
    assert "青竹科技有限公司" in names_drawn(page)


def test_counts_follow_the_other_filters(page):
    before = count(facet(page, "位于"))
    facet(page, "白石镇").click()
    assert 0 < count(facet(page, "位于")) < before


def test_a_predicate_leaves_who_it_is_told_of(page):
    facet(page, "督查").find_element(By.TAG_NAME, "input").click()
    assert set(names_drawn(page).split("|")) >= {"县审计局", "青竹科技有限公司"}
    assert "松坪村" not in names_drawn(page)


def test_a_year_leaves_what_is_told_of_it(page):
    facet(page, "白石镇")
    page.find_element(By.CSS_SELECTOR, "[data-key='year 2019']").click()
    drawn = names_drawn(page)
    assert "凉亭夜话" in drawn and "县审计局" not in drawn
    assert "2019 – 2019" in active(page)


def test_one_step_and_two(page):
    search(page, "石板课堂", Keys.ENTER)
    assert "青溪县" not in names_drawn(page) and "白石镇" not in names_drawn(page)
    press(page, "两步", "#panel")
    assert "白石镇" in names_drawn(page)
    assert "两步" in buttons_pressed(page, "#panel")


def test_the_shortest_path_between_two_nodes(page):
    search(page, "石板课堂", Keys.ENTER)
    press(page, "路径…", "#panel")
    search(page, "竹林贷", Keys.ENTER)
    shown = panel(page)
    assert title(page) == "石板课堂 → 竹林贷"
    assert "共 4 步" in shown and "“石板课堂”是“凉亭夜话”的子品牌" in shown
    assert reopened(page).find_element(By.CSS_SELECTOR, "#panel h2").text == "石板课堂 → 竹林贷"


def test_where_no_path_leads_the_page_says_so(page):
    search(page, "竹材", Keys.ENTER)
    press(page, "路径…", "#panel")
    search(page, "马兰", Keys.ENTER)
    assert "没有路径" in panel(page)


def test_a_path_is_given_up_by_escape(page):
    search(page, "松坪村", Keys.ENTER)
    press(page, "路径…", "#panel")
    ActionChains(page).send_keys(Keys.ESCAPE).perform()
    search(page, "竹林贷", Keys.ENTER)
    assert title(page) == "竹林贷"


def test_what_is_hidden_comes_back_by_undo(page):
    search(page, "松坪村", Keys.ENTER)
    press(page, "隐藏", "#panel")
    assert "松坪村" not in names_drawn(page)
    ActionChains(page).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    assert "松坪村" in names_drawn(page)
    press(page, "重做（Ctrl+Shift+Z）")
    assert "松坪村" not in names_drawn(page)


def test_a_link_brings_back_what_was_seen(page):
    facet(page, "白石镇").click()
    chip(page, "服务对象").click()
    search(page, "凉亭夜话", Keys.ENTER)
    seen = panel(page), names_drawn(page), active(page)
    page = reopened(page)
    assert (panel(page), names_drawn(page), active(page)) == seen


def test_back_leads_to_what_was_chosen_before(page):
    search(page, "松坪村", Keys.ENTER)
    search(page, "白石镇", Keys.ENTER)
    page.back()
    assert title(page) == "松坪村"


def test_the_link_is_copied(page):
    search(page, "松坪村", Keys.ENTER)
    press(page, "复制链接")
    status = page.find_element(By.ID, "status")
    # The clipboard answers when it likes; a word of what was found can come before.
    WebDriverWait(page, 10).until(lambda _: "已复制" in status.get_attribute("textContent"))


@pytest.mark.parametrize(
    "fragment",
    ["#chosen=entity,%3Cimg%20src%3Dx%3E", "#chosen=cluster,x", "#scene=cluster,nowhere", "#path=a,b", "#view=none"],
)
def test_a_link_made_for_another_graph_opens_what_it_can(page, fragment):
    page.execute_script("location.hash = arguments[0]", fragment)
    reopened(page)
    assert page.get_log("browser") == []
