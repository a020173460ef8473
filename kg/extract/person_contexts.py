"""Full names of persons by what stands around them: a role or kin word before, a speech verb behind, a list.

In: an article and the mentions of places and bodies found before; out: spans with the rule that found them. The
trap: a role word announces a name only as a rule (`村民方便了`), so the name itself must be likely as well
(`person_names`), the more so the less its surroundings say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import vocab
from kg.extract.person_names import (
    Name,
    is_closed,
    is_verb_and_noun,
    may_score,
    name_among_names,
    name_at,
    surname_at,
    surname_starts,
    verb_pattern,
)
from kg.extract.roles import Role, announcing_characters, before_gloss, role_before
from kg.model import Article, EntityType, Findings, Span
from kg.text import dictionary_words, is_word

_ANNOUNCED = {
    "post": -1.0,
    "kin": 0.0,
    "member": 0.0,
    "occupation": 1.0,
    "villager": 1.0,
    "honour": 1.0,
    "person": 1.0,
    "suffix": 2.5,
    "lead": 0.0,
    "aged": -3.0,
    "owned": 5.0,
}
_LISTED, _LISTED_LATE, _LISTED_LAST = -2.5, -5.5, 0.0
_SPEAKER, _CALLER, _ACTOR, _DESCRIBED, _TITLED, _PLAIN = 4.5, 3.0, 6.0, 1.5, 4.0, 7.5
"""Least odds (natural logarithm) of a name after a role of each kind (`居民` stands before much else); in a list, from
its third member on, and behind its 和; before a speech verb, before a call, before another verb, beside its own age or
place in a picture, before a form of address, and without any sign.
Behind an age no function word stands, so that 应 of `82岁的应某某` is a surname."""

_AGAIN = 2.0
"""What a role with the same name behind it says more where it stands twice."""

PLAIN = "person.plain"
"""The rule of names that nothing announces: less sure than any other."""

# What names a person without being a role: 叫 and 名叫, the age before (35岁的…), `记者：`.
_LEAD = re.compile(
    r"(?:名叫|叫做|叫作|叫|\d岁的|最(?:小|大|年长|年轻|年幼)的|记者[：:]?|通讯员[：:]?|岁的?村民|同志)[  　]*$"
)
_LEAD_ENDS = "叫做作的者：:员民志 　"
"""Characters that what leads a name may end in, so that most texts need no search."""
_SEPARATOR = re.compile(r"(?:（[^（）]{1,8}）)?(、|和|与|及|以及)[ 　]*")
# 张三（左一）, 张三（女，45岁）, 张三，男，…, 张三今年71岁.
# 由张三等9名寨老.
# 张三/图, 张三劳模创新工作室.
_DESCRIPTION = re.compile(
    r"（(?:[左右中前后]|女|男|图)|，?今年?\d+岁|，[男女][，、]|等[\d一二两三四五六七八九十]|[/／][文图摄]|(?:劳模|大师|名师|创新)?(?:创新)?工作室"
)
# 许某在对讲机里喊, 冲着人群喊: a voice is a person's.
_CALLS = re.compile(
    r"(?:在[^，。；“”]{1,8}[里上中边前旁]|[冲朝]着?[^，。；“”]{1,8}|大声|高声)(?:大声|高声)?(?:喊|叫|问|招呼|提醒)"
)
_SPACED = re.compile(r"([一-鿿])[ 　]{1,2}([一-鿿])")
_COPULA = re.compile(r"(?:就|原|曾|也|还|便)?(?:是|现任|担任|出任|当选为?)([^，。；！？]{2,40})")
_BOUNDARY = "，。、；：！？（）()“”‘’《》\n—… 　/／"
# A clause may open with these before its subject: 据张三介绍, 和李四一样.
_OPENERS = re.compile(r"(?:据|听|在|图为|和|与|跟|让|由|请|给|对|向|像|而|但|如今|现在|看到|只见|这时|当时|随后|目前)$")
# 王家 in 王家村, 李庄 in 李庄小学: the name of a place, not of a person.
_PLACE_TAIL = re.compile(
    r"街道|[村镇乡县市区州省路街巷庄屯寨湾沟坪山河湖桥寺庙站港岛局所院校厂店矿](?!长)|公司|小学|中学|大学|医院|社区|集团"
)


class Found(NamedTuple):
    """A full name in the text."""

    span: Span
    rule: str
    confidence: float


def full_names(article: Article, found: Findings) -> list[Found]:
    """Return full Han names with strong evidence, in text order, without overlaps."""
    scene = _Scene.of(article, found)
    names: list[Found] = []
    for body in article.bodies():
        end = body.start
        while name := _next_name(scene, Span(end, body.end)):
            names.append(name)
            end = name.span.end
            title = _titles(posts=True).match(article.text, end)
            for follower in _listed(scene, Span(title.end() if title else end, body.end)):
                names.append(follower)
                end = follower.span.end
    return _in_full(article.text, names)


def _in_full(text: str, names: list[Found]) -> list[Found]:
    """Return the names, those of two characters in full where the text has a longer one there: 武善|来爱开玩笑."""
    longer = {n.span.of(text)[:2]: n for n in reversed(names) if n.span.end - n.span.start == 3}
    full = []
    for name in names:
        long = longer.get(name.span.of(text))
        if long and text.startswith(long.span.of(text), name.span.start):
            name = name._replace(span=Span(name.span.start, name.span.start + 3))
        full.append(name)
    return full


class _Scene(NamedTuple):
    """The text with what is known of it."""

    text: str
    places: frozenset[int]
    """Where names of places begin."""
    named: frozenset[int]
    """Characters inside names of anything."""
    after: frozenset[int]
    """Where a place or body has just been named."""
    inside: frozenset[int]
    """Offsets inside the names of bodies: 代表曹渡|街道党工委."""

    @classmethod
    def of(cls, article: Article, found: Findings) -> _Scene:
        """Gather what earlier extractors know."""
        named = [m for m in found.mentions if not m.anaphor]
        bodies = (EntityType.PLACE, EntityType.ORGANIZATION, EntityType.FACILITY)
        return cls(
            article.text,
            frozenset(m.start for m in named if m.type is EntityType.PLACE and len(m.text) > 1),
            frozenset(i for m in named for i in range(m.start, m.end)),
            frozenset(m.end for m in found.mentions if m.type in bodies),
            frozenset(i for m in named if m.type is EntityType.ORGANIZATION for i in range(m.start + 1, m.end)),
        )


def _next_name(scene: _Scene, within: Span) -> Found | None:
    for start in surname_starts(scene.text, within):
        if start not in scene.places:
            found = _announced(scene, start) or _unannounced(scene, start, within.start)
            if found and found.span.end <= within.end:
                return found
    return None


def _announced(scene: _Scene, start: int) -> Found | None:
    """`保洁员沈根法`, `原佳慧的师父叫原德顺`: a role or a verb of naming stands before the name."""
    text, before = scene.text, start
    last = text[start - 1 : start]
    if last not in announcing_characters() and last not in _LEAD_ENDS:
        return None
    while before and text[before - 1] in " 　":
        before -= 1
    role = role_before(text, before_gloss(text, before))
    lead = _LEAD.search(text, max(0, start - 12), start) if text[start - 1 : start] in _LEAD_ENDS else None
    owned = text[start - 1 : start] == "的" and start - 1 in scene.after
    if not role and not lead and not owned:
        return None
    name = _spaced_name(text, start) or name_at(text, start, announced=True)
    if name is None or (_names_place(text, name.end) and (name.score < _SPEAKER or name.end in scene.inside)):
        return None
    if any(_ends_role(text, start, end) for end in range(start + 1, name.end)):
        return None
    if not role and not scene.named.isdisjoint(range(start, name.end)):
        return None
    kind = _kind_of_lead(lead[0], name) if lead else _strength(scene, role, before < start) if role else "owned"
    again = role and text.count(text[role.start : name.end]) > 1  # 护林员某某 … 护林员某某（左）
    if name.score < _ANNOUNCED[kind] - (_AGAIN if again else 0.0):
        return None
    return Found(Span(start, name.end), "person.role" if role else "person.lead", 0.85 if kind == "suffix" else 0.93)


def _kind_of_lead(lead: str, name: Name) -> str:
    """Tell an age before a name of three characters (`82岁的`) from other words that lead names."""
    return "aged" if lead.endswith("岁的") and name.end - name.start > 2 else "lead"


def _spaced_name(text: str, start: int) -> Name | None:
    """`宋 峰、李长春`: a short name spread to the width of the others."""
    spaced = _SPACED.match(text, start)
    if spaced is None or not surname_at(spaced[1], 0) or not is_closed(text, spaced.end()):
        return None
    return name_at(spaced[1] + spaced[2] + "、", 0, announced=True) and Name(start, spaced.end(), _SPEAKER)


def _names_place(text: str, end: int) -> bool:
    """Tell whether 村 or 公司 follows, unless it begins a word of its own (沟通, 路过)."""
    tail = _PLACE_TAIL.match(text, end)
    return tail is not None and len(dictionary_words(text[end : end + 3])[0]) <= len(tail[0])


def _strength(scene: _Scene, role: Role, spaced: bool) -> str:
    """`山底村果农王建社`: behind a place or body even a villager's word is as good as a post."""
    if spaced:
        return "suffix"
    return "post" if role.start in scene.after and role.kind != "suffix" else role.kind


