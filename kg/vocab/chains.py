"""Read names of divisions that stand in a chain, as a sidecar's `home` writes them: 江苏省南京市鼓楼区.

In: a name, with or without what lies above it. Out: the division down to counties that it ends in. The trap:
the last name may be borne by several divisions, of which those above it choose one (鼓楼区), and it may be a town's,
which is not looked for here: its county stands for it (嘉兴市秀洲区新塍镇 → 秀洲区).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.characters import same_script
from kg.vocab import divisions
from kg.vocab.divisions import Division

_LONGEST = 80
"""Characters of a chain: three names of autonomous divisions, each of 20 at most, and a town's; each part is looked up,
so that a chapter in a sidecar's place would be looked at for hours."""


def last_of_chain(name: str) -> Division | None:
    """Return the division down to counties that a chain of names ends in; None if that is unknown, or one of several.

    >>> last_of_chain("北京市朝阳区").code
    '110105'
    """
    if len(name) > _LONGEST:
        return None
    name = same_script(name)
    return _ending(name, short=True) or next(
        filter(None, (_ending(name[:end]) for end in range(len(name) - 1, 2, -1))), None
    )


def _ending(chain: str, *, short: bool = False) -> Division | None:
    """Return the division whose name ends the chain; short names count only where nothing was cut off behind them."""
    for start in range(len(chain) - 1):
        word, above = chain[start:], chain[:start]
        found = [d for d in divisions.down_to_counties(word) if short or d.name == word]
        if division := divisions.largest(found) or divisions.largest(_best_within(found, above)):
            return division
    return None


def _best_within(found: Sequence[Division], chain: str) -> list[Division]:
    """Return those of which the chain names most that lies above: of 江苏省南京市, 鼓楼区 in 南京, not that in 徐州."""
    named = [sum(_is_named(above, chain) for above in divisions.ancestors(d.code)) for d in found]
    return [d for d, count in zip(found, named, strict=True) if count == max(named) > 0]


def _is_named(division: Division, chain: str) -> bool:
    return any(name in chain for name in (division.name, *divisions.short_forms(division)))
