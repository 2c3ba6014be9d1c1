"""The forms' data files, and the codes that the archive's columns are named by."""

from __future__ import annotations

import re
from pathlib import Path

from parsers.forms import FORMS, MONEY, codes, outcomes, routes

SCHEMA = (Path(__file__).resolve().parents[2] / "archive/migrations/0001_main_job.sql").read_text("utf-8")


def columns(table: str) -> list[str]:
    found = re.search(rf"CREATE TABLE {table} \((.*?)\n\);", SCHEMA, re.S)
    assert found is not None
    return re.findall(r"^ {4}(\w+) (?:INTEGER|NUMERIC)", found[1], re.M)


def test_the_forms_have_the_cells_that_they_have() -> None:
    def cells(form: str) -> int:
        items = sum(len(row.items) for banner in FORMS[form].banners for row in banner.rows)
        return items + 7 * len(FORMS[form].rows) + 15

    assert (cells("2021"), cells("2019")) == (200, 198)


def test_every_row_has_an_item_for_every_column() -> None:
    for form in FORMS.values():
        for banner in form.banners:
            assert all(len(row.items) == len(banner.columns) for row in banner.rows), banner.label


def test_the_schema_s_columns_are_the_codes() -> None:
    listed = codes()
    assert [c for c in columns("proactive") if c != "report_id"] == [code.item for code in listed if code.item]
    applicants = list(dict.fromkeys(code.applicant for code in listed if code.applicant))
    assert [c for c in columns("requests") if c != "report_id"] == applicants
    results = list(dict.fromkeys(code.result for code in listed if code.result))
    assert [c for c in columns("disputes") if c != "report_id"] == results
    named = {code.item or code.outcome or f"{code.route}_{code.result}" for code in listed}
    assert set(columns("summary")) - {"report_id", "year"} == named


def test_leaves_of_other_stand_before_the_one_row() -> None:
    order = [outcome.outcome for outcome in outcomes()]
    assert order[-6:] == [
        "other_correction_overdue",
        "other_fee_overdue",
        "other_misc",
        "other_total",
        "total_processed",
        "carried_out",
    ]
    assert [outcome.position for outcome in outcomes()] == list(range(1, len(order) + 1))


def test_codes_say_which_forms_print_them() -> None:
    forms = {code.code: code.forms for code in codes()}
    assert forms["proactive.licensing_decisions"] == "2019,2021"
    assert forms["proactive.admin_fees_wan_yuan"] == "2021"
    assert forms["proactive.procurement_amount"] == "2019"
    assert forms["requests.granted_full.total"] == "2019,2021"
    assert forms["requests.other_total.total"] == "2019"
    assert forms["requests.other_misc.other"] == "2021"


def test_labels_in_both_languages_and_units() -> None:
    for code in codes():
        assert code.label_zh, code.code
        assert code.label_en.isascii(), code.code
    assert {code.unit for code in codes()} == {"件", "项", "万元", "元"}
    assert {"admin_fees_wan_yuan", "procurement_amount"} == MONEY
    assert [route.route for route in routes()] == [
        "reconsideration",
        "litigation_direct",
        "litigation_after_reconsideration",
    ]


def test_rows_of_both_forms_are_spelt_alike() -> None:
    old = {row.code: row for row in FORMS["2019"].rows}
    assert all(old[row.code] == row for row in FORMS["2021"].rows if row.code in old)
