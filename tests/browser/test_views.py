"""The other ways of looking: what a reader does with the timeline, tables, comparison, places and articles."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hostile import hostile
from rdflib import Graph
from reader import assert_quiet, chip, open_address, panel, press, save_into, saved_file, title
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from kg.export.rdf import to_rdflib
from kg.graph import Entity, ObservationStatement, collect
from kg.model import EntityType

VIEWS = ("timeline", "entities", "statements", "compare", "places", "reading")


def show(page: Chrome, view: str, rest: str = "") -> Chrome:
    """Open a view by its address."""
    address = page.current_url.split("#")[0]
    page.get("about:blank")
    return open_address(page, f"{address}#view={view}{rest}")


def found(page: Chrome, selector: str) -> list[WebElement]:
    return [e for e in page.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()]


def texts(page: Chrome, selector: str) -> list[str]:
    return [e.text for e in found(page, selector)]


def keys(page: Chrome, *pressed: str) -> None:
    ActionChains(page).send_keys(*pressed).perform()


def focused(page: Chrome) -> WebElement:
    return page.switch_to.active_element


# ---- time


def column(page: Chrome, period: str) -> WebElement:
    return page.find_element(By.CSS_SELECTOR, f".time-column[data-period='{period}']")


def listed(page: Chrome) -> list[str]:
    return texts(page, ".grid-body .cell.subject")


def test_the_timeline_counts_what_is_told_of_each_year(page):
    press(page, "时间", "#tabs")
    press(page, "按年", ".view-tools")
    assert column(page, "2021").get_attribute("aria-label") == "2021年，2 条陈述"
    assert column(page, "2020").get_attribute("aria-label") == "2020年，0 条陈述"
    assert column(page, "2019").find_elements(By.CSS_SELECTOR, ".slice.type-Programme")


def test_a_stretch_drawn_on_the_timeline_is_the_filter(page):
    show(page, "timeline")
    press(page, "按年", ".view-tools")
    before = len(listed(page))
    ActionChains(page).click_and_hold(column(page, "2019")).move_to_element(column(page, "2021")).release().perform()
    assert "2019 – 2021" in page.find_element(By.ID, "active").text
    assert set(listed(page)) == {"“凉亭夜话”活动", "云上白石", "青竹科技有限公司"}
    assert len(found(page, ".time-column")) == 5  # the years around it stay
    press(page, "全部时间", ".view-tools")
    assert len(listed(page)) == before


def test_a_stretch_is_drawn_by_keyboard(page):
    show(page, "timeline")
    press(page, "按年", ".view-tools")
    page.execute_script("arguments[0].focus()", column(page, "2021"))
    keys(page, Keys.ENTER)
    assert column(page, "2021").get_attribute("aria-pressed") == "true"
    ActionChains(page).key_down(Keys.SHIFT).send_keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT).key_up(Keys.SHIFT).perform()
    assert "from=2019&to=2021" in page.current_url
    keys(page, Keys.ESCAPE)
    assert "from=" not in page.current_url


def test_a_whole_year_is_in_no_month(page):
    show(page, "timeline")
    press(page, "按月", ".view-tools")
    assert "只说到年份或一段时间" in page.find_element(By.CSS_SELECTOR, ".view-note").text
    assert column(page, "2019-03").get_attribute("aria-label") == "2019年3月，1 条陈述"
    assert column(page, "2021-01").get_attribute("aria-label").endswith("0 条陈述")


# ---- tables


def test_a_table_is_sorted_by_its_headers(page):
    show(page, "entities")
    press(page, "名称", ".grid-head")
    assert page.find_element(By.CSS_SELECTOR, ".grid-head .name").get_attribute("aria-sort") == "ascending"
    assert texts(page, ".grid-body .name")[0] == "白石镇"  # bái
    assert focused(page).get_attribute("data-column") == "name"
    keys(page, Keys.ENTER)
    assert page.find_element(By.CSS_SELECTOR, ".grid-head .name").get_attribute("aria-sort") == "descending"
    assert texts(page, ".grid-body .name")[0] == "竹林贷"  # zhú


def test_rows_are_walked_and_opened_by_keyboard(page):
    show(page, "entities")
    page.execute_script("document.querySelector('.grid-body [tabindex=\"0\"]').focus()")
    keys(page, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    name = focused(page).find_element(By.CSS_SELECTOR, ".name").text
    keys(page, Keys.ENTER)
    assert title(page) == name
    assert texts(page, ".grid-body [aria-selected=true] .name") == [name]
    keys(page, Keys.ESCAPE)
    assert focused(page).find_element(By.CSS_SELECTOR, ".name").text == name


def test_a_statement_leads_to_its_sentence(page):
    show(page, "statements")
    next(row for row in found(page, ".grid-body [role=row]") if "竹林贷" in row.text).click()
    assert "青溪农商银行白石支行向松坪村发放“竹林贷”80万元" in panel(page)


def test_tables_follow_the_filter(page):
    show(page, "entities")
    chip(page, "举措").click()
    assert "石板课堂" not in texts(page, ".grid-body .name")
    assert title_of_view(page) == "22 个实体"


def test_a_table_is_narrowed_by_part_of_a_name(page):
    show(page, "entities")
    box = page.find_element(By.CLASS_NAME, "name-box")
    box.send_keys("白石")
    WebDriverWait(page, 5).until(lambda p: title_of_view(p) == "4 个实体")
    assert focused(page) == box and "名称含" in page.find_element(By.ID, "active").text
    press(page, "陈述", "#tabs")
    assert all("白石" in row.text for row in found(page, ".grid-body [role=row]"))
    page.find_element(By.ID, "undo").click()
    page.find_element(By.ID, "undo").click()
    assert title_of_view(page) == "24 个实体"


def title_of_view(page: Chrome) -> str:
    return texts(page, ".view-title")[0]


def test_of_a_long_table_only_what_is_seen_is_in_the_page(open_graph):
    many = [Entity(f"place/{n:03}", EntityType.PLACE, f"第{n:03}村") for n in range(800)]
    page = open_graph(collect(documents=[], articles=[], passages=[], entities=many, statements=[]))
    show(page, "entities", "&sort=entities,name,asc")
    assert len(page.find_elements(By.CSS_SELECTOR, ".grid-body [role=row]")) < 60
    assert page.find_element(By.CSS_SELECTOR, ".grid").get_attribute("aria-rowcount") == "801"
    page.execute_script("document.querySelector('.grid-body [tabindex=\"0\"]').focus()")
    keys(page, Keys.END)
    assert focused(page).text.startswith("第799村")
    assert focused(page).get_attribute("aria-rowindex") == "801"
    assert len(page.find_elements(By.CSS_SELECTOR, ".grid-body [role=row]")) < 60


# ---- what can be taken away


@pytest.fixture
def saved(browser: Chrome, tmp_path: Path) -> Callable[[str], str]:
    """Return what the page saved under a name."""
    folder = tmp_path / "saved"
    folder.mkdir()
    save_into(browser, folder)
    return lambda name: saved_file(browser, folder / name).decode("utf-8")


def test_what_is_filtered_is_saved_as_turtle(page, saved, sample_graph):
    show(page, "statements", "&place=place/990101101")
    press(page, "存为 Turtle", ".view-tools")
    graph = Graph().parse(data=saved("selection.ttl"), format="turtle")
    whole = to_rdflib(sample_graph)
    assert 50 < len(graph) < len(whole)
    assert {triple for triple in graph if triple not in whole} == set()
    assert "青竹科技" not in " ".join(graph.value(s, p) or "" for s, p, _ in graph if str(p).endswith("#label"))


def test_a_table_is_saved_in_the_order_in_which_it_is_seen(page, saved):
    show(page, "entities", "&sort=entities,name,desc&types=Place")
    press(page, "存为 CSV", ".view-tools")
    lines = saved("entities.csv").removeprefix("\ufeff").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == texts(page, ".grid-body .name")


def test_the_menu_saves_what_is_filtered(page, saved):
    press(page, "导出")
    press(page, "陈述（CSV）", "#export")
    assert len(saved("statements.csv").splitlines()) == 37
    assert_quiet(page)


# ---- figures side by side


@pytest.fixture
def compared(open_graph) -> Chrome:
    """The page of three towns: output of two of them in yuan, of the third in percent."""
    towns = [Entity(f"place/{n}", EntityType.PLACE, name) for n, name in enumerate(("甲镇", "乙镇", "丙镇"))]
    told = [("0", "400000000", "元", "2022"), ("1", "100000000", "元", "2022"), ("1", "90000000", "元", "2021")]
    told += [("2", "-5", "%", "2022"), ("0", "10", "%", "2022")]
    figures = [
        ObservationStatement(
            id=f"statement/{n}", about=f"place/{town}", indicator="产值", value=Decimal(value), unit=unit, time=time,
            passages=(), rules=("sample",), confidence=0.9,
        )
        for n, (town, value, unit, time) in enumerate(told)
    ]  # fmt: skip
    return show(
        open_graph(collect(documents=[], articles=[], passages=[], entities=towns, statements=figures)), "compare"
    )


def bars(page: Chrome) -> dict[str, tuple[float, float, str]]:
    """Return where each body's bar begins and how long it is, in shares of the plot, and its figure."""
    return {
        row.find_element(By.TAG_NAME, "th").text: (
            *page.execute_script(
                "const [bar, plot] = [arguments[0], arguments[0].parentElement].map((e) => e.getBoundingClientRect());"
                "return [(bar.left - plot.left) / plot.width, bar.width / plot.width]",
                row.find_element(By.CLASS_NAME, "figure-bar"),
            ),
            row.find_element(By.CLASS_NAME, "figure-value").text,
        )
        for row in found(page, ".bars tbody tr")
    }


