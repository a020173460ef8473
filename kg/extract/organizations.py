"""Organizations and facilities by head noun: Article, places → mentions, locatedIn, partOf, operates.

The heads are in `org_heads.tsv`; where a name begins is found in `name_bounds`, whether it is a name in `body_tests`.
The trap: names nest (`农行嘉兴分行美丽乡村服务团队`), and of a nest only the whole is mentioned, unless the part is
itself a body that the whole belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extract.body_heads import Head, find_heads
from kg.extract.body_links import linked
from kg.extract.body_tests import is_unbuilt, names_a_body, quoted_name, start_of_name
from kg.extract.firm_names import find_names, find_national_bodies, firm_names
from kg.extract.honour_phrases import honour_phrases
from kg.extract.in_order import starting
from kg.extract.name_bounds import Beginning, find_beginning
from kg.extract.organization_facts import Body, facts_of
from kg.extract.unnamed_bodies import FILLED_LEVELS, home_of
from kg.model import Article, EntityType, Fact, Findings, Mention, Span
from kg.text import bare
from kg.vocab import lexicon

_FIRM_RULE = "organization.firm_name"
_FIRMS = ("Company", "Bank")
_OPENS_ONLY = re.compile("(?:委|政府|人大|人大常委会|政协)$")
"""Bodies whose name only opens those of their organs, as 县委 does: no part that a reader would name."""
_BRACKET = re.compile("[（(](?:集团|控股|中国|[\u4e00-\u9fff]{2,4})[）)][\u4e00-\u9fff]{0,8}$")
_LONGEST_BRACKET = 16
_SHORT_TRADE = 8
"""What a firm does, between the name of what it runs and 有限公司."""
_FAR = 64
"""No place, and no body with what may stand behind it in the name of another, is longer."""
_CALLED = re.compile("^([“「][^”」]*[”」])的")
_MECHANISM = "机制"
_STATIONED = ("纪检监察组", "派驻纪检监察组", "纪检组", "检察联络室", "联络室", "检察室", "检察官办公室", "警务室")
_COMMITTEES = ("党委", "党工委")
_VILLAGES = ("Village", "Community")
_STATE = ("Government", "PartyOrganization")
_JOINTS = "、和与及"
_ORGANS = ("局", "厅", "委", "办", "院", "社", "政府")
_LEVEL = re.compile("[省市县区州盟旗]")
"""Whose organs a list may name once: 市|工信局、生态环境局."""
_IS_WHERE = re.compile("[的“「]?|，")
"""What may stand between a place and a body in it: 黄湾镇的某某公司; the comma only behind 在: 在大瑶镇，某某公司."""
_DETERMINERS = re.compile("(?:各|每|某|两|多|几|个|级)$")
"""Before 村委会 these make it the body of no one village."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known of an article before its bodies are read."""

    article: Article
    found: Findings
    places: tuple[Mention, ...]
    firms: frozenset[str]

    @property
    def text(self) -> str:
        return self.article.text


