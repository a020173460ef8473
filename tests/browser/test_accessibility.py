"""Every view as axe-core sees it, in Chinese and light, in English and dark: no serious finding.

Words do not depend on colours, nor colours on words, so the other two pairs would find nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe import serious
from big_graph import invent
from reader import panel
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

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


@pytest.fixture(params=[("light", "zh-CN"), ("dark", "en")], ids=["light, Chinese", "dark, English"])
def look(request: pytest.FixtureRequest, browser: Chrome) -> Iterator[Callable[[Chrome], None]]:
    """Set the colours, and return what sets the language of a page."""
    theme, language = request.param
    media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)

    def speak(page: Chrome) -> None:
        dark = page.execute_script("return matchMedia('(prefers-color-scheme: dark)').matches")
        assert dark == (theme == "dark")
        if page.execute_script("return document.documentElement.lang") != language:
            page.find_element(By.ID, "language").click()

    yield speak
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_no_serious_finding(look: Callable[[Chrome], None], page: Chrome) -> None:
    look(page)
    for view, address in VIEWS.items():
        page.execute_script("location.hash = arguments[0]", address)
        WebDriverWait(page, 5).until(lambda p: not p.find_elements(By.CSS_SELECTOR, "#view [aria-busy=true]"))
        panel(page)
        assert serious(page) == [], view
    for opens in ("#filters", "#export summary"):
        page.find_element(By.CSS_SELECTOR, opens).click()
        assert serious(page) == [], opens


def test_no_serious_finding_in_the_clusters_of_a_large_graph(
    look: Callable[[Chrome], None], open_graph: OpenGraph
) -> None:
    page = open_graph(invent(300))
    look(page)
    assert page.find_elements(By.CSS_SELECTOR, ".trail")
    assert serious(page) == []


def test_a_finding_would_be_found(page: Chrome) -> None:
    page.execute_script("document.getElementById('search').labels[0].remove()")
    page.execute_script("document.getElementById('search').removeAttribute('placeholder')")
    assert [finding.split(":")[0] for finding in serious(page)] == ["label"]
