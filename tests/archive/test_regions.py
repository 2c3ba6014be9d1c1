from __future__ import annotations

import pytest

from archive.regions import Region, Regions

REGIONS = Regions(
    [
        Region("640000", "宁夏回族自治区", "province", None),
        Region("640300", "吴忠市", "prefecture", "640000"),
        Region("640303", "红寺堡区", "county", "640300"),
        Region("110000", "北京市", "province", None),
        Region("110105", "朝阳区", "county", "110000"),
        Region("220000", "吉林省", "province", None),
        Region("220100", "长春市", "prefecture", "220000"),
        Region("220104", "朝阳区", "county", "220100"),
        Region("140000", "山西省", "province", None),
        Region("140500", "晋城市", "prefecture", "140000"),
        Region("140502", "城区", "county", "140500"),
    ]
)


def place(name: str, home: str | None = None, far: bool = True) -> tuple[str, str] | None:
    found = REGIONS.locate(name, home, far)
    return (found.adcode, found.rest) if found else None


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("红寺堡区", ""),
        ("吴忠市红寺堡区人民政府", "人民政府"),
        ("宁夏吴忠市红寺堡区新庄集乡", "新庄集乡"),
        ("宁夏回族自治区红寺堡区教育局", "教育局"),
    ],
)
def test_the_deepest_area_of_the_name_is_taken(name: str, rest: str) -> None:
    assert place(name) == ("640303", rest)


def test_two_areas_of_one_name_are_not_guessed_between() -> None:
    assert place("朝阳区人民政府") is None


def test_the_portal_s_own_line_decides_between_namesakes() -> None:
    assert place("朝阳区人民政府", home="220100") == ("220104", "人民政府")
    assert place("朝阳区人民政府", home="110105") == ("110105", "人民政府")


def test_the_named_parent_decides_between_namesakes() -> None:
    assert place("长春市朝阳区卫生健康局") == ("220104", "卫生健康局")


def test_a_street_called_like_a_far_area_is_not_moved_there() -> None:
    assert place("城区街道办事处", home="640303", far=False) is None
    assert place("晋城市城区街道办事处", home="640303", far=False) == ("140502", "街道办事处")


def test_a_name_without_area_has_none() -> None:
    assert place("教育局", home="640303") is None


def test_lineage_goes_up_to_the_province() -> None:
    assert REGIONS.lineage("640303") == {"640303", "640300", "640000"}
