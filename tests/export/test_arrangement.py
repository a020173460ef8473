"""Where everything is drawn: small graphs as one picture, large ones as discs inside discs, none on another."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from math import hypot
from pathlib import Path

import pytest
from big_graph import invent
from sample import sample

from kg.export.html.arrangement import Arrangement, arrange
from kg.export.html.drawing import draw
from kg.graph import KnowledgeGraph

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def large() -> Arrangement:
    return arrange(invent(3000))


def test_a_small_graph_is_drawn_as_one_picture_without_clusters() -> None:
    found = arrange(sample())
    assert found.clusters == found.discs == found.inside == []
    drawn = draw(sample(), found)["nodes"]
    assert {n["id"]: (n["x"], n["y"], n["size"]) for n in drawn} == dict(
        zip(found.entities, zip(found.x, found.y, found.size, strict=True), strict=True)
    )


def test_what_one_picture_cannot_hold_is_not_drawn_through_pyvis() -> None:
    graph = invent(400)
    drawn = draw(graph, arrange(graph))
    assert drawn["nodes"] == drawn["edges"] == [] and drawn["options"]["physics"] == {"enabled": False}


def test_an_empty_graph_is_arranged_too() -> None:
    assert arrange(KnowledgeGraph()) == Arrangement()


def test_each_entity_lies_within_the_disc_of_its_cluster(large: Arrangement) -> None:
    for x, y, inside in zip(large.x, large.y, large.inside, strict=True):
        disc = large.discs[inside]
        assert hypot(x - disc.x, y - disc.y) <= disc.r + 1


def test_each_disc_lies_within_its_parents(large: Arrangement) -> None:
    discs = {c.id: d for c, d in zip(large.clusters, large.discs, strict=True)}
    for c in large.clusters[1:]:
        inner, outer = discs[c.id], discs[c.parent]
        assert hypot(inner.x - outer.x, inner.y - outer.y) + inner.r <= outer.r + 3
        assert inner.unit < outer.unit


def test_discs_side_by_side_hardly_overlap(large: Arrangement) -> None:
    discs = {c.id: d for c, d in zip(large.clusters, large.discs, strict=True)}
    overlapping = pairs = 0
    for c in large.clusters:
        for i, a in enumerate(c.children):
            for b in c.children[:i]:
                pairs += 1
                apart = hypot(discs[a].x - discs[b].x, discs[a].y - discs[b].y)
                overlapping += apart < 0.95 * (discs[a].r + discs[b].r)
    assert pairs > 100
    assert overlapping <= 0.01 * pairs


def test_no_two_entities_share_a_spot(large: Arrangement) -> None:
    assert len(set(zip(large.x, large.y, strict=True))) == len(large.entities)


def test_names_have_room_in_each_clusters_own_picture(large: Arrangement) -> None:
    for number, (c, disc) in enumerate(zip(large.clusters, large.discs, strict=True)):
        at = [
            ((x - disc.x) / disc.unit, (y - disc.y) / disc.unit)
            for x, y, inside in zip(large.x, large.y, large.inside, strict=True)
            if inside == number
        ]
        close = sum(abs(a[0] - b[0]) < 30 and abs(a[1] - b[1]) < 30 for i, a in enumerate(at) for b in at[:i])
        assert close <= 0.1 * len(at), c.id


def test_the_same_graph_is_arranged_alike_in_every_run() -> None:
    script = "from big_graph import invent; from kg.export.html.arrangement import arrange; print(arrange(invent(400)))"
    outputs = {
        hashlib.sha256(
            subprocess.run(
                [sys.executable, "-c", script],
                check=True,
                capture_output=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"},
            ).stdout
        ).hexdigest()
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