def _body(scene: _Scene, head: Head, known: list[Body], earlier: list[Body]) -> Body | None:
    text = scene.text
    if is_unbuilt(text, head) or _is_inside_place(scene, head):
        return None
    if whole := quoted_name(text, head):
        return Body(_mention(text, whole, head), head.unit, _place_before(scene, whole.start))
    opening = _bracket(text, head)
    near = (b for b in known if opening - _FAR < b.mention.end)
    openers = [b.mention.span for b in near if not _is_part_of_firm(head, b, opening)]
    b = find_beginning(text, replace(head, start=opening) if opening < head.start else head, scene.places, openers)
    if head.level and (b is None or b.by == "proper"):
        is_common = _DETERMINERS.search(text[: head.start])
        return None if is_common else _filled(scene, head, head.start, head.level, earlier + known)
    if head.needs == "self" and (b is None or b.by == "proper"):
        return Body(_mention(text, Span(head.start, head.end), head), head.unit)
    if b is None or not names_a_body(head, b, text):
        return _of_second_post(scene, head, earlier + known) or _of_list(scene, head, b, known)
    if b.by == "level" and b.level in FILLED_LEVELS:
        return _filled(scene, head, b.start, b.level_word, earlier + known)
    start = start_of_name(head, b, text, scene.places)
    if b.by == "quoted" and text[start : head.end] + _MECHANISM in text:  # “…”议事会|机制 is a programme, short or long
        return None
    if sender := _sender(text, head, start, known):
        return Body(_mention(text, Span(sender.mention.start, head.end), head), "team", sender.place, sender.mention)
    mention = _mention(text, Span(_before_prefix(text, start, head), head.end), head)
    place = _place_inside(scene, head, b) or _place_before(scene, mention.start)
    opener = next((x.mention for x in known if x.mention.span == b.body), None)
    return Body(mention, head.unit, place, _parent(opener, head, b))


def _is_inside_place(scene: _Scene, head: Head) -> bool:
    """Tell whether a head noun is only a piece of a place's name: 桥 of 石桥子镇, 金水桥社区."""
    near = starting(scene.places, head.start - _FAR, head.start + 1)
    return any(
        (p.start < head.start and (head.end < p.end or (head.end == p.end and p.kind != "Zone")))
        or p.start == head.start < p.end
        for p in near
    )


def _is_part_of_firm(head: Head, body: Body, opening: int) -> bool:
    """Tell whether a firm's short name is only the beginning of its full one: 万凯新材料|股份有限公司."""
    if head.kind != "Company" or head.unit:
        return False
    # 某某农村商业银行|股份有限公司, 某某古城景区|管理|有限公司
    return body.mention.rule == _FIRM_RULE or (head.needs == "formal" and body.mention.end >= opening - _SHORT_TRADE)


def _bracket(text: str, head: Head) -> int:
    """Return where a bracket in a firm's name opens, else where the head begins: 金冠（龙海）|塑料|有限公司."""
    found = _BRACKET.search(text, max(0, head.start - _LONGEST_BRACKET), head.start) if head.needs == "formal" else None
    return found.start() if found else head.start


def _sender(text: str, head: Head, start: int, known: list[Body]) -> Body | None:
    """Return the body that keeps a group at another one: 县纪委监委|驻|县教育局|纪检监察组."""
    if head.word not in _STATIONED or text[start - 1 : start] != "驻":
        return None
    return next((x for x in known if x.mention.end == start - 1), None)


def _before_prefix(text: str, start: int, head: Head) -> int:
    """Return where a name starts that opens with a word before its place: 武警|嘉兴|支队, 移动|青山县|分公司."""
    kinds = ("", "branch") if head.unit == "branch" else ("",)
    prefixes = (r["word"] for r in lexicon("name_prefixes") if r["before"] in kinds)
    return start - max((len(w) for w in prefixes if text.endswith(w, 0, start)), default=0)


def _mention(text: str, span: Span, head: Head, name: str = "") -> Mention:
    assert head.type is not None  # heads without a type were left out before
    printed = span.of(text)
    words = _CALLED.sub(r"\1", printed)  # 叫“淠河哨兵”的志愿服务队
    name = name or (bare(words) if bare(words) != printed else "")
    return Mention(span.start, span.end, printed, head.type, "organization.head_noun", name=name, kind=head.kind)


def _filled(scene: _Scene, head: Head, start: int, level_word: str, bodies: list[Body]) -> Body | None:
    home = home_of(scene.article, scene.found, start, level_word, [b.mention for b in bodies])
    if home is None:
        return None
    name = (
        _longest_label(scene, home) + scene.text[start if start == head.start else start + len(level_word) : head.end]
    )
    mention = replace(_mention(scene.text, Span(start, head.end), head, name), confidence=0.75)
    if home.type == EntityType.PLACE:
        # 镇武装部 alone does not say where it is; the committee and the bodies of a village are the place's own.
        is_stated = head.word in _COMMITTEES or home.kind != "Township" or name in scene.text
        return Body(mention, head.unit, home if is_stated else None)
    return Body(mention, head.unit, parent=home)


