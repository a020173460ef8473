"""The picture in the page: dragging, pinning, the neighbourhood alone, and the picture as a file."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile import hostile
from reader import assert_quiet, drawn_on, press, save_into, saved_file, search, title
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By

SVG = "{http://www.w3.org/2000/svg}"


def grip(page: Chrome, name: str) -> tuple[int, int]:
    """Return where the mark of a name is, from the middle of the picture: its name stands below it."""
    size = page.find_element(By.ID, "canvas").size
    x, y = drawn_on(page)[name]
    return round(x - size["width"] / 2), round(y - 22 - size["height"] / 2)


def drag(page: Chrome, at: tuple[int, int], by: tuple[int, int]) -> None:
    actions = ActionChains(page).move_to_element_with_offset(page.find_element(By.ID, "canvas"), *at).click_and_hold()
    actions.move_by_offset(by[0] // 2, by[1] // 2).move_by_offset(by[0] // 2, by[1] // 2).release().perform()


def test_a_mark_that_is_dragged_stays_there_and_goes_back_when_undone(page):
    before = drawn_on(page)
    drag(page, grip(page, "白石镇"), (160, 60))
    assert "pinned" in page.current_url
    x, y = grip(page, "白石镇")
    page.refresh()
    assert grip(page, "白石镇") == pytest.approx((x, y), abs=3)
    press(page, "复位")
    assert drawn_on(page)["白石镇"] == pytest.approx(before["白石镇"], abs=3)


def test_undo_brings_a_dragged_mark_back(page):
    before = grip(page, "白石镇")
    drag(page, before, (160, 60))
    assert grip(page, "白石镇") != pytest.approx(before, abs=8)
    press(page, "撤销（Ctrl+Z）")
    assert grip(page, "白石镇") == pytest.approx(before, abs=3)


def test_a_place_given_to_a_mark_is_one_in_the_scene_that_was_shown(page):
    drag(page, grip(page, "白石镇"), (160, 60))
    search(page, "白石镇", Keys.ENTER)
    assert "pinned" in page.current_url
    press(page, "只看周围", "#panel")
    assert "pinned" not in page.current_url
    press(page, "撤销（Ctrl+Z）")
    assert "pinned" in page.current_url


def test_the_surroundings_alone_are_drawn_anew_around_what_was_chosen(page):
    search(page, "凉亭夜话", Keys.ENTER)
    press(page, "只看周围", "#panel")
    page.execute_script("document.querySelector('#panel .close, #panel [aria-label=关闭]')?.click()")
    drawn = drawn_on(page)
    assert "凉亭夜话" in "".join(drawn) and "青竹科技有限公司" not in drawn


def test_tab_goes_through_the_picture_and_enter_opens_the_page_of_a_mark(page):
    page.execute_script("document.getElementById('canvas').focus()")
    ActionChains(page).send_keys(Keys.TAB).perform()
    heard = page.find_element(By.CSS_SELECTOR, "#canvas [role=status]").get_property("textContent")
    ActionChains(page).send_keys(Keys.ENTER).perform()
    assert title(page) == heard.split("，")[0]


def saved(page: Chrome, words: str, folder: Path, name: str) -> bytes:
    """Choose an export as a reader does, and return the file that the browser saves."""
    save_into(page, folder)
    press(page, "导出")
    press(page, words, "#export")
    return saved_file(page, folder / name)


def test_the_picture_is_saved_as_svg_with_its_names_and_a_legend(page, tmp_path):
    file = saved(page, "矢量图（SVG）", tmp_path, "graph.svg")
    words = {text.text for text in ElementTree.fromstring(file).iter(f"{SVG}text")}
    assert {"白石镇", "地方", "举措"} <= words
    assert_quiet(page)


def test_the_picture_is_saved_as_png(page, tmp_path):
    assert saved(page, "图片（PNG）", tmp_path, "graph.png").startswith(b"\x89PNG")
    assert_quiet(page)


def test_hostile_names_are_text_in_the_svg_too(open_graph, tmp_path):
    page = open_graph(hostile())
    root = ElementTree.fromstring(saved(page, "矢量图（SVG）", tmp_path, "graph.svg"))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "rect",
        "path",
        "polygon",
        "circle",
        "text",
    }
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
