"""Entities by name, for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hostile import NAMES, PWN, hostile
from sample import sample
from serving import running, written

PERSON = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with running(written(sample(), tmp_path_factory.mktemp("sample"))) as (client, _):
        yield client


def found(client: httpx.Client, name: str) -> list[str]:
    return [entity["name"] for entity in client.get("/find", params={"name": name}).json()["found"]]


def test_the_very_name_comes_first_then_what_begins_with_it(client: httpx.Client) -> None:
    assert found(client, "白石镇")[0] == "白石镇"
    assert found(client, "白石")[0] == "白石镇"
    assert "青溪农商银行白石支行" in found(client, "白石")


def test_another_name_finds_the_entity_and_is_told(client: httpx.Client) -> None:
    [entity] = [e for e in client.get("/find", params={"name": "青竹科技"}).json()["found"] if e["also"]]
    assert entity["name"] == "青竹科技有限公司"
    assert entity["also"] == ["青竹科技"]


def test_articles_are_found_by_their_headline(client: httpx.Client) -> None:
    assert "青竹科技新厂开建" in found(client, "新厂开建")


def test_a_person_gets_a_page_that_leads_on(client: httpx.Client) -> None:
    answer = client.get("/find", params={"name": "白石镇"}, headers=PERSON)
    assert '<a href="/id/place/990101101">白石镇</a>' in answer.text
    assert 'value="白石镇"' in answer.text
    assert "Nothing in the graph" in client.get("/find", params={"name": "无此名"}, headers=PERSON).text
    assert client.get("/find", headers=PERSON).status_code == 200


ENDINGS = ('")) } #', "\\", '"', "\n", "' . DROP ALL", "\\u0022)) } #", "\\U00000022)) }", "\x00", "x" * 5000)


@pytest.mark.parametrize("name", ENDINGS)
def test_nothing_in_a_name_ends_the_query(client: httpx.Client, name: str) -> None:
    answer = client.get("/find", params={"name": name})
    assert answer.status_code == 200
    assert answer.json()["found"] == []


def test_the_very_name_is_found_among_however_many(tmp_path: Path) -> None:
    many = "".join(f'<a:{i}> a <a:T> ; rdfs:label "东湖村{i}"@zh .\n' for i in range(500))
    path = tmp_path / "graph.ttl"
    prefix = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    path.write_text(f'{prefix}{many}<a:x> a <a:T> ; rdfs:label "东湖村"@zh .\n', encoding="utf-8")
    with running(path) as (client, _):
        assert found(client, "东湖村")[0] == "东湖村"
        assert len(found(client, "东湖村")) == 50
        assert client.get("/find", params={"name": "东湖村"}).json()["complete"] is False


def test_no_name_runs_in_the_page(tmp_path: Path) -> None:
    with running(written(hostile(), tmp_path)) as (client, _):
        answer = client.get("/find", params={"name": PWN}, headers=PERSON)
        assert len(found(client, PWN)) >= sum(PWN in name for name in NAMES)
        assert "<script" not in answer.text
        assert "<img" not in answer.text