def _listed(scene: _Scene, within: Span) -> Iterator[Found]:
    """`县领导甲、乙、丙一同参加`: names that a list adds to one just found."""
    text, end, count = scene.text, within.start, 1
    while separator := _SEPARATOR.match(text, end, within.end):
        start = separator.end()
        unusual = name_among_names(text, start, _LISTED) if count > 1 else None
        if unusual and scene.named.isdisjoint(range(start, unusual.end)):
            yield Found(unusual, "person.list", 0.8)
            end, count = unusual.end, count + 1
            continue
        if not surname_at(text, start) or start in scene.places:
            return
        name = _spaced_name(text, start) or name_at(text, start, announced=True)
        if name is None or _names_place(text, name.end) or name.score < _least_in_list(text, name, separator, count):
            return
        yield Found(Span(start, name.end), "person.list", 0.9)
        end, count = name.end, count + 1
        if title := _titles(posts=True).match(text, end):  # 吴访升院长、洪霄副院长
            end = title.end()


def _least_in_list(text: str, name: Name, separator: re.Match[str], count: int) -> float:
    if _titles(posts=True).match(text, name.end):
        return _LISTED
    if separator[1] != "、":
        return _LISTED_LAST
    if count > 1 and (name.end - name.start > 2 or is_closed(text, name.end)):
        return _LISTED_LATE
    return _LISTED if is_closed(text, name.end) else _LISTED_LAST


