"""IRIs that resolve: pages for people, triples for programs, and nothing in either that could run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from hostile import NAMES, hostile
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from sample import sample
from serving import running, written

from kg.notation import DEFAULT_BASE
from kg.serve.addresses import address
from kg.serve.formats import TRIPLES

LG = Namespace("https://w3id.org/local-governance/ontology#")
PERSON = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "accept-language": "en"}
TEA = "/article/tea"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server on the hand-made sample."""
    with running(written(sample(), tmp_path_factory.mktemp("sample"))) as (client, _):
        yield client


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> dict[str, str]:
        return {a["href"]: tag for tag, a in self.tags if "href" in a}


def subjects(path: Path) -> list[str]:
    return sorted({str(s) for s in Graph().parse(path).subjects()})


# ---- for people


def test_a_place_is_a_page_with_its_names_and_what_articles_say(client: httpx.Client) -> None:
    answer = client.get("/id/place/990101101", headers=PERSON)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(answer)
    for words in ("白石镇", "township", "990101101", "implements", "“凉亭夜话”"):
        assert words in page.text
    assert any(re.fullmatch(r"/article/tea\?from=\d+&to=\d+#words", link) for link in page.links())
    assert address(DEFAULT_BASE, DEFAULT_BASE + "programme/凉亭夜话") in page.links()


def test_a_page_is_in_the_readers_language(client: httpx.Client) -> None:
    chinese = client.get("/id/place/990101101", headers=PERSON | {"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert "乡级行政区" in chinese.text
    assert '<html lang="zh-CN">' in chinese.text
    assert "Accept-Language" in chinese.headers["vary"]


def test_every_address_of_a_page_leads_somewhere(client: httpx.Client) -> None:
    seen, waiting = set(), ["/id/place/990101101", TEA]
    while waiting:
        link = waiting.pop()
        answer = client.get(link, headers=PERSON, follow_redirects=True)
        assert answer.status_code == 200, link
        if "html" in answer.headers["content-type"]:
            own = {
                href.partition("#")[0]
                for href in Page(answer).links()
                if href.startswith(("/id/", "/article/", "/assets/"))
            }
            waiting += sorted(own - seen)
            seen |= own
    assert len(seen) > 60


def test_an_article_is_read_with_its_names_linked_and_the_words_marked(client: httpx.Client) -> None:
    answer = client.get("/id/article/tea", headers=PERSON)
    assert answer.status_code == 303
    assert answer.headers["location"] == TEA
    text = Page(client.get(TEA, headers=PERSON))
    assert "老教师何青带着学徒方远走访。" in text.text
    assert "/id/place/990101101" in text.links()
    at = len("“凉亭夜话”送到村口\n")
    marked = client.get(TEA, params={"from": at, "to": at + 7}, headers=PERSON)
    assert '<mark id="words">2019年3月' in marked.text


def test_a_passage_is_shown_in_its_article(client: httpx.Client) -> None:
    answer = client.get("/id/passage/plant-106-111", headers=PERSON, follow_redirects=True)
    assert answer.url.path == "/article/plant"
    assert '<mark id="words">总经理' in answer.text


@pytest.mark.parametrize("span", ["from=x&to=3", "from=-5&to=1000000000000", "from=9&to=2", "to=1"])
def test_a_span_that_is_none_marks_what_there_is(client: httpx.Client, span: str) -> None:
    assert client.get(f"{TEA}?{span}", headers=PERSON).status_code == 200


@pytest.mark.parametrize("path", ["/id/place/0", "/id/", "/article/none", "/id/%00", "/id/%3E%20%7B", "/elsewhere"])
def test_what_the_graph_does_not_know_is_not_found(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=PERSON)
    assert answer.status_code == 404
    assert "No such page" in Page(answer).text
    assert client.get(path).headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/id/%FF%FE", "/article/%ED%A0%80"])
def test_an_address_that_is_no_text_is_refused(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers=PERSON).status_code == 400


# ---- for programs


@pytest.mark.parametrize("notation", list(TRIPLES))
def test_a_program_gets_triples(client: httpx.Client, notation: str) -> None:
    answer = client.get("/id/place/990101101", headers={"accept": TRIPLES[notation].media_type})
    assert answer.headers["content-type"].startswith(TRIPLES[notation].media_type)
    names = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    told = Graph().parse(data=answer.content, format=names[notation])
    place = URIRef(DEFAULT_BASE + "place/990101101")
    assert str(told.value(place, RDFS.label)) == "白石镇"
    assert (None, LG.within, place) in told
    assert {LG.Place, LG.Township} <= set(told.objects(place, RDF.type))
    statements = set(told.subjects(RDF.subject, place))
    assert statements
    assert all((s, LG.confidence, None) in told for s in statements)


def test_format_overrides_accept_in_a_browser(client: httpx.Client) -> None:
    answer = client.get("/id/place/990101101?format=jsonld", headers=PERSON)
    assert answer.headers["content-type"] == "application/ld+json"
    assert client.get(f"{TEA}?format=turtle", headers=PERSON).headers["content-type"].startswith("text/turtle")


def test_what_cannot_be_had_is_told(client: httpx.Client) -> None:
    answer = client.get("/id/place/990101101", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


# ---- from anyone


def test_no_text_of_a_graph_runs_or_leads_away(tmp_path: Path) -> None:
    path = written(hostile(), tmp_path)
    shown = ""
    with running(path) as (client, site):
        for iri in subjects(path):
            link = address(site.contents.base, iri)
            if not link:
                assert len(iri) > 1000
                continue
            answer = client.get(link, headers=PERSON, follow_redirects=True)
            assert answer.status_code == 200, iri
            assert "script-src" not in answer.headers["content-security-policy"]
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            page = Page(answer)
            shown += page.text
            for tag, attributes in page.tags:
                assert tag not in ("script", "img", "iframe", "object", "base")
                assert tag != "form" or attributes["action"] == "/find"
                assert not any(name.startswith("on") or name == "style" for name in attributes)
                href = attributes.get("href", "/")
                assert re.match(r"/|\?|#|data:,$", href) or href.startswith(str(LG)), href
    for name in NAMES:
        assert name[:60].strip() in shown
