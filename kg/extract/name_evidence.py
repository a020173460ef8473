"""What speaks for and against a quotation's being a name, in one place where it stands.

In: a text and a quotation; out: an `Occurrence` with its score, head noun and the type that verbs and predicates hint
at. The trap: a figure of speech stands behind the same verbs as a name; what is said of a name is different: it has
users, rooms, hours and figures (`“田间通”注册用户突破3万人`), a figure of speech has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.defined_names import DEFINED, definition
from kg.extract.head_nouns import Head, head_before, head_behind, head_within
from kg.extract.quotations import Quotation, naming_verbs
from kg.model import EntityType
from kg.vocab import Row, lexicon

# Weights: one strong cue and one weak cue pass the threshold together, a strong head noun alone does, a strong verb
# before a core of four characters or more just does; two weak cues need repetition.
HEAD_WEIGHTS = {DEFINED: 3.0, "strong": 3.0, "weak": 1.0, "none": -2.0}
_HEAD_INSIDE = {"strong": 1.5, "weak": 0.75, "none": -2.0}
_VERB = {"strong": 1.75, "weak": 0.75}
_DISTANT_VERB = 0.6
"""Factor for a verb with words between it and the quotation."""
_LIST, REPEATED, _CODE, _LONG, _PROPER, _FRAME, _PART, _SHOWN = 1.0, 0.75, 0.5, 0.5, 0.75, 1.0, 2.25, 0.75
_SAID = {"strong": 1.75, "weak": 0.75}
_ATTRIBUTE, _COMMA, _ENUMERATION, _QUALITY, _ADDED_UP = -1.0, -2.0, -0.75, -3.0, -1.0

# 三亮四不签, 1+N, 五小: a name built on numbers.
_CODE_LIKE = re.compile(
    r"[一二两三四五六七八九十百千万].*[一二两三四五六七八九十百千万]|^[一二三四五六七八九十]\w|\d|[+＋]N"
)
# 保姆式, 动态化: a quality, not a name; 的, 了 and the like at the end of a core as well.
_QUALITY_END = re.compile(r"(?:(?<!模)式|化|型|性|感|(?<!制)度|的|了|吗|呢)$")
# “一个小程序”, “一张图”: counted things, no names.
_ARTICLE = re.compile(r"^一(?:[个张部条根本套幅份]|[家名位](?!一))")
# 传统“坐商”模式: how it used to be done.
_OLD_BEFORE = re.compile(r"(?:传统|以往|过去|旧|老)的?$")
_SENTENCE_LIKE = re.compile(r"[。！？!?；…：]|，$|^，")
# 以“…”为抓手: the quotation is what the work is built on.
_AS_MEANS = re.compile(r"^[^，。；]{0,8}为(?:抓手|载体|依托|平台|纽带|牵引)")
# “甲”是“乙”活动的一环: what is part of a scheme is a scheme.
_PART_OF_BEHIND = re.compile(r"^[^，。；“”]{0,3}是[^，。；]{2,24}的(?:一环|一部分|组成部分|重要内容|子品牌|缩影之一)")
# “夏季行动”开展以来: the verb behind says that it was started.
_STARTED_BEHIND = re.compile(
    r"^(?:自|于|在)?[^，。；“”]{0,8}?(?:开展|启动|实施|推行|上线|运行|推出|开通|启用)(?:以来|后|至今|了|，)"
)
# “暖冬行动”已覆盖万人: what reaches people is carried out.
_REACHES_BEHIND = re.compile(r"^(?:[已累计共]{0,4})(?:覆盖|惠及|服务|吸引|发放|受理|办结|解决|开展)")
# “红色物业”覆盖小区180个: so is what has figures.
_WITH_FIGURES = re.compile(
    r"^[^，。；“”的]{0,6}(?:覆盖|惠及|服务|受理|办结|发放|举办|开展|接待|调解|化解|收集|解决|帮助|帮扶|吸引|带动|培训|救助|募集|兑换)"
    r"[^，。；“”]{0,12}\d|^[共现]?有\d"
)
# 12个“幸福小站”: several of a kind have its name; one is as often a figure of speech (一颗“定心丸”).
_SEVERAL = re.compile(r"(?:[2-9]|\d{2})[余多]?(?:个|条|家|处|座|间|辆|台|名|期|场|支|所|门|类|款)$")
# 走进“乡愁记忆馆”, 在“民情茶室”: where one is.
_WHERE = re.compile(r"(?:走进|走入|来到|进到|坐在|位于|就在|在|去|到)(?:[^，。；“”]{1,8}的)?$")
# 一家人成了“服务站”: what something is like.
_BEING = re.compile(
    r"(?:是|成了|成为|变成|变成了|当成|当作|像|如同|堪称|化身|变身|当好|做好|当起|当上|被誉为|誉为|称为|所谓)$"
)
# 一室三中心, 家门口的车间, 省级最美驿站: several at once, a description, a title.
NO_HOUSE = re.compile(
    r"[一二两三四五六七八九].+[一二两三四五六七八九]|的|^(?:全[国省市县]|国家|[省市县]级)|最美|十佳|优秀|先进|示范"
)
# 台山农商银行的“鳗塘易”: what a bank has a name for.
_OF_BANK = re.compile(r"(?:银行|[支分]行|农商行|农信社|信用社|联社|保险|财险|人寿)(?:推出)?的$")
# 云上某某, 码上议: the beginning of digital things.
_DIGITAL = re.compile(r"^(?:云上|云|码上|智慧|掌上|指尖|数字|一键|一码|智|e|E)(?=.{2})")
# 定时+分段: things put together, no name by itself.
_SUM = re.compile(r"[\u4e00-\u9fff]{2,}[+＋][\u4e00-\u9fff]{2,}")
# “自助餐”式服务: the quotation describes how.
_LIKE_BEHIND = re.compile(r"^(?:式|型|化|般|级|范儿|味)")
# “小燕子课堂”。这个公益|课堂: the noun inside is pointed back at.
_POINTED = r"[。，](?:这|该)[个项款堂场种]?[^，。“”]{0,4}"
# 首笔“光伏贷”: what has a first one is a kind with a name.
_FIRST = re.compile(r"首[笔单张批个家例款届期]$")
_MEASURED = re.compile(r"^[一二三四五六七八九十两\d]+[个名位条项支场类套款]")
_FINANCIAL = ("贷", "险", "保")
"""What ends so in quotation marks is a product, whatever stands around it: 放了150万元“商户贷”, 上了“价格险”."""
_SHORTEST_LOAN = 2
_LONG_NAME = 4
"""As many characters are more than an everyday word."""
_WORD_LENGTH = 2
"""As many are as long as most everyday words."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a core stands."""

    start: int
    end: int
    """End of the core with its closing quotation mark."""
    head: Head | None
    score: float
    quoted: bool
    verb: str
    inside: EntityType | None = None
    """Type of the head noun within the core."""
    glossed: bool = False
    """True where a gloss in brackets stands between it and the head noun: the name ends before the gloss."""
    hint: str = ""
    """Type that the predicate behind hints at."""

    def full_end(self) -> int:
        """Where the name ends with its head noun."""
        named = self.head and self.head.type and self.head.strength != "none" and not self.glossed
        return self.head.end if self.head and named and not self.repeats_head else self.end

    @property
    def repeats_head(self) -> bool:
        """Tell whether the noun behind only repeats the one inside: “种业贷”贷款."""
        return self.head is not None and self.head.type is EntityType.PRODUCT and self.inside is EntityType.PRODUCT