def _unannounced(scene: _Scene, start: int, begin: int) -> Found | None:
    """`，郭瑞平说`, `罗天贵（左）`: a subject whose verb, description or title shows a person."""
    text = scene.text
    opens = _opens(text, start, begin)
    if not opens and start not in scene.after and not may_score(text, start, _PLAIN):
        return None
    name = name_at(text, start, announced=False)
    if name is None or _names_place(text, name.end) or not scene.named.isdisjoint(range(start, name.end)):
        return None
    if any(_ends_role(text, start, end) for end in range(start + 1, name.end)):
        return None
    span = Span(start, name.end)
    if start in scene.after and name.score >= _DESCRIBED and _titles(posts=True).match(text, name.end):
        return Found(span, "person.title", 0.85)
    if not opens:
        return Found(span, PLAIN, 0.7) if _is_plain_name(text, name) else None
    for pattern, least, rule in (
        (verb_pattern("speech"), _SPEAKER, "person.speech"),
        (_CALLS, _CALLER, "person.speech"),
        (_DESCRIPTION, _DESCRIBED, "person.description"),
        (_titles(name.end - start > 2), _TITLED, "person.title"),
        (verb_pattern("act"), _ACTOR, "person.speech"),
    ):
        if pattern.match(text, name.end) and name.score >= least:
            return Found(span, rule, 0.9)
    copula = _COPULA.match(text, name.end)
    if copula and name.score >= _TITLED and role_before(text, copula.end()):
        return Found(span, "person.copula", 0.9)
    return Found(span, PLAIN, 0.7) if _is_plain_name(text, name) else None


def _ends_role(text: str, start: int, end: int) -> bool:
    """Tell whether a role that began before the name ends inside it: 程 of 工程师李强 is a surname too."""
    role = role_before(text, end)
    return role is not None and role.start < start


def _is_plain_name(text: str, name: Name) -> bool:
    """Tell whether three characters are so likely a name that they need no sign: outside quotation marks.

    Not where they cut a word (种|植玉米), nor where an everyday surname stands before a word (敬|英雄).
    """
    if is_word(text[max(0, name.start - 1) : name.start + 1]) or is_verb_and_noun(text[name.start : name.end]):
        return False
    return name.score >= _PLAIN and name.end - name.start == 3 and text[name.start - 1 : name.start] not in "“《‘"


def _opens(text: str, start: int, begin: int) -> bool:
    return start == begin or text[start - 1] in _BOUNDARY or bool(_OPENERS.search(text, max(0, start - 3), start))


@cache
def _titles(posts: bool) -> re.Pattern[str]:
    """Titles behind a full name: 同志, 先生, with posts 书记 as well."""
    titles = vocab.words("roles", kind="title") - {"总"}
    if not posts:
        titles -= vocab.words("roles", kind="post")
    forms = titles | {"副" + t for t in titles & vocab.words("roles", kind="post")}
    return re.compile("|".join(sorted(forms, key=len, reverse=True)))
