"""Which entity a number is about: the subject of its clause, said or carried over, or what it stands before.

In: an article and its mentions. Out: `Subjects`, asked by offset. The trap: what a clause brings in
(推出“…贷”，最高可贷30万元) is what the next clause speaks of, not the one who brought it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kg.extract.named_subjects import NamedSubjects
from kg.extract.own_bodies import body_behind_words, is_in_words
from kg.extract.piece_words import helping_pattern
from kg.extract.pieces import Piece, article_pieces
from kg.extract.references import Reference
from kg.extract.scope import place_in_scope
from kg.extract.speakers import body_of_speaker, follows_speech, own_place_of, speaker_of_first_person
from kg.extract.unnamed_subjects import acts_by_itself, is_about_another, is_bare_actor, is_scene, opens_with_verb
from kg.model import Article, EntityType, Findings, Mention, Span

# How sure a subject is: said in the clause, brought in before, carried within the sentence, the paragraph, beyond.
# The share that held on articles at first sight.
SAID, BROUGHT, SENTENCE, PARAGRAPH, BEYOND = 0.78, 0.72, 0.66, 0.45, 0.4
THINGS = (
    EntityType.PROGRAMME,
    EntityType.PLATFORM,
    EntityType.PROJECT,
    EntityType.PRODUCT,
    EntityType.FACILITY,
)
# 李某等9名老人, 甲公司、乙公司等17家企业提供467个岗位: the named are only some of those who are counted.
_AND_OTHERS = re.compile("(?:、[^，。；]*)?等(?:[^，。；、]{0,6}$|[^，。；、]{0,4}[0-9]+[个家名位所户])")
_OFFICES = ("Government", "PartyOrganization")  # their officials speak of others
_OPEN_LIST = re.compile("(?:、[^，。；]*)?等[0-9]+[个家名位所户]")  # 甲局、乙局等29个部门进驻
_COUNTED = re.compile("[0-9]+[余多]?[个处家座所]")  # 人大代表联络站3个: the thing is what is counted
_PROJECTS = re.compile("项目[0-9]+[个项]|[0-9]+[个项][^，。；]{0,12}项目")  # several projects, not the one named
_QUOTED = re.compile("“([\u4e00-\u9fff]{2,8})”")
_QUOTED_LENGTHS = range(2, 9)
_YEARS_OF = re.compile("[0-9一二三四五六七八九十]+年[\u4e00-\u9fff]{2}，")  # 二十年耕耘，
_AGENT_GOES_ON = re.compile("[把将]")  # 出台《…》，把助餐点扩到260处: the one who issued it goes on
_LEVELS = "省市州盟县区旗镇乡"
_FIRMS = ("Company", "Bank")  # classes of bodies whose speakers speak of their own business


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a clause is about and how sure that is."""

    mentions: tuple[Mention, ...]
    confidence: float
    end: int = 0
    """Where the words end that name it in the clause itself; 0 if it was carried over."""


class _Answers(dict[int, Answer]):
    """Answers about the pieces of an article, each found when it is first asked for."""

    def __init__(self, find: Callable[[int], Answer]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, index: int) -> Answer:
        answer = self[index] = self._find(index)
        return answer


