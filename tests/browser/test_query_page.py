"""What a reader does with the query page of `kg serve`, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile import hostile
from sample import sample
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from serving import running, written


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(written(sample(), tmp_path_factory.mktemp("sample"))) as (client, _):
        yield str(client.base_url)


@pytest.fixture
def page(browser: Chrome, address: str) -> Chrome:
    return opened(browser, address)


def opened(browser: Chrome, address: str) -> Chrome:
    browser.get_log("browser")
    browser.get(address)
    browser.execute_script("localStorage.clear()")
    browser.get(address)
    wait(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#examples button"))
    return browser


def assert_quiet(page: Chrome) -> None:
    """Nothing was complained of, and nothing was asked of any other server."""
    assert page.get_log("browser") == []
    assert page.execute_script("return window.__violations") == []
    asked = page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    own = page.execute_script("return location.origin") + "/"
    assert [url for url in asked if not url.startswith((own, "data:"))] == []


def wait(browser: Chrome, what: Callable[[], object]) -> None:
    WebDriverWait(browser, 20).until(lambda _: what())


def rows(browser: Chrome) -> list[list[str]]:
    script = """return [...document.querySelectorAll('.yasr .dataTable tbody tr')].filter(r => r.offsetParent)
      .map(r => [...r.cells].map(c => c.innerText.trim()))"""
    return [list(row) for row in browser.execute_script(script)]


EDITOR = "[...document.querySelectorAll('.CodeMirror')].find(e => e.offsetParent).CodeMirror"


def ask(browser: Chrome, query: str) -> None:
    browser.execute_script(f"const editor = {EDITOR}; editor.setValue(arguments[0]); editor.query()", query)


def test_a_query_of_the_list_runs_at_a_click_and_its_answer_is_a_table(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "[data-query=programmes-by-township]").click()
    wait(page, lambda: rows(page))
    assert any("“凉亭夜话”活动" in row for row in rows(page))
    assert_quiet(page)


def test_entities_in_an_answer_lead_to_their_pages_here(page: Chrome, address: str) -> None:
    ask(page, "SELECT ?place { ?place a <https://w3id.org/local-governance/ontology#Township> } LIMIT 1")
    wait(page, lambda: rows(page))
    link = page.find_element(By.CSS_SELECTOR, ".yasr .dataTable a.iri")
    assert str(link.get_attribute("href")).startswith(f"{address}/id/place/")
    link.click()
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "h1"))
    assert "镇" in page.find_element(By.CSS_SELECTOR, "h1").text or "街道" in page.title
    assert_quiet(page)


def test_prefixes_are_filled_in_and_terms_completed_without_a_request(page: Chrome) -> None:
    lg = "PREFIX lg: <https://w3id.org/local-governance/ontology#>"
    assert lg in page.execute_script(f"return {EDITOR}.getValue()")
    page.execute_script(
        f"{EDITOR}.setValue(arguments[0]); {EDITOR}.focus(); {EDITOR}.setCursor(1, 99)",
        f"{lg}\nSELECT * {{ ?s lg:implem",
    )
    page.switch_to.active_element.send_keys(Keys.CONTROL, " ")
    wait(page, lambda: "lg:implements" in page.execute_script(f"return {EDITOR}.getValue()") + hints(page))
    assert_quiet(page)


def hints(page: Chrome) -> str:
    return " ".join(hint.text for hint in page.find_elements(By.CSS_SELECTOR, ".CodeMirror-hints li"))


def test_a_mistake_is_told_in_the_page(page: Chrome) -> None:
    ask(page, "SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }")
    wait(page, lambda: "SERVICE is refused" in page.find_element(By.CSS_SELECTOR, ".yasr").text)


def test_no_name_runs_in_an_answer(browser: Chrome, tmp_path: Path) -> None:
    with running(written(hostile(), tmp_path)) as (client, _):
        page = opened(browser, str(client.base_url))
        ask(page, "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label }")
        wait(page, lambda: len(rows(page)) > 5)
        assert page.execute_script("return window.__pwned") is None
        assert not page.find_elements(By.CSS_SELECTOR, ".yasr img[src=x]")
        assert_quiet(page)


def test_triples_are_also_a_picture_that_leads_to_the_pages(page: Chrome) -> None:
    ask(page, "CONSTRUCT { ?s lg:implements ?o . ?s rdfs:label ?n } WHERE { ?s lg:implements ?o ; rdfs:label ?n }")
    wait(page, lambda: rows(page))
    next(b for b in page.find_elements(By.CSS_SELECTOR, ".select_triples") if b.is_displayed()).click()
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "svg.triples circle"))
    names = [name.text for name in page.find_elements(By.CSS_SELECTOR, "svg.triples a text")]
    assert "白石镇" in names
    links = [link.get_dom_attribute("href") for link in page.find_elements(By.CSS_SELECTOR, "svg.triples a")]
    assert all(str(link).startswith("/id/") for link in links)
    assert {name.text for name in page.find_elements(By.CSS_SELECTOR, "svg.triples .relation")} <= {
        "实施",
        "implements",
    }
    assert_quiet(page)
