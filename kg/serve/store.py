"""Put a built graph into a store on disk, and open it to read; the home of pyoxigraph.

In: an output folder or a file of RDF. Out: a folder with the store, and what it holds in numbers.
The trap: several processes may read one store on disk, but only as long as none writes; so it is written once, into a
folder of its own, before any worker opens it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from kg.errors import GraphFileError
from kg.notation import DEFAULT_BASE, PREFIXES
from kg.output import SHARDS, settle

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""File suffix → what pyoxigraph calls the notation."""
_GRAPHS = 1000
"""With more, the description of the service would take megabytes, and each start the time to read all their names."""
_HUBS = 60
"""As many things does the explorer open on."""
_ARTICLE = f"ASK {{ ?article a <{PREFIXES['lg']}Article> }}"
_MINTED = f"""SELECT ?article ?document WHERE {{
  ?article a <{PREFIXES["lg"]}Article> ; <{PREFIXES["dcterms"]}isPartOf> ?document }} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds."""

    triples: int
    graphs: tuple[str, ...]
    """IRIs of its named graphs; none where there are so many that nobody would read them."""
    base: str
    """What the IRIs of entities begin with."""
    spread: bool = False
    """Whether articles stand in named graphs alone, as in the shards of a large build: pages read all graphs then."""
    hubs: tuple[tuple[str, int], ...] = ()
    """IRIs of the things with the most links to others, with how many: on these the explorer opens."""


def files_of(path: Path) -> list[Path]:
    """Return the files to load: one file, `graph.ttl` of a folder with its named graphs if it has any, or shards."""
    if not path.is_dir():
        return [path]
    settle(path)
    whole = path / "graph.ttl"
    if not whole.is_file() and (shards := sorted([*path.glob("*.nq"), *path.glob(f"{SHARDS}/*.nq")])):
        return shards
    named = [path / name for name in ("graph.trig", "graph.nq")]
    return [whole, *[file for file in named if file.is_file()][:1]]


def load(files: list[Path], folder: Path, loaded: Callable[[Path], None] = lambda file: None) -> Contents:
    """Write a store of all files into an empty folder; GraphFileError tells which cannot be read, and where.

    `loaded` is told of each file that is in the store.
    """
    store = Store(str(folder))
    for file in files:
        notation = FORMATS.get(file.suffix.lower())
        if notation is None:
            raise GraphFileError(str(file), f"its suffix is none of {', '.join(FORMATS)}")
        try:
            store.bulk_load(path=str(file), format=notation)
        except FileNotFoundError as error:
            raise GraphFileError(str(file), "no such file") from error
        except (OSError, ValueError, SyntaxError) as error:
            raise GraphFileError(str(file), str(error)) from error
        loaded(file)
    store.optimize()
    store.flush()
    spread = not store.query(_ARTICLE) and bool(store.query(_ARTICLE, use_default_graph_as_union=True))
    graphs = tuple(g.value for g in islice(store.named_graphs(), _GRAPHS + 1))
    listed = graphs if len(graphs) <= _GRAPHS else ()
    return Contents(len(store), listed, _base(store, spread), spread, _hubs(store, spread))


def open_to_read(folder: Path | str) -> Store:
    """Open a store that `load` has written; any number of processes may do so at once."""
    return Store.read_only(str(folder))


def _hubs(store: Store, spread: bool) -> tuple[tuple[str, int], ...]:
    """Count links once, while the graph is loaded: as a query, all graphs read as one, it takes ten times as long."""
    links: Counter[str] = Counter()
    for end in ("subject", "object"):
        last = None  # one statement in several graphs comes once a graph, in a row
        for quad in store.quads_for_pattern(
            None, NamedNode(f"{PREFIXES['rdf']}{end}"), None, None if spread else DefaultGraph()
        ):
            link = (quad.subject, quad.object)
            if link != last and isinstance(quad.object, NamedNode):
                links[quad.object.value] += 1
            last = link
    return tuple(sorted(links.items(), key=lambda hub: (-hub[1], hub[0]))[:_HUBS])


def _base(store: Store, spread: bool) -> str:
    for solution in store.query(_MINTED, use_default_graph_as_union=spread):  # type: ignore[union-attr]
        article = solution["article"].value
        if "article/" in article:
            return str(article[: article.rindex("article/")])
    return DEFAULT_BASE
