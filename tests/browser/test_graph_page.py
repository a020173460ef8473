"""What a reader does with the page, in a real browser."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hostile import NAMES, hostile
from reader import assert_quiet, chip, click_link, drawn_on, names_drawn, panel, search, title
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from kg.export import html
from kg.graph import Entity, KnowledgeGraph, collect
from kg.model import EntityType

CASES = Path(__file__).parent.parent / "cases" / "export"
PAGE = Path(__file__).parents[2] / "kg" / "export" / "html" / "page"


def test_opens_without_errors_and_without_a_request(page):
    assert page.execute_script("return document.documentElement.dataset.ready") == "true"
    assert "关联最多" in panel(page)
    assert_quiet(page)


def test_names_are_drawn_at_once(page):
    drawn = names_drawn(page)
    assert "白石镇" in drawn and "青竹科技有限公司" in drawn


def test_search_finds_a_name_by_its_alias_and_opens_it(page):
    assert search(page, "青竹科", Keys.ENTER)[0].startswith("青竹科技有限公司")
    shown = panel(page)
    assert "企业 Company" in shown
    assert "青竹科技有限公司位于青溪县柳湾街道" in shown  # the sentence that states it
    assert "3.27亿元" in shown and "2022年1月至2022年6月" in shown
    ends = [end.text for end in page.find_elements(By.CSS_SELECTOR, "#panel mark .end")]
    assert "青竹科技有限公司" in ends and "柳湾街道" in ends


def test_search_by_arrow_keys_tells_what_is_pointed_at(page):
    search(page, "松坪", Keys.ARROW_DOWN, Keys.ARROW_UP)
    box = page.find_element(By.ID, "search")
    pointed = page.find_element(By.ID, box.get_attribute("aria-activedescendant"))
    assert pointed.get_attribute("aria-selected") == "true" and "松坪村" in pointed.text
    box.send_keys(Keys.ESCAPE)
    assert box.get_attribute("aria-expanded") == "false"


def test_search_for_nothing_known_says_so(page):
    assert search(page, "没有这个") == ["没有叫这个名字的实体"]


def test_a_click_on_a_mark_opens_its_panel(page):
    canvas = page.find_element(By.ID, "canvas")
    x, y = drawn_on(page)["白石镇"]
    left, top = x - canvas.size["width"] / 2, y - canvas.size["height"] / 2
    # a name stands below its mark
    ActionChains(page).move_to_element_with_offset(canvas, round(left), round(top - 22)).click().perform()
    WebDriverWait(page, 3).until(lambda p: title(p) == "白石镇")
    assert "2019年3月，青溪县白石镇启动“凉亭夜话”活动，服务留守老人和务工人员。" in panel(page)


def test_a_type_is_hidden_and_shown_by_the_legend(page):
    assert "凉亭夜话" in names_drawn(page)
    chip(page, "举措").click()
    assert chip(page, "举措").get_attribute("aria-pressed") == "false"
    assert "凉亭夜话" not in names_drawn(page)
    page.find_element(By.ID, "reset").click()
    assert "凉亭夜话" in names_drawn(page)


def test_people_who_only_sign_are_shown_on_demand(page):
    signed = "马兰"
    assert signed not in names_drawn(page)
    chip(page, "只署名的作者").click()
    assert signed in names_drawn(page)


def test_the_language_is_switched(page):
    page.find_element(By.ID, "language").click()
    assert page.execute_script("return document.documentElement.lang") == "en"
    search(page, "青竹科技", Keys.ENTER)
    shown = panel(page)
    assert "Company" in shown and "327 million yuan" in shown and "January 2022 – June 2022" in shown
    page.find_element(By.ID, "language").click()
    assert "3.27亿元" in panel(page)


def test_from_the_sentence_to_the_article_and_back(page):
    search(page, "松坪村", Keys.ENTER)
    click_link(page, "#panel .article-link", "“凉亭夜话”送到村口")
    assert "活动已办120余场" in panel(page)
    click_link(page, "#panel .text .mention", "云上白石")
    assert title(page) == "云上白石"


def test_a_statement_has_a_page_of_its_own(page):
    search(page, "竹林贷", Keys.ENTER)
    click_link(page, "#panel .more", "单独查看")
    shown = panel(page)
    assert title(page) == "提供" and "发放“竹林贷”80万元" in shown and "可信度 0.90" in shown
    assert "statement/" in page.current_url


def test_escape_leaves_the_selection(page):
    search(page, "松坪村", Keys.ENTER)
    ActionChains(page).send_keys(Keys.ESCAPE).perform()
    assert "关联最多" in panel(page)


def test_what_the_gazetteer_alone_says_names_it(page):
    search(page, "柳湾街道", Keys.ENTER)
    assert "区划代码，无原文" in panel(page)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_hostile_names_run_nothing(open_graph, number):
    page = open_graph(hostile())
    label = NAMES[number]
    search(page, label[:40].translate(dict.fromkeys(map(ord, "\u2028\u2029\u202e\u2066\u200b𠮷"))), Keys.ENTER)
    click_link(page, "#panel .article-link", page.find_element(By.CSS_SELECTOR, "#panel .article-link").text)
    assert page.find_elements(By.CSS_SELECTOR, "#panel img, #panel script, #panel a") == []
    assert page.execute_script("return window.__pwned") is None
    assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert_quiet(page)


def test_offsets_hold_behind_rare_characters(open_graph):
    page = open_graph(hostile())
    search(page, "javascript", Keys.ENTER)
    assert page.find_element(By.CSS_SELECTOR, "#panel mark").text == NAMES[2]


def test_a_damaged_file_says_so(browser, sample_graph, tmp_path):
    stream = io.StringIO()
    html.write_html(sample_graph, stream)
    path = tmp_path / "graph.html"
    path.write_text(re.sub(r'(id="core">)[^<]+', r"\1AAAA", stream.getvalue()), encoding="utf-8")
    browser.get(path.as_uri())
    loading = browser.find_element(By.ID, "loading")
    WebDriverWait(browser, 5).until(lambda _: "无法显示图谱" in loading.text and "cannot be shown" in loading.text)
    browser.get_log("browser")


def test_an_empty_graph_says_so(open_graph):
    page = open_graph(KnowledgeGraph())
    assert page.find_element(By.ID, "nothing").text == "图中还没有实体。"
    assert_quiet(page)


def test_a_graph_of_one_node(open_graph):
    only = Entity("place/1", EntityType.PLACE, "独山镇")
    page = open_graph(collect(documents=[], articles=[], passages=[], entities=[only], statements=[]))
    assert "独山镇" in names_drawn(page)
    search(page, "独山", Keys.ENTER)
    assert "没有可提取的陈述" in panel(page)
    assert_quiet(page)


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (CASES / name).read_text(encoding="utf-8").splitlines()[1:]]


def words(browser: Chrome, expression: str, *arguments: object) -> str:
    """Evaluate an expression with the functions of words.js as `w` and the arguments as `a`."""
    browser.get("about:blank")
    script = f"""
        const [source, messages, a, done] = arguments;
        const url = URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }}));
        import(url).then((w) => done({expression}), (error) => done(String(error)));
    """
    source = (PAGE / "words.js").read_text(encoding="utf-8")
    messages = json.dumps(html.messages())
    return browser.execute_async_script(script, source, messages, arguments)


@pytest.mark.parametrize(("value", "unit", "qualifier", "zh", "en"), rows("figures.tsv"))
def test_figures_as_people_read_them(browser, value, unit, qualifier, zh, en):
    figure = {"value": value, "unit": unit, "qualifier": qualifier}
    for language, expected in (("zh", zh), ("en", en)):
        written = words(browser, "w.readableFigure(a[0], {language: a[1]}, JSON.parse(messages))", figure, language)
        assert written == expected


@pytest.mark.parametrize(("iso", "zh", "en"), rows("times.tsv"))
def test_times_as_people_read_them(browser, iso, zh, en):
    for language, expected in (("zh", zh), ("en", en)):
        assert words(browser, "w.readableTime(a[0], a[1])", iso, language) == expected
