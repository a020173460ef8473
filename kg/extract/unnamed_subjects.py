"""Pieces of a sentence that speak of somebody or something without a name: 该品种…, 一条线…, 走进一家纺织企业.

In: a text and a piece in which no named subject was found. Out: whether it is about something else than what was
named before. The trap: `年产值2亿元` and `惠及农户30万户` open with a noun too, and go on about the last named thing;
only what points at something else, or acts by itself (客户每月省下200元), ends that.
"""

from __future__ import annotations

import re
from functools import cache

from kg.model import Span
from kg.text import tagged
from kg.vocab import words

# 该品种, 这5名选手, 这些企业; 此次, 此外, 这里, 这样 point at no subject.
_POINTING = re.compile(
    "(?:该|这些|那些|这(?![里样时次就是也才么个月一年几天两年]|项工作)|那(?![里样时就是]))[^，。；：]"
)
# 一条线顶60个人; 一个 and 一批 are articles of what somebody does (一批项目落户).
_ARTICLE = re.compile("一[条家名位座所台户](?!最[高多低])")
# 柑橘作为支柱产业: the sentence has a subject of its own.
_ROLE = re.compile("[\u4e00-\u9fff]{2,6}作为")
# 走进一家纺织企业的车间: the scene changes to one without a name.
_SCENE = re.compile("(?:走进|来到|走访|在)[^，。；：]{0,8}?一[家座处间户]")
# 在江北大道改造工程现场: the scene is something that nobody has named.
_SITE = re.compile("[在走来][进到]?[^，。；：]{2,20}(?:现场|车间|工地|果园|大棚|田里|地里|家中|家里)[里内]?$")
_ACTING = "v"  # jieba's tag of verbs
_STATING = re.compile("[达有为占是超共仅约]")  # 员工达300人 says how many they are, not what they do


def is_about_another(text: str, begin: int, piece: Span) -> bool:
    """Tell whether a piece without a named subject turns to something that has no name.

    `该品种糖度14.6%` and `走进一家企业的车间` do, `年产值2亿元` does not. `begin` is where its openers end.
    """
    if _ours().match(text, begin, piece.end):
        return True
    if _POINTING.match(text, begin, piece.end) or _ARTICLE.match(text, begin, piece.end):
        return True
    return bool(_ROLE.match(text, begin, piece.end) or _SCENE.search(text, piece.start, piece.end))


def is_scene(text: str, begin: int, piece: Span) -> bool:
    """Tell whether a piece only sets a scene: 在江北大道改造工程现场."""
    return bool(_SITE.match(text, begin, piece.end))


def acts_by_itself(text: str, begin: int, piece: Span) -> bool:
    """Tell whether a piece opens with people or bodies without a name that do something: 施工队每天铺路30米."""
    seen = ""
    tokens = tagged(text[begin : piece.end])
    for i, (word, tag) in enumerate(tokens[:4]):
        seen += word
        if seen.endswith(_collectives()):
            following = [t for t in tokens[i + 1 :] if t[1] not in ("d", "t", "r", "f")][:1]
            return any(tag[:1] == _ACTING and not _STATING.match(word) for word, tag in following)
        if tag[:1] not in ("n", "a", "b", "v", "j"):
            return False
    return False


def is_bare_actor(text: str, begin: int, piece: Span) -> bool:
    """Tell whether a piece opens with a bare noun that does something and that nothing named can mean: 专班走访."""
    m = _bare_noun().match(text, begin, piece.end)
    if m is None or m["kind"] in words("verbs"):  # 帮助企业扩建厂房: the firm is helped, no sort of firm acts
        return False
    following = [t for t in tagged(text[m.end() : piece.end]) if t[1] not in ("d", "t")][:1]
    return any(tag == _ACTING and not _STATING.match(word) for word, tag in following)


@cache
def _bare_noun() -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, words("bare_nouns")), key=lambda w: (-len(w), w)))
    return re.compile(f"(?P<kind>[\u4e00-\u9fff]{{2}})??(?:{listed})")  # 中央厨房 acts as 厨房 does


@cache
def _ours() -> re.Pattern[str]:
    """Return the pattern of a speaker's own body (我们合作社), which the article has not named if it comes to this."""
    return re.compile(f"[我咱]们(?:{'|'.join(sorted(words('bare_nouns')))})")


def opens_with_verb(text: str, begin: int, piece: Span) -> bool:
    """Tell whether a piece opens with what its subject does: 流转土地30亩, 又种了50亩."""
    spoken = [tag for _, tag in tagged(text[begin : piece.end]) if tag not in ("d", "t", "x", "p")]
    return bool(spoken) and spoken[0][:1] == _ACTING


@cache
def _collectives() -> tuple[str, ...]:
    return tuple(words("collectives"))
