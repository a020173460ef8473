"""A small graph made by hand that holds every kind of record: two articles about an invented county.

Divisions have invented codes (99…); the words stand in the articles at the offsets that the passages give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kg.graph import (
    DateStatement,
    Entity,
    EntityMention,
    FundingStatement,
    KnowledgeGraph,
    Membership,
    ObservationStatement,
    Passage,
    RelationStatement,
    SourceArticle,
    SourceDocument,
    Statement,
    collect,
)
from kg.model import EntityType as T

TEA = (
    "“凉亭夜话”送到村口\n"
    "2019年3月，青溪县白石镇启动“凉亭夜话”活动，服务留守老人和务工人员。\n"
    "白石镇党委书记方远说，活动已办120余场，去年镇里还试点了“云上白石”平台。\n"
    "青溪农商银行白石支行向松坪村发放“竹林贷”80万元，松坪村力争成为全国文明村。\n"
    "县里出台《青溪县乡村夜校管理办法》。松坪村、柳湾社区参加“凉亭夜话”。\n"
    "老教师何青带着学徒方远走访。“石板课堂”是“凉亭夜话”的子品牌。"
)
PLANT = (
    "青竹科技新厂开建\n"
    "青竹科技有限公司位于青溪县柳湾街道，2021年入选省级绿色工厂。\n"
    "1至6月产值3.27亿元，同比增长24.5%。公司与青溪县合作建设竹材产业园，预计2023年5月投产。\n"
    "县审计局检查了青竹科技。总经理方远是县工商联会员。"
)

By = Callable[..., dict[str, Any]]
"""Makes passages, rules and confidence of a statement from the words that state it."""

ENTITIES = [
    Entity("place/990101", T.PLACE, "青溪县", "County", (), "990101"),
    Entity("place/990101101", T.PLACE, "白石镇", "Township", ("白石",), "990101101"),
    Entity("place/990101001", T.PLACE, "柳湾街道", "Township", (), "990101001"),
    Entity("place/990101101201", T.PLACE, "松坪村", "Village", ("松坪村委会",), "990101101201"),
    Entity("place/990101001001", T.PLACE, "柳湾社区", "Community", (), "990101001001"),
    Entity("programme/凉亭夜话", T.PROGRAMME, "“凉亭夜话”活动", "", ("凉亭夜话",)),
    Entity("programme/石板课堂", T.PROGRAMME, "石板课堂"),
    Entity("platform/云上白石", T.PLATFORM, "云上白石"),
    Entity("organization/白石镇党委", T.ORGANIZATION, "白石镇党委", "PartyOrganization"),
    Entity("organization/农商行", T.ORGANIZATION, "青溪农商银行白石支行", "Bank"),
    Entity("organization/青竹科技", T.ORGANIZATION, "青竹科技有限公司", "Company", ("青竹科技",)),
    Entity("organization/县审计局", T.ORGANIZATION, "县审计局", "Government"),
    Entity("organization/县工商联", T.ORGANIZATION, "县工商联", "Association"),
    Entity("person/方远-1", T.PERSON, "方远", "", (), "", True),
    Entity("person/方远-2", T.PERSON, "方远"),
    Entity("person/何青", T.PERSON, "何青"),
    Entity("person/记者", T.PERSON, "马兰"),
    Entity("product/竹林贷", T.PRODUCT, "竹林贷", "FinancialProduct"),
    Entity("policy/夜校", T.POLICY, "《青溪县乡村夜校管理办法》"),
    Entity("project/产业园", T.PROJECT, "竹材产业园"),
    Entity("facility/新厂", T.FACILITY, "青竹科技新厂", "Plant"),
    Entity("honour/文明村", T.HONOUR, "全国文明村"),
    Entity("honour/绿色工厂", T.HONOUR, "省级绿色工厂"),
    Entity("group/留守老人", T.GROUP, "留守老人"),
    Entity("group/务工人员", T.GROUP, "务工人员"),
]


def sample() -> KnowledgeGraph:
    """Return the graph, made afresh."""
    articles = {"article/tea": TEA, "article/plant": PLANT}
    passages: dict[str, Passage] = {}

    def by(words: str, rule: str = "relation.sample", confidence: float = 0.9) -> dict[str, Any]:
        article = next(i for i, text in articles.items() if words in text)
        start = articles[article].index(words)
        tail = article.removeprefix("article/")
        passage = Passage(f"passage/{tail}-{start}-{start + len(words)}", article, start, start + len(words), words)
        passages[passage.id] = passage
        return {"passages": (passage.id,), "rules": (rule,), "confidence": confidence}

    statements = _numbered([*_relations(by), *_dates(by), *_others(by)])
    return collect(
        documents=[
            SourceDocument("document/1", "青溪/page-1.txt", "0" * 64, "青溪日报"),
            SourceDocument("document/2", "青溪/page-2.txt", "1" * 64),
        ],
        articles=[
            _article("article/tea", "document/1", TEA, "2022-07", ("person/记者",)),
            _article("article/plant", "document/2", PLANT, "2022-07-16", (), ("person/记者",)),
        ],
        passages=passages.values(),
        entities=ENTITIES,
        statements=statements,
    )


def _article(
    id_: str, document: str, text: str, published: str, authors: tuple[str, ...], photographers: tuple[str, ...] = ()
) -> SourceArticle:
    mentions = tuple(
        EntityMention(text.index(name), text.index(name) + len(name), e.id)
        for e in ENTITIES
        for name in e.names
        if name in text and not (e.label == "方远" and (e.id == "person/方远-1") != (id_ == "article/tea"))
    )
    return SourceArticle(id_, document, text, text.split("\n")[0], published, authors, photographers, mentions)


def _numbered(statements: list[Statement]) -> list[Statement]:
    return [replace(s, id=f"statement/{n:02}") for n, s in enumerate(statements, 1)]


def _relations(by: By) -> list[Statement]:
    def rel(s: str, p: str, o: str, words: str, status: str = "") -> RelationStatement:
        return RelationStatement(id="", subject=s, predicate=p, object=o, status=status, **by(words))

    def gazetteer(s: str, o: str) -> RelationStatement:
        return RelationStatement(
            id="", subject=s, predicate="within", object=o, passages=(), rules=("gazetteer",), confidence=1.0
        )

    county, town, street = "place/990101", "place/990101101", "place/990101001"
    village, community = "place/990101101201", "place/990101001001"
    talks, firm, bank = "programme/凉亭夜话", "organization/青竹科技", "organization/农商行"
    opening = "青溪县白石镇启动“凉亭夜话”活动，服务留守老人和务工人员"
    return [
        rel(town, "within", county, "青溪县白石镇"),
        gazetteer(village, town),
        gazetteer(street, county),
        gazetteer(community, street),
        rel(town, "implements", talks, opening),
        rel(talks, "locatedIn", town, opening),
        rel(talks, "serves", "group/留守老人", opening),
        rel(talks, "serves", "group/务工人员", opening),
        rel(village, "participatesIn", talks, "松坪村、柳湾社区参加“凉亭夜话”"),
        rel(community, "participatesIn", talks, "松坪村、柳湾社区参加“凉亭夜话”"),
        rel(town, "operates", "platform/云上白石", "去年镇里还试点了“云上白石”平台"),
        rel(bank, "locatedIn", town, "青溪农商银行白石支行"),
        rel(bank, "offers", "product/竹林贷", "发放“竹林贷”80万元"),
        rel(village, "recognizedAs", "honour/文明村", "松坪村力争成为全国文明村", "aim"),
        rel(county, "issues", "policy/夜校", "县里出台《青溪县乡村夜校管理办法》"),
        rel("person/何青", "mentors", "person/方远-1", "老教师何青带着学徒方远走访"),
        rel("organization/白石镇党委", "locatedIn", town, "白石镇党委"),
        rel(firm, "locatedIn", street, "青竹科技有限公司位于青溪县柳湾街道"),
        rel("programme/石板课堂", "partOf", talks, "“石板课堂”是“凉亭夜话”的子品牌"),
        rel(firm, "recognizedAs", "honour/绿色工厂", "2021年入选省级绿色工厂"),
        rel(firm, "cooperatesWith", county, "公司与青溪县合作建设竹材产业园"),
        rel(firm, "implements", "project/产业园", "公司与青溪县合作建设竹材产业园"),
        rel("organization/县审计局", "inspects", firm, "县审计局检查了青竹科技"),
        rel("person/方远-2", "memberOf", "organization/县工商联", "方远是县工商联会员"),
    ]


def _dates(by: By) -> list[Statement]:
    def date(s: str, p: str, value: str, words: str) -> DateStatement:
        return DateStatement(id="", subject=s, predicate=p, value=value, **by(words, "date.sample", 0.8))

    return [
        date("programme/凉亭夜话", "started", "2019-03", "2019年3月，青溪县白石镇启动“凉亭夜话”活动"),
        date("platform/云上白石", "started", "2021", "去年镇里还试点了“云上白石”平台"),
        date("organization/青竹科技", "joined", "2021", "2021年入选省级绿色工厂"),
        date("project/产业园", "planned", "2023-05", "预计2023年5月投产"),
    ]


def _others(by: By) -> list[Statement]:
    firm, talks = "organization/青竹科技", "programme/凉亭夜话"
    figures = by("1至6月产值3.27亿元，同比增长24.5%", "observation.sample", 0.85)
    first_half = "2022-01/2022-06"
    return [
        Membership(
            id="",
            member="person/方远-1",
            organization="organization/白石镇党委",
            role="书记",
            **by("白石镇党委书记方远"),
        ),
        Membership(id="", member="person/何青", organization="", role="老教师", **by("老教师何青")),
        Membership(id="", member="person/方远-2", organization=firm, role="总经理", time="2022", **by("总经理方远")),
        FundingStatement(
            id="",
            funder="organization/农商行",
            recipient="place/990101101201",
            amount=Decimal("800000"),
            product="product/竹林贷",
            **by("青溪农商银行白石支行向松坪村发放“竹林贷”80万元"),
        ),
        FundingStatement(
            id="",
            funder=firm,
            recipient="project/产业园",
            amount=None,
            time="2022-07-16",
            **by("公司与青溪县合作建设竹材产业园"),
        ),
        ObservationStatement(
            id="", about=talks, indicator="场次", value=Decimal(120), unit="场", qualifier="余", **by("活动已办120余场")
        ),
        ObservationStatement(
            id="", about=firm, indicator="产值", value=Decimal(327000000), unit="元", time=first_half, **figures
        ),
        ObservationStatement(
            id="",
            about=firm,
            indicator="产值同比增长",
            value=Decimal("24.5"),
            unit="%",
            time=first_half,
            **figures,
        ),
    ]
