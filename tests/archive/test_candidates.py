"""Every unit and year that something names for a document is kept; what contradicts is told."""

from __future__ import annotations

from typing import Any

import pytest

from archive.ledger import Fetch
from archive.store import Archive
from tests.archive.factory import keep, reading
from tests.archive.test_load import URL, load_again, rows

COLUMN = "http://www.hqq.gov.cn/nb/"
TITLES: dict[str, Any] = {
    "unit": "红旗区教育局",
    "unit_level": "department",
    "title": "红旗区教育局2023年政府信息公开工作年度报告",
}
UNNAMED: dict[str, Any] = {"unit": None, "unit_level": None, "title": "2023年政府信息公开工作年度报告"}


def linked(archive: Archive, url: str, anchor: str, parent: str | None = None) -> None:
    """A page of a column that was asked for under this label."""
    archive.ledger.record(
        None,
        Fetch(
            portal="hongqi", url=url, purpose="list", reason="test", outcome="same", anchor=anchor, parent_url=parent
        ),
    )


def loaded(
    archive: Archive, *found: tuple[str, str], anchor: str = "", parent: str | None = None, **changed: Any
) -> str:
    """A document whose page says this of where it stands: (evidence, value)."""
    sha256 = keep(archive, b"a report", URL, portal="hongqi")
    archive.db.execute("UPDATE fetches SET anchor = ?, parent_url = ? WHERE sha256 = ?", (anchor, parent, sha256))
    candidates = [{"what": "unit", "evidence": evidence, "value": value} for evidence, value in found]
    load_again(archive, sha256, reading(candidates=candidates, **changed))
    return sha256


def told(archive: Archive, code: str) -> list[str]:
    return [message for found, message in rows(archive, "SELECT code, message FROM problems") if found == code]


def test_candidates_are_kept_in_the_order_in_which_they_are_believed(archive: Archive) -> None:
    linked(archive, COLUMN, "教育局")
    places = ("site_code", "410702"), ("source", "红旗区教育局"), ("title", "红旗区教育局"), ("breadcrumb", "教育局")
    loaded(archive, *places, anchor="红旗区教育局2023年政府信息公开工作年度报告", parent=COLUMN, **TITLES)
    assert rows(archive, "SELECT what, evidence, value, agrees FROM candidates ORDER BY rank") == [
        ("unit", "title", "红旗区教育局", 1),
        ("unit", "breadcrumb", "教育局", 1),
        ("unit", "source", "红旗区教育局", 1),
        ("unit", "anchor", "红旗区教育局", 1),
        ("unit", "column", "教育局", 1),
        ("unit", "site_code", "410702", 1),
        ("unit", "portal", "410702", 1),
        ("year", "anchor", "2023", 1),
    ]
    assert told(archive, "unit_conflict") == []


@pytest.mark.parametrize(
    ("trait", "evidence", "value", "conflicts"),
    [
        ("another body's column", "breadcrumb", "民政局", True),
        ("a body's column, its name shortened", "breadcrumb", "红旗区教局", False),
        ("the site's own name leads the breadcrumb", "breadcrumb", "红旗区人民政府", False),
        ("the office puts its bodies' reports online", "source", "红旗区人民政府办公室", False),
        ("the county's media centre puts everything online", "source", "红旗区融媒体中心", False),
        ("the template has its parent's code", "site_code", "410700", False),
        ("an article of another county, served under this host", "site_code", "330803", True),
        ("a code that no area has", "site_code", "999999", False),
        ("a text that was copied from another body", "signature", "红旗区民政局", True),
    ],
)
def test_what_contradicts_a_title_is_told_and_the_title_believed(
    archive: Archive, trait: str, evidence: str, value: str, conflicts: bool
) -> None:
    loaded(archive, (evidence, value), **TITLES)
    messages = told(archive, "unit_conflict")
    assert bool(messages) is conflicts, trait
    assert all(value in message and "红旗区教育局" in message for message in messages)
    assert rows(archive, "SELECT unit, adcode FROM reports") == [("红旗区教育局", "410702")]


@pytest.mark.parametrize(
    ("trait", "evidence", "value"),
    [
        ("the office puts its bodies' reports online", "source", "红旗区人民政府办公室"),
        ("a body's name shortened", "breadcrumb", "红旗区教局"),
        ("the template has its parent's code", "site_code", "410700"),
        ("a code that no area has", "site_code", "999999"),
    ],
)
def test_what_says_neither_the_same_nor_the_contrary_does_not_agree(
    archive: Archive, trait: str, evidence: str, value: str
) -> None:
    loaded(archive, (evidence, value), **TITLES)
    assert rows(archive, f"SELECT agrees FROM candidates WHERE evidence = '{evidence}'") == [(None,)], trait  # noqa: S608