def choose(page: Chrome, select: str, words: str) -> None:
    box = page.find_element(By.ID, select)
    next(o for o in box.find_elements(By.TAG_NAME, "option") if words in o.get_attribute("textContent")).click()


def test_bars_begin_at_zero_and_are_as_long_as_their_figures(compared):
    shown = bars(compared)
    assert shown["甲镇"] == (0, 1, "4亿元")
    assert shown["乙镇"][1] == pytest.approx(0.25, abs=0.01) and shown["乙镇"][2] == "1亿元"
    assert "单位：元" in title_of_view(compared)


def test_units_are_never_mixed(compared):
    assert "丙镇" not in bars(compared)
    choose(compared, "indicator", "%")
    shown = bars(compared)
    assert set(shown) == {"甲镇", "丙镇"}
    start, length, _ = shown["丙镇"]
    assert start == 0 and length == pytest.approx(1 / 3, abs=0.01)  # from −5 to zero
    assert shown["甲镇"][0] == pytest.approx(1 / 3, abs=0.01)
    assert "indicator=" in compared.current_url


def test_a_time_is_chosen(compared):
    choose(compared, "figure-time", "2021年")
    assert bars(compared) == {"乙镇": (0, 1, "9000万元")}
    assert "只有一个主体" in texts(compared, ".view-note")[0]
    address = compared.current_url
    compared.get("about:blank")
    assert set(bars(open_address(compared, address))) == {"乙镇"}  # what a link brings back


