"""The cast of invented articles: real divisions of a county, and people, bodies and schemes that are invented for it.

In: the county's code and a seed. Out: `Thing` records by slot name (`township`, `bank`, `secretary` …) for one article.
What is asked for twice is the same both times: each village has one secretary, each county one bank, so that articles
speak of the same things and resolution has something to join. The trap: names must be such as could be printed, and
none may hold a word that makes it something else; so they are built of characters that real names are built of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random

from big_world import place_stem

from kg.vocab import divisions, lexicon, words
from kg.vocab.divisions import Division

_SCHEMES = ("板凳", "凉亭", "田埂", "灯下", "河畔", "晒场", "茶桌", "石桥", "老井", "屋檐", "渡口", "磨坊")
_DOINGS = ("夜话", "议事", "说事", "课堂", "帮办", "讲堂", "评理", "恳谈")
_KINDS = ("工作法", "机制", "行动", "活动")
_CROPS = ("稻香", "茶香", "橘红", "麦浪", "藕田", "竹海", "渔舟", "桑园")
_BUREAUS = ("农业农村局", "民政局", "水利局", "林业局", "交通运输局", "司法局")
_FIRMS = ("农业发展有限公司", "纺织有限公司", "新材料有限公司", "食品有限公司", "机械有限公司")
_HONOURS = ("省级美丽乡村示范村", "全国文明村", "市级卫生村", "省级民主法治村", "全国乡村治理示范村")
GROUPS = ("老人", "农户", "职工", "学生")


@dataclass(frozen=True)
class Thing:
    """Something with a name, as articles print it."""

    type: str
    name: str
    printed: str = ""
    """How it stands in the text where that differs: with quotation marks."""
    aliases: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is printed."""
        return self.printed or self.name


class County:
    """A county that articles are written about."""

    def __init__(self, code: str, seed: int) -> None:
        division = divisions.by_code(code)
        assert division
        above = divisions.by_code(division.parent)
        self.seed, self.code, self.name = seed, code, division.name
        self.home = (above.name if above else "") + division.name
        self.stem = divisions.stem(division.name)
        self._people: dict[str, str] = {}
        self._taken: set[str] = set()
        self.townships = towns(code)

    def cast(self, random: Random) -> dict[str, Thing]:
        """Return the things that one article may speak of."""
        township = random.choice(self.townships)
        village, village2 = random.sample(_villages(township.code), 2)
        bureau = random.choice(_BUREAUS)
        firm = random.randrange(len(self.townships) * 3)
        return {
            "county": Thing("Place", self.name),
            "township": Thing("Place", township.name),
            "village": Thing("Place", village),
            "village2": Thing("Place", village2),
            "branch": Thing("Organization", village + "党支部"),
            "branch2": Thing("Organization", village2 + "党支部"),
            "bureau": Thing("Organization", self.name + bureau),
            "bank": Thing("Organization", self.name + "农商银行"),
            "firm": Thing("Organization", self._firm(firm)),
            "facility": Thing("Facility", township.name + random.choice(("文化中心", "老年活动中心", "图书馆"))),
            "project": Thing("Project", self._own(f"project {firm}", place_stem) + "产业园项目"),
            "policy": self._policy(bureau),
            "honour": Thing("Honour", random.choice(_HONOURS)),
            **self._schemes(township.code, random),
            **self._persons(township.code + village, village2, bureau, firm),
        }

    def person(self, post: str) -> Thing:
        """Return who holds a post, always the same; no two of the county share a name."""
        if post not in self._people:
            self._people[post] = self._unused(post)
        return Thing("Person", self._people[post])

    def _persons(self, village: str, village2: str, bureau: str, firm: int) -> dict[str, Thing]:
        township = village[:9]
        posts = {
            "secretary": f"{village} secretary",
            "clerk": f"{village} clerk",
            "secretary2": f"{township}{village2} secretary",
            "farmer": f"{village} farmer",
            "master": f"{village} master",
            "pupil": f"{village} pupil",
            "mayor": f"{township} mayor",
            "chief": bureau,
            "boss": f"firm {firm}",
        }
        return {slot: self.person(post) for slot, post in posts.items()}

    def _schemes(self, township: str, random: Random) -> dict[str, Thing]:
        own = self._random(f"schemes {township} {random.randrange(2)}")
        brand = own.choice(_SCHEMES) + own.choice(_DOINGS)
        kind = own.choice(_KINDS)
        crop = self._random(f"product {random.randrange(3)}").choice(_CROPS) + "贷"
        platform = f"{self.stem}事快办"
        return {
            "programme": Thing("Programme", f"“{brand}”{kind}", f"“{brand}”{kind}", (brand,)),
            "product": Thing("Product", crop, f"“{crop}”"),
            "platform": Thing("Platform", f"“{platform}”平台", f"“{platform}”平台", (platform,)),
        }

    def _policy(self, bureau: str) -> Thing:
        name = f"《{self.name}{bureau.removesuffix('局')}工作管理办法》"
        return Thing("Policy", name, name, (name.strip("《》"),))

    def _firm(self, number: int) -> str:
        own = self._random(f"firm {number}")
        return self.name + place_stem(own) + own.choice(_FIRMS)

    def _unused(self, post: str) -> str:
        for attempt in range(1000):
            name = _person_name(self._random(f"{post} {attempt}"))
            if name not in self._taken:
                self._taken.add(name)
                return name
        raise ValueError("too many people for one county")

    def _own(self, what: str, make: object) -> str:
        assert callable(make)
        return str(make(self._random(what)))

    def _random(self, what: str) -> Random:
        return Random(f"{self.seed} {self.code} {what}")


def towns(county: str) -> list[Division]:
    """Return the towns of a county that have two villages or more."""
    return [t for t in divisions.townships(county) if t.name.endswith("镇") and len(_villages(t.code)) > 1]


@lru_cache(2000)
def _villages(township: str) -> list[str]:
    found = [d.name for d in divisions.villages(township) if d.name.endswith("村") and 3 <= len(d.name) <= 5]
    return sorted({name for name in found if found.count(name) == 1})


def _person_name(random: Random) -> str:
    surnames, given = _person_characters()
    return random.choice(surnames) + "".join(random.choices(given, k=1 if random.random() < 0.2 else 2))


@cache
def _person_characters() -> tuple[list[str], list[str]]:
    given = [row["character"] for row in lexicon("name_characters") if int(row["last"]) > 15]
    return sorted(words("surnames", "surname", **{"class": "common"})), given
