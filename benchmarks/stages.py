"""Each stage of a build: how fast it is beside jieba's tagger, how much memory it takes, and how right the result is.

In: the articles of the repository, and invented ones with the truth about them. Out: sections of the suite. The traps:
stages and taggers take turns on the same text, since a machine that does other work slows all of them; and memory that
a stage frees is not given back to the system, so each stage's peak is set against what the process held before it, and
the build that memory is taken of is one of its own, in a process of its own.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import jieba
from big_text import write_articles, write_folder
from chart import Aim, Bar, Panel
from measured import alone, exponent, forget_peak, peak, resident
from section import Section
from throughput import LENGTHS, TAGGERS, documents_in, long_article, stage_seconds

from kg import layout
from kg.evaluate import evaluate
from kg.export import Contents, exporter, summarize
from kg.export.html import write_html
from kg.export.report import Run, report, write_page
from kg.export.turtle import write_turtle
from kg.extract import extract
from kg.graph import KnowledgeGraph
from kg.ingest import read_paths
from kg.model import Article, Document, Findings
from kg.notation import DEFAULT_BASE
from kg.rdf import load
from kg.resolve import resolve
from kg.workers import few_collections

FIRST = ("layout", "extract", "resolve")
STAGES = (*FIRST, "Turtle", "N-Quads", "HTML page", "report")
SUMS = {
    "layout to resolve": FIRST,
    "all stages, Turtle written": (*FIRST, "Turtle"),  # what the aim of twice the tagger's speed is about
    "everything written": STAGES,
}
_TAGGER = "jieba.posseg.cut"


class Stages:
    """A build, stage by stage, as `kg.pipeline` does it."""

    def __init__(self, documents: Sequence[Document], folder: Path) -> None:
        self.documents, self.folder = documents, folder
        self.articles: list[Article] = []
        self.extracted: list[tuple[Article, Findings]] = []
        self.graph = KnowledgeGraph()

    def run(self, stage: str) -> None:
        """Run a stage; those before it have been."""
        steps: dict[str, Callable[[], object]] = {
            "layout": self._layout,
            "extract": self._extract,
            "resolve": self._resolve,
            "Turtle": lambda: self._write(write_turtle, "graph.ttl"),
            "N-Quads": lambda: exporter("nquads").write(Contents.of_graph(self.graph), self.folder / "graph.nq"),
            "HTML page": lambda: self._write(write_html, "graph.html"),
            "report": self._report,
        }
        steps[stage]()

    def _layout(self) -> None:
        for document in self.documents:
            self.articles += layout.split_articles(document)

    def _extract(self) -> None:
        self.extracted = [(article, extract(article)) for article in self.articles]

    def _resolve(self) -> None:
        self.graph = resolve(self.documents, self.extracted)

    def _write(self, write: Callable[[KnowledgeGraph, io.TextIOBase, str], None], name: str) -> None:
        with (self.folder / name).open("w", encoding="utf-8", newline="\n") as stream:
            write(self.graph, stream, DEFAULT_BASE)

    def _report(self) -> None:
        with (self.folder / "report.html").open("w", encoding="utf-8") as stream:
            write_page(report(self.graph, Run([], (), (), {}, 0)), stream)
        summarize(self.graph, ())


def speed(rounds: int) -> Section:
    """Measure characters a second of each stage, and of the taggers in the same rounds."""
    jieba.setLogLevel(logging.WARNING)
    documents = documents_in()
    text = "\n".join(d.text for d in documents)
    with tempfile.TemporaryDirectory() as folder, few_collections():  # as a build does
        measured = list(_rounds(documents, text, Path(folder), rounds))
    best = {name: min(seconds[name] for seconds in measured) for name in measured[0]}
    ratios = {name: {t: median(turn[t] / turn[name] for turn in measured) for t in TAGGERS} for name in best}
    rows = [
        [name, f"{seconds:.3f}", _thousands(len(text) / seconds), *(f"{r:.2f}" for r in ratios[name].values())]
        for name, seconds in best.items()
    ]
    return Section(
        "Speed by stage",
        f"{len(documents)} documents of the repository, {len(text):,} characters, one core. Of {rounds} rounds, in "
        "each of which all take their turn, the best seconds, and the median of each round's ratio.",
        ["", "seconds", "characters/s", *(f"of `{t}`" for t in TAGGERS)],
        rows,
        [_speed_panel(len(text), best, {name: ratio[_TAGGER] for name, ratio in ratios.items()})],
    )


def _speed_panel(characters: int, best: dict[str, float], ratios: dict[str, float]) -> Panel:
    bars = [Bar(name, ratios[name], f"{ratios[name]:.2f} × ({_thousands(characters / best[name])}/s)") for name in SUMS]
    bars.append(Bar(f"{_TAGGER} alone", 1, f"1 ({_thousands(characters / best[_TAGGER])}/s)", is_own=False))
    return Panel("Characters a second on one core, beside jieba's tagger", bars, Aim("aim: twice the tagger", 2))


def _rounds(documents: Sequence[Document], text: str, folder: Path, number: int) -> Iterator[dict[str, float]]:
    """Yield the seconds that each takes, round by round, the first of which only reads the dictionaries."""
    for nth in range(number + 1):
        gc.collect()
        seconds, build = {}, Stages(documents, folder)
        for name, tag in TAGGERS.items():
            seconds[name] = _timed(partial(tag, text))
        for stage in STAGES:
            seconds[stage] = _timed(partial(build.run, stage))
        if nth:
            yield seconds | {name: sum(seconds[stage] for stage in stages) for name, stages in SUMS.items()}


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def length(rounds: int) -> Section:
    """Measure the time a character of single articles of growing length."""
    documents = documents_in()
    long = [long_article(documents, characters) for characters in LENGTHS]
    turns = [[stage_seconds([document])["layout to resolve"] for document in long] for _ in range(rounds)]
    sizes, taken = [len(document.text) for document in long], [min(turn) for turn in zip(*turns, strict=True)]
    rows = [[f"{n:,}", f"{s:.3f}", f"{s / n * 1e6:.1f}"] for n, s in zip(sizes, taken, strict=True)]
    return Section(
        "Long articles",
        f"One article put together from all paragraphs, from its text to the resolved graph; best of {rounds}. Time "
        f"grows with the power {exponent(sizes, taken):.2f} of its length.",
        ["characters", "seconds", "µs a character"],
        rows,
    )


def memory_and_quality(articles: int) -> list[Section]:
    """Measure the peak of each stage on invented articles, and how much of the truth about them was found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(write_articles(articles), folder / "in")
        peaks = alone(__file__, "memory", name)
        scores = alone(__file__, "quality", name)
    share = articles / 1000
    rows = [[s, f"{p:,.0f}", f"{(p - before) / share:,.0f}"] for s, (before, p) in peaks.items()]
    bars = [Bar(stage, p, f"{p:,.0f} MB") for stage, (_, p) in peaks.items()]
    return [
        Section(
            "Memory by stage",
            f"{articles:,} invented articles in one process, everything in memory. More: the peak of a stage above "
            "what the process held before it, for each 1,000 articles.",
            ["", "peak MB", "more MB per 1,000 articles"],
            rows,
            [Panel(f"Peak memory by stage, {articles:,} articles in memory, MB", bars)],
        ),
        Section(
            "Quality at scale",
            f"The same {articles:,} articles, against the truth that they were made from. They are easier than real "
            "ones, which [quality](../quality.md) is about; what falls here has broken.",
            ["", "precision", "recall", "F1"],
            [[name, *(f"{scores[name][n]:.3f}" for n in ("p", "r", "f1"))] for name in scores],
        ),
    ]


def memory(folder: Path) -> dict[str, tuple[float, float]]:
    """Build in this process; return for each stage what the process held before it, and its peak, in MB."""
    found = {}
    build = Stages(read_paths([folder / "in"]).documents, folder)
    for stage in STAGES:
        gc.collect()
        forget_peak()
        before = resident()
        build.run(stage)
        found[stage] = before, peak()
    return found


def quality(folder: Path) -> dict[str, dict[str, float]]:
    """Score the Turtle in a folder against the gold beside its articles."""
    scores = evaluate(load(folder / "graph.ttl"), folder / "in").scores
    return {name: scores[name].as_dict() for name in ("entities", "facts", "dates", "observations", "all statements")}


def _thousands(value: float) -> str:
    return f"{value:,.0f}"


if __name__ == "__main__":
    print(json.dumps({"memory": memory, "quality": quality}[sys.argv[1]](Path(sys.argv[2]))))
