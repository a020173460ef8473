"""What a reader of the page does and sees, as functions of a browser that has it open."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait


def open_address(page: Chrome, address: str) -> Chrome:
    """Open a page and wait until it can be used."""
    page.get(address)
    WebDriverWait(page, 10).until(lambda p: p.execute_script("return document.documentElement.dataset.ready"))
    return page


def panel(page: Chrome) -> str:
    """Return what the panel says once all sentences that it shows are decoded."""
    WebDriverWait(page, 5).until(
        lambda p: not p.find_elements(By.CSS_SELECTOR, "#panel :not(details:not([open]) *)[aria-busy=true]")
    )
    return page.find_element(By.ID, "panel").text


def search(page: Chrome, query: str, *keys: str) -> list[str]:
    box = page.find_element(By.ID, "search")
    box.clear()
    box.send_keys(query)
    found = [item.text for item in page.find_elements(By.CSS_SELECTOR, "#results li")]
    box.send_keys(*keys)
    return found


def chip(page: Chrome, word: str) -> WebElement:
    return next(c for c in page.find_elements(By.CSS_SELECTOR, ".chip") if word in c.text.split())


def click_link(page: Chrome, selector: str, text: str) -> None:
    link = next(b for b in page.find_elements(By.CSS_SELECTOR, selector) if b.text == text)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()


def drawn_on(page: Chrome) -> dict[str, list[float]]:
    """Draw the whole picture once more and return the names written on it, each with its place."""
    script = """
        const done = arguments[arguments.length - 1];
        const spots = {}, plain = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
          spots[text] = [x, y];
          return plain.call(this, text, x, y);
        };
        document.getElementById("fit").click();
        setTimeout(() => { CanvasRenderingContext2D.prototype.fillText = plain; done(spots); }, 400);
    """
    return page.execute_async_script(script)


def names_drawn(page: Chrome) -> str:
    return "|".join(drawn_on(page))


def title(page: Chrome) -> str:
    """Return whom the panel is about; in one step, since what is fetched may write the panel anew between two."""
    return str(page.execute_script("return document.querySelector('#panel h2')?.innerText ?? ''"))


def assert_quiet(page: Chrome) -> None:
    assert page.get_log("browser") == []
    assert page.execute_script("return window.__violations") == []
    assert page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)") == []


def press(page: Chrome, words: str, within: str = "body") -> None:
    """Press the button that says the words, or bears them as its label."""
    buttons = page.find_elements(By.CSS_SELECTOR, f"{within} button, {within} summary")
    button = next(b for b in buttons if words in (b.text, b.get_attribute("aria-label")))
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


def save_into(page: Chrome, folder: Path) -> None:
    """Have the browser save what a page offers into a folder, without asking."""
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})


def saved_file(page: Chrome, file: Path) -> bytes:
    """Return a file that the browser saves, once it is written: it stands there empty for a moment before."""
    WebDriverWait(page, 10).until(lambda _: file.exists() and file.stat().st_size)
    return file.read_bytes()


def buttons_pressed(page: Chrome, within: str) -> list[str]:
    return [b.text for b in page.find_elements(By.CSS_SELECTOR, f"{within} [aria-pressed=true]")]
