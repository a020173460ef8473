"""Our Turtle and our page beside those of the libraries, and how long the program takes to start.

In: invented articles, invented graphs, a small page. Out: sections of the suite. The traps: rdflib must hold a graph to
write it and pyoxigraph need not, so each writes in a process of its own, whose whole memory counts; and what is
compared takes turns.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

import pyoxigraph as ox
from big_graph import invent
from big_text import write_articles, write_folder
from chart import Aim, Bar, Panel
from measured import ROOT, alone, peak
from section import Section

import kg
from kg.export.turtle import write_turtle
from kg.notation import DEFAULT_BASE, PREFIXES

OURS, RDFLIB, OXIGRAPH = "kg", "rdflib", "pyoxigraph"
GRAPH, TRIPLES = "graph.pickle", "graph.nt"


def turtle(articles: int, rounds: int) -> Section:
    """Write the graph of invented articles as Turtle by each library, in turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        number = _prepare(folder, articles)
        taken = [{writer: alone(__file__, writer, name) for writer in WRITERS} for _ in range(rounds)]
    seconds = {writer: min(turn[writer][0] for turn in taken) for writer in WRITERS}
    peaks = {writer: median(turn[writer][1] for turn in taken) for writer in WRITERS}
    rows = [[w, f"{seconds[w]:.2f}", f"{number / seconds[w]:,.0f}", f"{peaks[w]:,.0f}"] for w in WRITERS]
    speeds = [Bar(w, number / seconds[w], f"{number / seconds[w]:,.0f}", w == OURS) for w in WRITERS]
    memories = [Bar(w, peaks[w], f"{peaks[w]:,.0f} MB", w == OURS) for w in WRITERS]
    return Section(
        "Turtle",
        f"The graph of {articles:,} invented articles, {number:,} triples, written by each in a process of its own; "
        f"best of {rounds} rounds. Memory is that of the whole process. Ours and rdflib's hold the graph, sort it and "
        "write what is about one thing together; pyoxigraph takes the triples as they come.",
        ["", "seconds", "triples/s", "peak MB"],
        rows,
        [Panel("Turtle: triples a second", speeds), Panel("Turtle: peak memory of the process, MB", memories)],
    )


def _prepare(folder: Path, articles: int) -> int:
    """Write the graph in the form that each library reads quickest; return the number of triples."""
    write_folder(write_articles(articles), folder / "in")
    graph = kg.build(folder / "in", workers=1).graph
    (folder / GRAPH).write_bytes(pickle.dumps(graph))
    with (folder / "graph.ttl").open("w", encoding="utf-8", newline="\n") as stream:
        write_turtle(graph, stream, DEFAULT_BASE)
    triples = {quad.triple for quad in ox.parse(path=str(folder / "graph.ttl"), format=ox.RdfFormat.TURTLE)}
    ordered = sorted(triples, key=str)
    ox.serialize(ordered, str(folder / TRIPLES), ox.RdfFormat.N_TRIPLES)
    return len(ordered)


Taken = tuple[float, float]
"""Seconds of writing, and the most memory that the process had, in MB."""


def _by_kg(folder: Path) -> Taken:
    graph = pickle.loads((folder / GRAPH).read_bytes())
    begin = time.perf_counter()
    with (folder / "kg.ttl").open("w", encoding="utf-8", newline="\n") as stream:
        write_turtle(graph, stream, DEFAULT_BASE)
    return time.perf_counter() - begin, peak()


def _by_rdflib(folder: Path) -> Taken:
    from rdflib import Graph

    graph = Graph().parse(folder / TRIPLES, format="nt")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    begin = time.perf_counter()
    graph.serialize(folder / "rdflib.ttl", format="turtle", encoding="utf-8")
    return time.perf_counter() - begin, peak()


