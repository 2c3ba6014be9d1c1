from __future__ import annotations

from typing import Any

import pytest

from archive.editions import renew_edition_dates, renew_seen
from archive.keys import Keys
from archive.ledger import Role
from archive.load import Loader
from archive.regions import Regions
from archive.store import Archive
from archive.tables import renew_report_dates
from archive.units import refresh_units
from tests.archive.factory import cell, keep, reading

URL = "http://www.hqq.gov.cn/2024/report.html"


def load(archive: Archive, data: bytes, parsed: dict[str, Any], url: str | None = URL, role: Role = "page") -> str:
    sha256 = keep(archive, data, url, role, portal=None if role == "added" else "hongqi")
    load_again(archive, sha256, parsed)
    return sha256


def load_again(archive: Archive, sha256: str, parsed: dict[str, Any]) -> None:
    loader = Loader(archive.db, Keys(archive.folder / "keys.csv"), Regions.of(archive.db), "test")
    with archive.db:
        loader.load(sha256, parsed)
        renew_seen(archive.db)
        renew_edition_dates(archive.db)
        renew_report_dates(archive.db)
        refresh_units(archive.db)


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in archive.db.execute(sql)]


def test_a_reading_fills_every_table_of_its_report(archive: Archive) -> None:
    sha256 = load(archive, b"one", reading())
    assert rows(archive, "SELECT key, unit, adcode, year, original, url, checks_failed FROM reports") == [
        ("410702-hongqi-2023", "红旗区人民政府", "410702", 2023, sha256, URL, 1)
    ]
    assert rows(archive, "SELECT key, kind, name, portal FROM units") == [
        ("410702-hongqi", "government", "红旗区人民政府", "hongqi")
    ]
    assert rows(archive, "SELECT licensing_decisions, penalty_decisions, coercion_decisions FROM proactive") == [
        (7, None, None)
    ]
    assert rows(archive, "SELECT outcome, natural_person, total FROM requests ORDER BY outcome") == [
        ("new_received", 3, 3),
        ("total_processed", 2, 2),
    ]
    assert rows(archive, "SELECT new_received, total_processed, reconsideration_upheld, kind, area FROM summary") == [
        (3, 2, 1, "government", "红旗区")
    ]
    assert rows(archive, "SELECT rule, scope, left_value, right_value, delta, status, blame FROM checks") == [
        ("flow", "total", 3, 2, 1, "fail", "unknown")
    ]


def test_a_blank_cell_is_kept_as_blank_and_never_zero(archive: Archive) -> None:
    load(archive, b"one", reading())
    found = rows(
        archive,
        "SELECT value, kind, raw FROM cells JOIN codes ON codes.id = code_id"
        " WHERE code = 'proactive.penalty_decisions'",
    )
    assert found == [(None, "blank", "")]


def test_money_keeps_every_decimal_beside_the_number(archive: Archive) -> None:
    fee = {"value": "31408.250917", "kind": "number", "raw": "31408.250917", "page": None, "bbox": None}
    load(archive, b"one", reading(proactive={"admin_fees_wan_yuan": fee}))
    assert rows(archive, "SELECT admin_fees_wan_yuan_text FROM proactive") == [("31408.250917",)]


def test_a_mobile_number_in_the_text_is_masked(archive: Archive) -> None:
    load(archive, b"one", reading())
    assert "13812345678" not in rows(archive, "SELECT text FROM sections")[0][0]


def test_reading_again_replaces_the_rows(archive: Archive) -> None:
    sha256 = load(archive, b"one", reading())
    load_again(archive, sha256, reading(proactive={"licensing_decisions": cell("9")}, sections=[]))
    assert rows(archive, "SELECT licensing_decisions FROM proactive") == [(9,)]
    assert rows(archive, "SELECT count(*) FROM sections") == [(0,)]
    assert rows(archive, "SELECT count(*) FROM editions") == [(1,)]


def test_a_new_parser_that_finds_another_year_moves_the_report(archive: Archive) -> None:
    sha256 = load(archive, b"one", reading(year=2022))
    load_again(archive, sha256, reading(year=2023))
    assert rows(archive, "SELECT key FROM reports") == [("410702-hongqi-2023",)]
    assert rows(archive, "SELECT count(*) FROM cells WHERE report_id NOT IN (SELECT id FROM reports)") == [(0,)]


def test_files_that_differ_only_around_the_content_are_one_edition(archive: Archive) -> None:
    load(archive, b"counter 1", reading())
    load(archive, b"counter 2", reading(), url=URL + "?v=2")
    assert rows(archive, "SELECT count(*) FROM editions") == [(1,)]
    assert rows(archive, "SELECT count(*) FROM edition_originals") == [(2,)]


def test_other_content_is_another_edition_of_the_same_report(archive: Archive) -> None:
    load(archive, b"first", reading())
    load(archive, b"second", reading(proactive={"licensing_decisions": cell("8")}))
    assert rows(archive, "SELECT count(*) FROM reports") == [(1,)]
    assert rows(
        archive,
        "SELECT is_current, json_extract(parsed, '$.proactive.licensing_decisions.value') FROM editions",
    ) == [
        (0, 7),
        (1, 8),
    ]


def test_an_added_file_is_never_current_over_a_crawled_one(archive: Archive) -> None:
    crawled = load(archive, b"crawled", reading())
    load(archive, b"added", reading(proactive={"licensing_decisions": cell("8")}), url=None, role="added")
    assert rows(archive, "SELECT original FROM reports") == [(crawled,)]


