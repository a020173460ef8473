import base64
import hashlib
import io
import json
import random
import re
from dataclasses import fields
from html.parser import HTMLParser
from itertools import combinations, pairwise
from random import Random

import networkx as nx
import pytest
from hostile import NAMES, hostile

from kg.export.html import embeddable, join_modules, modules, write_html
from kg.export.html.arrangement import arrange, byline_only
from kg.export.html.columns import Numbers, packed, tabulate, unpacked
from kg.export.html.content import describe, texts
from kg.export.html.drawing import draw
from kg.export.html.placement import place
from kg.export.html.stress import lay_out, pairs_of
from kg.graph import Entity, KnowledgeGraph, collect
from kg.model import EntityType


def page(graph: KnowledgeGraph) -> str:
    stream = io.StringIO()
    write_html(graph, stream)
    return stream.getvalue()


class Elements(HTMLParser):
    """The elements of a page as a browser's parser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, str]] = []
        """Scripts and styles: what runs."""
        self.data: dict[str, str] = {}
        """Script elements that hold data, by identifier."""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style") and "id" not in dict(attrs):
            self.code.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.cdata_elem:
            return
        if identifier := self.tags[-1][1].get("id"):
            self.data[identifier] = self.data.get(identifier, "") + data
        else:
            tag, text = self.code.pop()
            self.code.append((tag, text + data))


@pytest.fixture(scope="module")
def sample_page(sample_graph: KnowledgeGraph) -> str:
    return page(sample_graph)


def test_any_order_of_records_gives_the_same_bytes(sample_graph, sample_page):
    mixed = KnowledgeGraph(
        *(
            dict(random.Random(3).sample(sorted(records.items()), len(records)))
            for records in (getattr(sample_graph, f.name) for f in fields(sample_graph))
        )
    )
    assert page(mixed) == sample_page


def test_nothing_is_loaded_from_elsewhere(sample_page):
    outside = [
        value
        for tag, attributes in Elements(sample_page).tags
        for name, value in attributes.items()
        if name in ("src", "href", "action", "data", "srcset") and not (value or "").startswith(("#", "data:"))
    ]
    assert outside == []
    assert "sourceMappingURL" not in sample_page
    assert "url(" not in next(text for tag, text in Elements(sample_page).code if tag == "style")


@pytest.mark.parametrize("graph", [hostile(), KnowledgeGraph()], ids=["hostile", "empty"])
def test_the_policy_allows_exactly_what_is_inlined(graph):
    elements = Elements(page(graph))
    policy = next(a["content"] or "" for tag, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy")
    directives = dict(part.split(" ", 1) for part in policy.split("; "))

    def hashes(tag: str) -> list[str]:
        run = [text for t, text in elements.code if t == tag]
        return [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in run]

    assert directives["default-src"] == "'none'"
    assert directives["script-src"].split() == hashes("script")
    assert directives["style-src"].split() == hashes("style")
    assert not any(name.startswith("on") or name == "style" for _, attributes in elements.tags for name in attributes)


def test_hostile_names_add_no_element_and_come_back_unchanged():
    elements, empty = Elements(page(hostile())), Elements(page(KnowledgeGraph()))
    blocks = [tag for tag in elements.tags if (tag[1].get("id") or "").startswith("block-")]
    assert [tag for tag in elements.tags if tag not in blocks] == [
        (tag, {**attributes, "content": elements.tags[index][1]["content"]} if "content" in attributes else attributes)
        for index, (tag, attributes) in enumerate(empty.tags)
    ]
    assert set(unpacked(elements.data["core"])["entities"]["plain"]["label"]) == set(NAMES)
    assert {node["label"] for node in json.loads(elements.data["head"])["picture"]["nodes"]} == set(NAMES)
    assert unpacked(elements.data["block-0"])[0][0] == hostile().articles["article/1"].text


@pytest.mark.parametrize("text", ["</script>", "<!--", "&lt;", "\u2028", "]]>"])
def test_data_cannot_close_its_element(text):
    written = embeddable({text: [text]})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {text: [text]}


@pytest.mark.parametrize("value", ["</script>", "𠮷\ud800", ["", {"a": [1, None]}]])
def test_what_is_packed_comes_back(value):
    assert unpacked(packed(value)) == value
    assert not set("<>&\"'") & set(packed(value))


def test_columns_name_entities_and_words_by_number():
    rows = [{"id": "s1", "s": "甲", "rules": ["r", "q"]}, {"id": "s2", "s": "无此人", "rules": ["q"]}]
    words = Numbers()
    table = tabulate(rows, Numbers(["乙", "甲"]), words, {"entity": ["s"], "word": ["rules"]})
    assert table == {
        "entity": {"s": [1, "无此人"]},
        "word": {"rules": [[0, 1], [1]]},
        "plain": {"id": ["s1", "s2"]},
    }
    assert words.listed() == ["r", "q"]


def test_every_statement_stands_in_the_page(sample_graph):
    told = describe(sample_graph, arrange(sample_graph))["statements"]
    assert {key for table in told.values() for key in table["plain"]["id"]} == sample_graph.statements.keys()
    assert set(told["funding"]["plain"]["amount"]) == {"800000", ""}


def test_every_article_stands_in_a_block(sample_graph):
    blocks = list(texts(sample_graph))
    assert [article[0] for block in blocks for article in block] == [
        article.text for _, article in sorted(sample_graph.articles.items())
    ]
    told = describe(sample_graph, arrange(sample_graph))["articles"]["plain"]
    assert told["block"] == [number for number, block in enumerate(blocks) for _ in block]


def test_each_two_linked_entities_have_one_line(sample_graph):
    view = sample_graph.to_networkx()
    pairs = [frozenset((e["from"], e["to"])) for e in draw(sample_graph, arrange(sample_graph))["edges"]]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == {frozenset(edge) for edge in view.edges()}


def test_an_arrow_points_at_the_object(sample_graph):
    village_in_town = next(
        e for e in draw(sample_graph, arrange(sample_graph))["edges"] if e["id"] == "place/990101101 place/990101101201"
    )
    assert village_in_town["arrows"] == "from"


def test_people_who_only_sign_are_known(sample_graph):
    signed = {p for a in sample_graph.articles.values() for p in (*a.authors, *a.photographers)}
    assert byline_only(sample_graph) == signed


def test_marks_do_not_lie_on_each_other(sample_graph):
    places = [(n["x"], n["y"]) for n in draw(sample_graph, arrange(sample_graph))["nodes"]]
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) >= 30 for a, b in combinations(places, 2))


def test_no_line_is_longer_than_the_page_is_wide(sample_graph):
    drawn = draw(sample_graph, arrange(sample_graph))
    across = {n["id"]: n["x"] for n in drawn["nodes"]}
    assert all(abs(across[e["from"]] - across[e["to"]]) < 900 for e in drawn["edges"])
    pair = place({"甲": ["乙"], "乙": ["甲"]}, [], {})
    assert abs(pair["甲"][0] - pair["乙"][0]) < 200


def test_a_large_component_is_placed_too():
    tree = nx.relabel_nodes(nx.random_labeled_rooted_tree(700, seed=1), str)
    places = place(nx.to_dict_of_lists(tree), [], {})
    assert len(set(places.values())) > 690


def test_distances_on_the_page_follow_distances_in_the_graph():
    path = [f"{i:02}" for i in range(12)]
    (points,) = lay_out([path], nx.to_dict_of_lists(nx.path_graph(path)))
    steps = [abs(points[a] - points[b]) for a, b in pairwise(path)]
    assert abs(points[path[0]] - points[path[-1]]) > 0.9 * sum(steps)
    assert max(steps) < 1.2 * min(steps)


def test_the_work_grows_with_the_graph_and_no_faster():
    def pairs(count: int) -> int:
        nodes = [f"{i:06}" for i in range(count)]
        tree = nx.random_labeled_rooted_tree(count, seed=1)
        return len(pairs_of(nodes, nx.to_dict_of_lists(nx.relabel_nodes(tree, dict(enumerate(nodes)))), Random(1)))

    assert pairs(8000) < 3 * pairs(4000) < 10 * pairs(2000)
    assert pairs(8000) / 8000 < 20 < pairs(200) / 200


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_graphs(count):
    entities = [Entity(f"place/{i}", EntityType.PLACE, f"{i}镇") for i in range(count)]
    graph = collect(documents=[], articles=[], passages=[], entities=entities, statements=[])
    assert len(draw(graph, arrange(graph))["nodes"]) == count
    assert page(graph).endswith("</html>")


def test_labels_of_the_ontology_in_both_languages(sample_graph):
    labels = describe(sample_graph, arrange(sample_graph))["labels"]
    assert labels["Township"] == {"en": "township", "zh": "乡级行政区"}
    assert all(str(t) in labels and labels[str(t)].keys() == {"en", "zh"} for t in EntityType)


def test_modules_are_joined_without_imports():
    joined = join_modules(
        {
            "a.js": "const deep = 1;\nexport const A = deep;\nexport function f() {}\n",
            "b.js": 'import { A, f as g } from "./a.js";\nconst deep = A;\ng(deep);\n',
        }
    )
    assert not re.search(r"^(import|export)\b", joined, flags=re.M)
    assert "const { A, f: g } = module_a;" in joined and "return { A, f };" in joined


def test_a_module_comes_behind_what_it_needs():
    texts = {
        "c.js": 'import { b } from "./b.js";\nimport { a } from "./a.js";\n',
        "b.js": 'import { a } from "./a.js";\n',
        "a.js": "",
    }
    assert list(modules("c.js", texts.__getitem__)) == ["a.js", "b.js", "c.js"]


def test_modules_that_need_each_other_are_named():
    texts = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(ValueError, match=r"a\.js → b\.js → a\.js"):
        modules("a.js", texts.__getitem__)


def test_a_module_that_cannot_be_joined_is_named():
    with pytest.raises(ValueError, match=r"^a\.js: cannot join 'export default 1;'"):
        join_modules({"a.js": "export default 1;\n"})
