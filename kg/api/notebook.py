"""Show results in a notebook: HTML without style, script or link. Names and texts come from files: all is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> str:
    """Return rows as an HTML table; the total says how many there are where not all are shown."""
    head = "".join(f"<th>{_html(column)}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    more = f"<p>{len(rows)} of {total} rows</p>" if total > len(rows) else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def definitions(title: str, lines: Mapping[str, str]) -> str:
    """Return a heading, and below it what has a value."""
    body = "".join(f"<li>{_html(name)}: {_html(value)}</li>" for name, value in lines.items() if value)
    return f"<h4>{_html(title)}</h4><ul>{body}</ul>"


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
