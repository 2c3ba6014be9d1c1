"""Two readings of one file: when the second is asked, and what is believed of both."""

from __future__ import annotations

from copy import deepcopy

import pytest

from parsers import Hint, read
from parsers.completeness import what_lacks
from parsers.readings import merged
from parsers.report import Cell, Report
from tests.parsers.hard_pdfs import Traits, hard_pdf
from tests.replica.figures import invented


@pytest.fixture(scope="module")
def pristine() -> Report:
    return read(hard_pdf(invented("readings"), Traits()), Hint("x.pdf"))


@pytest.fixture
def whole(pristine: Report) -> Report:
    return deepcopy(pristine)


@pytest.fixture
def other(pristine: Report) -> Report:
    return deepcopy(pristine)


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def test_a_complete_reading_lacks_nothing(whole: Report) -> None:
    assert what_lacks(whole) is None


def test_a_blank_cell_a_lost_row_and_a_problem_each_ask_for_the_second_reader(whole: Report) -> None:
    blank, short, partial = deepcopy(whole), deepcopy(whole), deepcopy(whole)
    blank.proactive["penalty_decisions"] = Cell(None, "blank", "")
    del short.requests["granted_full"]
    partial.status = "partial"
    assert what_lacks(blank) == "it gave 1 cells without a number"
    assert what_lacks(short) == "it gave 193 of the form's 200 cells"
    assert what_lacks(partial) == "it gave a report that is partial"


def test_one_row_for_other_handling_is_complete() -> None:
    report = read(hard_pdf(invented("one row", one_row_other=True), Traits()), Hint("x.pdf"))
    assert "other_total" in report.requests
    assert what_lacks(report) is None


def test_readings_that_agree_stay_as_they_are(whole: Report, other: Report) -> None:
    before = deepcopy(whole)
    assert merged(whole, other) == before


def test_a_cell_on_which_two_readers_differ_has_no_value(whole: Report, other: Report) -> None:
    other.requests["granted_full"]["total"] = Cell(99, "number", "99")
    report = merged(whole, other)
    cell = report.requests["granted_full"]["total"]
    assert (cell.value, cell.kind, cell.note) == (None, "unreadable", "readings_differ")
    assert report.status == "partial"
    assert codes(report) == ["readings_differ"]
    assert "requests.granted_full.total" in report.problems[0].message
    assert {check.status for check in report.checks if check.scope == "granted_full"} == {"uncertain"}


def test_a_blank_and_a_number_differ_and_two_spacings_of_a_remark_do_not(whole: Report, other: Report) -> None:
    whole.proactive["penalty_decisions"] = Cell(None, "blank", "")
    whole.proactive["licensing_decisions"] = Cell(None, "text", "见 附件")
    other.proactive["licensing_decisions"] = Cell(None, "text", "见附件")
    report = merged(whole, other)
    assert report.proactive["penalty_decisions"].kind == "unreadable"
    assert report.proactive["licensing_decisions"].kind == "text"


def test_a_row_that_one_reader_lost_is_filled_in_and_no_longer_told_as_missing(whole: Report, other: Report) -> None:
    row = whole.requests.pop("granted_full")
    whole.status = "partial"
    report = merged(whole, other)
    assert report.requests["granted_full"] == row
    assert (report.status, report.problems) == ("parsed", [])


def test_each_reader_may_lose_another_row(whole: Report, other: Report) -> None:
    del whole.requests["granted_full"]
    del other.requests["new_received"]
    whole.status = other.status = "partial"
    report = merged(whole, other)
    assert (len(report.requests), report.status) == (25, "parsed")
    assert {check.status for check in report.checks} == {"pass"}


def test_what_a_document_prints_twice_differently_is_not_filled_in(whole: Report, other: Report) -> None:
    from parsers.report import Problem

    del whole.requests["granted_full"]
    whole.status = "partial"
    whole.problems.append(Problem("row_repeated", "printed twice"))
    other.status = "partial"
    del other.requests["granted_partial"]
    del other.requests["new_received"]
    report = merged(whole, other)
    assert "granted_full" not in report.requests
    assert report.status == "partial"


def test_two_forms_in_one_file_are_not_mixed(whole: Report, other: Report) -> None:
    other.form, other.status = "2019", "partial"
    report = merged(whole, other)
    assert (report.form, report.status, codes(report)) == ("2021", "partial", ["readings_differ"])


def test_a_reader_that_could_not_read_leaves_the_other_s_word(whole: Report) -> None:
    before = deepcopy(whole)
    assert merged(Report("x.pdf", "unreadable"), whole) == before
    assert merged(whole, Report("x.pdf", "unreadable")) == before
