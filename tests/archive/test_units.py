from __future__ import annotations

import pytest

from archive.regions import Regions
from archive.store import Archive
from archive.units import Identity, identify

HOME = "640303"


@pytest.mark.parametrize("name", ["红寺堡区", "红寺堡区人民政府", "吴忠市红寺堡区人民政府", "红寺堡区 人民政府"])
def test_the_area_s_own_names_are_one_government(archive: Archive, name: str) -> None:
    assert identify(name, "county", HOME, Regions.of(archive.db)) == Identity(HOME, "government", "")


@pytest.mark.parametrize("name", ["红寺堡区人民政府办公室", "吴忠市红寺堡区政府办公室", "红寺堡区政府办"])
def test_the_office_is_a_body_of_its_own_in_the_same_area(archive: Archive, name: str) -> None:
    assert identify(name, "office", HOME, Regions.of(archive.db)) == Identity(HOME, "office", "")


@pytest.mark.parametrize("name", ["红寺堡区新庄集乡", "吴忠市红寺堡区新庄集乡人民政府"])
def test_a_township_is_one_with_and_without_its_government(archive: Archive, name: str) -> None:
    assert identify(name, "township", HOME, Regions.of(archive.db)) == Identity(HOME, "township", "新庄集乡")


def test_a_street_is_one_with_and_without_its_office(archive: Archive) -> None:
    regions = Regions.of(archive.db)
    with_office = identify("红旗区向阳街道办事处", "township", None, regions)
    assert with_office == identify("红旗区向阳街道", "township", None, regions)


def test_departments_are_not_joined_by_likeness(archive: Archive) -> None:
    regions = Regions.of(archive.db)
    names = ("红寺堡区教育局", "红寺堡区教育体育局", "红寺堡区教体局")
    assert len({identify(name, "department", HOME, regions) for name in names}) == 3


def test_a_county_s_report_on_another_portal_goes_to_the_county(archive: Archive) -> None:
    assert identify("红旗区人民政府", "county", HOME, Regions.of(archive.db)).adcode == "410702"


def test_a_department_without_its_area_belongs_to_the_portal_s_area(archive: Archive) -> None:
    assert identify("教育局", "department", HOME, Regions.of(archive.db)) == Identity(HOME, "department", "教育局")


def test_a_government_that_names_no_area_is_placed_nowhere(archive: Archive) -> None:
    assert identify("本级人民政府", "county", HOME, Regions.of(archive.db)).adcode is None


@pytest.mark.parametrize(
    ("trait", "name", "level", "home", "expected"),
    [
        ("rank alone, office", "区人民政府办公室", "office", HOME, Identity(HOME, "office", "")),
        ("no rank, office", "政府办公室", "office", HOME, Identity(HOME, "office", "")),
        ("rank alone, government", "区人民政府", "county", HOME, Identity(HOME, "government", "")),
        ("rank alone, department", "区财政局", "department", HOME, Identity(HOME, "department", "财政局")),
        ("another rank than home's", "市财政局", "department", HOME, Identity(HOME, "department", "市财政局")),
        (
            "a word that begins as a rank",
            "市场监管局",
            "department",
            "640300",
            Identity("640300", "department", "市场监管局"),
        ),
        ("an area whose name begins as a rank", "市中区", "county", "370100", Identity("370103", "government", "")),
        ("township without its area", "新庄集乡人民政府", "township", HOME, Identity(HOME, "township", "新庄集乡")),
        ("office of an area elsewhere", "东莞市人民政府办公室", "office", "440100", Identity("441900", "office", "")),
        ("street named as an area elsewhere", "城区街道", "township", HOME, Identity(HOME, "township", "城区街道")),
    ],
)
def test_names_and_their_identities(
    archive: Archive, trait: str, name: str, level: str, home: str, expected: Identity
) -> None:
    assert identify(name, level, home, Regions.of(archive.db)) == expected, trait


def test_bodies_of_one_name_that_cannot_be_placed_are_not_joined(archive: Archive) -> None:
    regions = Regions.of(archive.db)
    for name, level in (("朝阳区", "county"), ("财政局", "department")):
        here, there = (identify(name, level, None, regions, seen_at) for seen_at in ("a.gov.cn", "b.gov.cn"))
        assert str(here) != str(there)
