"""Invent a graph of any size that looks like a build of real newspapers, to measure what large graphs cost.

In: how many entities, and a seed. Out: a `KnowledgeGraph` with 2.5 statements to an entity, of all five kinds, and an
article to five entities; each statement but the gazetteer's stands in an article, in words that name both of its ends.
The same number and seed give the same graph. The trap: real graphs have hubs and leaves, and what one article tells
lies close together; so half of the subjects are taken in turn, the other half is taken often from the first of a
county, and few statements lead out of it.

    python benchmarks/big_graph.py 20000 output/big.html    # writes the page of such a graph
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from big_world import County, invent_counties, place_stem

from kg.graph import (
    DateStatement,
    Entity,
    EntityMention,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    Passage,
    RelationStatement,
    SourceArticle,
    SourceDocument,
    Statement,
    collect,
)
from kg.model import EntityType as T

STATEMENTS_PER_ENTITY = 2.5
ENTITIES_PER_ARTICLE = 5
_AWAY = 0.06
"""Share of the objects that lie in another county."""
_HUBS = 2.5
"""How much oftener the first things of a county are spoken of than its last: the power of an even random number."""
_RELATIONS = (
    (T.PLACE, "implements", T.PROGRAMME, "{s}今年起开展“{o}”活动，各村干部轮流到场。"),
    (T.ORGANIZATION, "implements", T.PROGRAMME, "{s}牵头的“{o}”已办到村口，群众反响热烈。"),
    (T.ORGANIZATION, "implements", T.PROJECT, "据介绍，{s}承建的{o}正在加紧施工。"),
    (T.ORGANIZATION, "locatedIn", T.PLACE, "位于{o}的{s}门口一早就排起了队。"),
    (T.FACILITY, "locatedIn", T.PLACE, "走进{o}的{s}，墙上挂着今年的议事记录。"),
    (T.PROGRAMME, "locatedIn", T.PLACE, "“{s}”最先在{o}试行，如今每月两次。"),
    (T.PROJECT, "locatedIn", T.PLACE, "落户{o}的{s}已完成主体工程。"),
    (T.ORGANIZATION, "offers", T.PRODUCT, "{s}推出的“{o}”三天内即可放款。"),
    (T.ORGANIZATION, "issues", T.POLICY, "{s}出台{o}，明确了办理时限。"),
    (T.PLACE, "operates", T.PLATFORM, "{s}上线“{o}”，村民用手机就能报事。"),
    (T.PLACE, "participatesIn", T.PROGRAMME, "{s}参加了“{o}”的首场活动。"),
    (T.ORGANIZATION, "cooperatesWith", T.ORGANIZATION, "{s}与{o}签订合作协议，共同培训农户。"),
    (T.ORGANIZATION, "inspects", T.ORGANIZATION, "{s}上周检查了{o}的安全生产。"),
    (T.PROGRAMME, "serves", T.GROUP, "“{s}”主要服务{o}，全年不间断。"),
    (T.FACILITY, "recognizedAs", T.HONOUR, "{s}被评为{o}，经验在全市推广。"),
    (T.PROGRAMME, "partOf", T.PROGRAMME, "“{s}”是“{o}”的子品牌。"),
    (T.PERSON, "mentors", T.PERSON, "{s}带着徒弟{o}挨家走访。"),
    (T.PERSON, "memberOf", T.ORGANIZATION, "{s}是{o}的会员。"),
)
_DATES = (
    (T.PROGRAMME, "started", "“{s}”于{time}启动。"),
    (T.ORGANIZATION, "founded", "{s}成立于{time}。"),
    (T.PROJECT, "completed", "{s}{time}建成投用。"),
    (T.FACILITY, "opened", "{s}{time}对外开放。"),
)
_ROLES = ("党委书记", "主任", "镇长", "社区书记", "总经理", "行长", "校长", "网格员")
_FIGURES = (
    ("产值", "万元"),
    ("场次", "场"),
    ("志愿者人数", "人"),
    ("种植面积", "亩"),
    ("户数", "户"),
    ("就业人数", "人"),
    ("占比", "%"),
)
_FILLERS = (
    "“以前办事要跑好几趟，现在家门口就能办好。”一位村民笑着说。",
    "当天下了小雨，院子里还是坐满了人，大家你一言我一语，把难事一件件摆到桌面上。",
    "活动现场，{s}也被请上了台。",
    "记者在村口看到，{s}的名字写在红榜上，旁边是今年要办的实事清单。",
)


def invent(entities: int, seed: int = 7) -> KnowledgeGraph:
    """Return a graph of exactly so many entities."""
    random = Random(seed)
    counties = invent_counties(entities, random)
    writers = [_Writer(county, counties, random) for county in counties]
    known = [s for writer in writers for s in writer.gazetteer()]
    articles = max(1, entities // ENTITIES_PER_ARTICLE)
    wanted = round(entities * STATEMENTS_PER_ENTITY) - len(known)
    for number in range(articles):
        told = wanted * (number + 1) // articles - wanted * number // articles
        writers[number % len(writers)].write_article(number, told)
    return collect(
        documents=[SourceDocument(f"document/{i:06}", f"{i:06}.txt", f"{i:064}", "虚构日报") for i in range(articles)],
        articles=(a for w in writers for a in w.articles),
        passages=(p for w in writers for p in w.passages),
        entities=(e for county in counties for things in county.things.values() for e in things),
        statements=[*known, *(s for w in writers for s in w.statements)],
    )


class _Writer:
    """Writes the articles of one county: a sentence for each statement, and where its names stand."""

    def __init__(self, county: County, counties: list[County], random: Random) -> None:
        self.county = county
        self.counties = counties
        self.random = random
        self.turns: dict[T, Iterator[Entity]] = {t: cycle(things) for t, things in county.things.items() if things}
        self.everyone = cycle(e for things in county.things.values() for e in things)
        self.articles: list[SourceArticle] = []
        self.passages: list[Passage] = []
        self.statements: list[Statement] = []
        self._tell: list[Callable[[], Statement]] = [
            *[self._relation] * 11,
            *[self._figure] * 5,
            *[self._position] * 3,
            *[self._date] * 2,
            self._funding,
        ]

    def gazetteer(self) -> list[Statement]:
        """Return the containment of the county's places, which no article need tell."""
        return [
            RelationStatement(
                id=self._id(),
                passages=(),
                rules=("gazetteer",),
                confidence=1.0,
                subject=s,
                predicate="within",
                object=o,
            )
            for s, o in self.county.parents.items()
        ]

    def write_article(self, number: int, statements: int) -> None:
        """Write one article that makes so many statements."""
        day = f"{2018 + number % 8}-{1 + number % 12:02}-{1 + number % 28:02}"
        self.article = f"article/{number:06}-{self.random.getrandbits(32):08x}-01"
        self.day = day
        headline = f"{self._take(T.PLACE).label}：{place_stem(self.random)}里的好办法"
        self.text = [headline, "\n"]
        self.length = len(headline) + 1
        self.mentions: list[EntityMention] = []
        for _ in range(statements):
            self.statements.append(self.random.choice(self._tell)())
            if self.random.random() < 0.8:
                self._say(self.random.choice(_FILLERS), s=next(self.everyone))
        signed = tuple(e.id for e in self.county.things[T.PERSON][-3:][:1])
        self.articles.append(
            SourceArticle(
                id=self.article,
                document=f"document/{number:06}",
                text="".join(self.text),
                headline=headline,
                published=day,
                authors=signed,
                mentions=tuple(self.mentions),
            )
        )

    def _relation(self) -> Statement:
        subject_type, predicate, object_type, words = self.random.choice(_RELATIONS)
        s, o = self._subject(subject_type), self._object(object_type)
        if s is o:
            return self._figure()
        return RelationStatement(**self._by(words, s=s, o=o), subject=s.id, predicate=predicate, object=o.id)

    def _figure(self) -> Statement:
        about = self._subject(self.random.choice((T.PLACE, T.PROGRAMME, T.ORGANIZATION)))
        indicator, unit = self.random.choice(_FIGURES)
        value = Decimal(self.random.randint(1, 9000)) / 10
        by = self._by(f"去年，{{s}}的{indicator}达到{value}{unit}，比上年又有增加。", s=about)
        return ObservationStatement(
            **by, about=about.id, indicator=indicator, value=value, unit=unit, time=str(int(self.day[:4]) - 1)
        )

    def _position(self) -> Statement:
        person, body = self._subject(T.PERSON), self._object(T.ORGANIZATION)
        role = self.random.choice(_ROLES)
        by = self._by(f"{{o}}{role}{{s}}说，办法是群众一起想出来的。", s=person, o=body)
        return Membership(**by, member=person.id, organization=body.id, role=role, time=self.day)

    def _date(self) -> Statement:
        type_, predicate, words = self.random.choice(_DATES)
        subject = self._subject(type_)
        value = f"{self.random.randint(1998, 2025)}-{self.random.randint(1, 12):02}"
        words = words.replace("{time}", f"{value[:4]}年{int(value[5:])}月")
        return DateStatement(**self._by(words, s=subject), subject=subject.id, predicate=predicate, value=value)

    def _funding(self) -> Statement:
        funder, recipient = self._subject(T.ORGANIZATION), self._object(T.PLACE)
        amount = self.random.randint(1, 500)
        by = self._by(f"{{s}}向{{o}}发放贷款{amount}万元。", s=funder, o=recipient)
        return FundingStatement(
            **by, funder=funder.id, recipient=recipient.id, amount=Decimal(amount * 10_000), time=self.day
        )

    def _by(self, words: str, **named: Entity) -> dict[str, Any]:
        """Write the sentence; return identifier, passage, rule and confidence of the statement that it makes."""
        start = self.length
        sentence = self._say(words, **named)
        passage = Passage(
            f"passage/{self.article[8:]}-{start}-{self.length}", self.article, start, self.length, sentence
        )
        self.passages.append(passage)
        confidence = self.random.randint(10, 19) / 20
        return {"id": self._id(), "passages": (passage.id,), "rules": ("invented",), "confidence": confidence}

    def _say(self, words: str, **named: Entity) -> str:
        pieces = []
        for piece in words.replace("}", "{").split("{"):
            entity = named.get(piece)
            text = entity.label if entity else piece
            if entity:
                self.mentions.append(EntityMention(self.length, self.length + len(text), entity.id))
            pieces.append(text)
            self.length += len(text)
        self.text += pieces
        return "".join(pieces)

    def _id(self) -> str:
        return f"statement/{self.random.getrandbits(64):016x}"

    def _subject(self, type_: T) -> Entity:
        """Return a thing of the county: each in turn, or one of the first."""
        if self.random.random() < 0.5 and type_ in self.turns:
            return next(self.turns[type_])
        return self._take(type_)

    def _object(self, type_: T) -> Entity:
        if self.random.random() < _AWAY:
            return self._take(type_, self.random.choice(self.counties))
        return self._take(type_)

    def _take(self, type_: T, county: County | None = None) -> Entity:
        """Return a thing of a type, the first ones oftener; of another type where a small county has none."""
        things = (county or self.county).things
        offered = things[type_] or things[T.PLACE] or self.counties[0].things[T.PLACE]
        return offered[int(len(offered) * self.random.random() ** _HUBS)]


def main(entities: str = "20000", target: str = "output/big.html") -> None:
    """Write the page of an invented graph."""
    from kg.export.html import write_html

    begin = time.perf_counter()
    graph = invent(int(entities))
    print(
        f"{len(graph.entities):,} entities, {len(graph.statements):,} statements: {time.perf_counter() - begin:.1f} s"
    )
    begin = time.perf_counter()
    with Path(target).open("w", encoding="utf-8") as stream:
        write_html(graph, stream)
    print(f"{target}: {Path(target).stat().st_size / 1e6:.1f} MB, {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
