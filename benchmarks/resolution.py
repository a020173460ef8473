"""How the time of entity resolution grows with the mentions, up to more than ten million, on one core.

In: numbers of articles. Out: for each the processor time of each of its parts and the peak of memory, and the exponent
that is fitted, as a table and a plot. The rows are those of articles that were really read, in copies about other
counties (`copies.py`), since to read 800,000 articles takes hours and changes nothing in this. The engine is that of
`kg build --engine disk`: rows are stored under their blocking keys, keys that mean one thing are joined, what all
clusters of one tell is joined, entities are made of it, and each cluster is told its entity. The traps: what other
programs do on the machine stretches the wall time, but hardly the processor's; and a process remembers the most memory
that it ever had, so resolution has one of its own, which sees the file of rows and nothing else.

    python benchmarks/resolution.py 10000 20000
    python benchmarks/resolution.py 100000 200000 400000 800000 --output docs/performance --folder /var/tmp
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from chart import Line, line_chart
from copies import Sample, copies, read
from measured import alone, exponent, keep, load, machine, markdown, peak, versions

from kg.engines.disk import DiskEngine, ThisProcess, Touched
from kg.engines.growing import resolve_all
from kg.engines.layout import Layout
from kg.engines.plan import STATED, Step
from kg.engines.rows import Row
from kg.engines.store import FILE, Changes, Store
from kg.notation import DEFAULT_BASE

SAMPLE = 4_000
PARTS = ("stored", "keys joined", "described", "entities made", "clusters told")


class TimedEngine(DiskEngine):
    """Notes the processor time when it starts, and when each step does."""

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store, Layout(store.database, folder / "old", folder), ThisProcess(), DEFAULT_BASE)
        self.times = [time.process_time()]

    def run(self, step: Step, touched: Touched) -> Changes:
        """Run a step."""
        self.times.append(time.process_time())
        return super().run(step, touched)


def fill(file: Path, rows: Iterable[list[Row]]) -> float:
    """Store rows as a build does, article by article; return the processor seconds of this alone."""
    seconds = 0.0
    with closing(Store(file, "benchmark")) as store:
        for number, article in enumerate(rows):
            begin = time.process_time()
            store.add_document(str(number).encode(), article)
            seconds += time.process_time() - begin
        begin = time.process_time()
        store.index()
        store.commit()
    return seconds + time.process_time() - begin


def resolve(file: Path) -> dict[str, float]:
    """Resolve what a file of rows holds; return the processor seconds of each part, counts, and the peak in MB."""
    with closing(Store(file, "benchmark")) as store:
        engine = TimedEngine(store, file.parent)
        resolve_all(engine)
        start, keyed, described = engine.times
        made, clusters = time.process_time(), sum(1 for _ in told(store))
        end = time.process_time()
        entities = store.database.execute("SELECT count(*) FROM entity").fetchone()[0]
        known = store.database.execute("SELECT count(*) FROM root").fetchone()[0]
    return {
        "keys joined": keyed - start,
        "described": described - keyed,
        "entities made": made - described,
        "clusters told": end - made,
        "clusters": clusters,
        "entities": entities,
        "roots": known,
        "peak": peak(),
    }


def told(store: Store) -> Iterable[Row]:
    """Yield the clusters of each article with their entities, in order, as they come to be stated."""
    return store.rows(f"SELECT * FROM ({STATED.sql}) ORDER BY id, number")


def measure(sample: Sample, articles: int, folder: Path) -> dict[str, float]:
    """Measure one size."""
    file = folder / FILE
    stored = fill(file, copies(sample, articles))
    found = alone(__file__, "--resolve", str(file))
    found |= {"articles": articles, "mentions": articles * sample.mentions // sample.articles, "stored": stored}
    return {**found, "megabytes": file.stat().st_size / 1e6}


def as_table(rows: Sequence[dict[str, float]]) -> str:
    """Return the table in Markdown, with the exponents in its last line."""
    head = ["articles", "mentions", "entities", *(f"{part}, s" for part in PARTS), "all, s", "µs a mention", "peak MB"]
    lines = []
    for row in rows:
        whole = seconds(row)
        lines.append(
            [f"{row[name]:,.0f}" for name in ("articles", "mentions", "entities")]
            + [f"{row[part]:,.1f}" for part in PARTS]
            + [f"{whole:,.0f}", f"{whole / row['mentions'] * 1e6:.1f}", f"{row['peak']:,.0f}"]
        )
    if len(rows) > 1:
        fitted = [exponent([row["mentions"] for row in rows], [row[part] for row in rows]) for part in PARTS]
        whole = exponent([row["mentions"] for row in rows], [seconds(row) for row in rows])
        lines.append(["**exponent**", "", "", *(f"{e:.2f}" for e in fitted), f"**{whole:.2f}**", "", ""])
    return markdown(head, lines)


def seconds(row: dict[str, float]) -> float:
    """Return the processor seconds of all parts."""
    return sum(row[part] for part in PARTS)


def plot(rows: Sequence[dict[str, float]]) -> str:
    """Return the plot."""
    mentions = [row["mentions"] / 1e6 for row in rows]
    lines = [Line(part, mentions, [row[part] for row in rows]) for part in PARTS]
    lines.append(Line("all", mentions, [seconds(row) for row in rows]))
    fitted = exponent(mentions, lines[-1].y)
    under = f"All parts together grow with the power {fitted:.2f} of the mentions"
    return line_chart("Entity resolution on one core", under, "million mentions", "processor seconds", lines)


def main() -> None:
    """Measure the sizes asked for, and print, or write, what was found."""
    parser = argparse.ArgumentParser(description="Measure entity resolution alone.")
    parser.add_argument("articles", type=int, nargs="*")
    parser.add_argument("--output", type=Path, help="write resolution.json, .md and .svg here")
    parser.add_argument("--folder", type=Path, help="where the rows go, 10 KB an article")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many articles are really read")
    parser.add_argument("--resolve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.resolve:
        print(json.dumps(resolve(asked.resolve)))
        return
    sample, rows = read(asked.sample), []
    for articles in asked.articles:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            rows.append(measure(sample, articles, Path(folder)))
        print(json.dumps(rows[-1]), flush=True)
    print(as_table(rows))
    if asked.output:
        keep(asked.output / "resolution.json", {"where": machine(), "what": versions(), "load": load(), "rows": rows})
        show(asked.output)


def show(folder: Path) -> None:
    """Write the table and the plot of the figures that a folder keeps."""
    figures = json.loads((folder / "resolution.json").read_text(encoding="utf-8"))
    where = f"{figures['where']}; {figures['what']}; one process, load of the machine {figures['load']}."
    (folder / "resolution.md").write_text(f"{where}\n\n{as_table(figures['rows'])}", encoding="utf-8")
    (folder / "resolution.svg").write_text(plot(figures["rows"]), encoding="utf-8")


if __name__ == "__main__":
    main()
