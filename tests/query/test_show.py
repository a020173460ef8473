import pytest

from kg.errors import UnknownNameError
from kg.query import show


def lines(portrait):
    return [(line.predicate, line.inverse, line.other, line.detail) for line in portrait.lines]


def test_a_town(rdf):
    (town,) = show(rdf, "白石镇")
    assert (town.name, town.type, town.kinds, town.aliases, town.code) == (
        "白石镇",
        "Place",
        ("Township",),
        ("白石",),
        "990101101",
    )
    assert lines(town) == [
        ("implements", False, "“凉亭夜话”活动", ""),
        ("operates", False, "云上白石", ""),
        ("within", False, "青溪县", ""),
        ("locatedIn", True, "“凉亭夜话”活动", ""),
        ("locatedIn", True, "白石镇党委", ""),
        ("locatedIn", True, "青溪农商银行白石支行", ""),
        ("within", True, "松坪村", ""),
    ]
    assert town.articles == ("“凉亭夜话”送到村口",)


@pytest.mark.parametrize("name", ["凉亭夜话", "“凉亭夜话”", "“凉亭夜话”活动", "凉亭夜话活动", " 凉亭夜话 "])
def test_a_name_is_found_with_or_without_its_marks(rdf, name):
    assert [p.name for p in show(rdf, name)] == ["“凉亭夜话”活动"]


def test_statements_carry_their_words(rdf):
    (programme,) = show(rdf, "凉亭夜话")
    (date,) = [line for line in programme.lines if line.predicate == "started"]
    assert date.other == "2019-03"
    (quote,) = date.quotes
    assert quote.words == "2019年3月，青溪县白石镇启动“凉亭夜话”活动"
    assert (quote.article, quote.source) == ("“凉亭夜话”送到村口", "青溪/page-1.txt")
    assert date.confidence == 0.8


def test_figures_have_value_unit_and_time(rdf):
    (firm,) = show(rdf, "青竹科技")
    assert [(f.indicator, f.value, f.unit, f.qualifier, f.time) for f in firm.figures] == [
        ("产值", "327000000", "元", "", "2022-01/2022-06"),
        ("产值同比增长", "24.5", "%", "", "2022-01/2022-06"),
    ]
    assert firm.figures[0].quotes[0].words == "1至6月产值3.27亿元，同比增长24.5%"


def test_money_from_either_side(rdf):
    (bank,) = show(rdf, "青溪农商银行白石支行")
    (village,) = show(rdf, "松坪村")
    (loan,) = show(rdf, "竹林贷")
    assert ("finances", False, "松坪村", "800000 元, 竹林贷") in lines(bank)
    assert ("finances", True, "青溪农商银行白石支行", "800000 元, 竹林贷") in lines(village)
    assert ("finances", False, "青溪农商银行白石支行 → 松坪村", "800000 元") in lines(loan)
    assert ("recognizedAs", False, "全国文明村", "aim") in lines(village)


def test_what_only_the_gazetteer_says_has_no_words(rdf):
    (village,) = show(rdf, "松坪村")
    (within,) = [line for line in village.lines if line.predicate == "within"]
    assert within.quotes == ()


def test_two_people_of_one_name_are_two(rdf):
    party, firm = show(rdf, "方远")
    assert ("position", False, "白石镇党委", "书记") in lines(party)
    assert ("position", False, "青竹科技有限公司", "总经理, 2022") in lines(firm)
    assert party.kinds == ("Official",)


@pytest.mark.parametrize(
    ("name", "near"), [("白石乡", "白石镇"), ("青竹", "青竹科技"), ("青溪县白石镇", "白石镇"), ("方圆", "方远")]
)
def test_an_unknown_name_brings_those_near_it(rdf, name, near):
    with pytest.raises(UnknownNameError) as caught:
        show(rdf, name)
    assert near in caught.value.known


def test_nothing_is_near_an_empty_name(rdf):
    with pytest.raises(UnknownNameError):
        show(rdf, "")