def test_a_bar_leads_to_its_statement(compared):
    found(compared, ".figure-value")[0].click()
    assert "甲镇" in panel(compared) and "4亿元" in panel(compared)


# ---- places


def place(page: Chrome, name: str) -> WebElement:
    return next(e for e in found(page, "[role=treeitem]") if e.find_element(By.TAG_NAME, "bdi").text == name)


def held(page: Chrome, name: str) -> int:
    return int(place(page, name).find_element(By.CLASS_NAME, "count").text.split()[0])


def test_the_tree_of_places_is_walked_by_keyboard(page):
    show(page, "places")
    page.execute_script("arguments[0].focus()", place(page, "青溪县"))
    keys(page, Keys.ARROW_LEFT)
    assert place(page, "青溪县").get_attribute("aria-expanded") == "false"
    assert len(found(page, "[role=treeitem]")) == 1
    keys(page, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert focused(page).get_attribute("aria-level") == "2"
    name = focused(page).find_element(By.TAG_NAME, "bdi").text
    keys(page, Keys.ENTER)
    assert title(page) == name


def test_space_shows_only_what_lies_in_a_place(page):
    show(page, "places")
    page.execute_script("arguments[0].focus()", place(page, "白石镇"))
    keys(page, Keys.SPACE)
    assert "place=place/990101101" in page.current_url
    assert place(page, "白石镇").get_attribute("aria-selected") == "true"
    assert focused(page).get_attribute("data-id") == "place/990101101"


def test_counts_of_places_follow_the_filter(page):
    show(page, "places")
    before = held(page, "白石镇")
    chip(page, "举措").click()
    assert 0 < held(page, "白石镇") < before


# ---- reading


@pytest.fixture
def article(page) -> Chrome:
    show(page, "reading")
    next(row for row in found(page, ".grid-body [role=row]") if "“凉亭夜话”送到村口" in row.text).click()
    WebDriverWait(page, 5).until(lambda p: p.find_elements(By.CSS_SELECTOR, ".article .paragraph"))
    return page


def press_note(page: Chrome, words: str) -> None:
    note = next(b for b in found(page, ".margin button") if words in b.text.replace("\n", " "))
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", note)
    note.click()


def test_an_article_is_read_whole_with_what_it_states_beside_it(article):
    assert texts(article, ".article h2") == ["“凉亭夜话”送到村口"]
    assert "活动已办120余场，去年镇里还试点了“云上白石”平台。" in article.find_element(By.CSS_SELECTOR, ".article").text
    beside = found(article, ".paragraph")[0].find_element(By.CSS_SELECTOR, ".margin").text
    assert "启动时间" in beside and "云上白石" not in beside


def test_a_statement_of_the_margin_marks_its_words(article):
    press_note(article, "力争")
    WebDriverWait(article, 5).until(lambda p: p.find_elements(By.CSS_SELECTOR, ".article mark"))
    assert "".join(texts(article, ".article mark")) == "松坪村力争成为全国文明村"
    assert texts(article, ".article mark .end") == ["全国文明村"]
    assert "获评" in panel(article)


def test_a_mention_opens_its_entity_and_the_article_stays(article):
    next(b for b in found(article, ".article .mention") if b.text == "云上白石").click()
    assert title(article) == "云上白石"
    assert texts(article, ".article h2") == ["“凉亭夜话”送到村口"]
    again = open_address(article, article.current_url)
    assert title(again) == "云上白石" and texts(again, ".article h2") == ["“凉亭夜话”送到村口"]


def test_from_the_panel_to_the_whole_article_and_back_to_all(page):
    show(page, "graph", "&chosen=article,article/plant")
    press(page, "全文阅读", "#panel")
    WebDriverWait(page, 5).until(lambda p: texts(p, ".article h2") == ["青竹科技新厂开建"])
    assert not page.find_element(By.ID, "panel").is_displayed()
    press(page, "‹ 全部报道")
    assert len(found(page, ".grid-body [role=row]")) == 2


# ---- manners


def test_hostile_names_run_nothing_in_any_view(open_graph):
    page = open_graph(hostile())
    for view in VIEWS:
        show(page, view)
        if view == "reading":
            found(page, ".grid-body [role=row]")[0].click()
            WebDriverWait(page, 5).until(lambda p: p.find_elements(By.CSS_SELECTOR, ".article .paragraph"))
        assert found(page, "#view > section")
        assert page.find_elements(By.CSS_SELECTOR, "#view img, #view script, #view a, #panel img") == []
        assert page.execute_script("return window.__pwned") is None
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth"), view
        assert_quiet(page)


@pytest.mark.parametrize("graph", ["empty", "one"])
def test_an_empty_graph_and_one_of_one_node_look_right_in_every_view(open_graph, graph):
    only = [Entity("place/1", EntityType.PLACE, "独山镇")] if graph == "one" else []
    page = open_graph(collect(documents=[], articles=[], passages=[], entities=only, statements=[]))
    for view in VIEWS:
        show(page, view)
        assert texts(page, ".view-title")
    assert_quiet(page)


def test_every_view_fits_a_phone(page):
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for view in (*VIEWS, "reading&reading=article/tea"):
            show(page, view)
            assert page.execute_script("return [document.documentElement.scrollWidth, innerWidth]") == [390, 390], view
            tab = page.find_element(By.CSS_SELECTOR, "#tabs [aria-selected=true]").rect
            assert tab["x"] >= 0 and tab["x"] + tab["width"] <= 390, view
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_paper_a_table_stands_whole_and_without_buttons(page):
    show(page, "statements")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        page.execute_script("dispatchEvent(new Event('beforeprint'))")
        assert len(found(page, ".grid-body [role=row]")) == 36
        assert found(page, ".view-tools button") == []
        page.execute_script("dispatchEvent(new Event('afterprint'))")
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_the_views_speak_english_too(page):
    show(page, "timeline")
    page.find_element(By.ID, "language").click()
    assert texts(page, "#tabs [aria-selected=true]") == ["Timeline"]
    assert "statements that tell a time" in title_of_view(page)
    press(page, "By year", ".view-tools")
    assert column(page, "2021").get_attribute("aria-label") == "2021, 2 statements"


def test_tabs_lead_through_the_views_and_back_leads_back(page):
    for tab in ("时间", "实体", "陈述", "比较", "地方", "阅读"):
        press(page, tab, "#tabs")
    assert title_of_view(page) == "2 篇报道"
    page.back()
    assert texts(page, "#tabs [aria-selected=true]") == ["地方"]
    assert_quiet(page)
