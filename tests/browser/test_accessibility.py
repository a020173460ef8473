"""Every view as axe-core sees it, in both languages, in light and dark: no serious finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe import serious
from big_graph import invent
from reader import open_address, panel
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from kg.graph import KnowledgeGraph

OpenGraph = Callable[[KnowledgeGraph], Chrome]

VIEWS = {
    "graph": "",
    "entity": "chosen=entity,organization/青竹科技",
    "timeline": "view=timeline&from=2021&to=2021",
    "entities": "view=entities",
    "statements": "view=statements&chosen=statement,statement/07",
    "compare": "view=compare",
    "places": "view=places&place=place/990101101",
    "articles": "view=reading",
    "reading": "view=reading&reading=article/tea&chosen=statement,statement/07",
}


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, browser: Chrome) -> Iterator[str]:
    media = {"features": [{"name": "prefers-color-scheme", "value": request.param}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    yield request.param
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("view", VIEWS)
def test_no_serious_finding(theme: str, page: Chrome, view: str) -> None:
    address = page.current_url.split("#")[0]
    page.get("about:blank")
    open_address(page, f"{address}#{VIEWS[view]}")
    dark = page.execute_script("return matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark == (theme == "dark")
    for language in ("zh-CN", "en"):
        assert page.execute_script("return document.documentElement.lang") == language
        panel(page)
        assert serious(page) == []
        page.execute_script("document.getElementById('language').click()")


@pytest.mark.parametrize("opens", ["#filters", "#export summary"])
def test_no_serious_finding_in_what_opens(theme: str, page: Chrome, opens: str) -> None:
    page.find_element(By.CSS_SELECTOR, opens).click()
    assert serious(page) == []


def test_no_serious_finding_in_the_clusters_of_a_large_graph(theme: str, open_graph: OpenGraph) -> None:
    page = open_graph(invent(300))
    assert page.find_elements(By.CSS_SELECTOR, ".trail")
    assert serious(page) == []


def test_a_finding_would_be_found(page: Chrome) -> None:
    page.execute_script("document.getElementById('search').labels[0].remove()")
    page.execute_script("document.getElementById('search').removeAttribute('placeholder')")
    assert [finding.split(":")[0] for finding in serious(page)] == ["label"]
