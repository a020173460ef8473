"""Merging mentions into entities and facts into statements."""

from __future__ import annotations

from itertools import permutations

from kg.graph import KnowledgeGraph, Membership, RelationStatement
from kg.model import (
    Article,
    Document,
    EntityType,
    Findings,
    Mention,
    Metadata,
    Position,
    Relation,
    Span,
)
from kg.resolve import resolve

_XIUZHOU, _XINCHENG, _HAIYAN = "330411", "330411104", "330424"


def _article(text: str, source: str = "a.txt", number: int = 1, home: str = "嘉兴市") -> Article:
    return Article(source, number, text, paragraphs=(Span(0, len(text)),), metadata=Metadata("2022-07", "", home))


def _document(source: str) -> Document:
    return Document(source, "", "0" * 64)


def _mention(article: Article, words: str, type_: EntityType, nth: int = 0, **fields: object) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return Mention(start, start + len(words), words, type_, "test", **fields)  # type: ignore[arg-type]


def _build(*extracted: tuple[Article, Findings]) -> KnowledgeGraph:
    sources = sorted({a.source for a, _ in extracted})
    return resolve([_document(s) for s in sources], list(extracted))


def _official(text: str, person: str, body: str, place: str, code: str, source: str) -> tuple[Article, Findings]:
    article = _article(text, source)
    p = _mention(article, person, EntityType.PERSON)
    b = _mention(article, body, EntityType.ORGANIZATION, kind="PartyOrganization")
    where = _mention(article, place, EntityType.PLACE, code=code)
    fact = Position(person=p, body=b, role="书记", evidence=Span(0, len(text)), rule="test")
    return article, Findings(mentions=(p, b, where), facts=(fact,))


def test_short_and_full_form_of_a_division_are_one_place_with_the_gazetteers_name() -> None:
    article = _article("秀洲区新塍镇开会，新塍热闹。")
    full = _mention(article, "新塍镇", EntityType.PLACE, code=_XINCHENG)
    short = _mention(article, "新塍", EntityType.PLACE, nth=1, code=_XINCHENG)
    graph = _build((article, Findings(mentions=(full, short))))
    place = graph.entities[f"place/{_XINCHENG}"]
    assert (place.label, place.aliases, place.kind) == ("新塍镇", ("新塍",), "Township")


def test_the_gazetteer_completes_containment_up_to_the_province() -> None:
    article = _article("新塍镇开会。")
    graph = _build((article, Findings(mentions=(_mention(article, "新塍镇", EntityType.PLACE, code=_XINCHENG),))))
    chain = {(s.subject, s.object): s.passages for s in graph.statements.values() if isinstance(s, RelationStatement)}
    assert chain == {
        (f"place/{_XINCHENG}", f"place/{_XIUZHOU}"): (),
        (f"place/{_XIUZHOU}", "place/330400"): (),
        ("place/330400", "place/330000"): (),
    }


def test_a_pointer_back_gives_its_entity_no_name() -> None:
    article = _article("新塍镇开会，该镇热闹。")
    full = _mention(article, "新塍镇", EntityType.PLACE, code=_XINCHENG)
    pointer = _mention(article, "该镇", EntityType.PLACE, anaphor=True, antecedent=(full.start, full.end))
    graph = _build((article, Findings(mentions=(full, pointer))))
    assert graph.entities[f"place/{_XINCHENG}"].names == ("新塍镇",)
    assert len(next(iter(graph.articles.values())).mentions) == 2


def test_a_form_of_address_longer_than_the_name_is_only_an_alias() -> None:
    article = _article("县长周辉致辞，周县长和大家交谈。")
    full = _mention(article, "周辉", EntityType.PERSON)
    addressed = _mention(article, "周县长", EntityType.PERSON, name="周辉", antecedent=(full.start, full.end))
    person = _build((article, Findings(mentions=(full, addressed)))).of_type(EntityType.PERSON)[0]
    assert (person.label, person.aliases) == ("周辉", ("周县长",))


def test_two_people_of_one_name_in_different_counties_are_two() -> None:
    graph = _build(
        _official("秀洲区某支部书记王磊说。", "王磊", "秀洲区某支部", "秀洲区", _XIUZHOU, "a.txt"),
        _official("海盐县某支部书记王磊说。", "王磊", "海盐县某支部", "海盐县", _HAIYAN, "b.txt"),
    )
    assert len(graph.find("王磊")) == 2


def test_one_official_in_two_articles_of_one_county_is_one_and_an_official() -> None:
    graph = _build(
        _official("秀洲区甲支部书记王磊说。", "王磊", "秀洲区甲支部", "秀洲区", _XIUZHOU, "a.txt"),
        _official("秀洲区乙支部书记王磊说。", "王磊", "秀洲区乙支部", "秀洲区", _XIUZHOU, "b.txt"),
    )
    (person,) = graph.find("王磊")
    assert person.official
    posts = [s for s in graph.statements.values() if isinstance(s, Membership)]
    assert {s.member for s in posts} == {person.id} and len(posts) == 2


def test_two_people_of_one_name_in_one_article_stay_two() -> None:
    article = _article("徒弟王磊说，师父王磊说。")
    first = _mention(article, "王磊", EntityType.PERSON, code="#1")
    second = _mention(article, "王磊", EntityType.PERSON, nth=1, code="#2")
    assert len(_build((article, Findings(mentions=(first, second)))).find("王磊")) == 2


