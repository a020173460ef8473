"""The annotated articles of the project: well-formed, and every word of evidence printed in its article."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
TYPES = {
    "Place",
    "Facility",
    "Organization",
    "Person",
    "Programme",
    "Platform",
    "Project",
    "Product",
    "Policy",
    "Honour",
}
ENDS = {
    "within": "Place>Place",
    "locatedIn": "Organization Facility Project Programme>Place",
    "position": "Person>Organization Place Facility Programme",
    "memberOf": "Person Organization>Organization",
    "implements": "Organization Place Facility Person>Programme Project",
    "operates": "Organization Place>Platform Facility",
    "offers": "Organization>Product",
    "issues": "Organization Place>Policy",
    "participatesIn": "Person Organization Place>Programme Project",
    "partOf": "Programme Platform Project Organization>Programme Platform Project Organization",
    "finances": "Organization Person>Organization Person Place Project Programme",
    "cooperatesWith": "Organization Place>Organization Place",
    "inspects": "Organization>Organization Place",
    "serves": "Programme Platform Product Facility>",
    "recognizedAs": f"{' '.join(sorted(TYPES))}>Honour",
    "mentors": "Person>Person",
}
DATES = {"started", "founded", "opened", "completed", "planned", "joined"}


def squeezed(text: str) -> str:
    return "".join(text.split())


def annotations() -> list[Path]:
    return sorted(p for part in ("train", "dev") for p in (CORPUS / part).glob("*.json"))


def ends_fit(fact: dict[str, Any], types: dict[str, str]) -> bool:
    subjects, objects = (set(side.split()) for side in ENDS[fact["p"]].split(">"))
    subject_fits = types[fact["s"]] in subjects
    if not objects or (fact["p"] == "position" and fact["o"] is None):
        return subject_fits
    return subject_fits and types[fact["o"]] in objects


@pytest.mark.parametrize("path", annotations(), ids=lambda p: p.stem)
def test_an_annotation_says_what_its_article_prints(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = squeezed(path.with_suffix(".txt").read_text(encoding="utf-8"))
    assert tomllib.loads(path.with_name(f"{path.stem}.meta.toml").read_text(encoding="utf-8"))["home"]
    types = {e["id"]: e["type"] for e in gold["entities"]}
    assert len(types) == len(gold["entities"])
    assert set(types.values()) <= TYPES
    for what in ("facts", "dates", "observations"):
        for item in gold[what]:
            assert item["s"] in types
            assert squeezed(item["evidence"]) in text, item
    assert [f for f in gold["facts"] if not ends_fit(f, types)] == []
    assert {d["p"] for d in gold["dates"]} <= DATES
