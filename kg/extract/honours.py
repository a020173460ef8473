"""Honours and who bears them: Honour mentions and recognizedAs relations.

In: an article, and the places, organizations, persons and initiatives found in it; out: each honour that has a
bearer, and the relation (`status="aim"` where it is only striven for). The trap: the bearer is often not beside the
verb: it stands before 被, between 把 and the verb, in a clause before, or behind 作为….
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg.extract.honour_phrases import HonourPhrase, has_level, honour_phrases
from kg.extract.in_order import starting, within
from kg.extract.lists import likewise
from kg.extract.piece_words import begins_quotation
from kg.model import Article, EntityType, Findings, Mention, Relation, Span
from kg.text import bare, clauses, sentence_at, tagged
from kg.vocab import words

_BEARERS = (
    EntityType.PLACE,
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.FACILITY,
    EntityType.PROJECT,
    EntityType.PROGRAMME,
    EntityType.PLATFORM,
    EntityType.PRODUCT,
)
# The agent of a passive sentence or a source stands between these and the verb: 被重庆市总工会命名为.
_AGENT = re.compile(r"被|由|经(?![验济营历典])|获")
# 经验, 项目 right before the verb are what bears the honour, if no preposition makes them its ground (凭借…经验).
_HEAD_NOUN = re.compile(
    r"(?:项目|工程|经验|做法|案例|作品|产品|企业|公司|模式|品牌|河段?|[^阶时手期]段)(?:成功|先后|也|还|再次|近日|日前)*$"
)
_CLAUSE_OF_PLACE = re.compile(r"凭借?|以|因|通过|依托|靠")
_DISPOSAL = re.compile(r"[把将]")
_APPOSITION = 24
"""Characters behind a title of honour in which the person who bears it is named."""
# 工作室被…: a common noun that points back to a name that ends in it.
_NOUN = re.compile(r"[\u4e00-\u9fff]{2,6}$")


def _outermost(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    """Return the possible bearers within a span that lie in no other, in text order."""
    inside = [m for m in within(mentions, span) if m.type in _BEARERS]
    return [m for m in inside if not any(o.span != m.span and o.span.covers(m) for o in inside)]


def _bearer(text: str, phrase: HonourPhrase, mentions: Sequence[Mention]) -> Mention | None:
    """Find who bears the honour; None if the sentence and the one before name nobody."""
    sentence = sentence_at(text, phrase.verb.start)
    if phrase.sense == "role":
        return next(iter(_outermost(mentions, Span(phrase.span.end, sentence.end))), None)
    before = list(clauses(text, Span(sentence.start, phrase.verb.start)))
    same = (
        before.pop() if before and before[-1].end == phrase.verb.start else Span(phrase.verb.start, phrase.verb.start)
    )
    if (m := _DISPOSAL.search(text, same.start, same.end)) and (taken := _outermost(mentions, Span(m.end(), same.end))):
        return taken[-1]
    agent = _AGENT.search(text, same.start, same.end)
    subject = Span(same.start, agent.start() if agent else same.end)
    if taken := _outermost(mentions, subject):
        return None if _is_of_another(text, taken[-1], subject.end) else taken[-1]
    if back := _pointed_back(text, subject, mentions):
        return back
    if _names_somebody(subject.of(text)):
        return None
    carried = [_headed(text, taken) for clause in reversed(before) if (taken := _outermost(mentions, clause))]
    if carried:
        return next((m for m in carried if _opens_clause(text, m, before)), carried[0])
    return _earlier(text, sentence, mentions)


def _headed(text: str, names: Sequence[Mention]) -> Mention:
    """Return the first name, of `镇上的某公司` the company."""
    first, second = names[0], names[1] if len(names) > 1 else None
    is_owner = first.type is EntityType.PLACE and text[first.end : first.end + 1] == "的"
    return second if is_owner and second and second.start == first.end + 1 else first


def _is_of_another(text: str, place: Mention, end: int) -> bool:
    """Tell whether what bears the honour is something without a name in the place: 甲县的基层治理经验入选…."""
    if place.type is not EntityType.PLACE:
        return False
    between = text[place.end : end]
    noun = _HEAD_NOUN.search(between)
    return bool(noun) and not _CLAUSE_OF_PLACE.search(between)


def _names_somebody(subject: str) -> bool:
    """Tell whether a clause has a subject of its own, though none that was found: 老街警务室|获评."""
    spoken = [(w, tag) for w, tag in tagged(subject) if tag[:1] not in ("d", "t", "p", "m", "q", "r", "x")]
    return (
        len(spoken) > 0
        and all(tag[:1] in ("n", "a", "b", "v", "z") for _, tag in spoken)
        and (spoken[-1][1][:1] == "n" or spoken[-1][1] == "vn")
    )


def _opens_clause(text: str, mention: Mention, found: Iterable[Span]) -> bool:
    """Tell whether a mention is the subject of its clause: 石河镇将擦亮…, not 擦亮“…”品牌."""
    clause = next(c for c in found if c.covers(mention))
    return not any(tag[:1] == "v" and len(word) > 1 for word, tag in tagged(text[clause.start : mention.start]))


def _pointed_back(text: str, subject: Span, mentions: Sequence[Mention]) -> Mention | None:
    """Resolve a common noun as subject (工作室被…) to the last name before it that ends in the noun."""
    noun = _NOUN.search(subject.of(text))
    earlier = (m for m in reversed(mentions) if m.end <= subject.start and m.type in _BEARERS)
    return next((m for m in earlier if bare(m.text).endswith(noun[0])), None) if noun else None


def _earlier(text: str, sentence: Span, mentions: Sequence[Mention]) -> Mention | None:
    """Carry over the first bearer of the sentence before, within the paragraph."""
    if sentence.start == 0 or "\n" in text[sentence.start - 1 : sentence.start]:
        return None
    return next(iter(_outermost(mentions, sentence_at(text, sentence.start - 2))), None)


def _project_of(bearer: Mention, honour: str, mentions: Sequence[Mention]) -> Mention:
    """Take the project within a longer name where the honour is a project's: 某项目|一号厂房 … 重点项目之一."""
    if not honour.endswith("项目"):  # the head noun that honour and bearer share
        return bearer
    same = starting(mentions, bearer.start, bearer.start + 1)
    return next((m for m in same if m.type is EntityType.PROJECT), bearer)


