"""How fast the page opens, and answers each key of a search, beside plain pyvis and plain sigma.js on the same graphs.

In: nothing, or how many entities the invented graphs have. Out: a table in Markdown, in seconds: for each graph the
page that `kg build` writes, pyvis with its defaults, pyvis with positions found beforehand and physics off, and
sigma.js with the same positions. Each page opens in a Chromium of its own, from a file, a few times; the median counts.
The traps: what a page has drawn is known only when the browser has shown it, so all times are taken at the second frame
after the page says that it is done; and pyvis draws nothing until its layout has settled, which is given up after a
minute. A page is written in a process of its own, since pyvis takes time with the square of a graph's size.

    python benchmarks/page.py            # the seeds, 2,000, 20,000 and 100,000 entities
    python benchmarks/page.py 2000       # the seeds and 2,000
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from big_graph import invent
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

import kg
from kg.export.html import asset, write_html
from kg.export.html.arrangement import Arrangement, arrange
from kg.graph import KnowledgeGraph, as_edge

ROOT = Path(__file__).resolve().parent.parent
SIZES = (2_000, 20_000, 100_000)
ROUNDS = 3
WRITE_LIMIT, OPEN_LIMIT = 120, 60
"""Seconds after which a page is given up."""
TYPED = (
    "新",
    "新塍",
    "新塍镇",
    "x",
    "xi",
    "xin",
    "xinc",
    "xinch",
    "xinche",
    "xinchen",
    "xincheng",
    "xinchengzhen",
    "xcz",
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--window-size=1400,900",
    "--lang=zh-CN",
)
WATCH = """
window.__done = null;
const seen = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.__done ??= performance.now(); }));
window.__seen = seen;
new MutationObserver((_, observer) => {
  if (document.documentElement?.dataset.ready === "true") { observer.disconnect(); seen(); }
}).observe(document, { attributes: true, childList: true, subtree: true });
// pyvis: its script sets `vis`, empty at first; the first drawing of a network comes when its layout has settled
let known;
Object.defineProperty(window, "vis", { configurable: true, get: () => known, set(library) {
  known = new Proxy(library, { get: (target, name) => name !== "Network" ? target[name] : function (...given) {
    const network = new target.Network(...given);
    const isStill = given[2]?.physics === false || given[2]?.physics?.enabled === false;
    network.once(isStill ? "afterDrawing" : "stabilizationIterationsDone", seen);
    return network;
  } });
} });
"""
SHOWN = """
if (!window.__done) return null;
const paint = performance.getEntriesByName("first-contentful-paint")[0];
if (!paint && performance.now() < window.__done + 1000) return null; // a canvas alone may not count as content
return [paint?.startTime ?? window.__done, window.__done];
"""
SEARCH = """
const [texts, done] = arguments;
const input = document.getElementById("search");
input.focus();
const took = [];
const next = (at) => {
  if (at === texts.length) return done(took);
  const begin = performance.now();
  input.value = texts[at];
  input.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => { took.push(performance.now() - begin); next(at + 1); }));
};
next(0);
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """Seconds from the start of the navigation; None: given up."""

    painted: float | None
    usable: float | None
    key: float | None = None
    """The slowest answer to a key."""


Writer = Callable[[KnowledgeGraph, Arrangement, Path], None]


