"""Say at which body a title is held, and how much of its words is the role.

In: the article, what was found in it, and titles cut by `titles`; out: a `Post` for each (role, body, where its words
begin). The trap: what stands between body and role belongs to the role (`万凯|生产部总经理`) unless it shows that the
body is another's (`某银行支持的种植户`); and a title without a body may hold that of the title before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg import vocab
from kg.extract.in_order import is_part, outermost, starting, within
from kg.extract.position_scenes import body_of_scene, village_spoken_of
from kg.extract.posts import Post, assembly_post
from kg.extract.revealed_bodies import ORGANS, branch_of, joined, made_body, own_organ, revealed_body
from kg.extract.role_nouns import bare_noun, row_of
from kg.extract.scope import place_in_scope
from kg.extract.seat_organs import seat_organ
from kg.extract.titles import Title
from kg.model import Article, EntityType, Findings, Mention, Span
from kg.text import tagged

_BODIES = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.FACILITY, EntityType.PROGRAMME)
# A gloss between body and role: 某公司（下称“某某”）总经理.
_GLOSS = re.compile(r"（[^（）]*）|\([^()]*\)")
# What only links them: 某公司的|老板, 某社区的一名|网格员, 县法院聘的|调解员.
_LINK = re.compile(r"^[”’]?(?:中|里|[特选返]?聘[请任用]?(?=的))?的?(?:[一两三][名位个家间所]|[名位])?")
# Verbs and particles: what stands before them names a body of another sentence part.
_FOREIGN = re.compile(r"[的在把被向对从到了着和与及将让给由是有]|支持|举行|组织|参加|负责|带领|等地|[请派邀找]")
# Ends of the names of departments, which belong to the role: 浏阳项目部|总经理.
_DEPARTMENT = re.compile(r"(?:部|处|科|室|办|组|车间|厂|店|分公司|项目部|中心|大队|中队|片区)$")
# Before the body, but said of the post: 原村委会副主任.
_FORMER = re.compile(r"(?:原|前|时任|曾任)$")
# Point at a body named before: 该局局长.
_THAT = re.compile(r"(?:该|本|这个|这家|我们|我)(.{1,5})$")
# A level alone before the role: 26岁的村会计.
_OURS = re.compile("[我本该](?:[院局校所站厂行司队]|公司|单位|中心)")  # 我院|检察长
_LEVEL = re.compile(r"(?:^|[^一-鿿]|[的岁任])([省市县区州旗镇乡村])$")
# 党委委员、组织委员: both in the committee.
_PARTY_POST = re.compile(r"委员|常委|书记|组织员$")
# Ranks that stand beside a post, at the same body: 原副主任、退休高级农艺师.
_RANKED = re.compile(r"退休|离休|高级|正高级|副高级|主任医师|副主任医师|首席")
_OF_DEPARTMENT = re.compile("(?<=[部处科室股])的$")  # 市总工会|法律工作部的|特聘顾问
_SECTION = re.compile("(?:片区|分队|小组|组|分会场|赛区)$")  # of a programme, in the role
_MOST_BETWEEN = 10
# jieba's tags of words that may stand inside a role (nouns, adjectives), and of names, which may not.
_NOMINAL, _PROPER = "nab", ("ns", "nt", "nr", "nz")
_SHORTEST = 2
_SHORT_TITLE = 6
_LONGEST_BODY = 40
_BRANCH = re.compile("[一-鿿]{2,8}(?:所|分局|大队|中队|法庭|支行|分行|分理处|站|分公司|营业部)")
_HOUSES = ("School", "Hospital")
_STATE = ("Government", "PartyOrganization")
_STATE_OR_UNTOLD = (*_STATE, "")
_OPENING = ("", *"，。；：“”、！？\n")
_BEFORE_SUBJECT = "有是由让请对向跟同和与找叫据听给替"
"""Words right before a post that are no part of it: 能操作的只有|院长."""


class Bodies:
    """Finds the bodies of titles in one article."""

    def __init__(self, article: Article, found: Findings) -> None:
        self.article, self.text, self.found = article, article.text, found
        self.places = found.of_type(EntityType.PLACE)
        bodies = [m for m in found.of_type(*_BODIES) if not m.anaphor or m.antecedent]
        wholes = outermost(bodies)
        self.mentions = [m for m in bodies if m.type is EntityType.PLACE or not is_part(m, wholes)]

    def posts(self, titles: list[Title]) -> list[Post]:
        """Return the post of each title that is one.

        `县委常委、县纪委书记`: 常委 at 县委, 书记 at 县纪委; `浙江省技能大师` is an honour and none.
        """
        posts: list[Post] = []
        for title in titles:
            if title.role.kind not in ("kin", "honour", "person"):
                posts.append(self._post(title, posts))
                if len(posts) == 1 and (other := self._sharing(title, posts[0])):
                    posts.insert(0, other)
        return posts

    def _sharing(self, title: Title, post: Post) -> Post | None:
        """`县农业农村局、县乡村振兴局局长`: the body before the 、 has the same head."""
        if (
            title.start < 1
            or self.text[title.start - 1] not in "、和"
            or post.body is None
            or post.body.kind not in _STATE_OR_UNTOLD
        ):
            return None
        near = starting(self.mentions, title.start - _LONGEST_BODY, title.start)
        other = next((m for m in near if m.end == title.start - 1 and m.kind in _STATE), None)
        opens = other and self.text[other.start - 1 : other.start] in _OPENING
        return (
            post._replace(body=other, start=other.start) if other and opens and post.body.start == title.start else None
        )

    def is_unnamed(self, title: Title) -> bool:
        """Tell whether no body is named in the title and its words are few enough to be all role: 金牌调解员."""
        inside = within(self.mentions, Span(title.start, title.end))
        return not inside and title.end - title.start <= _SHORT_TITLE

    def _post(self, title: Title, before: list[Post]) -> Post:
        if body := revealed_body(self.text, title, self.mentions):
            return Post(self._words(title), body, body.start, 0.8)
        own = self._own_body(title)
        if own:
            role, body = own
            start = body.start
            if _DEPARTMENT.search(self.text[body.end : title.role.start]) and body.type is EntityType.PLACE and before:
                role, body = self.text[title.start : title.end], before[-1].body or body
            if body.anaphor and _BRANCH.fullmatch(self.text, body.end, title.role.start):
                branch = made_body(self.text, Span(body.end, title.role.start))  # 该局|第二税务所|所长
                return Post(self._words(title), branch, body.start, 0.75)
            if assembly := assembly_post(self.text, role, body, title):
                return assembly
            former = _FORMER.search(self.text, title.start, start)
            return Post((former[0].strip("曾任") if former else "") + role, self._party_branch(title, body), start, 0.9)
        if where := self._that_body(title) or self._body_of_level(title):
            return Post(self._words(title), where, title.start, 0.75)
        if chief := self._bureau_chief(title, before):
            return chief
        if pointed := self._pointed_at(title):
            return pointed
        if title.role.kind == "villager" and (village := village_spoken_of(self.text, self.places, title.start)):
            return Post(self._words(title), village, title.role.start, 0.7)
        if self._level_of(title):
            return Post(self._words(title), None, title.role.start, 0.7)
        if organ := self._organ_of_seat(title, before):
            return Post(self._words(title), organ, organ.start, 0.75)
        in_house = bool(before and before[-1].body and before[-1].body.kind in _HOUSES)  # 班主任、语文教师
        ranked = title.role.kind == "occupation" and (in_house or _RANKED.match(self._words(title)))
        if before and (title.role.kind in ("post", "suffix", "member") or ranked):
            return self._inherited(title, before)
        if scene := body_of_scene(self.text, self.mentions, title.start):
            return Post(self.text[title.start : title.role.end], scene, scene.start, 0.75)
        if house := self._house(title):
            return Post(self._words(title), house, title.role.start, 0.7)
        start = title.start if before else self._phrase_start(title)
        if ours := _OURS.match(self.text, start):
            start = ours.end()
        role = self.text[start : title.role.end] if title.role.end - start <= _MOST_BETWEEN + 2 else self._words(title)
        return Post(role, None, title.role.start, 0.75)

    def _organ_of_seat(self, title: Title, before: list[Post]) -> Mention | None:
        """`市委常委、统战部部长`: the organ of the place whose body was named before; else the one named elsewhere."""
        if title.role.kind != "post" or (before and before[-1].body is None):
            return None
        seat = before[-1].body if before else None
        return seat_organ(self.text, title, seat, self.mentions, self.places)

    def _bureau_chief(self, title: Title, before: list[Post]) -> Post | None:
        """`省委常委、公安厅长`: 厅 is the last character of the organ and the first of the post."""
        words = self._words(title)
        if words not in ("局长", "厅长") or self.text[title.role.start - 1] == words[0]:
            return None
        if title.role.start - title.start < _SHORTEST:
            return None
        role = title.role._replace(start=title.role.start + 1)
        organ = self._organ_of_seat(title._replace(role=role), before)
        return Post(words, organ, organ.start, 0.75) if organ else None

    def _phrase_start(self, title: Title) -> int:
        """`法官助理黄小婷`: nouns right before the role's word are part of it, unless they name a body."""
        start, tags = title.role.start, tagged(self.text[title.start : title.role.start])
        if title.role.kind == "villager" or not tags or tags[-1][0] in vocab.words("org_heads", "head"):
            return start
        for word, tag in reversed(tags):
            if tag[:1] not in _NOMINAL or tag in _PROPER:
                break
            start -= len(word)
        return start

    def _words(self, title: Title) -> str:
        return self.text[title.role.start : title.role.end]

    def _whole(self, title: Title) -> str:
        whole = self.text[title.start : title.end]
        return whole if len(whole) <= _MOST_BETWEEN else self._words(title)

    def _own_body(self, title: Title) -> tuple[str, Mention] | None:
        """Return the role and the body named last before it in the title."""
        inside = within(self.mentions, Span(title.start, title.role.start))
        for body in sorted(inside, key=lambda m: (-m.end, m.start)):
            between = _GLOSS.sub("", self.text[body.end : title.role.start])
            between = _OF_DEPARTMENT.sub("", _LINK.sub("", between, count=1).lstrip("“"))
            if "）" in between or ")" in between:  # the body stands in a gloss: 某公司（下称“某某”）总经理
                continue
            if len(between) > _MOST_BETWEEN or _FOREIGN.search(between):
                return None
            if body.type is EntityType.PROGRAMME and between and not _SECTION.search(between):
                continue
            if body.type is EntityType.PLACE and any(
                m.end == body.start for m in inside if m.type is EntityType.PROGRAMME
            ):
                continue  # “…”行动|某某片区|组长 leads a section of the programme
            if title.role.kind == "villager" and any(tag == "v" for _, tag in tagged(between)):
                between = ""  # 在岭前村发现|村民张某: what was done there
            return between + self._words(title), body
        return None

    def _that_body(self, title: Title) -> Mention | None:
        """`该中心主任`: the last body before that ends in 中心."""
        that = _THAT.search(self.text, max(title.start, title.role.start - 8), title.role.start)
        return self._last(title.start, that[1].split("的")[0]) if that else None

    def _pointed_at(self, title: Title) -> Post | None:
        """`法庭的法官助理`: the court named last, if one was in this paragraph or the one before."""
        bare = bare_noun().search(self.text, max(0, title.role.start - _MOST_BETWEEN), title.role.start)
        body = self._last(title.start, bare[1], near=True) if bare and not _FOREIGN.search(bare[2]) else None
        return Post(bare[2] + self._words(title), body, bare.start(1), 0.75) if bare and body else None

    def _body_of_level(self, title: Title) -> Mention | None:
        """`县领导`, `副镇长`, `村会计`: the place of that level in scope; `村支书`: the village's party branch."""
        if level := self._level_of(title):
            return place_in_scope(self.article, self.found, title.start, level)
        row = row_of(self._words(title))
        if row and row["body"] in ORGANS and row["role"].startswith("村"):
            village = place_in_scope(self.article, self.found, title.start, "村")
            return branch_of(self.found, village, row["body"]) if village else None
        return None

    def _level_of(self, title: Title) -> str:
        row = row_of(self._words(title))
        if row and row["body"].startswith("place:"):
            return row["body"].removeprefix("place:")
        before = self.text[max(0, title.start - 1) : title.role.start]
        level = _LEVEL.search(before if title.start else " " + before)
        return level[1] if level else ""

    def _inherited(self, title: Title, before: list[Post]) -> Post:
        """`副总裁、浏阳项目部总经理`: both at the firm; `主任兼党支部书记`: the branch of the same body."""
        last = before[-1]
        stays = _PARTY_POST.search(self._words(title)) and title.start == title.role.start
        whole = last.body if last.body is None or stays else self._whole_of(last.body)
        department = self.text[title.start : title.role.start]
        if whole and department in vocab.words("own_organs"):
            span = Span(title.start, title.role.start)
            name = joined(_label(whole, self.found), department)
            return Post(self._words(title), made_body(self.text, span, name), last.start, 0.8)
        return Post(self._whole(title), whole, last.start, 0.8)

    def _whole_of(self, body: Mention) -> Mention:
        """`县农业农村局党组书记、局长`: the second post is at the bureau; `公司工会主席、质量部部长`: at the firm."""
        organ = own_organ(body.text)
        end = body.end - len(organ)
        if not organ or body.anaphor:
            return body
        if end - body.start <= _SHORTEST:
            firms = [m for m in self.mentions if m.kind in ("Company", "Bank") and m.start < body.start]
            return max(firms, key=lambda m: m.start, default=body)
        same = starting(self.found.mentions, body.start, body.start + 1)
        known = [m for m in same if m.end == end and m.type in _BODIES]
        return known[0] if known else made_body(self.text, Span(body.start, end), body.label.removesuffix(organ))

    def _house(self, title: Title) -> Mention | None:
        """`校长代兴全说`: the school named last in this paragraph or the one before."""
        role = self._words(title)
        row = row_of(role)
        before = self.text[title.start : title.role.start]
        if before and before[-1] not in _BEFORE_SUBJECT:
            return None
        if row is None or row["body"] in ORGANS or title.role.kind in ("villager", "suffix"):
            return None
        if row["body"] == "company":
            return self._last(title.start, near=True, kinds=("Company", "Bank"))
        bodies = (self._last(title.start, ending, near=True) for ending in row["body"].split("|"))
        return next(filter(None, bodies), None)

    def _last(self, offset: int, ending: str = "", near: bool = False, kinds: tuple[str, ...] = ()) -> Mention | None:
        """Return the last body before the offset whose name ends so; near: within this paragraph or the last."""
        least = max(0, self.text.rfind("\n", 0, max(0, self.text.rfind("\n", 0, offset)))) if near else 0
        before = reversed(starting(self.mentions, least, offset))
        return next(
            (m for m in before if m.label.rstrip("”’").endswith(ending) and (not kinds or m.kind in kinds)), None
        )

    def _party_branch(self, title: Title, body: Mention) -> Mention:
        """`某村村支书`: the post is one of the village's party branch, which the words do not print."""
        row = row_of(self._words(title))
        if row is None or body.type is not EntityType.PLACE or body.kind not in ("Village", "Community"):
            return body
        if row["body"] not in ORGANS:
            return body
        return branch_of(self.found, body, row["body"])


def _label(mention: Mention, found: Findings) -> str:
    if mention.antecedent and mention.anaphor:
        return next((m.label for m in found.mentions if (m.start, m.end) == mention.antecedent), mention.label)
    return mention.label


def new_bodies(posts: Iterable[Post], found: Findings) -> list[Mention]:
    """Return the bodies that only a title reveals."""
    known = set(found.mentions)
    return [b for b in dict.fromkeys(p.body for p in posts if p.body) if b not in known]