def _appositions(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Span, Mention]]:
    """Yield titles of honour before a person's name: 省级技术能手王某, 全国劳动模范、车间主任李某."""
    levels = words("honour_words", **{"class": "level"})
    for match in _titles().finditer(text):
        line = text.rfind("\n", 0, match.start())
        clause = max(line, *(text.rfind(c, line + 1, match.start()) for c in "，。；、：“")) + 1
        candidates = [m.start for m in starting(mentions, clause, match.start()) if m.type is EntityType.PLACE]
        candidates += [i for w in levels if (i := text.find(w, clause, match.start())) >= 0]
        behind = starting(mentions, match.end(), match.end() + _APPOSITION)
        person = next((m for m in behind if m.type is EntityType.PERSON), None)
        if not candidates or person is None or not has_level(text[min(candidates) : match.end()]):
            continue
        between = text[match.end() : person.start]
        if not between or (between[0] == "、" and len(between) < 20 and not re.search(r"[，。；”“]", between)):
            yield Span(min(candidates), match.end()), person


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("honour_words", **{"class": "person"}), key=len, reverse=True)))


def extract_honours(article: Article, found: Findings) -> Iterable[Mention | Relation]:
    """Find honours with a bearer, and say who bears or strives for them.

    `杨柳村去年被评为省级文明村` gives the Honour 省级文明村 and 杨柳村 recognizedAs 省级文明村.
    """
    text = article.text
    pairs: list[tuple[Span, Mention, str]] = []
    phrases = honour_phrases(text)
    others = [m for m in found.mentions if not begins_quotation(text, m)] if phrases else []
    for phrase in phrases:
        if bearer := _bearer(text, phrase, others):
            bearer = _project_of(bearer, phrase.span.of(text), others)
            also = likewise(text, phrase.span.end, others) if phrase.sense == "bear" else []
            pairs += [(phrase.span, b, "aim" if phrase.sense == "aim" else "") for b in (bearer, *also)]
    pairs += [(span, person, "") for span, person in _appositions(text, found.mentions)]
    for span, bearer, status in pairs:
        printed = span.of(text)
        name = bare(printed)
        honour = Mention(
            span.start, span.end, printed, EntityType.HONOUR, "honour.phrase", "" if name == printed else name
        )
        yield honour
        yield Relation(
            subject=bearer,
            predicate="recognizedAs",
            object=honour,
            status=status,
            evidence=sentence_at(text, span.start),
            rule="honour.bearer",
            confidence=0.8,
        )
