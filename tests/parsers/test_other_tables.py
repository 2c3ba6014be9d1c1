"""Tables that look like the form's and print something else: other columns, another year, another body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from parsers import Hint, read
from parsers.report import Report
from tests.matrix.subjects import distinct
from tests.replica.figures import Figures
from tests.replica.pages import page
from tests.replica.render_html import report_html
from tests.replica.story import Story

THIS_YEAR = distinct("this year", "2021", 100, 9_000)
OTHER = distinct("another", "2021", 10_000, 20_000)
EARLIER = distinct("earlier", "2019", 10_000, 20_000)
LINES = (Path(__file__).resolve().parent.parent / "golden/wrapped-lines.txt").read_text("utf-8")
ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td[^>]*>.*?</td>", re.DOTALL)
FIGURE = re.compile(r"<td>\d+</td>")


def inside(figures: Figures = THIS_YEAR, year: int = 2024) -> str:
    return report_html(Story("青石县", "county", year, figures, voice=1))


def table(name: str, figures: Figures = THIS_YEAR) -> str:
    found: list[str] = re.findall(r"<table.*?</table>", inside(figures), re.DOTALL)
    return next(text for text in found if name in text)


TWO, THREE, FOUR = (table(name) for name in ("信息内容", "申请人情况", "结果维持"))


def reading(*changes: tuple[str, str]) -> Report:
    text = inside()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read(page("青石县", "年报", text).encode(), Hint("x.html"))


def rows(of: str) -> list[str]:
    return ROW.findall(of)


def made(parts: Iterable[str]) -> str:
    return f"<table>{''.join(parts)}</table>"


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


@pytest.mark.parametrize("name", ["小计", "备注", "律师事务所数", "个体工商户"])
def test_a_column_of_table_three_under_another_name_is_none_of_the_form_s(name: str) -> None:
    report = reading(("<td>法律服务机构</td>", f"<td>{name}</td>"))
    assert (report.status, report.requests) == ("partial", {})


def test_table_three_without_one_applicant_and_with_a_column_of_remarks() -> None:
    head = THREE.replace("<td>法律服务机构</td>", "").replace('colspan="5"', 'colspan="4"')
    for name in ("备注", ""):
        wider = head.replace('<td rowspan="2">总计</td>', f'<td rowspan="2">总计</td><td rowspan="2">{name}</td>')
        assert reading((THREE, wider)).requests == {}


def test_a_column_of_last_year_s_totals_is_not_this_year_s() -> None:
    assert reading(('<td rowspan="2">总计</td>', '<td rowspan="2">上年总计</td>')).requests == {}


@pytest.mark.parametrize("name", ["小计", "合计"])
def test_a_subtotal_s_figures_beside_an_empty_total_are_not_the_total(name: str) -> None:
    head = THREE.replace('<td rowspan="2">总计</td>', f'<td rowspan="2">{name}</td><td rowspan="2">总计</td>')
    wider = re.sub(r"(<td>\d+</td>)</tr>", r"\1<td></td></tr>", head)
    found = reading((THREE, wider)).requests
    assert all(row["total"].value is None for row in found.values())


def test_a_misprint_in_a_column_s_short_label_hides_nothing() -> None:
    report = reading(("<td>科研机构</td>", "<td>科硏机构</td>"), ("总计</td>", "共计</td>"))
    assert report.requests["new_received"]["research"].raw == THIS_YEAR.cells["requests.new_received.research"]


DEPARTMENTS = ("公安局", "民政局", "财政局", "教育局", "卫健局", "住建局", "合计")
YEARS = ("2018", "2019", "2020", "2021", "2022", "2023", "2024")


@pytest.mark.parametrize("names", [DEPARTMENTS, YEARS, [f"{year}年" for year in YEARS]])
def test_rows_of_table_three_by_departments_or_years_are_no_applicants(names: Iterable[str]) -> None:
    head = "".join(f"<td>{name}</td>" for name in names)
    first = f'<tr><td colspan="3">项目</td>{head}</tr>'
    assert reading((THREE, made([first, *rows(THREE)[3:]]))).requests == {}
    other = made([first, *(FIGURE.sub("<td>7</td>", row) for row in rows(THREE)[3:])])
    whole = reading((THREE, f"{other}<p>其次。</p>{THREE}"))
    assert (whole.status, len(whole.requests)) == ("parsed", 25)


def test_table_three_without_any_header_is_read_as_the_form_has_it() -> None:
    assert len(reading((THREE, made(rows(THREE)[3:]))).requests) == 25


def test_a_row_that_only_last_year_s_table_three_has_is_not_this_year_s() -> None:
    for pair in ((table("申请人情况", EARLIER), THREE), (THREE, table("申请人情况", EARLIER))):
        report = reading((THREE, "<p>又一年：</p>".join(pair)))
        assert report.requests == {}
        assert "row_repeated" in codes(report)


def test_a_row_of_this_year_that_cannot_be_read_is_not_taken_from_last_year() -> None:
    first = THIS_YEAR.cells["requests.granted_full.natural_person"]
    torn = THREE.replace(f"<td>{first}</td>", "", 1)
    report = reading((THREE, f"{torn}<p>上年：</p>{table('申请人情况', OTHER)}"))
    assert report.requests == {}


def test_one_row_printed_twice_takes_no_belief_from_the_others() -> None:
    row = next(row for row in rows(THREE) if "2.重复申请" in row)
    report = reading((row, row + FIGURE.sub("<td>7</td>", row)))
    assert (len(report.requests), "refused_repeat" in report.requests) == (24, False)


def test_tables_two_of_two_years_leave_no_figures() -> None:
    last = table("信息内容", OTHER)
    lacking = made(row for row in rows(TWO) if "规章" not in row)
    assert reading((TWO, f"{last}<p>今年：</p>{lacking}")).proactive == {}
    assert reading((TWO, f"{table('信息内容', EARLIER)}<p>今年：</p>{TWO}")).proactive == {}


@pytest.mark.parametrize("name", ["上年处理决定数量", "历年累计处理决定数", "上一年处理决定数量"])
def test_decisions_of_other_years_are_not_this_year_s(name: str) -> None:
    found = reading(("本年处理决定数量", name)).proactive
    assert not {"licensing_decisions", "penalty_decisions", "coercion_decisions"} & found.keys()
    lines = read(LINES.replace("本年处理决定数量", name, 1).encode(), Hint("x.txt")).proactive
    assert (lines.get("licensing_decisions"), lines["penalty_decisions"].value) == (None, 77)


def test_table_two_s_columns_of_the_year_before_are_not_misprints() -> None:
    report = reading(("本年制发件数", "上年制发件数"), ("本年废止件数", "上年废止件数"))
    assert "normative_docs_issued" not in report.proactive


CELLS = CELL.findall(rows(FOUR)[3])


@pytest.mark.parametrize("blank", [0, 15], ids=["first", "last"])
def test_a_sixteenth_column_in_table_four_shifts_nothing(blank: int) -> None:
    head = rows(FOUR)
    cells = [*CELLS[:3], "<td>88888</td>", *CELLS[3:]]
    cells[blank] = "<td></td>"
    wider = [
        head[0].replace('colspan="5"', 'colspan="6"'),
        head[1],
        head[2].replace("<td>尚未审结</td>", "<td>撤回申请</td><td>尚未审结</td>", 1),
        f"<tr>{''.join(cells)}</tr>",
    ]
    report = reading((FOUR, made(wider)))
    assert (report.disputes, "row_not_aligned" in codes(report)) == ({}, True)


def test_two_rows_of_figures_in_table_four_leave_none() -> None:
    head = rows(FOUR)
    for other in ("".join(CELLS[1:] + CELLS[:1]), "".join(f"<td>{at}</td>" for at in range(1, 16))):
        report = reading((FOUR, made([*head[:3], f"<tr>{other}</tr>", head[3]])))
        assert (report.disputes, "row_repeated" in codes(report)) == ({}, True)
    assert len(reading((FOUR, made([*head, head[3]]))).disputes) == 3
