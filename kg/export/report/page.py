"""The tables of a report → one HTML file that opens by double-click, runs no script and sends no request.

The trap: names and sentences come from texts that nobody vouches for, so every value is escaped by the template and
the policy of the page allows its own style and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, TextIO

from kg.export.html import asset
from kg.vocab.terms import TermLabel, term_labels

SHOWN = 300
"""Rows of a long table that the page shows; `report.json` has them all."""
FIRST = 20
"""Statements to check that are shown before somebody asks for more."""
_STATES = {"read": ("已读", "read"), "skipped": ("略过", "skipped"), "failed": ("失败", "failed")}
_STAGES = {"read": ("读入", "reading"), "extract": ("抽取", "extraction"), "resolve": ("归并", "resolution")}
_COUNTED = {"position": "holdsPositionIn", "observation": "Observation"}


def write_page(tables: dict[str, Any], stream: TextIO) -> None:
    """Write a report as a page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    style = asset("base.css") + "\n" + _style()
    environment = Environment(
        loader=PackageLoader("kg.export", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(label=_label, digits="{:,}".format)
    stream.write(
        environment.get_template("report.html").render(
            tables,
            tables=tables,
            policy=_policy(style),
            style=Markup(style),
            shown=SHOWN,
            first=FIRST,
            states=_STATES,
            stages=_STAGES,
        )
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _label(name: str) -> TermLabel:
    """Return what a class, predicate or kind of statement is called in Chinese and English."""
    return term_labels().get(_COUNTED.get(name, name), TermLabel(name, name))


@cache
def _style() -> str:
    return files("kg.export").joinpath("report", "report.css").read_text(encoding="utf-8").replace("\r\n", "\n")
