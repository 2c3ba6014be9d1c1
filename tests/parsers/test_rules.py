"""The statutory identities and the sentences that say what does not add up."""

from __future__ import annotations

from typing import Any

import pytest

from parsers.report import Cell, Check, Report
from parsers.rules import RULES, check_tables, rules
from parsers.sentences import sentence

APPLICANTS = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other", "total")
RESULTS = ("upheld", "corrected", "other", "pending", "total")


def cells(columns: tuple[str, ...], figures: str) -> dict[str, Cell]:
    """A row from its tokens; `/` has no value."""
    tokens = zip(columns, figures.split(), strict=True)
    return {column: Cell(None, "slash", raw) if raw == "/" else Cell(int(raw), "number", raw) for column, raw in tokens}


def table(changes: dict[str, str], one_row: bool = True) -> dict[str, dict[str, Cell]]:
    """Table three, all zero but for the changes."""
    left = RULES["items"].left + RULES["items"].left_one_of[int(one_row)]
    codes = ("new_received", "carried_in", *left, "total_processed", "carried_out")
    return {code: cells(APPLICANTS, changes.get(code, "0 0 0 0 0 0 0")) for code in codes}


def results(requests: dict[str, dict[str, Cell]], disputes: dict[str, dict[str, Cell]]) -> dict[tuple[str, str], Check]:
    return {(check.rule, check.scope): check for check in check_tables(requests, disputes)}


def disputes(figures: str) -> dict[str, dict[str, Cell]]:
    routes = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    return {route: cells(RESULTS, figures) for route in routes}


@pytest.mark.parametrize(("one_row", "rows"), [(True, 23), (False, 25)])
def test_every_identity_is_listed_passing_ones_too(one_row: bool, rows: int) -> None:
    found = results(table({}, one_row), disputes("0 0 0 0 0"))
    assert len(found) == 7 + 7 + rows + 3
    assert {check.status for check in found.values()} == {"pass"}


def test_a_table_that_was_not_read_has_no_results() -> None:
    assert results({}, {}) == {}
    assert {rule for rule, _ in results({}, disputes("1 0 0 0 1"))} == {"dispute_total"}


def test_a_total_printed_zero_fails_flow_and_items() -> None:
    requests = table(
        {"new_received": "13 0 0 0 0 0 13", "granted_full": "10 0 0 0 0 0 10", "carried_out": "3 0 0 0 0 0 3"}
    )
    found = results(requests, {})
    failed = {key for key, check in found.items() if check.status == "fail"}
    assert failed == {(rule, scope) for rule in ("flow", "items") for scope in ("natural_person", "total")}
    assert (found["flow", "total"].left, found["flow", "total"].right) == (13, 3)


def test_a_cell_without_a_figure_leaves_it_undecided_with_the_sum_of_the_rest() -> None:
    check = results(table({"new_received": "4 / 0 0 0 0 5"}), {})["row", "new_received"]
    assert (check.status, check.left, check.right) == ("uncertain", 4, 5)


def test_nothing_is_not_zero() -> None:
    check = results(table({"new_received": "/ / / / / / /", "carried_in": "/ / / / / / /"}), {})["flow", "total"]
    assert (check.status, check.left, check.right) == ("uncertain", None, 0)


def test_a_row_that_is_not_there_leaves_it_undecided() -> None:
    requests = table({})
    del requests["carried_out"]
    found = results(requests, {})
    assert found["flow", "total"].status == "uncertain"
    assert found["row", "carried_out"].status == "uncertain"


def test_leaves_and_the_one_row_are_never_both_summed() -> None:
    requests = table({"other_misc": "2 0 0 0 0 0 2", "total_processed": "2 0 0 0 0 0 2"}, one_row=False)
    requests["other_total"] = cells(APPLICANTS, "2 0 0 0 0 0 2")
    assert results(requests, {})["items", "total"].status == "pass"


def test_a_rule_and_its_version_stand_for_one_meaning() -> None:
    keys = [(rule.rule, rule.version) for rule in rules()]
    assert len(keys) == len(set(keys))
    assert set(RULES) == {"flow", "items", "row", "dispute_total"}


def parsed(report: Report) -> dict[str, Any]:
    return report.to_json()


def report_with(requests: dict[str, dict[str, Cell]], routes: dict[str, dict[str, Cell]]) -> dict[str, Any]:
    report = Report("x", "parsed", requests=requests, disputes=routes)
    report.checks = check_tables(requests, routes)
    return parsed(report)


def sentence_of(report: dict[str, Any], rule: str, scope: str) -> str:
    check = next(check for check in report["checks"] if (check["rule"], check["scope"]) == (rule, scope))
    return sentence(check, report)


def test_sentences_name_labels_and_figures_in_both_languages() -> None:
    changes = {"new_received": "13 0 0 0 0 0 13", "granted_full": "10 0 0 0 0 0 10", "carried_out": "3 0 0 0 0 0 3"}
    report = report_with(table(changes), disputes("10 1 0 0 0"))
    assert sentence_of(report, "flow", "natural_person") == (
        "自然人：本年新收13 + 上年结转0 = 13，而（七）总计0 + 结转下年3 = 3，相差10。"
        " Natural persons: newly received 13 + carried in 0 = 13, but total processed 0 + carried out 3 = 3;"
        " difference 10."
    )
    assert "各类办理结果合计10（“（一）予以公开”10），而（七）总计0，相差10" in sentence_of(report, "items", "total")
    assert "结果维持10 + 结果纠正1 + 其他结果0 + 尚未审结0 = 11，而总计0" in sentence_of(
        report, "dispute_total", "reconsideration"
    )
    assert "they agree" in sentence_of(report, "row", "carried_out")


def test_a_sentence_for_what_cannot_be_decided() -> None:
    report = report_with(table({"new_received": "4 / 0 0 0 0 5"}), {})
    assert sentence_of(report, "row", "new_received").startswith("本年新收：有空缺，无法核对（自然人4 + 商业企业空缺")
