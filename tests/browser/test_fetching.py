"""A reader walks a served graph that no page holds: neighbourhoods, evidence, addresses, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe import serious
from crowd import COUNTY, crowd
from hostile import hostile
from reader import open_address, panel, press, title
from sample import sample
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from serving import running, written

TOWN = "place/990101101"
AROUND = f"#scene=around,{TOWN}&chosen=entity,{TOWN}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(written(sample(), tmp_path_factory.mktemp("sample"))) as (client, _):
        yield f"{client.base_url}/graph"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(written(crowd(), tmp_path_factory.mktemp("crowd"))) as (client, _):
        yield f"{client.base_url}/graph"


def fresh(page: Chrome, address: str) -> Chrome:
    page.get("about:blank")
    page.get_log("browser")
    return open_address(page, address)


def wait(page: Chrome, what: Callable[[], object]) -> None:
    # What is fetched may write an element anew between its being found and its being read.
    WebDriverWait(page, 20, 0.05, [StaleElementReferenceException]).until(lambda _: what())


def notice(page: Chrome) -> str:
    return str(page.execute_script("const n = document.getElementById('notice'); return n.hidden ? '' : n.textContent"))


def arrived(page: Chrome, name: str) -> None:
    wait(page, lambda: title(page) == name and "读取" not in notice(page))


def count(page: Chrome) -> int:
    """Return how many entities were fetched."""
    deck = str(page.execute_script("return document.getElementById('deck').textContent"))
    return int(deck.split("已取来 ")[1].split(" ")[0])


def here(page: Chrome) -> int:
    """Return how many statements are here of a neighbourhood that is cut; 0 where the page says nothing of it."""
    found = re.search(r"已取 (\d+) 条", notice(page))
    return int(found[1]) if found else 0


def stated(page: Chrome) -> str:
    press(page, "展开全部出处", "#panel") if page.find_elements(By.CSS_SELECTOR, "#panel .source:not([open])") else None
    return panel(page)


def assert_only_ours(page: Chrome, address: str) -> None:
    assert page.get_log("browser") == []
    assert page.execute_script("return window.__violations") == []
    asked = page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert asked and all(str(url).startswith(address.removesuffix("graph")) for url in asked)


def test_from_search_to_a_neighbourhood_on_to_evidence_and_back(browser: Chrome, address: str) -> None:
    page = fresh(browser, address)
    box = page.find_element(By.ID, "search")
    box.send_keys("松坪")
    wait(
        page,
        lambda: (
            "松坪村" in page.find_element(By.ID, "results").text
            and "查找" not in page.find_element(By.ID, "results").text
        ),
    )
    box.send_keys(Keys.ENTER)
    arrived(page, "松坪村")
    next(b for b in page.find_elements(By.CSS_SELECTOR, "#panel .entity") if b.text == "白石镇").click()
    arrived(page, "白石镇")
    stated(page)
    assert page.find_elements(By.CSS_SELECTOR, "#panel blockquote mark")
    press(page, "展开近邻", "#panel")
    wait(page, lambda: "expanded=" in page.current_url)
    reopened = page.current_url
    page.back()
    page.back()
    arrived(page, "松坪村")
    assert serious(page) == []
    fresh(page, reopened)
    arrived(page, "白石镇")
    assert page.find_elements(By.CSS_SELECTOR, "#panel .statements li")
    assert_only_ours(page, address)


def test_the_sentence_behind_a_statement_is_fetched(browser: Chrome, address: str) -> None:
    page = fresh(browser, address + AROUND)
    arrived(page, "白石镇")
    stated(page)
    sentences = [q.text for q in page.find_elements(By.CSS_SELECTOR, "#panel blockquote p")]
    texts = [a.text for a in sample().articles.values()]
    assert sentences and all(any(sentence in text for text in texts) for sentence in sentences if sentence)


def test_an_address_of_a_statement_or_an_article_opens_it(browser: Chrome, address: str) -> None:
    one = next(s for s in sample().statements.values() if s.passages)
    page = fresh(browser, f"{address}#chosen=statement,{one.id}")
    assert one.id in panel(page) and page.find_elements(By.CSS_SELECTOR, "#panel blockquote")
    article = min(sample().articles)
    fresh(page, f"{address}#view=reading&reading={article}")
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".article p"))


def test_what_is_cut_says_so_and_can_be_had_part_by_part(browser: Chrome, crowded: str) -> None:
    page = fresh(browser, f"{crowded}#scene=around,{COUNTY}&chosen=entity,{COUNTY}")
    arrived(page, "人山县")
    assert "人山县：库中 501 条陈述" in notice(page)
    assert "已取" in page.find_element(By.CSS_SELECTOR, "#panel .reach").text
    held = [here(page)]
    press(page, "再取一批", "#notice")
    wait(page, lambda: here(page) > held[-1])
    held.append(here(page))
    page.find_element(By.CSS_SELECTOR, ".relations button").click()
    wait(page, lambda: "读取" not in notice(page))
    while page.find_elements(By.CSS_SELECTOR, "#notice .more"):
        held.append(here(page))
        assert len(held) < 9
        press(page, "再取一批", "#notice")
        wait(page, lambda: "读取" not in notice(page) and here(page) != held[-1])
    assert notice(page) == ""
    assert count(page) == 502
    page.find_element(By.ID, "tab-entities").click()
    assert "不是全库" in notice(page)


def test_a_fetch_that_fails_says_so_and_can_be_tried_again(browser: Chrome, address: str) -> None:
    page = fresh(browser, address)
    page.execute_cdp_cmd("Network.enable", {})
    page.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/graph/around*"]})
    try:
        page.find_element(By.CSS_SELECTOR, "#panel .ranking button").click()
        wait(page, lambda: "取不到" in notice(page))
        assert page.find_elements(By.CSS_SELECTOR, "#panel .reach.trouble")
    finally:
        page.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    press(page, "再试一次", "#notice")
    wait(page, lambda: notice(page) == "")
    assert not page.find_elements(By.CSS_SELECTOR, "#panel .trouble")
    page.get_log("browser")


def test_an_address_that_the_graph_does_not_know_opens_the_start_and_says_so(browser: Chrome, address: str) -> None:
    page = fresh(browser, f"{address}#chosen=entity,place/0")
    wait(page, lambda: "says nothing of this" in notice(page))
    page.get_log("browser")


def test_no_name_runs_on_the_way(browser: Chrome, tmp_path: Path) -> None:
    with running(written(hostile(), tmp_path)) as (client, _):
        page = fresh(browser, f"{client.base_url}/graph")
        box = page.find_element(By.ID, "search")
        box.send_keys("window")
        wait(page, lambda: "查找" not in page.find_element(By.ID, "results").text)
        box.send_keys(Keys.ENTER)
        wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "#panel h2") and not notice(page))
        stated(page)
        for tab in page.find_elements(By.CSS_SELECTOR, "#tabs button"):
            tab.click()
        assert page.execute_script("return window.__pwned") is None
        assert_only_ours(page, f"{client.base_url}/graph")
