"""The subject that a piece of a sentence names, and the thing that it brings in.

In: an article, its mentions, and a piece between commas. Out: what the piece is about by its own words. The trap: a
speaker (…李某说), a place in 在…, an agent in 由… and a mention in a gloss open a piece and are not its subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.extract.in_order import outermost, within
from kg.extract.office_holders import OfficeHolders
from kg.extract.piece_words import (
    acts,
    begins_quotation,
    brings,
    brought_tail,
    by,
    helping_pattern,
    opener,
    preposition,
    speech_end,
    where,
)
from kg.extract.references import Reference, References, is_reference_word
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.vocab import words

_COPULA = re.compile("[是为]")  # 李某是某镇的网格员: behind 是 stands no head of the subject
_NO_PREDICATE = ("", "的", "，", "。", "、", "”")  # what follows a name that ends its clause or describes another one
_TOPICAL = frozenset(EntityType) - {EntityType.HONOUR, EntityType.GROUP}
_CHAIN_GAP = re.compile("[^，。；：的了和与、]{0,10}")  # 村种植户 in 新合村种植户周先生
_ALWAYS_BROUGHT = (EntityType.PLATFORM, EntityType.PRODUCT)
_ASIDE = re.compile("(?:通过|借助|依托|利用|登录|打开|不是|没有|不同于|关于|按照|的)$")
_OF_PLACE = re.compile("的[^的，、]{1,5}")  # 萨依巴格乡的果农|帕提古丽种了21亩
_COUNTED_MEMBERS = re.compile("[0-9一二两三四五六七八九十百]+[余多]?[名位个]")
_CLEFT = 16  # characters from 是 to who did it, with town and post: 是某镇的企业家|梁某捐的
_DESCRIBED = re.compile("的[^的，]{0,4}$")
_OWNED = (EntityType.ORGANIZATION, EntityType.FACILITY, EntityType.PERSON)  # 走马镇的|某某茶业有限公司
_AGENTS = (EntityType.ORGANIZATION, EntityType.PERSON)
_OPENING = 4  # characters that may stand before a clause's subject without being known
_DIGIT = re.compile("[0-9]")
_LIST_GAP = re.compile("[、和与及]")
_INSIDE = re.compile("[内里中上]?")
_GLOSS = re.compile("（[^）]*）")


class NamedSubjects:
    """The mentions of an article that can be subjects, asked piece by piece."""

    def __init__(self, article: Article, found: Findings) -> None:
        self.article, self.found = article, found
        topical = (m for m in found.mentions if m.type in _TOPICAL)
        self.mentions = [m for m in outermost(topical) if not begins_quotation(article.text, m)]
        self.references = References(article, found, self.mentions)
        self._at = {m.start: m for m in reversed(self.mentions)}
        self._time_ends = {t.start: t.end for t in found.times}
        self._openings: dict[Span, int] = {}
        self.posts = OfficeHolders(found)
        self._inside: dict[Span, list[Mention]] = {}

    def explicit(self, span: Span) -> Reference | None:
        """Return the subject that a piece names: the entity or pronoun that it opens with."""
        words_said = self.article.text[span.start : span.end].rstrip("”’")
        if speech_end().search(words_said) or where().search(words_said):
            return None
        begin = self.after_openers(span)
        inside = [m for m in self.inside(span) if begin <= m.start]
        first = inside[0] if inside else None
        if members := self.members(begin, span):
            return members
        if holder := self._holder(begin, inside) or self.references.own_firm(begin):
            return holder
        if first is None or first.start > begin:
            if reference := self.references.at(begin):
                return self._owned(reference, inside) or reference
            if first is None:
                return None
            if not self._may_open(begin, first):
                return self._described_by(begin, first, inside) or self._described_by_where(begin, first, inside)
        subject = self._chain(inside)
        if kept := self._kept_there(subject, inside):
            return kept
        is_apposition = subject.end == span.end and self.article.text[span.start - 1] == "—"
        return None if is_apposition else subject

    def _described_by_where(self, begin: int, first: Mention, inside: Sequence[Mention]) -> Reference | None:
        """Return the person or body that a phrase of place describes: 在西安做生意的乡党|李先生|一次拿出5万元."""
        text = self.article.text
        if not preposition().search(text[begin : first.start]):
            return None
        for m in inside[1:]:
            before = text[first.end : m.start]
            if m.type in _AGENTS and _DESCRIBED.search(before) and text[m.end : m.end + 1] not in _NO_PREDICATE:
                return Reference(begin, m.end, (m,))
        return None

    def members(self, begin: int, span: Span) -> Reference | None:
        """Return the body whose members a piece opens with: 37名|队员里有…."""
        counted = _COUNTED_MEMBERS.match(self.article.text, begin, span.end)
        meant = self.references.at(counted.end()) if counted else None
        is_body = meant is not None and meant.mentions[0].type is EntityType.ORGANIZATION
        return Reference(begin, meant.end, meant.mentions) if meant and is_body else None

    def _holder(self, begin: int, inside: Sequence[Mention]) -> Reference | None:
        """Return who holds the posts that a piece opens with: 甲市人大代表、乙镇党委副书记、镇长|李某最近跑了20个村."""
        for i, m in enumerate(inside):
            if m.type is EntityType.PERSON:
                opened = self.posts.opening_of(m)
                if by().search(self.article.text[begin : m.start]):
                    return None
                is_post = opened is not None and begin <= inside[0].start and opened <= max(begin, inside[0].start)
                return self._chain(inside[i:]) if is_post and i else None
        return None

    def _kept_there(self, place: Reference, inside: Sequence[Mention]) -> Reference | None:
        """Return the facility or body that a place has: 史楼村的食堂 where 史楼村幸福食堂 was named."""
        last = place.mentions[-1]
        if last.type is not EntityType.PLACE or self.article.text[place.end : place.end + 1] != "的":
            return None
        meant = self.references.at(place.end + 1)
        stem = last.label.rstrip("村镇乡县市区")
        is_its = meant and meant.mentions[0].type is not EntityType.PLACE and stem in meant.mentions[0].label
        return Reference(place.start, meant.end, meant.mentions) if meant and is_its else None

    def _owned(self, reference: Reference, inside: Sequence[Mention]) -> Reference | None:
        """Return what a word that points back only owns: the team of 镇里的“…志愿服务队”有队员318名."""
        behind = [m for m in inside if m.start >= reference.end]
        if not behind or behind[0].type is EntityType.PLACE:
            return None
        gap = self.article.text[reference.end : behind[0].start]
        is_body = self.article.text[behind[0].start] == "“" or behind[0].type in _OWNED
        is_kin = behind[0].type is EntityType.PERSON and gap in words("roles", kind="kin")  # 她丈夫|吴某
        is_next = gap == "的" or (gap == "" and is_body) or is_kin
        return self._chain(behind) if is_next and self.article.text[behind[0].end :][:1] not in _NO_PREDICATE else None

    def cleft(self, span: Span) -> Mention | None:
        """Return who a piece says did it: 其中1500册|是企业家梁某捐的, 这台机器是他买的."""
        text = self.article.text
        if not text[span.start : span.end].endswith("的"):
            return None
        for m in self.inside(span):
            before = text[span.start : m.start]
            if m.type in _AGENTS and "是" in before and len(before) - before.rindex("是") <= _CLEFT:
                return m if span.end - m.end >= len("捐的") and text[m.end] not in "的、" else None
        return None

    def agent(self, span: Span) -> Mention | None:
        """Return who does what a piece says of something unnamed: 余下的200万元由某某银行接了过去."""
        text = self.article.text
        agents = (m for m in self.inside(span) if m.type in _AGENTS and text[m.start - 1] == "由")
        return next((m for m in agents if text[m.end : m.end + 1] not in ("等", "、", "和")), None)

    def _described_by(self, begin: int, first: Mention, inside: Sequence[Mention]) -> Reference | None:
        """Return what is described by who runs it: the app of `由县就业局运营的“…”小程序去年上线`."""
        last = self._chain_end(inside)
        if not by().search(self.article.text[begin : first.start]) or not (head := self._relative_head(last, inside)):
            return None
        return Reference(begin, head.end, (head,))

    def introduced(self, span: Span) -> Mention | None:
        """Return the one thing that a piece brings in at its end: 推出“…贷”."""
        text = self.article.text
        inside = self.inside(span)
        if not inside or not brought_tail(inside[-1]).match(text, inside[-1].end, span.end):
            return None
        last = inside[-1]
        gap = text[inside[-2].end : last.start] if len(inside) > 1 else None
        is_listed = gap in ("、", "和", "与") or (gap == "" and inside[-2].type is last.type)
        if is_listed or last.type is EntityType.PLACE:
            return None
        is_brought = brings().search(text, span.start, last.start)
        return last if is_brought or (last.type in _ALWAYS_BROUGHT and not self._is_aside(span, last)) else None

    def _is_aside(self, span: Span, thing: Mention) -> bool:
        """Tell whether a thing only says by what, of what or beside what: 通过“…”小程序, 与“…”贷不同, 不是“…”贷."""
        before = self.article.text[span.start : thing.start].rstrip("“")
        return not before or bool(preposition().search(before) or _ASIDE.search(before))

    def helped(self, span: Span) -> Reference | None:
        """Return who is helped to do what the rest of a piece says: 帮助企业|扩建厂房5000平方米."""
        text = self.article.text
        for m in helping_pattern("helps").finditer(text, span.start, span.end):
            mention = self._at.get(m.end())
            found = Reference(m.end(), mention.end, (mention,)) if mention else self.references.at(m.end())
            if found and found.end < span.end and acts(text[found.end : span.end]):
                return found
        return None

    def site(self, span: Span) -> Mention | None:
        """Return the facility in which a sentence is set: 在养牛基地，建了牛棚624平方米."""
        inside = within(self.mentions, Span(span.start + 1, span.end))
        if not inside or inside[0].type is not EntityType.FACILITY:
            return None
        begin = self.after_openers(Span(span.start, inside[0].start))
        text = self.article.text
        is_set = text[begin : inside[0].start] == "在" and _INSIDE.fullmatch(text, inside[0].end, span.end)
        return inside[0] if is_set else None

    def inside(self, span: Span) -> list[Mention]:
        """Return the mentions of a piece, without those of a gloss: （以下简称“…”）."""
        if span not in self._inside:
            self._inside[span] = self._outside_glosses(span)
        return self._inside[span]

    def _outside_glosses(self, span: Span) -> list[Mention]:
        inside = within(self.mentions, span)
        if inside and "（" in self.article.text[span.start : span.end]:
            glosses = [Span(m.start(), m.end()) for m in _GLOSS.finditer(self.article.text, span.start, span.end)]
            inside = [m for m in inside if not any(g.covers(m) for g in glosses)]
        return inside

    def after_openers(self, span: Span) -> int:
        """Return where a piece begins in earnest, behind 截至6月末, 目前, 其中."""
        if span not in self._openings:
            self._openings[span] = self._after_openers(span)
        return self._openings[span]

    def _after_openers(self, span: Span) -> int:
        begin = span.start
        while begin < span.end:
            is_named = begin in self._at or is_reference_word(self.article.text, begin)
            m = None if is_named else opener().match(self.article.text, begin, span.end)
            if begin in self._time_ends:
                begin = self._time_ends[begin]
            elif m:
                begin = m.end()
            else:
                break
        return begin

    def _may_open(self, begin: int, mention: Mention) -> bool:
        """Tell whether the words before a mention leave it the subject: a title (网格员李某), a modifier in 的."""
        before = self.article.text[begin : mention.start]
        if any(p.search(before) for p in (preposition(), by())) or preposition().search(before[:1]):
            return False
        if before.endswith("有"):  # 今年有农商银行的支持
            return False
        if before.endswith("的"):
            return True
        if _DIGIT.search(before):
            return False
        if mention.type is EntityType.PERSON and before.endswith(_roles()):
            return True
        return len(before) <= _OPENING and not _verb().search(before)

    def _chain(self, inside: Sequence[Mention]) -> Reference:
        """Return the subject that a run of mentions ends in: 甲镇乙村种植户周先生; all of a list: 甲镇、乙镇."""
        text = self.article.text
        group, last = [inside[0]], inside[0]
        for m in inside[1:]:
            gap = _GLOSS.sub("", text[last.end : m.start])
            is_owned = last.type is EntityType.PLACE and (
                (gap == "的" and m.type in _OWNED) or (m.type is EntityType.PERSON and _OF_PLACE.fullmatch(gap))
            )
            if (gap == "" or is_owned) and last.type is not EntityType.PERSON:
                group[-1] = m
            elif _LIST_GAP.fullmatch(gap) and m.type is last.type:
                group.append(m)
            elif m.type is EntityType.PERSON and last.type is not m.type and _is_title(gap):
                group = [m]
            else:
                break
            last = m
        if head := self._relative_head(last, inside):
            return Reference(group[0].start, head.end, (head,))
        return Reference(group[0].start, last.end, tuple(group))

    def _chain_end(self, inside: Sequence[Mention]) -> Mention:
        """Return the last of the mentions that a list or chain opens with."""
        last = inside[0]
        for m in inside[1:]:
            gap = self.article.text[last.end : m.start]
            if gap and not _LIST_GAP.fullmatch(gap):
                break
            last = m
        return last

    def _relative_head(self, last: Mention, inside: Sequence[Mention]) -> Mention | None:
        """Return what a relative clause describes: the project of `该公司投资8.6亿元的…项目在园区开工`."""
        text = self.article.text
        behind = next((m for m in inside if m.start >= last.end), None)
        if behind is None or behind.type is EntityType.PLACE:
            return None
        between = text[last.end : behind.start]
        is_relative = len(between) > 1 and between.endswith("的") and not _COPULA.search(between)
        return behind if is_relative and text[behind.end : behind.end + 1] not in _NO_PREDICATE else None


def _is_title(gap: str) -> bool:
    if _verb().search(gap) or preposition().search(gap) or by().search(gap):
        return False
    return bool(_CHAIN_GAP.fullmatch(gap))


@cache
def _roles() -> tuple[str, ...]:
    return tuple(sorted(words("roles")))


@cache
def _verb() -> re.Pattern[str]:
    listed = words("verbs") | words("speech_verbs", kind="speech")
    return re.compile("|".join(sorted((re.escape(w) for w in listed if len(w) > 1), key=len, reverse=True)))
