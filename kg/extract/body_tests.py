"""Whether a phrase with an organization's head noun names a body at all.

In: a head noun and what opens the phrase before it; out: yes or no. The trap: the same head makes a name behind a
place (`运河社区党总支`) and none behind a bare noun (`社区党总支` without a community in scope, `第三方审计公司`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.body_heads import Head, words_of
from kg.extract.head_nouns import head_behind
from kg.extract.in_order import starting
from kg.extract.name_bounds import Beginning
from kg.extract.name_words import has_only_name_words, is_common, is_proper
from kg.model import EntityType, Mention, Span
from kg.text import tagged
from kg.vocab import words as word_set

_QUOTE_OPEN = re.compile(r"[“「]([^“”「」，。！？；：、]{0,16})$")
_LONG_FORM = re.compile("(?:[省市县区州盟旗镇乡村]|街道|社区|苏木|嘎查)$")
"""A place with the word for its level; short forms (嘉兴, 浏阳) rather belong to the name."""
_PLACE_NAMES_IT = ("ServiceCentre", "Company")
"""Behind a place, what it is for or deals in is name enough: 望江门社区幸福食堂, 鞍山钢铁公司."""
_SCHEMES = (EntityType.PROGRAMME, EntityType.PLATFORM, EntityType.PROJECT, EntityType.PRODUCT)
_GOING_ONLINE = ("上线", "上线了", "点开", "登录", "下载", "接入")
_JUDGING = ("评定", "评选", "评比", "认定")
_TITLED_SCHOOL = "学校"
"""Behind a quotation it bears a title rather than a name: “零犯罪”学校."""
_WHOLE = ("政协", "人大", "人大常委会", "政府", "人民政府", "港", "海港", "陆港")
"""Nothing stands between a place and these."""
_COUNTED = re.compile("(?:\\d+|[一二两三四五六七八九十百几多]+)(?:所|家|个|座|处|支|名)")
_COUNT = re.compile(r"\d[万余多]*(?:亩|公顷|平方米|公里|吨|家|所|个|座|处|支|间|栋)$")
"""What is counted bears no name of its own: 市|八所小学校, 300亩|富硒山药|基地."""
_RANK = re.compile("全[国省市县区]|国家|[省市县]级")
_PLACE_ENDS = ("乡", "镇", "街道", "社区", "村委")
_LONGEST_TITLE = 24
_OPENS_ORGANS = re.compile("(?:委|政府|人大|政协)$")
"""Behind these an organ needs nothing between: 市政府|妇儿工委."""
_MANY_AT_LEVEL = ("合作社", "专业合作社", "农场", "家庭农场", "小学", "中心小学", "完全小学", "学校", "中心校")
"""Of these a county has many, so that 县合作社 names none."""
_GROUPS = ("集团", "集团公司")
"""What ends so names a firm more often than 公司 does (物业公司), whatever stands before it."""
_PUPILS = re.compile("生(?![命物态产殖活理])")
_STATIONS = ("机场", "国际机场", "火车站", "高铁站", "汽车站", "客运站")
"""Their names open with the city before the place: 广州|白云|机场."""
_LANDMARKS = ("隧道", "大桥", "特大桥", "水库", "水电站")
"""Of these every one has a name, often of everyday words: 云雾隧道, 红旗水库."""
_LONGEST_LANDMARK = 4
_LEVEL_INSIDE = re.compile("[\u4e00-\u9fff]{1,6}?(?:[省市县区州盟旗镇乡村]|街道|社区|苏木|嘎查)")
"""A place that no gazetteer has, at the beginning of a name: 巴某村|村委会."""
_LANDFORM = re.compile("[\u4e00-\u9fff]{1,3}[湾岛湖江河港岭]")
"""What party branches away from any village are named after: 月亮湾|海上|党支部."""
_BRANCH = re.compile("[\u4e00-\u9fff]{2,8}?(?:支行|分行)")  # behind a bank: 某某银行|宁国支行
# Words of grammar behind a head noun, with which another name ends: 枫木桥|经验, 农民合作社|示范社, 议事会|机制.
_GOES_ON_FACILITY = re.compile("项目|工程|经验")
_GOES_ON_BODY = re.compile("工作者|系统|意识|机制|示范[社场区县点岗园站]")
_TASK_FORCES = ("专班", "领导小组", "指挥部", "工作组")
"""Made for one task: words that say which are name enough where somebody has a post in it."""
_POST_BEHIND = re.compile("副?(?:组长|总指挥|指挥长|主任|负责人|召集人|成员)")
_LONGEST_TASK = 12
_FOUNDING = ("成立", "成立了", "组建", "组建了", "设立", "设立了", "组建起")
"""So is being founded: 率先成立|五金产业转型服务|专班."""
_BELOW_COUNTY = ("Township", "Village", "Community")
_LONGEST_PLACE = 40
_BEING = ("是", "成了", "成为", "变成", "当成", "当作", "像是", "就像", "所谓的", "像")


def names_a_body(head: Head, b: Beginning, text: str) -> bool:
    """Tell whether a head noun with this beginning names an organization or facility."""
    middle = b.middle.of(text)
    if _COUNTED.match(text, b.middle.start) or _COUNT.search(text[max(0, b.middle.start - 6) : b.middle.start + 1]):
        return False
    is_task = head.word in _TASK_FORCES and 2 < len(middle) <= _LONGEST_TASK
    if is_task and (_POST_BEHIND.match(text, head.end) or text.endswith(_FOUNDING, 0, b.start)):
        return True
    match b.by:
        case "quoted":
            return head.needs != "place" and head.unit != "party" and head.word != _TITLED_SCHOOL
        case "body":
            if head.unit or head.kind == "ServiceCentre":
                return True
            if head.kind == "Government" and b.body and _OPENS_ORGANS.search(b.body.of(text)):
                return True
            return bool(middle) and (head.needs == "place" or _may_belong(head))
        case "place":
            if head.word in _WHOLE and middle:  # 卢村乡|指导|政协
                return False
            return head.needs != "core" or _is_own_name(head, middle) or (head.kind in _PLACE_NAMES_IT and bool(middle))
        case "level":
            return _names_at_level(head, b, middle)
    if head.needs == "formal" or _is_known(head, b, text):
        return len(middle) > 1
    if head.needs == "place":
        place = _LEVEL_INSIDE.match(middle) or (_LANDFORM.match(middle) if head.unit == "party" else None)
        return place is not None and is_proper(place.group())
    return head.needs in ("proper", "core") and _is_own_name(head, middle)


def _is_known(head: Head, b: Beginning, text: str) -> bool:
    """Tell whether the dictionary has the name (合肥工业大学), or a branch behind shows a bank (徽商银行|宁国支行)."""
    if head.needs == "proper" and head.kind == "Bank" and not head.unit:
        return bool(_BRANCH.match(text, head.end))
    name = text[b.start : head.end]
    return head.needs == "proper" and len(name) > len(head.word) + 1 and tagged(name) == ((name, "nt"),)


def _is_own_name(head: Head, middle: str) -> bool:
    """Tell whether a name stands before the head; for some, everyday words are enough (稻香公园, 东风集团)."""
    if head.word in _LANDMARKS and 2 <= len(middle) <= _LONGEST_LANDMARK and not is_common(middle):
        return middle not in word_set("generic_modifiers")
    return is_proper(middle) or ((head.kind == "ScenicArea" or head.word in _GROUPS) and not is_common(middle))


def _may_belong(head: Head) -> bool:
    """Tell whether a body with this head may belong to another whose name opens its name: …医学院|附属第一医院."""
    return head.needs == "proper" and (head.type == EntityType.FACILITY or head.kind in ("School", "Hospital"))


def _names_at_level(head: Head, b: Beginning, middle: str) -> bool:
    if b.level in ("company", "school"):
        return head.unit in ("party", "union") and not middle
    if b.level in ("village", "community"):
        return head.needs == "place"
    if head.word in _MANY_AT_LEVEL and not middle:
        return False
    return head.needs == "place" or (head.needs == "proper" and head.unit not in ("team", "party"))


def is_unbuilt(text: str, head: Head) -> bool:
    """Tell whether a name goes on: 物流园|项目 is no facility yet, 供销社|系统 and 共同体|意识 are no bodies."""
    if head.kind == "School" and _PUPILS.match(text, head.end):  # 全国大学|生假期实践, not 某大学|生命科学学院
        return True
    further = _GOES_ON_FACILITY if head.type == EntityType.FACILITY else _GOES_ON_BODY
    is_place = head.type == EntityType.FACILITY and text.startswith(_PLACE_ENDS, head.end)  # 枫木桥|乡
    return bool(further.match(text, head.end)) or is_place or _is_in_title(text, head) or _is_scheme(text, head)


def _is_scheme(text: str, head: Head) -> bool:
    """Tell whether quoted words with the head name a scheme or a page: “诚信果园”|评定, 上线“职工之家”."""
    if text[head.end : head.end + 1] not in ("”", "」"):
        return False
    opening = text.rfind("“", max(0, head.start - _LONGEST_TITLE), head.start)
    further = head_behind(text, head.end + 1)
    is_digital = opening >= 0 and text.endswith(_GOING_ONLINE, 0, opening)
    is_named_so = further is not None and further.type in _SCHEMES
    return is_digital or (
        is_named_so and further is not None and (further.strength == "strong" or further.word in _JUDGING)
    )


def _is_in_title(text: str, head: Head) -> bool:
    """Tell whether a head stands in a quoted title of rank: “全省新时代枫桥式人民法庭”."""
    opening = text.rfind("“", max(0, head.start - _LONGEST_TITLE), head.start)
    closing = text.find("”", head.end, head.end + _LONGEST_TITLE)
    inside = text[opening + 1 : closing]
    return 0 <= opening < closing and not set(inside) & set("“”，。") and _RANK.match(inside) is not None


def _is_title(words: str) -> bool:
    """Tell whether quoted words are a title that many may bear: “全省新时代枫桥式人民法庭”, “广东省特色产业园”."""
    if _RANK.match(words):
        return True
    place = _LEVEL_INSIDE.match(words)
    rest = words[place.end() :] if place else ""
    generic = word_set("generic_modifiers") | word_set("trade_words") | word_set("name_leads")
    return bool(rest) and all(w.text in generic for w in words_of(rest, Span(0, len(rest))))


def _is_figure(text: str, start: int, words: str) -> bool:
    """Tell whether quoted words say what something is like: 焦家小学是“袖珍学校”."""
    return text.endswith(_BEING, 0, start) and not is_proper(words)


def _can_be_quoted(head: Head, words: str) -> bool:
    """Tell whether quoted words make a name with the head: `“家园支部”`; not `“大党委”`, `“五星”支部`."""
    if _is_title(words):
        return False
    return len(words) > 1 and (head.needs != "place" or head.unit == "party") and words not in word_set("name_leads")


def quoted_name(text: str, head: Head) -> Span | None:
    """Return the quotation that a head noun ends, marks included: `“瑶老议事堂”`."""
    if text[head.end : head.end + 1] not in ("”", "」"):
        return None
    m = _QUOTE_OPEN.search(text, max(0, head.start - 18), head.start)
    if not m or not _can_be_quoted(head, m.group(1)) or not has_only_name_words(text, Span(m.start(1), head.start)):
        return None
    return None if _is_figure(text, m.start(), text[m.start(1) : head.start]) else Span(m.start(), head.end + 1)


def start_of_name(head: Head, b: Beginning, text: str, places: Sequence[Mention]) -> int:
    """Return where the name starts, without a place that only says where: 沉香村|江小乐园, 黄湾镇|某某科技有限公司.

    A firm's full name may begin with two places, the smaller one short (山东|寿光|…有限公司, 东城市|莲花|…有限公司).
    """
    if b.by != "place" or b.place is None:
        return b.start
    if head.kind == "Company" and not head.unit and not _LONG_FORM.search(b.place.text):
        near = starting(places, b.start - _LONGEST_PLACE, b.start)
        larger = next((p for p in near if p.end == b.start and p.kind not in _BELOW_COUNTY), None)
        if larger:
            return larger.start
    if head.word in _STATIONS and not _LONG_FORM.search(b.place.text):
        near = starting(places, b.start - _LONGEST_PLACE, b.start)
        if town := next((p for p in near if p.end == b.start and not _LONG_FORM.search(p.text)), None):
            return town.start
    if not _is_own_name(head, b.middle.of(text)):
        return b.start
    only_where = (
        _LONG_FORM.search(b.place.text)
        if head.type == EntityType.FACILITY
        else head.kind == "Company" and head.needs in ("formal", "core") and b.place.kind in _BELOW_COUNTY
    )
    return b.middle.start if only_where else b.start