class Subjects:
    """The pieces of an article between commas and what each is about."""

    def __init__(self, article: Article, found: Findings) -> None:
        self.article, self.found = article, found
        self._names = NamedSubjects(article, found)
        self.mentions = self._names.mentions
        self.by_end = {m.end: m for m in self.mentions}
        self._pieces = list(article_pieces(article))
        self._starts = [p.span.start for p in self._pieces]
        self._first_of = {p.paragraph: i for i, p in reversed(list(enumerate(self._pieces)))}
        self._quoted = frozenset(_QUOTED.findall(article.text))
        # Asked for by index: most pieces stand near no number, and nobody asks for them.
        self._said = _Answers(lambda i: self._explicit(self._pieces[i].span))
        self._brought = _Answers(lambda i: self._names.introduced(self._pieces[i].span))
        self._helped = _Answers(lambda i: self._names.helped(self._pieces[i].span))
        self._turned = _Answers(lambda i: self._said[i] is None and self._turns(self._pieces[i].span))
        self._sentence_starts = _Answers(self._sentence_start)

    def _explicit(self, piece: Span) -> Reference | None:
        """Return the subject that a piece names, None where it is the head of a list of others too."""
        said = self._names.explicit(piece)
        if said is None or _OPEN_LIST.match(self.article.text, said.end, piece.end):
            return None
        last = said.mentions[-1]
        is_counted = last.type in THINGS and last.end == said.end and not last.anaphor
        return None if is_counted and _COUNTED.match(self.article.text, said.end, piece.end) else said

    def _turns(self, piece: Span) -> bool:
        """Tell whether a piece turns to something that nobody has named."""
        begin = self.opening(piece)
        if is_about_another(self.article.text, begin, piece):
            return True
        if is_bare_actor(self.article.text, begin, piece) or self._is_quoted_elsewhere(begin):
            return True
        named = [m for m in self._names.inside(piece) if m.type is not EntityType.PLACE]
        return not named and is_scene(self.article.text, begin, piece)

    def _is_quoted_elsewhere(self, begin: int) -> bool:
        """Tell whether a piece opens with a name that the article once quotes: “议事亭”开了…。议事亭接待群众30人次."""
        return any(self.article.text[begin : begin + length] in self._quoted for length in _QUOTED_LENGTHS)

    def piece_at(self, offset: int) -> Span:
        """Return the piece between commas in which the offset stands."""
        return self._pieces[self._index(offset)].span

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence of the offset begins; a semicolon does not end it."""
        return self._sentence_starts[self._index(offset)]

    def _sentence_start(self, first: int) -> int:
        here = first
        while here > 0 and self._pieces[here - 1].paragraph == self._pieces[first].paragraph:
            is_same = self._pieces[here - 1].sentence == self._pieces[here].sentence
            if not is_same and self.article.text[self._pieces[here - 1].span.end] != "；":
                break
            here -= 1
        return self._pieces[here].span.start

    def opening(self, piece: Span) -> int:
        """Return where a piece begins in earnest, behind 截至6月末, 目前, 其中."""
        return self._names.after_openers(piece)

    def is_said_before(self, offset: int) -> bool:
        """Tell whether the clause names its subject before the offset."""
        own = self._said[self._index(offset)]
        return own is not None and own.end <= offset

    def said_at(self, offset: int) -> Reference | None:
        """Return what a word at the offset points back to: 全村 in 走遍全村217户."""
        return self._names.references.at(offset)

    def topic(self, offset: int) -> Topic | None:
        """Return what the clause at the offset is about, None where the text has not said it."""
        here = self._index(offset)
        helped = self._helped[here]
        if helped and helped.end <= offset:
            return Topic(helped.mentions, SENTENCE, helped.end)
        own = self._said[here]
        if own and own.end <= offset and not _AND_OTHERS.match(self.article.text, own.end, offset):
            return Topic(own.mentions, SAID, own.end)
        if person := speaker_of_first_person(self.article.text, self.mentions, offset):
            return Topic((person,), PARAGRAPH)
        carried = self._carried_topic(here) or self._beneficiary(self._pieces[here].span, offset)
        return self._of_office(carried, here) if carried else None

    def _of_office(self, topic: Topic, here: int) -> Topic:
        """Return the place that an official speaks for, unless the piece tells what the official does.

        `县卫健局局长康某算了一笔账：药品统一采购后，平均降价17.3%` is about the county, `带队走访162家` about康某.
        """
        person, piece = topic.mentions[0], self._pieces[here].span
        if person.type is not EntityType.PERSON or len(topic.mentions) > 1:
            return topic
        if opens_with_verb(self.article.text, self.opening(piece), piece):
            return topic
        body = self._names.posts.office_of(person)
        level = next((c for c in body.label if c in _LEVELS), "") if body else ""
        place = place_in_scope(self.article, self.found, piece.start, level) if level else None
        return Topic((place,), topic.confidence) if place else topic

    def next_topic(self, offset: int) -> Topic | None:
        """Return what the clause behind the offset's is about: 28分钟后，网格员李某赶到."""
        after = self._index(offset) + 1
        said = self._said[after] if after < len(self._pieces) else None
        return Topic(said.mentions, SAID) if said else None

    def members(self, piece: Span) -> Reference | None:
        """Return the body whose members a piece opens with: 37名队员里有…."""
        return self._names.members(self.opening(piece), piece)

    def cleft(self, piece: Span) -> Mention | None:
        """Return who a piece says did it: 1500册是梁某捐的."""
        return self._names.cleft(piece)

    def project_behind(self, offset: int) -> Topic | None:
        """Return the project that the clause behind the offset's brings in: 投资1.2亿元，|在乙镇建设…项目."""
        after = self._index(offset) + 1
        brought = self._brought[after] if after < len(self._pieces) else None
        return Topic((brought,), BROUGHT) if brought and brought.type is EntityType.PROJECT else None

    def _beneficiary(self, piece: Span, offset: int) -> Topic | None:
        """Return who the clause says something is done for: 一年为公司省下46万元."""
        for m in helping_pattern("for").finditer(self.article.text, piece.start, offset):
            if reference := self.said_at(m.end()):
                return Topic(reference.mentions, SENTENCE, reference.end)
        return None

    def _carried_topic(self, here: int) -> Topic | None:
        """Return what the clauses before were about; a speaker's body where they are none of its business.

        `甲村党支部书记李某介绍，去年种瓜680亩` is about the village, unless the paragraph speaks of a thing already.
        """
        piece, body = self._pieces[here], None
        if self._turned[here]:
            return None
        for i in range(here - 1, -1, -1):
            before = self._pieces[i]
            is_far = before.paragraph != piece.paragraph
            if is_far and (body or piece.is_caption or before.paragraph == 0):
                break
            if is_far and is_in_words(self.article.text, piece.span.start + 1):
                speaking = self._speaking(piece.span)
                return Topic((speaking,), PARAGRAPH) if speaking else None
            if self._turned[i] and not self._names.cleft(before.span):
                return None
            topic = self._set_at(i, piece)
            if topic and not (self._reaches(topic, piece) and self._goes_on(topic, i, here)):
                return None
            if topic:
                is_thing = topic.mentions[0].type in THINGS and (body is None or body.kind not in _FIRMS)
                return Topic((body,), PARAGRAPH) if body and not is_thing else topic
            if body is None and not is_far and not follows_speech(self.article.text, before.span):
                body = body_of_speaker(self.article.text, self._names, before.span)
        return Topic((body,), PARAGRAPH) if body else None

    def _speaking(self, piece: Span) -> Mention | None:
        """Return the body of who says a piece, its place where it is the party branch there, none for an office."""
        body = body_behind_words(self.found, self.article.text, piece.start + 1)
        own = own_place_of(self._names, body) if body else None
        return None if own and own.kind in _OFFICES else own

    def _reaches(self, topic: Topic, piece: Piece) -> bool:
        """Tell whether a topic of a sentence before can be what a piece without a subject is about.

        `去年流转土地30亩` may go on about a person, `本次集中开工项目90个` not; another paragraph goes on about places
        and bodies alone.
        """
        if topic.confidence > PARAGRAPH:
            return True
        begin, kind = self.opening(piece.span), topic.mentions[0].type
        if kind is not EntityType.PLACE and acts_by_itself(self.article.text, begin, piece.span):
            return False
        if topic.confidence < PARAGRAPH and not self._leaves_out_subject(piece):
            return False
        if kind is EntityType.PERSON:
            return topic.confidence == PARAGRAPH and opens_with_verb(self.article.text, begin, piece.span)
        return topic.confidence == PARAGRAPH or kind in (EntityType.PLACE, EntityType.ORGANIZATION)

    def _leaves_out_subject(self, piece: Piece) -> bool:
        """Tell whether a paragraph opens without a subject: 已完成走访162家, 二十年耕耘; not 小组走访162家."""
        own = (self._pieces[i].span for i in range(self._first_of[piece.paragraph], len(self._pieces)))
        first = next(span for span in own if self.opening(span) < span.end)
        begin = self.opening(first)
        return opens_with_verb(self.article.text, begin, first) or _YEARS_OF.match(self.article.text, begin) is not None

    def _goes_on(self, topic: Topic, first: int, here: int) -> bool:
        """Tell whether the pieces go on about a project: `开工项目7个，总投资34亿元` counts others."""
        if topic.mentions[0].type is not EntityType.PROJECT:
            return True
        text = self.article.text
        return not any(_PROJECTS.search(text, p.span.start, p.span.end) for p in self._pieces[first + 1 : here + 1])

    def _set_at(self, index: int, piece: Piece) -> Topic | None:
        """Return the topic that a piece before leaves behind."""
        confidence = self._carried(self._pieces[index], piece)
        if index + 1 < len(self._pieces) and (site := self._names.site(self._pieces[index].span)):
            return Topic((site,), confidence)
        if helped := self._helped[index]:
            return Topic(helped.mentions, confidence)
        brought, said = self._brought[index], self._said[index]
        is_issued = brought and said and brought.type is EntityType.POLICY
        if brought and not (is_issued and _AGENT_GOES_ON.match(self.article.text, self.opening(piece.span))):
            return Topic((brought,), min(BROUGHT, confidence))
        if said is None and (doer := self._names.cleft(self._pieces[index].span)):
            return Topic((doer,), confidence)
        if said is None and confidence == SENTENCE and (agent := self._names.agent(self._pieces[index].span)):
            return Topic((agent,), confidence)
        return Topic(said.mentions, confidence) if said else None

    def _carried(self, before: Piece, piece: Piece) -> float:
        if before.sentence == piece.sentence:
            return SENTENCE
        return PARAGRAPH if before.paragraph == piece.paragraph else BEYOND

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)
