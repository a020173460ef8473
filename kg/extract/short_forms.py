"""Later short forms of organizations and facilities: Article, mentions → mentions with an antecedent.

Two kinds. Declared: `…有限公司（下称“云上菊”）`. Derived: 万凯 and 万凯新材料 for 万凯新材料股份有限公司, 爱心驿站 for
“户外职工爱心驿站”. The trap: a firm's proper core may be an everyday word (创新, 红星), so a core that the dictionary
has counts only in quotation marks or before what firms have (`…副总经理`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.body_heads import words_of
from kg.extract.declared_forms import declared_forms
from kg.extract.firm_forms import firm_forms, proper_core
from kg.extract.firm_names import firm_signs
from kg.extract.in_order import are_in_one, starting
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.text import bare, is_word, occurrences

_SHORTENED = ("Association", "School", "Hospital")
_SHORTEST_REST = 5
_MARKS = "“”「」"


@dataclass(frozen=True, slots=True)
class _Form:
    """A short form to look for."""

    words: str
    full: Mention
    rule: str
    is_sure: bool
    """False where the words are everyday words, so that the context must show the name."""


def _declared(text: str, mentions: Iterable[Mention]) -> Iterator[_Form]:
    words = {form.start: form.words for form in declared_forms(text)}
    for m in mentions:
        if m.end in words:
            yield _Form(words[m.end], m, "short_form.declared", True)


def _of_firm(firm: Mention, places: Sequence[Mention]) -> Iterator[_Form]:
    opening = firm.start
    for place in starting(places, firm.start, firm.end):
        if place.start == opening and place.end < firm.end:
            opening = place.end
    core = proper_core(firm.text, opening - firm.start)
    for words in firm_forms(firm.text, opening - firm.start):
        yield _Form(words, firm, "short_form.firm", words != core or not _is_everyday(core))


def _is_everyday(core: str) -> bool:
    return all(is_word(w.text) and len(w.text) > 1 for w in words_of(core, Span(0, len(core))))


def _of_part(body: Mention, mentions: Sequence[Mention]) -> Iterator[_Form]:
    """Yield what stands behind the body that opens a name (农行嘉兴分行|美丽乡村服务团队), and ends of quoted names."""
    for opener in starting(mentions, body.start, body.start + 1):
        rest = body.text[opener.end - body.start :]
        if opener.type == body.type and opener.end < body.end and len(rest) > 4:
            yield _Form(rest, body, "short_form.part", True)
    if body.type == EntityType.FACILITY and body.text[0] in _MARKS and body.name:
        words = words_of(body.name, Span(0, len(body.name)))
        for w in words[1:-1]:
            if len(body.name) - w.start > 3:
                yield _Form(body.name[w.start :], body, "short_form.end", True)


def _without_place(body: Mention, places: Sequence[Mention], ends: Sequence[str]) -> Iterator[_Form]:
    """Yield a team's or an association's name without its place: 雄鹰应急救援队 for 峨边雄鹰应急救援队."""
    place = next((p for p in starting(places, body.start, body.start + 1) if p.end < body.end), None)
    rest = body.text[place.end - body.start :] if place else ""
    if body.kind in _SHORTENED and len(rest) > _SHORTEST_REST and sum(e.endswith(rest) for e in ends) == 1:
        yield _Form(rest, body, "short_form.part", True)


def _forms(article: Article, found: Findings) -> list[_Form]:
    bodies = [m for m in found.of_type(EntityType.ORGANIZATION, EntityType.FACILITY) if not m.anaphor]
    first = {m.label: m for m in reversed(bodies)}
    full = [m for m in first.values() if m.antecedent is None]
    places = found.of_type(EntityType.PLACE)
    forms = list(_declared(article.text, bodies))
    for m in full:
        forms += _of_firm(m, places) if m.kind == "Company" else _of_part(m, bodies)
    labels = [m.label for m in full]
    for m in full:
        forms += _without_place(m, places, labels)
    known, of_places = set(first), {p.text for p in places}
    unique: dict[str, _Form] = {}
    for form in sorted(forms, key=lambda f: (f.rule != "short_form.declared", f.full.start)):
        is_new = form.words not in known or form.rule == "short_form.declared"
        if is_new and form.words not in of_places:
            unique.setdefault(form.words, form)
    return sorted(unique.values(), key=lambda f: (-len(f.words), f.words))


def _shows_name(text: str, start: int, end: int) -> bool:
    """Tell whether everyday words are a name here: in quotation marks, or before what a firm has."""
    return (text[start - 1 : start] == "“" and text[end : end + 1] == "”") or bool(firm_signs().match(text, end))


def _occurrences(text: str, bodies: Sequence[Span], form: _Form) -> Iterator[Span]:
    for start in occurrences(text, form.words):
        end = start + len(form.words)
        if are_in_one(bodies, start, end) and (form.is_sure or _shows_name(text, start, end)):
            marked = text[start - 1 : start] in ("“", "「") and text[end : end + 1] in ("”", "」")
            yield Span(start - marked, end + marked)


def _is_taken(span: Span, form: _Form, taken: Iterable[Mention]) -> bool:
    """Tell whether one of the mentions there stands in the way; a project's may hold its firm's (某某光电|项目)."""
    for m in taken:
        in_project = m.type == EntityType.PROJECT and m.span.covers(span)
        same = form.rule == "short_form.declared" and m.type == form.full.type and m.span == span and not m.antecedent
        if not in_project and not same:
            return True
    return False


def _note(mention: Mention, around: defaultdict[int, list[Mention]]) -> None:
    """Keep a mention under each of its characters."""
    for i in range(mention.start, mention.end):
        around[i].append(mention)


def extract_short_forms(article: Article, found: Findings) -> Iterable[Mention]:
    """Find later short forms of organizations and facilities.

    `万凯新材料股份有限公司成立于2008年…万凯打造品牌` has 万凯 with the full name as its antecedent.
    """
    made: list[Mention] = []
    bodies = sorted(article.bodies())
    around: defaultdict[int, list[Mention]] = defaultdict(list)
    for m in found.mentions:
        _note(m, around)
    for form in _forms(article, found):
        for span in _occurrences(article.text, bodies, form):
            if span.end <= form.full.end and form.rule != "short_form.firm":
                continue
            if any(_is_taken(span, form, around[i]) for i in range(span.start, span.end)):
                continue
            words = span.of(article.text)
            mention = Mention(
                span.start,
                span.end,
                words,
                form.full.type,
                form.rule,
                name=bare(words) if bare(words) != words else "",
                kind=form.full.kind,
                antecedent=(form.full.start, form.full.end),
                confidence=0.9 if form.is_sure else 0.75,
            )
            made.append(mention)
            _note(mention, around)
    return made