def read_occurrence(text: str, q: Quotation, starts: set[int]) -> Occurrence:
    """Weigh a quotation where it stands; `starts` are the offsets at which places' names begin.

    `“田间通”注册用户突破3万人` hints at a Platform.
    """
    q = _with_attribute(text, q)
    score = _score_around(text, q) + _score_inside(q, bool(q.head and q.head.type and q.head.strength == "strong"))
    inside = head_within(q.core)
    if q.start + 1 in starts:  # “盐池滩羊”: goods are named after where they come from
        score += _PROPER + (_SHOWN if inside and inside.type is EntityType.PRODUCT else 0.0)
    if inside and re.match(_POINTED + re.escape(inside.word), text[q.end : q.end + 16]):
        score += _SHOWN
    if inside and inside.type is EntityType.FACILITY and not (q.head and q.head.type):
        score += _where(text, q)
    glossed = text.startswith("（", q.end)
    said = _said(text, q)
    if said:
        score += _SAID[said["strength"]]
    hint = said["type"] if said else ""
    if not hint and _OF_BANK.search(text, max(0, q.edition - 8), q.edition):
        hint = EntityType.PRODUCT
    return Occurrence(q.edition, q.end, q.head, score, True, q.verb, inside.type if inside else None, glossed, hint)


def _where(text: str, q: Quotation) -> float:
    """Weigh whether a room or house in quotation marks is one: 走进“乡愁记忆馆”, not 成了“服务站”."""
    before = text[max(0, q.edition - 14) : q.edition]
    if _BEING.search(before) and not q.verb:
        return _ATTRIBUTE
    if NO_HOUSE.search(q.core):
        return _QUALITY
    return _SHOWN if _WHERE.search(before) else _SHOWN / 1.5