def _longest_label(scene: _Scene, home: Mention) -> str:
    """Return the fullest name of a place in the article: 青云街道, where 青云 stands nearer."""
    same = [p.label for p in scene.places if home.code and p.code == home.code]
    return max((home.label, *same), key=len)


def _of_second_post(scene: _Scene, head: Head, bodies: list[Body]) -> Body | None:
    """Find the party branch of the body just named: 县果业服务中心主任兼|党支部|书记."""
    if head.unit != "party" or scene.text[head.start - 1 : head.start] != "兼":
        return None
    before = [b for b in bodies if b.mention.end <= head.start and not _OPENS_ONLY.search(b.mention.text)]
    home = before[-1] if before else None
    if home is None or "\n" in scene.text[home.mention.end : head.start]:
        return None
    # 村委会主任兼党支部书记 leads the village's branch, not the committee's.
    village = home.place if home.place and home.place.kind in _VILLAGES else None
    owner = village or home.mention
    mention = replace(_mention(scene.text, Span(head.start, head.end), head, owner.label + head.word), confidence=0.7)
    place = None if home.mention.kind in _FIRMS else home.place
    return Body(mention, head.unit, village or place)


def _of_list(scene: _Scene, head: Head, b: Beginning | None, known: list[Body]) -> Body | None:
    """Find an organ that a list names without its level or place: 市工信局、|生态环境局, 石门县公安局和|司法局."""
    if b is None or b.by != "proper" or head.needs != "place" or head.unit or head.kind != "Government":
        return None
    before = next((x for x in known if x.mention.end == b.start - 1 and x.mention.kind in _STATE), None)
    if before is None or scene.text[b.start - 1] not in _JOINTS or not before.mention.label.endswith(_ORGANS):
        return None
    if len(b.middle.of(scene.text)) < 2 and len(head.word) < 2:
        return None
    place = next((p for p in starting(scene.places, before.mention.start, before.mention.start + 1)), None)
    level = _LEVEL.match(before.mention.label)
    opening = place.text if place and place.end < before.mention.end else level[0] if level else ""
    if not opening:
        return None
    span = Span(b.start, head.end)
    mention = replace(_mention(scene.text, span, head, opening + span.of(scene.text)), confidence=0.8)
    return Body(mention, head.unit, place if place and opening == place.text else None)


def _parent(opener: Mention | None, head: Head, b: Beginning) -> Mention | None:
    if opener is None or not head.unit or _OPENS_ONLY.search(opener.text):
        return None
    if head.unit == "plant" and b.middle.start < b.middle.end:  # 某某科技项目一号厂房 is the project's
        return None
    return opener


def _place_inside(scene: _Scene, head: Head, b: Beginning) -> Mention | None:
    opens = b.by in ("place", "body")
    inside = [p for p in starting(scene.places, b.start, head.end) if p.end < head.end] if opens else []
    return b.place or (inside[-1] if inside else None)


def _place_before(scene: _Scene, start: int) -> Mention | None:
    text = scene.text
    for p in reversed(starting(scene.places, start - _FAR, start)):
        if p.end <= start <= p.end + 1 and _IS_WHERE.fullmatch(text[p.end : start]):
            if text[p.end : start] == "，" and text[p.start - 1 : p.start] != "在":  # 在大瑶镇，某某公司…
                continue
            return p
    return None


def _firms(scene: _Scene, span: Span) -> Iterator[Body]:
    for found in find_national_bodies(scene.text, span, scene.places):
        yield _firm(scene, found, "Bank" if scene.text[found.end - 1] == "行" else "Company")  # 农行, 工商银行
    for found in find_names(scene.text, span, scene.firms):
        yield _firm(scene, found, "Company")


