"""The report in a browser: readable in light and dark and on a phone, and nothing in it is refused or runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import serious
from selenium.webdriver import Chrome

from kg.errors import EmptyInputError
from kg.export.report import FileLine, Run, report, write_page
from kg.graph import KnowledgeGraph

FILES = (FileLine("页面.txt", "text", 1, ""), FileLine("<b>空.txt", "", 0, str(EmptyInputError("<b>空.txt"))))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_report_can_be_read(browser: Chrome, sample_graph: KnowledgeGraph, tmp_path: Path, theme: str) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    tables = report(sample_graph, Run(FILES, [EmptyInputError("<b>空.txt")], seconds={"read": 0.1}))
    with open(tmp_path / "report.html", "w", encoding="utf-8") as stream:
        write_page(tables, stream)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get_log("browser")
    browser.get((tmp_path / "report.html").as_uri())
    page = browser
    try:
        assert "<b>空.txt" in page.find_element("id", "failures").find_element("xpath", "following::li").text
        assert page.execute_script("return getComputedStyle(document.querySelector('.figures dd')).fontSize") == "26px"
        assert serious(page) == []
        assert page.execute_script("return window.__violations") == []
        assert browser.get_log("browser") == []
        page.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        )
        assert page.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
