"""Take the pictures that the READMEs show: output/graph.html → docs/images/graph.png, and panel.png for one place.

Usage: python tools/screenshot.py [PAGE [PICTURE [SEARCH]]]
    python tools/screenshot.py output/graph.html docs/images/panel.png 平湖市
It needs Debian's chromium, chromium-driver and fonts-noto-cjk.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 1400, 900
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


def take(page: Path, picture: Path, search: str = "") -> None:
    """Open the page, choose what the search finds first, if anything is searched for, and save what is seen."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False},
        )
        driver.get(page.resolve().as_uri())
        WebDriverWait(driver, 20).until(lambda d: d.find_element(By.TAG_NAME, "html").get_attribute("data-ready"))
        if search:
            driver.find_element(By.ID, "search").send_keys(search, Keys.ENTER)
        driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        picture.parent.mkdir(parents=True, exist_ok=True)
        driver.save_screenshot(str(picture))
    finally:
        driver.quit()


def main(page: str = "output/graph.html", picture: str = "docs/images/graph.png", search: str = "") -> None:
    """Take the picture; paths count from the project's folder."""
    take(ROOT / page, ROOT / picture, search)


if __name__ == "__main__":
    main(*sys.argv[1:])
