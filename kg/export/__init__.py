"""Write a KnowledgeGraph to files: one function a format, listed in `EXPORTERS`.

A function takes the graph, a text stream (UTF-8) and the base IRI under which identifiers stand. The same graph gives
the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from kg.export.html import write_html
from kg.export.summary import summarize, write_summary
from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph

__all__ = ["EXPORTERS", "Exporter", "summarize", "write_summary"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format that a graph can be written in."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[KnowledgeGraph, TextIO, str], None]


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("turtle", ".ttl", "text/turtle", write_turtle),
    Exporter("html", ".html", "text/html", write_html),
)