def _by_pyoxigraph(folder: Path) -> Taken:
    """Write triples as they are read, for the memory; then again from a list, for the time of writing alone."""

    def write(triples: Iterable[ox.Triple]) -> None:
        ox.serialize(triples, str(folder / "ox.ttl"), ox.RdfFormat.TURTLE, prefixes=PREFIXES)

    def read() -> Iterator[ox.Triple]:
        return (quad.triple for quad in ox.parse(path=str(folder / TRIPLES), format=ox.RdfFormat.N_TRIPLES))

    write(read())
    most, triples = peak(), list(read())
    begin = time.perf_counter()
    write(triples)
    return time.perf_counter() - begin, most


WRITERS: dict[str, Callable[[Path], Taken]] = {OURS: _by_kg, RDFLIB: _by_rdflib, OXIGRAPH: _by_pyoxigraph}


def pages(sizes: Sequence[int], rounds: int) -> Section:
    """Write the page of the seeds and of invented graphs, ours and plain pyvis in turns, each in its own process."""
    from page import WRITERS as WRITE
    from page import written

    from kg.export.html.arrangement import arrange

    rows, bars = [], []
    graphs = [("the seeds", kg.build(ROOT / "seeds").graph)] + [(f"{n:,} invented", invent(n)) for n in sizes]
    for title, graph in graphs:
        arrangement, taken = arrange(graph), {name: [0.0] for name in ("kg", "pyvis, as it is")}
        with tempfile.TemporaryDirectory() as folder:
            paths = {name: Path(folder) / f"{number}.html" for number, name in enumerate(taken)}
            for _ in range(rounds):
                for name, path in paths.items():
                    taken[name].append(written(WRITE[name], graph, arrangement, path) or float("nan"))
            sizes_of = {name: path.stat().st_size / 1e6 for name, path in paths.items()}
        for name, seconds in taken.items():
            middle = median(seconds[1:])
            shown = f"{title}, {len(graph.entities):,} entities" if title == "the seeds" else f"{title} entities"
            rows.append([shown, name, f"{middle:.2f}", f"{sizes_of[name]:.1f}"])
            bars.append(Bar(f"{title}: {name.partition(',')[0]}", middle, f"{middle:.2f} s", name == "kg"))
    return Section(
        "The page",
        f"What `kg build` writes beside plain pyvis, median of {rounds}. Ours holds positions, sentences and a search; "
        "how both open in a browser [is told elsewhere](../performance.md#the-page).",
        ["graph", "page", "seconds", "MB"],
        rows,
        [Panel("The page: seconds to write", bars)],
    )


def starts(rounds: int) -> Section:
    """Start the program in fresh processes."""
    program = Path(sys.executable).with_name("kg")
    page = next(write_articles(1))
    with tempfile.TemporaryDirectory() as name:
        file, output = Path(name) / "page.txt", Path(name) / "output"
        file.write_text(page.text * 4, encoding="utf-8")
        commands = {
            "Python alone": [sys.executable, "-c", "pass"],
            "kg --help": [str(program), "--help"],
            "kg build, one small page": [str(program), "build", str(file), "-o", str(output), "--fresh", "--quiet"],
        }
        taken = [{what: _seconds(command) for what, command in commands.items()} for _ in range(rounds + 1)][1:]
    middle = {what: median(turn[what] for turn in taken) for what in commands}
    aims = {"kg --help": 0.3, "kg build, one small page": 1.5}
    return Section(
        "Start",
        f"Fresh processes in turns, median of {rounds}; the page has {4 * len(page.text):,} characters.",
        ["", "seconds", "aim"],
        [[what, f"{s:.2f}", f"< {aims[what]}" if what in aims else ""] for what, s in middle.items()],
        [
            Panel(
                "Start, until the end of the command, seconds",
                [Bar(what, s, f"{s:.2f} s", is_own=what in aims) for what, s in middle.items()],
                Aim("aim for a small page: 1.5 s", 1.5),
            )
        ],
    )


def _seconds(command: Sequence[str]) -> float:
    # As users have it: Python keeps bytecode from the first run on, unless it is told not to.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(json.dumps(WRITERS[sys.argv[1]](Path(sys.argv[2]))))
