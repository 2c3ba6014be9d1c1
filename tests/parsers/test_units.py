"""A body's level from its name."""

from __future__ import annotations

import pytest

from parsers.units import prefectures, unit_level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("宁夏回族自治区", "province"),
        ("河北省人民政府", "province"),
        ("上海市人民政府", "province"),
        ("石家庄市", "prefecture"),
        ("河北省石家庄市人民政府", "prefecture"),
        ("临夏回族自治州", "prefecture"),
        ("阿拉善盟", "prefecture"),
        ("阿里地区", "prefecture"),
        ("昆山市人民政府", "county"),
        ("石家庄市辛集市", "county"),
        ("红寺堡区", "county"),
        ("吴忠市红寺堡区人民政府", "county"),
        ("镇宁布依族苗族自治县", "county"),
        ("阿拉善右旗", "county"),
        ("浦东新区", "county"),
        ("青石县河东街道办事处", "township"),
        ("新庄集乡人民政府", "township"),
        ("欧庙镇", "township"),
        ("巴彦苏木", "township"),
        ("沙坡头区人民政府办公室", "office"),
        ("青石省人民政府办公厅", "office"),
        ("红桥区政府办", "office"),
        ("青石县水务局", "department"),
        ("青石县卫生健康委员会", "department"),
        ("国有资产监督管理委员会", "department"),
        ("青石市教育委", "department"),
        ("交警大队", "department"),
        ("青石经济开发区", "zone"),
        ("青石新区管委会", "zone"),
        ("青石工业园区管理委员会", "zone"),
        ("综合改革试验区", "zone"),
        ("鄂尔多斯", None),
    ],
)
def test_levels(name: str, level: str | None) -> None:
    assert unit_level(name) == level


def test_the_list_of_prefectures_is_read_without_its_head() -> None:
    assert "石家庄市" in prefectures()
    assert not any(name.startswith("#") for name in prefectures())
