"""Bodies seen on a portal become units, so that an absence can be told."""

from __future__ import annotations

from archive.keys import Keys
from archive.ledger import PortalRow
from archive.listed import ListedUnit, place_listed, record_listed
from archive.regions import Regions
from archive.store import Archive
from archive.units import identify, refresh_units, unit_id

HOME = "640303"


def seen(name: str, level: str = "department", **more: str) -> ListedUnit:
    return ListedUnit(
        name, level, f"https://www.hongsibu.gov.cn/{name}/", "https://www.hongsibu.gov.cn/bm/", "directory"
    )


def placed(archive: Archive, *units: ListedUnit) -> None:
    archive.ledger.register([PortalRow("hongsibu", "红寺堡区", "https://www.hongsibu.gov.cn/", HOME)])
    record_listed(archive.db, "hongsibu", units)
    keys, regions = Keys(archive.folder / "keys.csv"), Regions.of(archive.db)
    with archive.db:
        refresh_units(archive.db, lambda: place_listed(archive.db, keys, regions))


def units(archive: Archive) -> list[tuple[object, ...]]:
    rows = archive.db.execute("SELECT key, kind, name, adcode, portal, evidence FROM units ORDER BY key")
    return [tuple(row) for row in rows]


def test_a_body_without_a_report_is_a_unit_with_its_portal_and_evidence(archive: Archive) -> None:
    placed(archive, seen("区档案局"), seen("大河乡", "township"))
    assert units(archive) == [
        ("640303-dahexiang", "township", "大河乡", HOME, "hongsibu", "directory"),
        ("640303-danganju", "department", "区档案局", HOME, "hongsibu", "directory"),
    ]
    names = archive.db.execute("SELECT name, first_year, evidence FROM unit_names ORDER BY name").fetchall()
    assert [tuple(row) for row in names] == [("区档案局", None, "directory"), ("大河乡", None, "directory")]


def test_placed_again_it_is_the_same(archive: Archive) -> None:
    placed(archive, seen("区档案局"))
    before = units(archive)
    placed(archive, seen("区档案局"))
    assert units(archive) == before


def test_its_names_with_and_without_the_area_are_one_body(archive: Archive) -> None:
    placed(archive, seen("教育局"), seen("红寺堡区教育局"))
    assert len(units(archive)) == 1


def test_a_body_no_longer_seen_nor_reported_is_no_unit(archive: Archive) -> None:
    placed(archive)
    regions = Regions.of(archive.db)
    keys = Keys(archive.folder / "keys.csv")
    with archive.db:
        unit_id(archive.db, keys, identify("教育局", "department", HOME, regions), "教育局", "department")
    placed(archive)
    assert units(archive) == []


def test_a_first_listing_keeps_its_date(archive: Archive) -> None:
    placed(archive, seen("区档案局"))
    first = archive.db.execute("SELECT first_seen FROM listed_units").fetchone()[0]
    archive.db.execute("UPDATE listed_units SET first_seen = '2020-01-01T00:00:00Z'")
    placed(archive, seen("区档案局"))
    row = archive.db.execute("SELECT first_seen, last_seen FROM listed_units").fetchone()
    assert row[0] == "2020-01-01T00:00:00Z"
    assert row[1] >= first