def test_an_attachment_goes_before_its_page_and_their_difference_is_told(archive: Archive) -> None:
    load(archive, b"page", reading())
    attachment = load(
        archive,
        b"pdf",
        reading(proactive={"licensing_decisions": cell("8")}),
        url=URL + ".pdf",
        role="attachment",
    )
    load_again(archive, attachment, reading(proactive={"licensing_decisions": cell("8")}))
    assert rows(archive, "SELECT original FROM reports") == [(attachment,)]
    problems = rows(archive, "SELECT message FROM problems WHERE code = 'page_differs_from_attachment'")
    assert problems == [("the two differ in: proactive.licensing_decisions (attachment 8, page 7)",)]


def test_what_is_no_report_is_a_problem_and_no_report(archive: Archive) -> None:
    load(archive, b"news", reading(status="not_a_report", problems=[{"code": "x", "message": "no table two"}]))
    assert rows(archive, "SELECT count(*) FROM reports") == [(0,)]
    assert rows(archive, "SELECT code, message FROM problems") == [("not_a_report", f"{URL}: no table two")]


def test_the_problem_goes_when_the_file_is_read_after_all(archive: Archive) -> None:
    sha256 = load(archive, b"one", reading(status="unreadable", problems=[]))
    load_again(archive, sha256, reading())
    assert rows(archive, "SELECT code FROM problems WHERE report_id IS NULL") == []


def test_without_a_year_each_document_stands_for_itself(archive: Archive) -> None:
    for data in (b"one", b"two"):
        load(archive, data, reading(year=None, status="partial"))
    keys = [row[0] for row in rows(archive, "SELECT key FROM reports")]
    assert len(keys) == 2
    assert all(key.startswith("410702-hongqi-undated-") for key in keys)


def test_a_document_that_names_no_unit_is_kept_without_one(archive: Archive) -> None:
    load(archive, b"one", reading(unit=None, unit_level=None))
    assert rows(archive, "SELECT unit_id, unit, adcode FROM reports") == [(None, None, None)]
    assert ("unit_unknown",) in rows(archive, "SELECT code FROM problems")


def test_the_same_file_seen_at_two_addresses_shows_the_secure_one(archive: Archive) -> None:
    load(archive, b"one", reading())
    load(archive, b"one", reading(), url=URL.replace("http:", "https:"))
    assert rows(archive, "SELECT url FROM reports") == [(URL.replace("http:", "https:"),)]
    assert rows(archive, "SELECT count(*) FROM edition_originals") == [(2,)]


def test_governments_and_offices_are_parent_and_child(archive: Archive) -> None:
    load(archive, b"office", reading(unit="红旗区人民政府办公室", unit_level="office"), url=URL + "1")
    load(archive, b"government", reading())
    found = rows(archive, "SELECT c.key, p.key FROM units c LEFT JOIN units p ON p.id = c.parent_id ORDER BY c.key")
    assert found == [("410702-hongqi", None), ("410702-hongqi-office", "410702-hongqi")]


@pytest.mark.parametrize(("word", "count"), [("罚款", 1), ("款决", 1), ("罚", 1), ("款罚", 0)])
def test_two_character_words_are_found(archive: Archive, word: str, count: int) -> None:
    from archive.bigrams import match

    load(archive, b"one", reading())
    found = archive.db.execute("SELECT rowid FROM sections_fts WHERE sections_fts MATCH ?", (match(word),)).fetchall()
    assert len(found) == count


def test_sums_of_a_part_that_is_null_are_null(archive: Archive) -> None:
    load(archive, b"one", reading())
    assert rows(archive, "SELECT denied_total, other_total FROM derived") == [(None, None)]


def test_added_files_of_two_unplaced_bodies_are_two_reports(archive: Archive) -> None:
    for data in (b"one", b"two"):
        parsed = reading(
            unit="财政局", unit_level="department", proactive={"licensing_decisions": cell(str(len(data)))}
        )
        load(archive, data, parsed, url=None, role="added")
    assert rows(archive, "SELECT count(*) FROM reports") == [(2,)]
    assert rows(archive, "SELECT count(*) FROM units") == [(2,)]


def test_scans_in_which_nothing_could_be_read_are_two_editions(archive: Archive) -> None:
    scan = reading(status="tables_missing", proactive={}, requests={}, disputes={}, sections=[], checks=[])
    load(archive, b"scan", scan)
    load(archive, b"scan, replaced", scan)
    assert rows(archive, "SELECT count(*) FROM editions") == [(2,)]


@pytest.mark.parametrize(
    ("anchor", "conflicts"),
    [
        ("红旗区2023年政府信息公开工作年度报告", False),
        ("2023年政府信息公开工作年度报告", False),
        ("附件下载", False),
        ("红旗区2022年政府信息公开工作年度报告", True),
        ("红旗区财政局2023年政府信息公开工作年度报告", True),
    ],
)
def test_a_link_that_calls_a_document_otherwise_is_told_with_both(
    archive: Archive, anchor: str, conflicts: bool
) -> None:
    sha256 = load(archive, b"page", reading())
    archive.db.execute("UPDATE fetches SET anchor = ? WHERE sha256 = ?", (anchor, sha256))
    load_again(archive, sha256, reading())
    told = rows(archive, "SELECT message FROM problems WHERE code = 'link_conflict'")
    assert bool(told) is conflicts
    assert all(anchor in message and "红旗区人民政府, 2023" in message for (message,) in told)
    assert rows(archive, "SELECT unit, year FROM reports") == [("红旗区人民政府", 2023)]
