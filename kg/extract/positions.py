"""State who holds which role where, who belongs to a body, and who mentors whom.

In: an article with its persons, bodies and places; out: Position facts, `memberOf` and `mentors` relations, and the
bodies that only a title reveals. The trap: a list shares the title before it (`县领导甲、乙、丙`), two posts of one
holder are two facts, and an honour before a name is no post.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.in_order import are_in_one, starting
from kg.extract.mentorship import mentor_relations
from kg.extract.position_bodies import Bodies, new_bodies
from kg.extract.position_copulas import Linked, linked_titles
from kg.extract.position_scenes import body_founded, post_filled
from kg.extract.posts import Post
from kg.extract.roles import role_at
from kg.extract.titles import Title, titles_before
from kg.model import Article, EntityType, Fact, Findings, Mention, Position, Relation, Span
from kg.text import sentence_at
from kg.vocab import words

_LIST = re.compile(r"(?:（[^（）]{1,8}）)?(?:、|和|与|及|以及)[ 　]*")
# 负责人是张三, 书记叫李四: the titles stand before the verb.
_NAMING = re.compile(r"(?:就)?(?:是|叫|名叫|为)(?:今年)?(?:\d+岁的)?$")
# 理事长由张三兼任.
_BY = re.compile(r"由$")
_TAKEN_ON = re.compile(r"兼任|担任|出任|接任")
_FROM = re.compile(r"来自")
# 及 and 以及 begin anew: 主任甲及乙、丙等县领导 gives 乙 no 主任.
_ANEW = ("及", "以及")
_TOGETHER = re.compile(r"等(?:\d+位)?([省市县区州旗镇乡]?领导)")
_GUESSED = 0.7
_LONGEST_BODY = 60
_MEMBERS = ("成员", "会员", "社员", "队员")


def _before(text: str, bodies: Bodies, persons: list[Mention]) -> Iterator[tuple[Mention, Post]]:
    """Yield the posts named before each person; a name in a list without own title shares the last one."""
    shared: list[Post] = []
    for i, person in enumerate(persons):
        previous = persons[i - 1] if i else None
        if previous and (joint := _LIST.fullmatch(text[previous.end : person.start])):
            posts = [] if joint[0].strip(" \u3000") in _ANEW else shared[-1:]
        else:
            naming = _NAMING.search(text, max(0, person.start - 10), person.start)
            if _TAKEN_ON.match(text, person.end) and text[person.start - 1] == "由":
                naming = _BY.search(text, person.start - 1, person.start)
            posts = bodies.posts(
                titles_before(text, naming.start() if naming else person.start, previous.end if previous else 0)
            )
            if posts and _TAKEN_ON.match(text, person.end) and (filled := _filled(text, bodies, posts[0], person)):
                yield filled
        posts = [_of_deputy(text, post, shared, previous) for post in posts]
        shared = posts
        posts = posts or _with_body_before(bodies, person, bodies.posts(_behind(text, persons, i)))
        for post in posts:
            yield person, post


def _filled(text: str, bodies: Bodies, first: Post, person: Mention) -> tuple[Mention, Post] | None:
    """`童车工会…，主席由某协会秘书长甲兼任`: 主席 at the subject of the sentence."""
    post = post_filled(text, bodies.mentions, first.start)
    if post is None or role_at(text, post[0].start) is None:
        return None
    return person, Post(post[0].of(text), post[1], post[0].start, 0.8)


def _of_deputy(text: str, post: Post, last: list[Post], previous: Mention | None) -> Post:
    """`科技局局长甲，副局长乙`: the deputy, named in the same sentence, is at the body of the head."""
    if post.body or not post.role.startswith("副") or previous is None:
        return post
    if sentence_at(text, previous.start) != sentence_at(text, post.start):
        return post
    same = [p for p in last if p.body and p.role.removeprefix("副") == post.role.removeprefix("副")]
    return post._replace(body=same[-1].body) if same else post


def _with_body_before(bodies: Bodies, person: Mention, posts: list[Post]) -> list[Post]:
    """`某大学周清明校长`: the body stands right before the name."""
    near = starting(bodies.mentions, person.start - _LONGEST_BODY, person.start) if posts else ()
    body = next((m for m in near if m.end == person.start and m.type is not EntityType.PROGRAMME), None)
    return [p._replace(body=body, start=body.start, confidence=0.75) if body else p for p in posts]


def _behind(text: str, persons: list[Mention], i: int) -> list[Title]:
    """Return the title that ends a list, `甲、乙、丙等县领导`, or that follows a name, `某大学周清明校长`."""
    last = i
    while last + 1 < len(persons) and _LIST.fullmatch(text[persons[last].end : persons[last + 1].start]):
        last += 1
    end = persons[last].end
    if together := _TOGETHER.match(text, end):
        role = role_at(text, together.start(1))
        return [Title(together.start(1), together.end(), role)] if role else []
    role = role_at(text, end) if last == i else None
    if (
        role is None
        or role.kind != "post"
        or text[role.start : role.end].removeprefix("副") not in words("roles", kind="title")
    ):
        return []  # 李颖代表街道…: only forms of address stand behind a name
    return [Title(role.start, role.end, role)]


def _linked(bodies: Bodies, linked: Linked) -> Iterator[Post]:
    """Yield the posts that a verb states; 被某党委聘为 names the body before the verb."""
    for title, post in zip(linked.titles, bodies.posts(linked.titles), strict=False):
        body = post.body
        role = linked.former + post.role
        if linked.body_before and body is None and bodies.is_unnamed(title):
            start, end = linked.body_before
            body = next((m for m in starting(bodies.mentions, start, end) if m.end == end), None)
            role = bodies.text[title.start : title.end] if body else role
        if body is None and bodies.is_unnamed(title):
            body = body_founded(bodies.text, bodies.mentions, linked.person.start)
        if body is None and title.role.kind in ("occupation", "villager"):
            body = _home(bodies, linked.person)
        yield post._replace(role=role, body=body, start=linked.start)


def _home(bodies: Bodies, person: Mention) -> Mention | None:
    """`丰州镇的史先生是焊工`: the place that the name stands behind."""
    if bodies.text[person.start - 1 : person.start] != "的":
        return None
    near = starting(bodies.places, person.start - _LONGEST_BODY, person.start)
    return next((m for m in near if m.end == person.start - 1 and not m.anaphor), None)


def _statement(person: Mention, post: Post, end: int, rule: str) -> Fact:
    evidence = Span(min(post.start, person.start), max(end, person.end))
    if post.role in _MEMBERS and post.body and post.body.type is EntityType.ORGANIZATION:
        return Relation(
            subject=person,
            predicate="memberOf",
            object=post.body,
            evidence=evidence,
            rule="relation.member",
            confidence=post.confidence,
        )
    return Position(
        person=person, body=post.body, role=post.role, evidence=evidence, rule=rule, confidence=post.confidence
    )


def _owned(text: str, bodies: Bodies, persons: list[Mention]) -> Iterator[Fact]:
    """`园区行政审批服务局的沈蕾`: belongs to the body, in what role is not said."""
    ends = {m.end: m for m in bodies.mentions if m.type is EntityType.ORGANIZATION}
    starts = {m.start: m for m in bodies.mentions if m.type is EntityType.ORGANIZATION}
    for person in persons:
        body = ends.get(person.start - 1) if text[person.start - 1] == "的" else None
        if _FROM.match(text, person.end):  # 吴倩来自市数据局
            body = starts.get(person.end + 2)
        if body:
            yield Relation(
                subject=person,
                predicate="memberOf",
                object=body,
                evidence=Span(min(body.start, person.start), max(body.end, person.end)),
                rule="relation.member",
                confidence=0.8,
            )


def _key(fact: Fact) -> tuple[object, ...]:
    if isinstance(fact, Position):
        return fact.person.label, fact.person.code, fact.role, fact.body.label if fact.body else ""
    assert isinstance(fact, Relation)
    return fact.subject.label, fact.subject.code, fact.predicate, fact.object.label


def _located(bodies: Iterable[Mention], found: Findings) -> Iterator[Relation]:
    """`白莲镇林业站站长`: a body that only a title reveals lies in the place that its name begins with."""
    for body in bodies:
        same = starting(found.mentions, body.start, body.start + 1)
        inside = [p for p in same if p.type is EntityType.PLACE and p.end < body.end and not body.anaphor]
        if inside:
            yield Relation(
                subject=body,
                predicate="locatedIn",
                object=max(inside, key=lambda p: p.end),
                evidence=body.span,
                rule="organization.name_place",
                confidence=0.85,
            )


def _without_doubles(facts: list[Fact]) -> list[Fact]:
    """Drop a post whose body is missing or guessed where the same is stated with its body elsewhere."""
    sure = {(f.person.label, f.person.code, f.role) for f in facts if isinstance(f, Position) and _is_sure(f)}
    return [
        f
        for f in facts
        if not isinstance(f, Position) or _is_sure(f) or (f.person.label, f.person.code, f.role) not in sure
    ]


def _is_sure(position: Position) -> bool:
    return position.body is not None and position.confidence > _GUESSED


def extract_positions(article: Article, found: Findings) -> Iterable[Mention | Fact]:
    """Find positions, memberships and mentors.

    `烟霞镇党委委员、副镇长郝晓鹏`: 委员 at 烟霞镇党委, 副镇长 at 烟霞镇.
    """
    text = article.text
    bodies_read = sorted(article.bodies())
    people = [p for p in found.of_type(EntityType.PERSON) if are_in_one(bodies_read, p.start, p.end)]
    persons = [p for p in people if not p.anaphor]
    bodies = Bodies(article, found)
    facts: dict[tuple[object, ...], Fact] = {}
    posts: list[Post] = []
    for person, post in _before(text, bodies, persons):
        posts.append(post)
        fact = _statement(person, post, person.end, "position.title")
        facts.setdefault(_key(fact), fact)
    for linked in linked_titles(article, persons, [p for p in people if p.anaphor]):
        for post in _linked(bodies, linked):
            posts.append(post)
            fact = _statement(linked.person, post, linked.end, "position.verb")
            facts.setdefault(_key(fact), fact)
    for fact in (*_owned(text, bodies, persons), *mentor_relations(article, persons)):
        facts.setdefault(_key(fact), fact)
    stated = _without_doubles(list(facts.values()))
    made = new_bodies([p for p in posts if p.body], found)
    yield from made
    yield from stated
    yield from _located(made, found)
