"""Whose 我们村, 咱镇, 我们公司 in somebody's words is: the place or body of who says them.

In: an article, its findings and where the words stand. Out: a mention, or None. The trap: the speaker is mostly
named behind the words (`“我们村占了1200亩。”东河村党支部书记李某说`), so the last village named before them is
another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Article, EntityType, Findings, Mention, Position, Span

_TO_SPEAKER = 40  # characters between the words and the speaker's name, title included
_KINDS = {
    "村": ("Village",),
    "嘎查": ("Village",),
    "社区": ("Community",),
    "镇": ("Township",),
    "乡": ("Township",),
    "街道": ("Township",),
    "苏木": ("Township",),
    "县": ("County",),
    "区": ("County",),
    "旗": ("County",),
    "市": ("County", "Prefecture"),
    "州": ("Prefecture",),
}


def own_place(article: Article, found: Findings, offset: int, level: str) -> Mention | None:
    """Return the speaker's place of a level: 我们村 in the words of 东河村党支部书记李某 is 东河村."""
    kinds = _KINDS.get(level, ())
    places = [m for m in found.of_type(EntityType.PLACE) if not m.anaphor]
    fitting = [m for m in places if m.kind in kinds or (not m.kind and m.label.endswith(level))]
    for span in _speaker_spans(article.text, offset):
        if near := [m for m in fitting if span.covers(m)]:
            return near[-1]
        for body in _bodies(found, span):
            if inside := [m for m in fitting if body.start <= m.start and m.end <= body.end]:
                return inside[-1]
    return None


def own_body(article: Article, found: Findings, offset: int, endings: tuple[str, ...]) -> Mention | None:
    """Return the speaker's organization: 我们公司 in the words of 某公司经理李某."""
    for span in _speaker_spans(article.text, offset):
        for body in _bodies(found, span):
            if body.type is EntityType.ORGANIZATION and body.label.rstrip("”’").endswith(endings):
                return body
    return None


def body_behind_words(found: Findings, text: str, offset: int) -> Mention | None:
    """Return the body or place named with the speaker behind the words: `“卖了30头。”东山合作社成员李某说`."""
    span = next(_speaker_spans(text, offset), None)
    if span is None:
        return None
    person = next((m for m in found.of_type(EntityType.PERSON) if span.covers(m)), None)
    bodies = found.of_type(EntityType.ORGANIZATION, EntityType.PLACE) if person else ()
    near = [m for m in bodies if span.start <= m.start and person and m.end <= person.start and not m.anaphor]
    return max(near, key=lambda m: (m.end, m.end - m.start), default=None)


def is_in_words(text: str, offset: int) -> bool:
    """Tell whether an offset stands in somebody's quoted words."""
    return next(_speaker_spans(text, offset), None) is not None


def _speaker_spans(text: str, offset: int) -> Iterator[Span]:
    """Yield where the speaker of the words at an offset may be named: behind them, then before them."""
    opened, closed = text.rfind("“", 0, offset), text.find("”", offset)
    if opened < 0 or closed < 0 or text.rfind("”", opened, offset) >= 0 or "\n" in text[opened:closed]:
        return
    line_end = text.find("\n", closed)
    behind = min(closed + 1 + _TO_SPEAKER, line_end if line_end >= 0 else len(text))
    stop = min((i for c in "。！？“" if (i := text.find(c, closed + 1, behind)) >= 0), default=behind)
    yield Span(closed + 1, stop)
    begin = max(text.rfind(c, 0, opened) for c in "。！？”\n") + 1
    yield Span(begin, opened)


def _bodies(found: Findings, span: Span) -> Iterator[Mention]:
    """Yield the bodies of the persons who are named in a span, by their positions anywhere in the article."""
    persons = {m.label for m in found.of_type(EntityType.PERSON) if span.covers(m)}
    for fact in found.facts:
        if isinstance(fact, Position) and fact.body and fact.person.label in persons:
            yield fact.body
