"""A browser for the tests: Debian's Chromium, which must be there. A page that nobody opened is a page untested."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reader import open_address
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from kg.export.html import write_html
from kg.graph import KnowledgeGraph

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
]


def _executable(*names: str) -> str:
    for name in names:
        if path := shutil.which(name):
            return path
    pytest.fail(f"{names[0]} is missing: apt-get install chromium chromium-driver fonts-noto-cjk", pytrace=False)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = _executable("chromium", "chromium-browser")
    profile = tmp_path_factory.mktemp("profile")
    for flag in [*FLAGS, "--lang=zh-CN", f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN"})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(_executable("chromedriver")))
    # Chromium tells of a violation before the page's own script could listen.
    watch = (
        "window.__violations=[];document.addEventListener('securitypolicyviolation',e=>__violations.push(e.blockedURI))"
    )
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": watch})
    yield driver
    driver.quit()


@pytest.fixture
def open_graph(browser: webdriver.Chrome, tmp_path: Path) -> Callable[[KnowledgeGraph], webdriver.Chrome]:
    """Write a graph and open it as a double-click would."""

    def open_it(graph: KnowledgeGraph) -> webdriver.Chrome:
        path = tmp_path / "graph.html"
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            write_html(graph, stream)
        browser.get_log("browser")
        return open_address(browser, path.as_uri())

    return open_it


@pytest.fixture
def page(open_graph: Callable[[KnowledgeGraph], webdriver.Chrome], sample_graph: KnowledgeGraph) -> webdriver.Chrome:
    """The page of the sample graph, just opened."""
    return open_graph(sample_graph)
