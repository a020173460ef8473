"""A reader walks a served graph from neighbour to neighbour, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe import serious
from hostile import hostile
from sample import sample
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from serving import running, written

from kg.notation import DEFAULT_BASE


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(written(sample(), tmp_path_factory.mktemp("sample"))) as (client, _):
        yield str(client.base_url)


def wait(browser: Chrome, what: Callable[[], object]) -> None:
    WebDriverWait(browser, 20).until(lambda _: what())


def drawn(browser: Chrome) -> list[str]:
    return [
        str(name)
        for name in browser.execute_script(
            "return [...document.querySelectorAll('#picture a text')].map(t => t.textContent)"
        )
    ]


def heading(browser: Chrome) -> str:
    return str(browser.execute_script("return document.querySelector('#chosen h1')?.textContent"))


def assert_quiet(page: Chrome) -> None:
    assert page.get_log("browser") == []
    assert page.execute_script("return window.__violations") == []


def test_from_an_entitys_page_one_walks_to_its_neighbours_and_back(browser: Chrome, address: str) -> None:
    browser.get_log("browser")
    browser.get(f"{address}/id/place/990101101")
    browser.find_element(By.CSS_SELECTOR, ".iri a").click()
    wait(browser, lambda: heading(browser) == "白石镇")
    first = drawn(browser)
    assert {"白石镇", "青溪县", "松坪村"} <= set(first)
    next(a for a in browser.find_elements(By.CSS_SELECTOR, "#chosen li a") if a.text == "青溪县").click()
    wait(browser, lambda: heading(browser) == "青溪县")
    assert set(first) < set(drawn(browser))
    browser.back()
    wait(browser, lambda: heading(browser) == "白石镇")
    assert serious(browser) == []
    assert_quiet(browser)


def test_what_is_not_there_is_told(browser: Chrome, address: str) -> None:
    browser.get(f"{address}/walk?iri={quote(DEFAULT_BASE)}place/0")
    wait(browser, lambda: "no entity" in browser.execute_script("return document.getElementById('chosen').textContent"))


def test_no_name_runs_on_the_way(browser: Chrome, tmp_path: Path) -> None:
    with running(written(hostile(), tmp_path)) as (client, _):
        found = client.get("/find", params={"name": "window"}).json()["found"]
        assert len(found) >= 3
        browser.get_log("browser")
        for entity in found[:3]:
            browser.get(f"{client.base_url}/walk?iri={quote(entity['iri'], safe='')}")
            wait(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#picture a"))
            assert browser.execute_script("return window.__pwned") is None
            assert_quiet(browser)
