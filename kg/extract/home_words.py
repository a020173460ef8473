"""What 我县, 我市, 我区 of an article means that never writes the name: the newspaper's own county, city or district.

In: an article whose sidecar (or newspaper's name) tells its home, and the codes of the places that it names. Out:
mentions that give their entity the gazetteer's name. The trap: where the article does name the place, the word points
back to that name (`anaphora`), and 全县 or 县里 alone promise no more than a county.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from kg.extract.in_order import are_in_one
from kg.extract.scope import home_division
from kg.model import Article, EntityType, Mention
from kg.vocab import divisions, lexicon

_OURS = re.compile("我(?P<level>[省市州盟县区旗])")
_CONFIDENCE = 0.8


def homes(article: Article, named: Container[str]) -> Iterator[Mention]:
    """Yield a mention for each 我县 and the like that means the newspaper's home or a division above it, not named.

    `我县举行集中开工仪式`, home 商城县 → 商城县; `我区` at home in 鄂托克旗 → 内蒙古自治区.
    """
    home = home_division(article)
    if home is None:
        return
    bodies = sorted(article.bodies())
    chain = (home, *divisions.ancestors(home.code))
    for m in _OURS.finditer(article.text):
        if article.text[m.end() : m.end() + 1] in _not_before(m["level"]):
            continue
        meant = next((d for d in chain if d.name.endswith(m["level"])), None)
        if meant and meant.code not in named and are_in_one(bodies, m.start(), m.end()):
            yield Mention(
                start=m.start(),
                end=m.end(),
                text=m[0],
                type=EntityType.PLACE,
                rule="place.home",
                name=meant.name,
                kind=meant.kind,
                code=meant.code,
                anaphor=True,
                confidence=_CONFIDENCE,
            )


def _not_before(level: str) -> str:
    """Return what may not follow a word for a level: 我市|场."""
    return next((r["not_before"] for r in lexicon("org_levels") if r["word"] == level), "") or "\0"
