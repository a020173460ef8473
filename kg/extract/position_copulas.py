"""Titles that a verb links to a person: 是, 担任, 被…聘为, `还有个新身份：`, `干了28年村支书`.

In: an article and its persons; out: for each such phrase the person, the titles and where the passage begins. The
trap: the subject may be a pronoun (`她还有个新身份`) or lie a clause back, and a negated or planned post is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.in_order import within
from kg.extract.roles import role_at
from kg.extract.titles import Title, titles_within
from kg.model import Article, Mention, Span
from kg.text import sentence_at

# Each pattern is one way to say a post: 是/担任 (with age or 还 between), 还有个身份：, a mere comma, 被…聘为 and
# 到…任, 干了N年, 等N名.
_GLOSS = r"(?:（[^（）]{1,20}）)?"
_COPULA = re.compile(
    _GLOSS + r"(?:，?(?:今年)?(?:才|只有)?\d+岁)?，?(?:现在|如今|目前|同时|其实|今年|一直)?(?:就|还|也|便|既|又)?"
    r"(?P<former>原来?|曾经?)?"
    r"(?:是|任|系|现任|现为|担任|出任|兼任?|当选为?|挂任)(?:了|着|过)?(?:[一1]?[名位个])?"
)
_FURTHER = re.compile(r"，(?:(?P<former>原来?)|也|又|还|同时|现|曾)?(?:是|任|为|担任|兼任|兼着|兼)(?:[一1]?[名位个])?")
_IDENTITY = re.compile(
    r"(?:还|另|又)?有[一]?[个重](?:新|另外?一?[个重])?(?:的)?(?:身份|头衔|职务)(?:——|：|，|—|是|就是|，就是)(?:[一]?[名位个])?"
)
_APPOSITION = re.compile(_GLOSS + r"，(?:[男女]，)?(?:\d+岁，)?(?:现任|时任)?")
_APPOINTED = re.compile(
    r"(?:到|在|赴)(?P<at>[^，。；！？]{2,30}?)(?:挂职|兼|担)?任(?=[^，。]{2,8})|(?:被|由|受)(?P<by>[^，。；！？]{2,30}?)(?:聘|选|选举|推选|任命|聘请|选派|委派|选聘)(?:为|任|担任)(?:[一]?[名位个])?"
)
_SERVED = re.compile(r"(?:干了|当了|做了|担任了?|当过|干过|当上了?)(?:[\d余多几十两三]+(?:多|余)?个?年)?(?:的)?")
# 他2020年上岸，如今是某队队长: the clause goes on about the sentence's subject.
_NOW = re.compile(r"，(?:(?:如今|现在|眼下|目前|现)(?:是|任|担任)|(?:还|又|也|同时)?兼[着任])(?:[一1]?[名位个])?")
_GROUP = re.compile(r"等(?:\d+|[一二两三四五六七八九十]+)[多余]?[名位个](?=[^，。]{1,6})")
_SHORT_FORM = re.compile(r"（(?:以下)?[简下]称[^（）]{1,16}）")  # 是某某公司（下称某某）的队长
_END = re.compile(r"[，。；！？：\n（”]")
_PRONOUNS = re.compile(r"[他她](?!们)")
# Before or inside the verb these make it no fact: 不是, 将担任.
_NOT_SO = re.compile(r"[不没未非]|曾想|想要|打算|计划|拟|将")


class Linked(NamedTuple):
    """A person with titles that a verb gives to them."""

    person: Mention
    titles: list[Title]
    start: int
    end: int
    body_before: tuple[int, int] | None = None
    """Words that hold the appointing body: 被某某党委聘为."""
    former: str = ""
    """原 where the clause says 原是: it stays in the role."""


def linked_titles(article: Article, persons: list[Mention], anaphors: list[Mention]) -> Iterator[Linked]:
    """Yield what verbs say of the persons of an article; anaphors are the pronouns that were resolved before."""
    meant = {a.start: a.antecedent for a in anaphors}
    by_place = {(p.start, p.end): p for p in persons}
    text = article.text
    for person in persons:
        yield from _behind(text, person, person.end)
    for pronoun in _PRONOUNS.finditer(text):
        known = by_place.get(meant.get(pronoun.start()) or (-1, -1))
        if subject := known or _last_person(text, persons, pronoun.start()):
            yield from _behind(text, subject, pronoun.end(), apposition=False)
    yield from _appointed(text, persons)
    yield from _served(text, persons)
    yield from _now(text, persons)


def _behind(text: str, person: Mention, end: int, apposition: bool = True) -> Iterator[Linked]:
    """`罗天贵是綦力传动的首席技师`, `喻国强还有个身份——…商会副会长`, `张强，某某村党支部书记`, `由甲等9名寨老`."""
    for pattern in (_IDENTITY, _COPULA):
        if match := pattern.match(text, end):
            stop = _stop(text, match.end())
            titles = titles_within(text, match.end(), stop)
            if titles and titles[0].start == match.end() and not _NOT_SO.search(match[0]):
                is_past = "former" in match.groupdict() and match["former"] and titles[0].role.kind == "post"
                former = "原" if is_past else ""  # 原是村医: no word of the post
                yield Linked(person, titles, person.start, stop, former=former)
                yield from _going_on(text, person, stop)
            return
    if match := _GROUP.match(text, end):
        role = role_at(text, match.end())
        if role and role.kind not in ("kin", "person"):
            yield Linked(person, [Title(role.start, role.end, role)], person.start, role.end)
    elif apposition and (match := _APPOSITION.match(text, end)):
        stop = _stop(text, match.end())
        titles = titles_within(text, match.end(), stop)
        alone = sentence_at(text, person.start).start == person.start
        if alone and titles and titles[0].start == match.end() and titles[0].role.start > match.end():
            yield Linked(person, titles, person.start, stop)


def _going_on(text: str, person: Mention, end: int) -> Iterator[Linked]:
    """`范树军是中心的理事长，原是农机站站长`: the next clause goes on about the same person."""
    if match := _FURTHER.match(text, end):
        stop = _stop(text, match.end())
        titles = titles_within(text, match.end(), stop)
        if titles and titles[0].start == match.end():
            former = "原" if match["former"] and titles[0].role.kind == "post" else ""
            yield Linked(person, titles, person.start, stop, former=former)


def _appointed(text: str, persons: list[Mention]) -> Iterator[Linked]:
    """`原德顺…去年春上被西村乡党委聘为乡土导师`: the subject of the sentence."""
    for match in _APPOINTED.finditer(text):
        stop = _stop(text, match.end())
        titles = titles_within(text, match.end(), stop)
        person = _subject(text, persons, match.start())
        if _NOT_SO.search(text, max(0, match.start() - 3), match.start()):
            continue
        if person and titles and titles[0].start == match.end():
            yield Linked(person, titles, person.start, stop, match.span("by" if match["by"] else "at"))


def _served(text: str, persons: list[Mention]) -> Iterator[Linked]:
    """`原德顺，今年71岁，干了28年村支书`."""
    for match in _SERVED.finditer(text):
        stop = _stop(text, match.end())
        titles = titles_within(text, match.end(), stop)
        person = _subject(text, persons, match.start())
        if _NOT_SO.search(text, max(0, match.start() - 3), match.start()):
            continue
        if person and titles and titles[0].start == match.end() and titles[0].role.kind == "post":
            yield Linked(person, titles, person.start, stop)


def _now(text: str, persons: list[Mention]) -> Iterator[Linked]:
    """`他打了38年鱼，如今是摇船队队长`: the only person of the sentence, or the one that its 他 or 她 means."""
    for match in _NOW.finditer(text):
        stop = _stop(text, match.end())
        titles = titles_within(text, match.end(), stop)
        sentence = sentence_at(text, match.start())
        inside = within(persons, Span(sentence.start, match.start()))
        by_pronoun = text[sentence.start] in "他她" and not inside
        person = _last_person(text, persons, sentence.start) if by_pronoun else inside[0] if len(inside) == 1 else None
        if person and titles and titles[0].start == match.end() and titles[0].role.kind == "post":
            yield Linked(person, titles, person.start, stop)


def _subject(text: str, persons: list[Mention], offset: int) -> Mention | None:
    sentence = sentence_at(text, offset)
    before = within(persons, Span(sentence.start, offset))
    return before[-1] if before else None


def _last_person(text: str, persons: list[Mention], offset: int) -> Mention | None:
    """Return the person named first in the sentence before, or in this one: the likeliest antecedent."""
    paragraph = text.rfind("\n", 0, offset) + 1
    before = within(persons, Span(paragraph, offset))
    if not before:
        return None
    sentence = sentence_at(text, before[-1].start)
    return next(p for p in before if p.start >= sentence.start)


def _past(text: str, start: int, mark: re.Match[str]) -> int:
    """Return where to look on if a mark is only the end of a quotation or opens a gloss on a name, else 0."""
    if mark[0] == "”" and "“" in text[start : mark.start()]:
        return mark.end()
    gloss = _SHORT_FORM.match(text, mark.start())
    return gloss.end() if gloss else 0


def _stop(text: str, start: int) -> int:
    """Return where the phrase ends, quotations inside it skipped: 是“四员”中的警务员."""
    match = _END.search(text, start)
    while match and (end := _past(text, start, match)):
        match = _END.search(text, end)
    return match.start() if match else len(text)
