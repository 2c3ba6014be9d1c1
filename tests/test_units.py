"""From portal to the table of units: whose report it is, and which bodies have none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import crawl
from tests.replica import Replica


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    data: Path = tmp_path_factory.mktemp("units")
    with Replica(portals=("anshun", "jiangjin")) as web:
        ran = crawl(web, data, "--since", "2024")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    db = sqlite3.connect(data / "archive.db")
    yield db
    db.close()


def unit_of(db: sqlite3.Connection, title: str) -> tuple[str, str, str]:
    """(kind, name of the area, key) of the unit that a report is filed under."""
    row = db.execute(
        "SELECT u.kind, g.name, u.key FROM reports r JOIN units u ON u.id = r.unit_id"
        " LEFT JOIN regions g ON g.adcode = u.adcode WHERE r.title LIKE ?",
        (f"%{title}%",),
    ).fetchall()
    assert len(row) == 1, title
    kind, area, key = row[0]
    return kind, area, key


def test_a_county_s_report_on_its_city_s_portal_goes_to_the_county(db: sqlite3.Connection) -> None:
    kind, area, key = unit_of(db, "普定县人民政府")
    assert (kind, area) == ("government", "普定县")
    assert key.startswith("520422-")
    assert unit_of(db, "镇宁布依族苗族自治县")[:2] == ("government", "镇宁布依族苗族自治县")
    assert unit_of(db, "安顺市人民政府")[:2] == ("government", "安顺市")


def test_a_report_of_another_body_in_a_column_goes_to_that_body(db: sqlite3.Connection) -> None:
    assert unit_of(db, "关岭布依族苗族自治县教育局")[:2] == ("department", "关岭布依族苗族自治县")
    key = unit_of(db, "中宁县人民政府办公室")[2]
    portal = db.execute(
        "SELECT DISTINCT f.portal FROM fetches f JOIN edition_originals o ON o.original = f.sha256"
        " JOIN editions e ON e.id = o.edition_id JOIN reports r ON r.id = e.report_id JOIN units u ON u.id = r.unit_id"
        " WHERE u.key = ?",
        (key,),
    ).fetchall()
    assert portal == [("anshun",)]
    assert unit_of(db, "中宁县人民政府办公室")[:2] == ("office", "中宁县")


def test_a_body_without_a_report_is_a_unit_with_portal_parent_and_evidence(db: sqlite3.Connection) -> None:
    row = db.execute(
        "SELECT u.kind, u.level, u.portal, u.evidence, p.name FROM units u LEFT JOIN units p ON p.id = u.parent_id"
        " JOIN unit_names n ON n.unit_id = u.id WHERE n.name = '区档案馆'"
    ).fetchall()
    assert row == [("department", "department", "jiangjin", "directory", "重庆市江津区人民政府")]
    listed = db.execute("SELECT url, seen_on, parent FROM listed_units WHERE name = '区档案馆'").fetchall()
    site = "https://www.jiangjin.gov.cn/bm/"
    assert listed == [(f"{site}qdaj_70009/", site, "部门信息公开")]


def test_a_body_listed_and_reporting_is_one_unit(db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT u.evidence, group_concat(n.name) FROM units u JOIN unit_names n ON n.unit_id = u.id"
        " WHERE u.id IN (SELECT unit_id FROM unit_names WHERE name = '财政局') GROUP BY u.id"
    ).fetchall()
    assert [(evidence, set(names.split(","))) for evidence, names in rows] == [("report", {"财政局", "江津区财政局"})]


def test_every_unit_is_known_by_a_report_or_by_a_list(db: sqlite3.Connection) -> None:
    strange = db.execute(
        "SELECT name FROM units WHERE (evidence = 'report') <> (id IN (SELECT unit_id FROM reports))"
    ).fetchall()
    assert strange == []
