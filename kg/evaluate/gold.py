"""Read gold annotations: JSON files, one an article, into sheets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.errors import GoldError, MissingInputError
from kg.evaluate.sheet import Dating, Figure, Named, Said, Sheet, number
from kg.rdf import RELATIONS
from kg.text import folded


def read_gold(folder: Path) -> dict[str, Sheet]:
    """Return the sheets of a folder's gold files by file stem; `layout.json` is none."""
    if not folder.is_dir():
        raise MissingInputError(str(folder))
    files = sorted(p for p in folder.glob("*.json") if p.stem != "layout")
    if not files:
        raise GoldError(str(folder), "no *.json in it")
    return {file.stem: _read(file) for file in files}


def merged(sheets: Iterable[tuple[str, Sheet]]) -> Sheet:
    """Return sheets, each with its stem, as one: entities of one type that share a name become one entity."""
    out = Sheet()
    home_of: dict[str, str] = {}
    parts = list(sheets)
    for stem, sheet in parts:
        for key, entity in sheet.entities.items():
            own = f"{stem}.{key}"
            hits = [k for k, e in out.entities.items() if e.type == entity.type and e.names & entity.names]
            home = hits[0] if hits else own
            names = entity.names.union(*(out.entities[k].names for k in hits))
            label = out.entities[home].label if hits else entity.label
            for k in hits[1:]:
                del out.entities[k]
                home_of = {a: home if b == k else b for a, b in home_of.items()}
            out.entities[home] = Named(entity.type, names, label)
            home_of[own] = home
    for stem, sheet in parts:
        _add(out, sheet, {key: home_of[f"{stem}.{key}"] for key in sheet.entities})
    return out


def _add(out: Sheet, sheet: Sheet, homes: dict[str, str]) -> None:
    def home(key: str) -> str:
        return homes.get(key, key)

    for f in sheet.facts:
        target = f.object if f.predicate == "serves" else home(f.object)
        out.facts[Said(f.predicate, home(f.subject), target, f.extra)] = None
    out.dates |= {Dating(d.predicate, home(d.subject), d.value) for d in sheet.dates}
    out.figures |= dict.fromkeys(Figure(home(f.subject), f.value, f.unit) for f in sheet.figures)


def _read(file: Path) -> Sheet:
    try:
        return _sheet(json.loads(file.read_text(encoding="utf-8")))
    except json.JSONDecodeError as error:
        raise GoldError(str(file), error.msg, f"line {error.lineno}") from error
    except KeyError as error:
        raise GoldError(str(file), f"a record without {error}") from error
    except (UnicodeDecodeError, AttributeError, TypeError) as error:
        raise GoldError(str(file), "not the expected structure") from error


def _sheet(data: dict[str, Any]) -> Sheet:
    sheet = Sheet()
    for e in data.get("entities", []):
        names = frozenset(map(folded, [e["name"], *e.get("aliases", [])])) - {""}
        sheet.entities[e["id"]] = Named(e["type"], names, e["name"])
    for f in data.get("facts", []):
        if said := _said(f):
            sheet.facts[said] = None
    sheet.dates = {Dating(d["p"], d["s"], str(d["value"])) for d in data.get("dates", [])}
    sheet.figures = dict.fromkeys(
        Figure(o["s"], number(o["value"]), folded(o.get("unit", ""))) for o in data.get("observations", [])
    )
    return sheet


def _said(fact: dict[str, Any]) -> Said | None:
    """Return a fact of the annotation, None for a predicate that is not compared."""
    predicate, subject = fact["p"], fact["s"]
    if predicate == "position":
        return Said("position", subject, fact.get("o") or "", folded(fact.get("role", "")))
    if predicate == "finances":
        return Said("finances", subject, fact["o"], number(fact.get("amount")))
    if predicate == "serves":
        return Said("serves", subject, folded(fact["o"]))
    return Said(predicate, subject, fact["o"]) if predicate in RELATIONS else None
