"""The gazetteer: names, codes, containment, short forms."""

import time

import pytest

from kg.errors import UnknownNameError
from kg.vocab import divisions
from kg.vocab.chains import last_of_chain


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("平湖", "平湖市"),
        ("嘉善", "嘉善县"),
        ("嘉兴市", "嘉兴市"),
        ("恭城", "恭城瑶族自治县"),
        ("恭城县", "恭城瑶族自治县"),
        ("内蒙古", "内蒙古自治区"),
        ("新疆", "新疆维吾尔自治区"),
        ("广西", "广西壮族自治区"),
        ("浦东", "浦东新区"),
        ("碑林", "碑林区"),
        ("吉林", "吉林省"),
        ("东莞", "东莞市"),
        ("科左中旗", "科尔沁左翼中旗"),
        ("鄂温克旗", "鄂温克族自治旗"),
        ("巴州", "巴音郭楞蒙古自治州"),
    ],
)
def test_resolve(word: str, name: str) -> None:
    division = divisions.resolve(word)
    assert division is not None
    assert division.name == name


def test_ambiguous_names_are_not_resolved() -> None:
    assert divisions.resolve("朝阳区") is None
    assert len(divisions.by_name("朝阳区")) == 2
    assert divisions.resolve("没有这个地方") is None


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("新塍镇", "新塍"),
        ("赵镇", "赵"),
        ("东乡族自治县", "东乡"),
        ("高照街道", "高照"),
        ("天星社区", "天星"),
        ("嘉兴", "嘉兴"),
    ],
)
def test_stem(name: str, stem: str) -> None:
    assert divisions.stem(name) == stem


def test_one_character_is_no_short_form() -> None:
    (county,) = divisions.by_name("赵县")
    assert divisions.short_forms(county) == ()


def test_codes_and_containment() -> None:
    (town,) = divisions.by_name("新塍镇")
    assert (town.code, town.kind, town.parent) == ("330411104", "Township", "330411")
    assert [d.name for d in divisions.ancestors(town.code)] == ["秀洲区", "嘉兴市", "浙江省"]
    assert divisions.contains("330000", town.code)
    assert not divisions.contains("330482", town.code)


def test_municipalities_and_cities_without_counties() -> None:
    assert [d.name for d in divisions.ancestors("500110")] == ["重庆市"]
    assert [d.name for d in divisions.ancestors("441900003")] == ["东莞市", "广东省"]
    assert "东城街道" in {d.name for d in divisions.children("441900")}


def test_villages_are_named_as_people_write_them() -> None:
    names = {d.name: d.kind for d in divisions.villages("330411104")}
    assert names["潘家浜村"] == "Village"
    assert names["虹桥社区"] == "Community"
    assert not any("委员会" in n or "委会" in n for n in names)


def test_villages_have_codes_below_their_township() -> None:
    village = divisions.villages("330411104")[0]
    assert divisions.by_code(village.code) == village
    assert village.parent == "330411104"


def test_children_go_one_level_down() -> None:
    assert {d.name for d in divisions.children("330400")} >= {"秀洲区", "平湖市", "嘉善县"}
    assert {d.name for d in divisions.children("330411")} >= {"新塍镇", "高照街道"}
    with pytest.raises(UnknownNameError):
        divisions.children("999999")


def test_zones_among_the_counties() -> None:
    assert divisions.by_name("下花园区")[0].kind == "County"
    assert divisions.by_name("浦东新区")[0].kind == "County"
    assert divisions.by_name("苏州工业园区")[0].kind == "Zone"


def test_all_of_the_country_is_there() -> None:
    provinces = [d for d in map(divisions.by_code, ("110000", "710000", "810000", "820000")) if d]
    assert len(provinces) == 4
    assert len(divisions.townships("330000")) > 1300
    assert len(divisions.counties("330400")) == 7


@pytest.mark.parametrize(
    ("chain", "code"),
    [
        ("嘉兴市", "330400"),
        ("北京市西城区", "110102"),
        ("北京市朝阳区", "110105"),
        ("江苏省南京市鼓楼区", "320106"),
        ("南京鼓楼区", "320106"),
        ("嘉兴市秀洲区新塍镇", "330411"),
        ("锡林郭勒盟东乌珠穆沁旗", "152525"),
        ("恩施", "422800"),
    ],
)
def test_the_last_of_a_chain(chain: str, code: str) -> None:
    division = last_of_chain(chain)
    assert division is not None
    assert division.code == code


@pytest.mark.parametrize("chain", ["", "市", "朝阳区", "鼓楼区", "嘉兴巿", "没有这个地方", "新塍镇"])
def test_a_chain_that_names_no_division_or_several(chain: str) -> None:
    assert last_of_chain(chain) is None


def test_a_chapter_in_place_of_a_home_is_not_looked_at_for_hours() -> None:
    began = time.monotonic()
    assert last_of_chain("江苏省南京市鼓楼区" * 100_000) is None
    assert time.monotonic() - began < 20  # it took hours