def write_ours(graph: KnowledgeGraph, _: Arrangement, path: Path) -> None:
    """Write the page that `kg build` writes."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write_html(graph, stream)


def write_pyvis(graph: KnowledgeGraph, _: Arrangement, path: Path) -> None:
    """Write what pyvis makes of the graph by itself."""
    network = _pyvis_network()
    for entity in graph.entities.values():
        network.add_node(entity.id, label=entity.label, group=str(entity.type))
    _write_pyvis(network, graph, path)


def write_pyvis_still(graph: KnowledgeGraph, arrangement: Arrangement, path: Path) -> None:
    """Write what pyvis makes of the graph with positions given and physics off."""
    network = _pyvis_network()
    network.toggle_physics(False)
    for id_, x, y in zip(arrangement.entities, arrangement.x, arrangement.y, strict=True):
        network.add_node(id_, label=graph.entities[id_].label, group=str(graph.entities[id_].type), x=x, y=y)
    _write_pyvis(network, graph, path)


def _pyvis_network() -> Any:
    from pyvis.network import Network  # type: ignore[import-untyped]

    return Network(directed=True, height="900px", cdn_resources="in_line")


def _write_pyvis(network: Any, graph: KnowledgeGraph, path: Path) -> None:
    for source, target in _pairs(graph):
        network.add_edge(source, target)
    path.write_text(network.generate_html(notebook=False), encoding="utf-8")


def write_sigma(graph: KnowledgeGraph, arrangement: Arrangement, path: Path) -> None:
    """Write a page with sigma.js and nothing else, all nodes drawn at once at the positions given."""
    rows = zip(arrangement.entities, arrangement.x, arrangement.y, strict=True)
    nodes = [[id_, graph.entities[id_].label, x, -y] for id_, x, y in rows]
    data = json.dumps({"nodes": nodes, "edges": _pairs(graph)}, ensure_ascii=False).replace("<", "\\u003c")
    script = (
        "const {nodes,edges}=JSON.parse(document.getElementById('data').textContent);"
        "const graph=new sigmaLibrary.MultiGraph();"
        "for(const [id,label,x,y] of nodes) graph.addNode(id,{label,x,y,size:3,color:'#2c66ad'});"
        "for(const [a,b] of edges) graph.addEdge(a,b);"
        "const sigma=new sigmaLibrary.Sigma(graph,document.getElementById('graph'));"
        "sigma.once('afterRender',__seen);sigma.refresh();"
    )
    path.write_text(
        "<!doctype html><meta charset=utf-8><body style='margin:0'><div id=graph style='height:900px'></div>"
        f"<script type=application/json id=data>{data}</script>"
        f"<script>{asset('vendor/sigma.min.js')}</script><script>{script}</script>",
        encoding="utf-8",
    )


def _pairs(graph: KnowledgeGraph) -> list[tuple[str, str]]:
    edges = (as_edge(s) for s in graph.statements.values())
    return sorted({(e[0], e[2]) for e in edges if e and e[0] != e[2] and {e[0], e[2]} <= graph.entities.keys()})


WRITERS: dict[str, Writer] = {
    "kg": write_ours,
    "pyvis, as it is": write_pyvis,
    "pyvis, still": write_pyvis_still,
    "sigma.js": write_sigma,
}


def written(writer: Writer, graph: KnowledgeGraph, arrangement: Arrangement, path: Path) -> float | None:
    """Return the seconds that writing a page takes; None if it was given up."""
    process = get_context("fork").Process(target=writer, args=(graph, arrangement, path))
    begin = time.perf_counter()
    process.start()
    process.join(WRITE_LIMIT)
    took = time.perf_counter() - begin
    if process.is_alive():
        process.kill()
        process.join()
        return None
    return took if process.exitcode == 0 else None


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """Start a Chromium that tells when a page has shown what it is for."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    options.page_load_strategy = "none"
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        driver.set_script_timeout(OPEN_LIMIT)
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        try:
            yield driver
        finally:
            driver.quit()


def opened(path: Path, has_search: bool) -> Opened:
    """Open a page in a fresh browser and return what it took."""
    with browser() as driver:
        driver.get(path.as_uri())
        try:
            WebDriverWait(driver, OPEN_LIMIT, 0.1).until(lambda page: page.execute_script(SHOWN))
        except TimeoutException:
            return Opened(None, None)
        painted, usable = driver.execute_script(SHOWN)
        keys = driver.execute_async_script(SEARCH, TYPED) if has_search else [None]
        return Opened(painted / 1000, max(painted, usable) / 1000, max(keys) / 1000 if has_search else None)


def measured(writer: Writer, graph: KnowledgeGraph, arrangement: Arrangement) -> list[str]:
    """Return the cells of a row: megabytes, seconds to write, to paint, to be usable, to answer a key."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        took = written(writer, graph, arrangement, path)
        if took is None:
            return ["–", f"> {WRITE_LIMIT}", "–", "–", "–"]
        rounds = [opened(path, writer is write_ours)]
        while rounds[0].usable is not None and len(rounds) < ROUNDS:
            rounds.append(opened(path, writer is write_ours))
        size = f"{path.stat().st_size / 1e6:.1f}"
    return [
        size,
        f"{took:.1f}",
        *(_middle([getattr(r, name) for r in rounds], name) for name in ("painted", "usable", "key")),
    ]


def _middle(values: Sequence[float | None], name: str) -> str:
    known = [v for v in values if v is not None]
    if not known:
        return f"> {OPEN_LIMIT}" if name == "usable" else "–"
    return f"{median(known):.3f}" if name == "key" else f"{median(known):.2f}"


def machine() -> str:
    """Say what was measured on, and with which versions."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    cores = len([line for line in _lines("/proc/cpuinfo") if line.startswith("processor")])
    chromium = subprocess.run(
        [shutil.which("chromium") or "chromium-browser", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    sigma = json.loads((ROOT / "tools/web/package-lock.json").read_text())["packages"]["node_modules/sigma"]["version"]
    return (
        f"{model}, {cores} cores, no GPU; {chromium}; Python {platform.python_version()}, "
        f"pyvis {version('pyvis')} with vis-network 9.1.2, sigma.js {sigma}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def main(sizes: Sequence[int]) -> None:
    """Measure all pages and print the table."""
    print(f"{machine()}; median of {ROUNDS}\n")
    print("| graph | page | MB | written | painted | usable | key |\n| --- | --- | --- | --- | --- | --- | --- |")
    graphs: list[Callable[[], KnowledgeGraph]] = [lambda: kg.build(ROOT / "seeds").graph]
    graphs += [lambda size=size: invent(size) for size in sizes]  # type: ignore[misc]
    for make in graphs:
        graph = make()
        arrangement = arrange(graph)
        title = f"{len(graph.entities):,} entities, {len(_pairs(graph)):,} links"
        for name, writer in WRITERS.items():
            print(f"| {title} | {name} | {' | '.join(measured(writer, graph, arrangement))} |", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
