"""Compare sheets, gold against predicted, and count what is right, wrong and missed.

Entities are paired first, each with one at most; a fact is right when what it is about is paired and all of it
agrees. `cooperatesWith` counts in either direction; `serves` when more than half of the characters agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rdflib import Graph

from kg.evaluate.built import Built
from kg.evaluate.gold import merged, read_gold
from kg.evaluate.sheet import TYPES, Dating, Figure, Said, Sheet
from kg.rdf import RELATIONS

_ORDER = ("entities", *TYPES, "facts", *RELATIONS, "position", "finances", "dates", "observations", "all statements")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, and what follows from them."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    def as_dict(self) -> dict[str, float]:
        """Return the figures under the names that reports in JSON use."""
        return {
            "p": self.precision,
            "r": self.recall,
            "f1": self.f1,
            "tp": self.right,
            "fp": self.extra,
            "fn": self.missed,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that gold and graph do not agree on."""

    source: str
    kind: str
    """`missed` or `extra`."""
    what: str
    """An entity's type, a predicate, or `observation`."""
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """Scores in the order in which they are shown: entities, each type, facts, each predicate, dates, observations."""

    scores: dict[str, Score]
    differences: tuple[Difference, ...]
    sources: tuple[str, ...] = ()
    """Files that the graph was built from."""
    absent: tuple[str, ...] = ()
    """Files that gold annotates and the graph was not built from: all in them is missed."""


def evaluate(graph: Graph, gold: Path | str, source: str = "") -> Report:
    """Compare a graph with the gold files of a folder.

    Each gold file is compared with the source file of its own stem (`a12.json`, `a12.txt`); with a source given, all
    gold files together are compared with that one.
    """
    built, sheets = Built(graph), read_gold(Path(gold))
    sources = built.sources()
    if source:
        pairs = [(merged(sheets.items()), source)]
    else:
        known = {PurePosixPath(name).stem: name for name in sources}
        pairs = [(sheet, known.get(stem, f"{stem}.txt")) for stem, sheet in sheets.items()]
    scores: dict[str, Score] = defaultdict(Score)
    differences: list[Difference] = []
    for sheet, name in pairs:
        comparison = _Comparison(sheet, built, name)
        for what, score in comparison.counted():
            scores[what] += score
        differences += comparison.differences
    scores["all statements"] = scores["facts"] + scores["dates"] + scores["observations"]
    return Report(
        {what: scores[what] for what in _ORDER if what in scores},
        tuple(differences),
        tuple(sources),
        tuple(name for _, name in pairs if name not in sources),
    )


