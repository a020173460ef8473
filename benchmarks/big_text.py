"""Write newspaper articles in any number, with the truth about each, to measure speed and quality at any scale.

In: how many, a folder and a seed. Out: articles about real counties and invented people, put together from the
sentences of `big_text.tsv`; for each the gold annotation that `kg evaluate` reads. The same number and seed give the
same bytes. The trap: an article must state nothing but what its annotation holds, so that sentences between the facts
name nothing, and a thing is annotated only where its name was printed.

    python benchmarks/big_text.py 300 /tmp/articles            # a text, a sidecar and a gold file each
    python benchmarks/big_text.py 100000 /tmp/many --jsonl     # a file for each county, one article a line, no gold
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from big_county import GROUPS, County, Thing, towns

from kg.vocab import divisions

ARTICLES_PER_COUNTY = 200
_SENTENCES = Path(__file__).with_suffix(".tsv")
_SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
_DATES = ("started", "founded", "opened")
_TITLES = (
    "{programme}里的暖心事",
    "{village}的新鲜事",
    "{township}：小事商量着办",
    "一张板凳坐到一起",
    "家门口的好办法",
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with slots, and what it states."""

    part: str
    words: str
    facts: tuple[tuple[str, ...], ...]


@dataclass
class Article:
    """An article as a newspaper prints it, and the truth about it."""

    name: str
    title: str
    reporter: str
    published: str
    home: str
    paragraphs: list[str] = field(default_factory=list)
    gold: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The page: title, byline, paragraphs."""
        return "\n\n".join((self.title, f"记者 {self.reporter}", *self.paragraphs)) + "\n"


def write_articles(number: int, seed: int = 7) -> Iterator[Article]:
    """Yield so many articles, those about one county one after the other."""
    random = Random(seed)
    codes = [d.code for d in divisions.upper() if d.kind == "County"]
    random.shuffle(codes)
    # Two counties of one name, or one of hardly any towns, would make truths that no article tells.
    chosen = (c for c in codes if len(towns(c)) > 3 and divisions.resolve(_name(c)))
    for first in range(0, number, ARTICLES_PER_COUNTY):
        county = County(next(chosen), seed)
        for nth in range(min(ARTICLES_PER_COUNTY, number - first)):
            yield _Writer(county, first + nth, Random(f"{seed} {first + nth}")).write()


class _Writer:
    """Writes one article."""

    def __init__(self, county: County, number: int, random: Random) -> None:
        self.random, self.county = random, county
        self.things = county.cast(random)
        self.month, self.day = random.randint(3, 12), random.randint(2, 28)
        self.year = random.randint(2018, 2024)
        self.values: dict[str, Any] = {}
        self.printed: dict[str, None] = {}
        self.facts: list[tuple[str, ...]] = []
        self.figures: list[dict[str, Any]] = []
        self.dates: list[dict[str, str]] = []
        published = f"{self.year}-{self.month:02}-{self.day:02}"
        reporter = county.person(f"reporter {random.randrange(6)}").name
        self.article = Article(f"{county.code}-{number:07}", "", reporter, published, county.home)

    def write(self) -> Article:
        filler = self._some("filler", 5)
        self._paragraph([*self._some("lead", 1), filler.pop()])
        body = self._some("body", self.random.randint(5, 10))
        self.random.shuffle(body)
        for at in range(0, len(body), 3):
            self._paragraph(body[at : at + 3] + filler[at // 3 : at // 3 + 1])
        self._paragraph(self._some("close", 1))
        self.article.title = self._title()
        self.article.gold = self._gold()
        return self.article

    def _some(self, part: str, number: int) -> list[Sentence]:
        return self.random.sample(_sentences()[part], number)

    def _paragraph(self, sentences: list[Sentence]) -> None:
        self.article.paragraphs.append("".join(map(self._say, sentences)))

    def _title(self) -> str:
        """Return a title that names nothing but what the text names."""
        titles = [t for t in _TITLES if all(slot in self.printed for slot, _, _ in _SLOT.findall(t))]
        return _SLOT.sub(lambda found: self.things[found[1]].text, self.random.choice(titles))

    def _say(self, sentence: Sentence) -> str:
        ago, past = self.year - self.random.randint(2, 9), self.random.randint(1, self.month - 1)
        dates = {"ago": str(ago), "past": f"{self.year}-{past:02}", "year": str(self.year)}
        day, group = f"{self.month}月{self.day - 1}日", self.random.choice(GROUPS)
        self.values = {"ago": ago, "past": past, "day": day, "group": group, "dates": dates}
        text = _SLOT.sub(self._slot, sentence.words)
        for fact in sentence.facts:
            self._state(*fact)
        return text

    def _slot(self, found: re.Match[str]) -> str:
        slot, low, high = found.groups()
        if low:
            self.values[slot] = self.random.randint(int(low), int(high))
        if slot in self.values:
            return str(self.values[slot])
        self.printed[slot] = None
        return self.things[slot].text

    def _state(self, predicate: str, subject: str, *rest: str) -> None:
        if predicate == "figure":
            self._figure(subject, *rest)
        elif predicate in _DATES:
            self.dates.append({"s": subject, "p": predicate, "value": self.values["dates"][rest[0]]})
        else:
            # A body or place within a printed name is a thing that the article names: 红旗村党支部, 红旗村.
            self.printed |= dict.fromkeys(r for r in (subject, rest[0]) if r in self.things)
            self.facts.append((predicate, subject, *map(self._value, rest)))

    def _figure(self, subject: str, value: str, unit: str) -> None:
        self.figures.append({"s": subject, "indicator": "", "value": self._number(value), "unit": unit})

    def _value(self, word: str) -> str:
        """Return what a word of a fact means: a number of this sentence, the group that it names, or itself."""
        if word == "group":
            return str(self.values["group"])
        return str(self._number(word)) if word.partition("*")[0] in self.values else word

    def _number(self, value: str) -> int:
        name, _, factor = value.partition("*")
        return int(self.values[name]) * int(factor or 1)

    def _gold(self) -> dict[str, Any]:
        """Return the annotation: what was printed, and what was stated about it."""
        entities = [_entity(slot, self.things[slot]) for slot in self.printed]
        entities.append(_entity("reporter", Thing("Person", self.article.reporter)))
        return {
            "id": self.article.name,
            "title": self.article.title,
            "authors": [self.article.reporter],
            "photographers": [],
            "published": self.article.published,
            "entities": entities,
            "facts": list(self._facts()),
            "dates": self.dates,
            "observations": self.figures,
        }

    def _facts(self) -> Iterator[dict[str, Any]]:
        for predicate, subject, target, *extra in dict.fromkeys(self.facts):
            if predicate == "position":
                yield {"s": subject, "p": predicate, "o": None if target == "-" else target, "role": extra[0]}
            elif predicate == "finances":
                yield {"s": subject, "p": predicate, "o": target, "amount": int(extra[0])}
            else:
                yield {"s": subject, "p": predicate, "o": target}


def _entity(slot: str, thing: Thing) -> dict[str, Any]:
    return {"id": slot, "type": thing.type, "name": thing.name, "aliases": list(thing.aliases)}


def _name(code: str) -> str:
    division = divisions.by_code(code)
    return division.name if division else ""


@cache
def _sentences() -> dict[str, list[Sentence]]:
    """Return the sentences by part."""
    found: dict[str, list[Sentence]] = {}
    lines = _SENTENCES.read_text(encoding="utf-8").splitlines()[1:]
    for line in (line for line in lines if not line.startswith("#")):
        part, words, facts = line.split("\t")
        stated = tuple(tuple(fact.split()) for fact in facts.split(";") if fact.strip())
        found.setdefault(part, []).append(Sentence(part, words, stated))
    return found


def write_folder(articles: Iterator[Article], folder: Path) -> None:
    """Write a text, a sidecar and a gold file for each article, all in one folder, as `kg evaluate` wants them."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        file = folder / article.name
        file.with_suffix(".txt").write_text(article.text, encoding="utf-8")
        sidecar = f'published = "{article.published}"\nhome = "{article.home}"\n'
        file.with_suffix(".meta.toml").write_text(sidecar, encoding="utf-8")
        gold = json.dumps(article.gold, ensure_ascii=False, indent=1)
        file.with_suffix(".json").write_text(gold + "\n", encoding="utf-8")


def write_lines(articles: Iterator[Article], folder: Path) -> None:
    """Write the articles about each county as JSON Lines, in a file that is called as the county is."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kg.toml").write_text('paths = "{home}.jsonl"\n', encoding="utf-8")
    for home, group in groupby(articles, lambda article: article.home):
        with (folder / f"{home}.jsonl").open("w", encoding="utf-8") as stream:
            for article in group:
                row = {"title": article.title, "author": f"记者 {article.reporter}", "date": article.published}
                row["text"] = "\n".join(article.paragraphs)
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Write articles as the command line says."""
    parser = argparse.ArgumentParser(description="Write invented articles with their gold annotation.")
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jsonl", action="store_true", help="a file for each county, without gold")
    asked = parser.parse_args()
    write = write_lines if asked.jsonl else write_folder
    write(write_articles(asked.number, asked.seed), asked.folder)


if __name__ == "__main__":
    main()