def _said(text: str, q: Quotation) -> Row | None:
    """Return what is said of a quotation that shows what it is: “乡信贷”最高额度30万元, 走进“乡愁馆”."""
    if q.head and q.head.type and q.head.strength in ("strong", DEFINED):
        return None
    behind = _predicates().match(text, q.list_end) or _within().match(text, q.end)
    if behind and not text.startswith("“", q.list_end):
        return _said_of()[behind[1]]
    return None


@cache
def _said_of() -> dict[str, Row]:
    return {r["word"]: r for r in lexicon("naming_predicates")}


@cache
def _predicates() -> re.Pattern[str]:
    return _behind(r"[^，。；：！？、“”的\n]{0,8}?", "near")


@cache
def _within() -> re.Pattern[str]:
    return _behind("", "at")


def _behind(gap: str, where: str) -> re.Pattern[str]:
    listed = sorted((r["word"] for r in lexicon("naming_predicates") if r["where"] == where), key=len, reverse=True)
    return re.compile(rf"{gap}({'|'.join(map(re.escape, listed))})")


def _with_attribute(text: str, q: Quotation) -> Quotation:
    """Let 的 stand between a quotation and its head noun for projects only: “一带三园”的文旅融合项目."""
    if q.head is None and text.startswith("的", q.end):
        head = head_behind(text, q.end + 1)
        if head and head.type is EntityType.PROJECT:
            return replace(q, head=head)
    if q.head is None and (head := head_before(text, q.edition, q.end)):
        return replace(q, head=head)
    if (q.head is None or q.head.type is None) and (head := definition(text, q.start, q.end)):
        return replace(q, head=head)
    return q


def _score_around(text: str, q: Quotation) -> float:
    """Weigh what stands before and behind the quotation."""
    behind = text[q.end : q.end + 40]
    score = _score_head(q) + _score_verb(q)
    if text.startswith("以", q.edition - 1) and _AS_MEANS.match(behind):
        score += _FRAME
    if _FIRST.search(text, max(0, q.edition - 4), q.edition):
        score += _FRAME
    if q.edition < q.start:  # 第十一届“…”: what is counted is held
        score += _FRAME
    if _OF_BANK.search(text, max(0, q.edition - 8), q.edition):
        score += _SAID["strong"]
    if _SEVERAL.search(text, max(0, q.edition - 5), q.edition):
        score += _SHOWN
    if _WITH_FIGURES.match(behind):
        score += _SAID["strong"]
    if _LIKE_BEHIND.match(behind) or _OLD_BEFORE.search(text, max(0, q.edition - 4), q.edition):
        score += _QUALITY
    if _PART_OF_BEHIND.match(behind):
        score += _PART
    # 老路子——“云溪模式”: a dash introduces a name.
    if _STARTED_BEHIND.match(behind) or _REACHES_BEHIND.match(behind) or text.endswith("——", 0, q.edition):
        score += _SHOWN
    if text.startswith("的", q.list_end) and not q.head:
        score += _ATTRIBUTE
    return score


def _score_head(q: Quotation) -> float:
    if q.head is None:
        return _LIST / 2 if q.members > 1 else 0.0
    return HEAD_WEIGHTS[q.head.strength] + (_LIST if q.head_of_list and q.head.type else 0.0)


def _score_verb(q: Quotation) -> float:
    strength = naming_verbs()[q.verb]["strength"] if q.verb else ""
    near = not _MEASURED.sub("", q.gap) or q.gap == "的"  # 配一名“…”: a measure word is no distance, 启动的“…” neither
    return _VERB.get(strength, 0.0) * (1 if near else _DISTANT_VERB)


def _score_inside(q: Quotation, closed: bool) -> float:
    """Weigh the form of the core itself; where a head noun closes the name its last word says little (…+农户|模式)."""
    score = 0.0
    inside = head_within(q.core)
    if inside and not (closed and inside.strength == "none"):
        score += _HEAD_INSIDE[inside.strength] if not inside.is_elsewhere else _HEAD_INSIDE["strong"]
        if inside.type is EntityType.PRODUCT and inside.word.endswith(_FINANCIAL) and len(q.core) > _SHORTEST_LOAN:
            score += _SHOWN
    if _CODE_LIKE.search(q.core):
        score += _CODE
    if _DIGITAL.search(q.core):
        score += _FRAME
    if len(q.key) >= _LONG_NAME:
        score += _LONG
    if len(q.key) == _WORD_LENGTH:
        score -= _LONG
    if "，" in q.core:
        score += _COMMA
    if q.core.count("、") and not q.head:
        score += _ENUMERATION * q.core.count("、")
    if _SUM.search(q.core):
        score += _ADDED_UP
    if _ARTICLE.search(q.core) or _QUALITY_END.search(q.core) or _SENTENCE_LIKE.search(q.core):
        score += _QUALITY
    return score