class _Comparison:
    """One gold sheet against what the graph says of one source."""

    def __init__(self, gold: Sheet, built: Built, source: str) -> None:
        self.gold, self.source, self.built = gold, source, built
        self.predicted = built.sheet(source)
        self.gold_of = self._paired()
        """Gold key by predicted key."""
        self.differences: list[Difference] = []

    def counted(self) -> Iterable[tuple[str, Score]]:
        """Yield scores; the differences are known when all of them have been taken."""
        yield from self._entities()
        yield from self._facts()
        yield "dates", self._dates()
        yield "observations", self._figures()

    def _paired(self) -> dict[str, str]:
        """Pair entities of one type that share a name, the best first: most names, then most statements shared.

        The statements tell two people of one name apart.
        """
        said_of_gold, said_of_built = _said_of(self.gold, self._names), _said_of(self.predicted, self._names)
        ranked = []
        for gold_key, entity in self.gold.entities.items():
            for key, other in self.predicted.entities.items():
                if other.type == entity.type and (shared := other.names & entity.names):
                    said = sum(
                        any(p == p2 and x == x2 and names & names2 for p2, x2, names2 in said_of_built[key])
                        for p, x, names in said_of_gold[gold_key]
                    )
                    ranked.append((-len(shared), -said, gold_key, key))
        pairs: dict[str, str] = {}
        taken: set[str] = set()
        for _, _, gold_key, key in sorted(ranked):
            if key not in pairs and gold_key not in taken:
                pairs[key] = gold_key
                taken.add(gold_key)
        return pairs

    def _names(self, key: str) -> frozenset[str]:
        """Return the folded names behind a key of either side; an object need not be mentioned in this source."""
        if key in self.gold.entities:
            return self.gold.entities[key].names
        entity = self.built.entity(key)
        return entity.names if entity else frozenset({key})

    def _entities(self) -> Iterable[tuple[str, Score]]:
        found = set(self.gold_of.values())
        for type_ in TYPES:
            gold = {k for k, e in self.gold.entities.items() if e.type == type_}
            built = {k for k, e in self.predicted.entities.items() if e.type == type_}
            self._note("missed", type_, (self.gold.show(k) for k in gold - found))
            self._note("extra", type_, (self.predicted.show(k) for k in built - set(self.gold_of)))
            right = len(gold & found)
            score = Score(right, len(built) - right, len(gold) - right)
            yield type_, score
            yield "entities", score

    def _facts(self) -> Iterable[tuple[str, Score]]:
        left = dict(self.gold.facts)
        right: Counter[str] = Counter()
        for fact in self.predicted.facts:
            if hit := next((g for g in left if self._agree(g, fact)), None):
                del left[hit]
                right[fact.predicate] += 1
            else:
                self._note("extra", fact.predicate, [_shown(fact, self._label)])
        for fact in left:
            self._note("missed", fact.predicate, [_shown(fact, self.gold.show)])
        in_gold, in_built = _by_predicate(self.gold), _by_predicate(self.predicted)
        for p in in_gold | in_built:
            score = Score(right[p], in_built[p] - right[p], in_gold[p] - right[p])
            yield p, score
            yield "facts", score

    def _agree(self, gold: Said, fact: Said) -> bool:
        subject, target = self.gold_of.get(fact.subject), self.gold_of.get(fact.object)
        if gold.predicate != fact.predicate or not subject:
            return False
        if fact.predicate == "serves":
            return gold.subject == subject and _overlap(gold.object, fact.object) > 0.5
        if fact.predicate == "cooperatesWith":
            return {gold.subject, gold.object} == {subject, target}
        if fact.predicate == "position" and not fact.object:
            target = ""
        return (gold.subject, gold.object, gold.extra) == (subject, target, fact.extra)

    def _dates(self) -> Score:
        built = {Dating(d.predicate, self.gold_of.get(d.subject, ""), d.value) for d in self.predicted.dates}
        for kind, dates, show in (
            ("extra", self.predicted.dates, self._label),
            ("missed", self.gold.dates - built, self.gold.show),
        ):
            for d in dates:
                same = Dating(d.predicate, self.gold_of.get(d.subject, ""), d.value)
                if kind == "missed" or same not in self.gold.dates:
                    self._note(kind, d.predicate, [f"{show(d.subject)} {d.value}"])
        right = len(built & self.gold.dates)
        return Score(right, len(built) - right, len(self.gold.dates) - right)

    def _figures(self) -> Score:
        left = dict(self.gold.figures)
        right = 0
        for figure in self.predicted.figures:
            same = Figure(self.gold_of.get(figure.subject, ""), figure.value, figure.unit)
            if same in left:
                del left[same]
                right += 1
            else:
                self._note("extra", "observation", [_figure(figure, self._label)])
        self._note("missed", "observation", (_figure(f, self.gold.show) for f in left))
        return Score(right, len(self.predicted.figures) - right, len(left))

    def _label(self, key: str) -> str:
        """Return the name of a predicted key."""
        entity = self.built.entity(key)
        return entity.label if entity else key

    def _note(self, kind: str, what: str, words: Iterable[str]) -> None:
        self.differences += [Difference(self.source, kind, what, w) for w in sorted(words)]


def _said_of(
    sheet: Sheet, names: Callable[[str], frozenset[str]]
) -> dict[str, list[tuple[str, str | float | None, frozenset[str]]]]:
    """Return by entity what is said of it: predicate, extra, and the names at the other end."""
    said: dict[str, list[tuple[str, str | float | None, frozenset[str]]]] = defaultdict(list)
    for f in sheet.facts:
        said[f.subject].append((f.predicate, f.extra, names(f.object)))
        said[f.object].append((f.predicate, f.extra, names(f.subject)))
    return said


def _by_predicate(sheet: Sheet) -> Counter[str]:
    return Counter(fact.predicate for fact in sheet.facts)


def _overlap(a: str, b: str) -> float:
    """Return the share of the longer text's characters that the other has as well."""
    return (Counter(a) & Counter(b)).total() / max(len(a), len(b), 1)


def _shown(fact: Said, show: Callable[[str], str]) -> str:
    extra = f"{fact.extra:g}" if isinstance(fact.extra, float) else fact.extra or ""
    return f"{show(fact.subject)} {fact.predicate} {show(fact.object)} {extra}".rstrip()


def _figure(figure: Figure, show: Callable[[str], str]) -> str:
    value = "?" if figure.value is None else f"{figure.value:.15g}"
    return f"{show(figure.subject)} {value} {figure.unit}".rstrip()
