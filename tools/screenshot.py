"""Take the pictures that READMEs and docs show: each view of output/graph.html → docs/images/.

Usage: python tools/screenshot.py [NAME…]      # all of PICTURES, or those named
It needs Debian's chromium, chromium-driver and fonts-noto-cjk. Look at each before you commit it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "output" / "graph.html"
FOLDER = ROOT / "docs" / "images"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=zh-CN",
]


class Picture(NamedTuple):
    """What is seen: a link's fragment, what is clicked then, and how."""

    fragment: str = ""
    clicks: tuple[str, ...] = ()
    size: tuple[int, int] = (1400, 900)
    dark: bool = False


PICTURES = {
    "graph": Picture(),
    "panel": Picture("chosen=entity,place/330482"),
    "filters": Picture("place=place/330411&chosen=entity,place/330411104&depth=2", ("#filters",)),
    "path": Picture("path=programme/红廉走访-776c3e2e,programme/爱心凉茶-志愿服务-57422ef8"),
    "timeline": Picture("view=timeline"),
    "entities": Picture("view=entities&types=Programme,Platform,Project"),
    "statements": Picture("view=statements&place=place/330411"),
    "compare": Picture("view=compare"),
    "places": Picture("view=places"),
    "reading": Picture("view=reading&chosen=statement,statement/4065754aeac8658f"),
    "dark": Picture("chosen=entity,place/330411104", dark=True),
    "phone": Picture("", (), (390, 844)),
}


def take(browser: webdriver.Chrome, picture: Picture, path: Path) -> None:
    """Open the page as the picture shows it, and save what is seen."""
    width, height = picture.size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if picture.dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    browser.get("about:blank")
    browser.get(f"{PAGE.as_uri()}#{picture.fragment}")
    WebDriverWait(browser, 20).until(lambda b: b.execute_script("return document.documentElement.dataset.ready"))
    for selector in picture.clicks:
        browser.find_element(By.CSS_SELECTOR, selector).click()
    WebDriverWait(browser, 20).until(
        lambda b: not b.find_elements(By.CSS_SELECTOR, ":not(details:not([open]) *)[aria-busy=true]")
    )
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    path.parent.mkdir(parents=True, exist_ok=True)
    browser.save_screenshot(str(path))


def main(*names: str) -> None:
    """Take the pictures of these names, or all."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN"})
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        for name in names or PICTURES:
            take(browser, PICTURES[name], FOLDER / f"{name}.png")
    finally:
        browser.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