def _firm(scene: _Scene, span: Span, kind: str) -> Body:
    printed = span.of(scene.text)
    mention = Mention(span.start, span.end, printed, EntityType.ORGANIZATION, _FIRM_RULE, kind=kind, confidence=0.8)
    same = starting(scene.places, span.start, span.start + 1)
    opening = next((p for p in same if p.end < span.end), None)
    return Body(mention, place=opening or _place_before(scene, span.start))


def _with(bodies: list[Body], new: Body) -> list[Body]:
    span = new.mention.span
    near = [b for b in bodies if b.mention.end > span.start and b.mention.start < span.end]
    if any(b.mention.span.covers(span) for b in near):
        return bodies
    # 市华锦码头 runs into 华锦码头储运有限公司: what reaches as far to the right, or further, is the name
    inside = [b for b in near if b.mention.end <= span.end and b.mention != new.parent]
    return [*(b for b in bodies if b not in inside), new] if inside else [*bodies, new]


def _read(scene: _Scene, span: Span, earlier: list[Body]) -> list[Body]:
    """Read a stretch from left to right; a body found in it may open the name of a later one."""
    bodies = list(_firms(scene, span))
    for head in find_heads(scene.text, span):
        if head.type is not None and (body := _body(scene, head, bodies, earlier)):
            bodies = _with(bodies, body)
    return sorted(bodies, key=lambda b: (b.mention.start, -b.mention.end))


def _without_lone_head_offices(bodies: list[Body]) -> list[Body]:
    """Drop a head office that only opens its branches' names (长沙银行 of 长沙银行浏阳支行)."""
    inside = {b.parent for b in bodies if b.parent and b.unit == "branch" and b.parent.kind in ("Bank", "Company")}
    alone = {b.mention.label for b in bodies if b.mention not in inside}
    lone = {m for m in inside if m.label not in alone}
    return [replace(b, parent=None) if b.parent in lone else b for b in bodies if b.mention not in lone]


def _placed_once(bodies: list[Body]) -> list[Body]:
    """Let a place before a nest of names belong to the whole (…镇的|某某科技|新厂), one inside to the part it is in."""
    wholes = {b.parent: b.mention for b in bodies if b.parent and b.parent.start == b.mention.start}
    out = []
    for b in bodies:
        outside = b.place is not None and b.place.end <= b.mention.start and b.mention in wholes
        inside = b.place is not None and b.parent is not None and b.unit in ("party", "team", "union")
        place = None if outside or inside else b.place
        if place is None and b.unit == "party" and b.parent:
            place = next((x.place for x in bodies if x.mention == b.parent), None)  # 某县教育局|党组 is in the county
        out.append(b if place is b.place else replace(b, place=place))
    return out


def _is_in_honour(text: str, body: Mention) -> bool:
    """Tell whether a body's words are those of a title in quotation marks: 命名为“枫桥式公安派出所”."""
    opened = ((text.find("“", p.span.start, p.span.end), p.span.end) for p in honour_phrases(text))
    return any(0 <= start <= body.start and body.end <= end for start, end in opened)


def extract_organizations(article: Article, found: Findings) -> Iterable[Mention | Fact]:
    """Find organizations and facilities, and what their names state.

    `1500万元是长沙银行浏阳支行给的贷款` has the bank 长沙银行浏阳支行, located in 浏阳.
    """
    places = tuple(p for p in found.of_type(EntityType.PLACE) if not p.anaphor)
    scene = _Scene(article, found, places, firm_names(article.text, article.bodies(), places))
    bodies: list[Body] = []
    for span in article.bodies():
        bodies += _read(scene, span, bodies)
    bodies = [b for b in bodies if not _is_in_honour(article.text, b.mention)]
    bodies = linked(_placed_once(_without_lone_head_offices(bodies)))
    yield from (b.mention for b in bodies)
    yield from facts_of(bodies)