def test_of_a_document_that_is_nobody_s_nothing_agrees(archive: Archive) -> None:
    loaded(archive, ("source", "红旗区人民政府办公室"), **UNNAMED)
    assert rows(archive, "SELECT agrees FROM candidates WHERE what = 'unit'") == [(None,), (None,)]


def test_a_department_that_titles_its_report_with_the_area_s_name_alone_is_told(archive: Archive) -> None:
    linked(archive, COLUMN, "教育局")
    loaded(archive, parent=COLUMN)
    assert len(told(archive, "unit_conflict")) == 1


@pytest.mark.parametrize(
    ("label", "conflicts"), [("2023年", False), ("2024年", False), ("2025年", False), ("2022年", True)]
)
def test_a_column_may_be_named_for_a_later_year_and_not_for_one_before(
    archive: Archive, label: str, conflicts: bool
) -> None:
    linked(archive, COLUMN, label)
    loaded(archive, parent=COLUMN)
    assert bool(told(archive, "year_conflict")) is conflicts
    assert rows(archive, "SELECT year FROM reports") == [(2023,)]


def test_a_document_that_names_no_body_is_its_column_s_and_that_is_told(archive: Archive) -> None:
    linked(archive, COLUMN, "部门信息公开年报")
    linked(archive, f"{COLUMN}jyj/", "教育局", COLUMN)
    loaded(archive, ("source", "红旗区人民政府办公室"), parent=f"{COLUMN}jyj/", **UNNAMED)
    assert rows(archive, "SELECT unit, unit_level, adcode FROM reports") == [("教育局", "department", "410702")]
    assert [("教育局" in message) for message in told(archive, "unit_from_place")] == [True]


def test_where_column_and_breadcrumb_differ_nobody_is_named(archive: Archive) -> None:
    linked(archive, COLUMN, "教育局")
    loaded(archive, ("breadcrumb", "民政局"), parent=COLUMN, **UNNAMED)
    assert rows(archive, "SELECT unit FROM reports") == [(None,)]
    assert len(rows(archive, "SELECT * FROM candidates WHERE what = 'unit'")) == 3


def test_a_source_alone_names_nobody(archive: Archive) -> None:
    loaded(archive, ("source", "红旗区人民政府办公室"), **UNNAMED)
    assert rows(archive, "SELECT unit FROM reports") == [(None,)]


def test_a_body_elsewhere_on_this_portal_is_told(archive: Archive) -> None:
    loaded(archive, unit="中宁县人民政府", title="中宁县人民政府2023年政府信息公开工作年度报告")
    assert ["中宁县" in message and "红旗区" in message for message in told(archive, "unit_conflict")] == [True]


def test_a_column_that_groups_bodies_names_none(archive: Archive) -> None:
    linked(archive, COLUMN, "乡镇信息公开年报")
    loaded(
        archive, parent=COLUMN, unit="红旗区云台镇", unit_level="township", title="红旗区云台镇2023年政府信息公开年报"
    )
    assert told(archive, "unit_conflict") == []


def test_the_label_of_a_dead_link_that_was_sent_here_says_nothing_of_this_page(archive: Archive) -> None:
    fetch = Fetch(portal="hongqi", url=COLUMN, purpose="report", reason="test", outcome="soft_404", anchor="2017年")
    archive.ledger.record(None, fetch)
    loaded(archive, parent=COLUMN)
    assert rows(archive, "SELECT evidence FROM candidates") == [("portal",)]


def test_links_that_lead_in_a_circle_end(archive: Archive) -> None:
    linked(archive, COLUMN, "年报", f"{COLUMN}b/")
    linked(archive, f"{COLUMN}b/", "年报", COLUMN)
    loaded(archive, parent=COLUMN)
    assert rows(archive, "SELECT evidence FROM candidates") == [("portal",)]


def test_loaded_again_a_document_has_the_candidates_of_now(archive: Archive) -> None:
    sha256 = loaded(archive, ("breadcrumb", "民政局"), **TITLES)
    load_again(archive, sha256, reading(candidates=[], **TITLES))
    assert rows(archive, "SELECT evidence FROM candidates") == [("portal",)]
    assert told(archive, "unit_conflict") == []