def test_a_statement_made_twice_is_one_with_both_passages() -> None:
    article = _article("新塍镇推行甲制。新塍镇推行甲制。")
    half = len(article.text) // 2
    facts, mentions = [], []
    for nth in (0, 1):
        town = _mention(article, "新塍镇", EntityType.PLACE, nth, code=_XINCHENG)
        scheme = _mention(article, "甲制", EntityType.PROGRAMME, nth)
        mentions += [town, scheme]
        evidence = Span(nth * half, (nth + 1) * half)
        facts.append(Relation(subject=town, predicate="implements", object=scheme, evidence=evidence, rule=f"r{nth}"))
    graph = _build((article, Findings(tuple(mentions), tuple(facts))))
    (stated,) = [s for s in graph.statements.values() if getattr(s, "predicate", "") == "implements"]
    assert len(stated.passages) == 2 and stated.rules == ("r0", "r1")


def test_every_passage_is_the_articles_own_words() -> None:
    graph = _build(_official("秀洲区某支部书记王磊说。", "王磊", "秀洲区某支部", "秀洲区", _XIUZHOU, "a.txt"))
    assert graph.passages
    for passage in graph.passages.values():
        assert graph.articles[passage.article].text[passage.start : passage.end] == passage.text


def test_nothing_is_stated_about_a_thing_and_itself() -> None:
    article = _article("甲制即甲制。")
    one, two = (_mention(article, "甲制", EntityType.PROGRAMME, n) for n in (0, 1))
    fact = Relation(subject=one, predicate="partOf", object=two, evidence=Span(0, 5), rule="test")
    assert not _build((article, Findings((one, two), (fact,)))).statements


def test_the_order_of_articles_does_not_matter() -> None:
    works = [
        _official("秀洲区甲支部书记王磊说。", "王磊", "秀洲区甲支部", "秀洲区", _XIUZHOU, "a.txt"),
        _official("海盐县乙支部书记王磊说。", "王磊", "海盐县乙支部", "海盐县", _HAIYAN, "b.txt"),
        _official("秀洲区丙支部书记李明说。", "李明", "秀洲区丙支部", "秀洲区", _XIUZHOU, "c.txt"),
    ]
    graphs = [_build(*order) for order in permutations(works)]
    assert all(g == graphs[0] for g in graphs)


def test_a_name_that_is_turtle_or_a_path_makes_a_plain_identifier() -> None:
    article = _article("“a/../b> . <x”平台")
    mention = _mention(article, "“a/../b> . <x”平台", EntityType.PLATFORM)
    (identifier,) = _build((article, Findings((mention,)))).entities
    assert identifier.startswith("platform/a-b-x-平台-")


def _body(text: str, body: str, home: str, source: str) -> tuple[Article, Findings]:
    article = _article(text, source, home=home)
    return article, Findings(mentions=(_mention(article, body, EntityType.ORGANIZATION, kind="Government"),))


def test_an_organ_without_its_level_is_the_only_one_that_it_can_mean() -> None:
    def organizations(text: str, *names: str) -> list[str]:
        article = _article(text)
        organs = tuple(_mention(article, n, EntityType.ORGANIZATION, kind="Government") for n in names)
        entities = _build((article, Findings(mentions=organs))).entities
        return sorted(e.label for e in entities.values() if e.type is EntityType.ORGANIZATION)

    both = organizations("国家税务总局河阳县税务局办税，河阳税务局上门。", "国家税务总局河阳县税务局", "河阳税务局")
    assert both == ["国家税务总局河阳县税务局"]
    three = organizations("河阳市公安局、河阳县公安局、河阳公安局", "河阳市公安局", "河阳县公安局", "河阳公安局")
    assert three == ["河阳公安局", "河阳县公安局", "河阳市公安局"]
    station = organizations("河阳县公安局柳林派出所的民警，柳林镇派出所", "河阳县公安局柳林派出所", "柳林镇派出所")
    assert station == ["河阳县公安局柳林派出所"]
    others = ("河阳县公安局柳林派出所", "河阳县公安局松林派出所", "石柳林镇派出所")
    assert len(organizations("、".join(others), *others)) == 3


def test_the_rural_banks_endings_make_one_bank() -> None:
    article = _article("河阳农村商业银行放款，河阳农商行上门。")
    names = ("河阳农村商业银行", "河阳农商行")
    banks = tuple(_mention(article, n, EntityType.ORGANIZATION, kind="Bank") for n in names)
    graph = _build((article, Findings(mentions=banks)))
    assert [e.label for e in graph.entities.values()] == ["河阳农村商业银行"]


def test_each_county_has_its_own_public_security_bureau() -> None:
    graph = _build(
        _body("县公安局开会。", "县公安局", "海盐县", "a.txt"),
        _body("县公安局开会。", "县公安局", "嘉善县", "b.txt"),
        _body("县公安局又开会。", "县公安局", "嘉善县", "c.txt"),
    )
    assert len(graph.find("县公安局")) == 2


def test_a_full_name_is_one_body_in_all_papers_of_its_region() -> None:
    graph = _build(
        _body("海盐县公安局开会。", "海盐县公安局", "海盐县", "a.txt"),
        _body("海盐县公安局开会。", "海盐县公安局", "嘉兴市", "b.txt"),
    )
    assert len(graph.find("海盐县公安局")) == 1
