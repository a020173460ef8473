"""How fast a build is beside jieba's tagger on the same text in the same run, and whether it stays linear.

In: the articles of `seeds/` and `tests/corpus/`, or the files and folders named. Out: a table of characters a second
for each stage, the whole build with Turtle, `jieba.posseg.cut` and `rjieba.tag`; then the time a character of single
articles of growing length. The trap: a machine that does other work slows all of them, and not at the same moment;
so they take turns, and each one's best round counts. One core is used.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import jieba
import jieba.posseg
import rjieba

from kg import layout
from kg.export.turtle import write_turtle
from kg.extract import extract
from kg.graph import KnowledgeGraph
from kg.ingest import read_paths
from kg.model import Document, Metadata
from kg.notation import DEFAULT_BASE
from kg.resolve import resolve
from kg.workers import few_collections

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
ROUNDS = 5
LENGTHS = (5_000, 10_000, 20_000)
TAGGERS: dict[str, Callable[[str], object]] = {
    "jieba.posseg.cut": lambda text: sum(1 for _ in jieba.posseg.cut(text)),
    "rjieba.tag": rjieba.tag,
}


def build(documents: Sequence[Document]) -> tuple[KnowledgeGraph, dict[str, float]]:
    """Build documents as `kg.pipeline.build` does, with Turtle; return the graph and the seconds of each stage."""
    seconds: dict[str, float] = {}
    begin = time.perf_counter()

    def done(stage: str) -> None:
        nonlocal begin
        now = time.perf_counter()
        seconds[stage], begin = now - begin, now

    with few_collections():
        articles = [article for document in documents for article in layout.split_articles(document)]
        done("layout")
        extracted = [(article, extract(article)) for article in articles]
        done("extract")
        graph = resolve(documents, extracted)
        done("resolve")
        write_turtle(graph, io.StringIO(), DEFAULT_BASE)
        done("turtle")
    return graph, seconds


def stage_seconds(documents: Sequence[Document]) -> dict[str, float]:
    """Return the seconds of each stage, of those before the export together, and of the whole build."""
    _, seconds = build(documents)
    whole = sum(seconds.values())
    return {**seconds, "layout to resolve": whole - seconds["turtle"], "whole build": whole}


def rounds(documents: Sequence[Document], text: str) -> Iterator[dict[str, float]]:
    """Yield the seconds that each takes, round by round, the first of which only reads the dictionaries."""
    for number in range(ROUNDS + 1):
        seconds = {}
        for name, tag in TAGGERS.items():
            begin = time.perf_counter()
            tag(text)
            seconds[name] = time.perf_counter() - begin
        seconds |= stage_seconds(documents)
        if number:
            yield seconds


def long_article(documents: Sequence[Document], length: int) -> Document:
    """Return one article of a length, put together from the paragraphs of all documents."""
    paragraphs = [line.strip() for d in documents for line in d.text.splitlines() if line.strip().endswith("。")]
    share = length / sum(map(len, paragraphs))  # taken evenly, so that short and long articles are of one mix
    taken = [p for i, p in enumerate(paragraphs) for _ in range(int((i + 1) * share) - int(i * share))]
    text = ["一个很长的题目", *taken]
    metadata = Metadata(published="2024-05-06", home="嘉兴市")
    return Document(f"long-{length}.txt", "\n".join(text), "", metadata)


def print_speed(documents: Sequence[Document]) -> None:
    """Print the speed of each stage and its ratio to the taggers'."""
    text = "\n".join(d.text for d in documents)
    measured = list(rounds(documents, text))
    best = {name: min(seconds[name] for seconds in measured) for name in measured[0]}
    print(f"{len(documents)} documents, {len(text):,} characters, best of {ROUNDS} rounds")
    print(f"{'':18}{'seconds':>9}{'characters/s':>14}" + "".join(f"{'of ' + name:>20}" for name in TAGGERS))
    for name, seconds in best.items():
        ratios = "".join(f"{best[tagger] / seconds:>20.2f}" for tagger in TAGGERS)
        print(f"{name:18}{seconds:>9.3f}{len(text) / seconds:>14,.0f}{ratios}")


def print_linearity(documents: Sequence[Document]) -> None:
    """Print the time a character for single articles of growing length."""
    print(f"\n{'one article of':>18}{'seconds':>9}{'µs/character':>14}")
    for length in LENGTHS:
        document = long_article(documents, length)
        seconds = min(stage_seconds([document])["layout to resolve"] for _ in range(ROUNDS))
        print(f"{len(document.text):>18,}{seconds:>9.3f}{seconds / len(document.text) * 1e6:>14.1f}")


def documents_in(paths: Sequence[str | Path] = ()) -> list[Document]:
    """Read the documents in the paths, by default those of the repository; none share a name."""
    read = read_paths([Path(p) for p in paths] or [ROOT / "seeds", CORPUS / "train", CORPUS / "dev"]).documents
    return [replace(d, source=f"{number}-{d.source}") for number, d in enumerate(read)]


def main(paths: Sequence[str]) -> None:
    """Measure the documents in the paths, by default those of the repository."""
    jieba.setLogLevel(logging.WARNING)
    documents = documents_in(paths)
    print_speed(documents)
    print_linearity(documents)


if __name__ == "__main__":
    main(sys.argv[1:])
