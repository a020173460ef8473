"""The pages of `kg serve` as axe-core sees them, in light and dark: no serious finding."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import serious
from sample import sample
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from serving import running

from kg.export.turtle import write_turtle
from kg.notation import DEFAULT_BASE


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("sample") / "graph.ttl"
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        write_turtle(sample(), stream, DEFAULT_BASE)
    with running(path) as (client, _):
        yield str(client.base_url)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, browser: Chrome) -> Iterator[None]:
    media = {"features": [{"name": "prefers-color-scheme", "value": request.param}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    yield
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("path", ["/id/place/990101101", "/article/tea?from=10&to=17", "/id/nothing"])
def test_no_serious_finding_where_one_reads(browser: Chrome, address: str, path: str) -> None:
    browser.get(address + path)
    assert serious(browser) == []


def test_no_serious_finding_where_one_asks(browser: Chrome, address: str) -> None:
    browser.get(address)
    WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, "#examples button"))
    browser.find_element(By.CSS_SELECTOR, "[data-query=programmes-by-township]").click()
    WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".dataTable tbody tr"))
    # YASGUI's tab list holds the button for a new tab, and CodeMirror scrolls a box beside the field with the focus.
    own = ("aria-required-children", "scrollable-region-focusable")
    assert [finding for finding in serious(browser) if not finding.startswith(own)] == []
