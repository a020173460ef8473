"""Find mentions of persons: byline, full names, repetitions, partial names and short forms.

In: an article with the places and bodies found before; out: Person mentions. Once a full name is found by strong
evidence, every further occurrence is one as well (`“罗天贵劳模创新工作室”` names 罗天贵). The trap: two people may
bear one name in one article; their mentions get the codes `#1` and `#2` (`namesakes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.namesakes import told_apart
from kg.extract.partial_names import partial_names
from kg.extract.person_contexts import PLAIN, Found, full_names
from kg.extract.person_names import is_everyday_word
from kg.extract.transcribed_names import transcribed_names
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.text import occurrences

_SPACED = re.compile(r"[\s　]+")


def _byline(article: Article) -> Iterator[Mention]:
    """`□ 记者 谭 啸`: 谭啸; the space only aligns a short name with longer ones."""
    for span in dict.fromkeys((*article.authors, *article.photographers)):
        yield _mention(article.text, span, "person.byline", 0.99)


def _new(article: Article, names: list[Found], known: list[Mention]) -> list[Mention]:
    """Make mentions of the names that overlap none before them."""
    taken = {i for m in known for i in range(m.start, m.end)}
    new = []
    for name in names:
        place = range(name.span.start, name.span.end)
        if taken.isdisjoint(place):
            taken.update(place)
            new.append(_mention(article.text, name.span, name.rule, name.confidence))
    return new


def _with_full_name(mention: Mention, mentions: list[Mention]) -> Mention:
    """`艾山江` after `艾山江·吐尔逊`: let the first name of two point to both."""
    if mention.rule != "person.short":
        return mention
    whole = (m for m in mentions if m.rule == "person.transcribed" and m.label != mention.label)
    full = next((m for m in whole if m.label.startswith(mention.label) or m.label.endswith(mention.label)), None)
    return replace(mention, antecedent=(full.start, full.end)) if full and full != mention else mention


def _mention(text: str, span: Span, rule: str, confidence: float) -> Mention:
    printed = span.of(text)
    name = _SPACED.sub("", printed)
    return Mention(
        span.start,
        span.end,
        printed,
        EntityType.PERSON,
        rule,
        name="" if name == printed else name,
        confidence=confidence,
    )


def _repeated(article: Article, known: list[Mention]) -> Iterator[Mention]:
    """Yield further occurrences of names found, longer names first; an everyday word needs its own evidence."""
    taken = {i for m in known for i in range(m.start, m.end)}
    for name in sorted({m.label for m in known}, key=lambda n: (-len(n), n)):
        if is_everyday_word(name):
            continue
        for start in occurrences(article.text, name):
            place = range(start, start + len(name))
            if taken.isdisjoint(place):
                taken.update(place)
                yield _mention(article.text, Span(start, place.stop), "person.repeat", 0.93)


def extract_persons(article: Article, found: Findings) -> Iterable[Mention]:
    """Find the persons that an article names, byline included.

    `据该局局长张孟阳介绍，罗天贵（左）和穆小龙…`: 张孟阳, 罗天贵, 穆小龙.
    """
    names = [*transcribed_names(article), *full_names(article, found)]
    mentions = list(_byline(article))
    for batch in ([n for n in names if n.rule != PLAIN], [n for n in names if n.rule == PLAIN]):
        mentions.extend(_new(article, batch, mentions))
        mentions.extend(_repeated(article, mentions))
    mentions = [_with_full_name(m, mentions) for m in sorted(mentions, key=lambda m: m.start)]
    mentions.extend(partial_names(article, mentions))
    return told_apart(article, sorted(mentions, key=lambda m: m.start))
