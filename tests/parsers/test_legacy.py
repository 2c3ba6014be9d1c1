from __future__ import annotations

from decimal import Decimal

import pytest

from parsers import Hint, read
from parsers.document import Document, Grid, GridCell
from parsers.legacytables import columns_of, read_legacy
from parsers.report import Report

Rows = list[list[str]]
NATIONAL: Rows = [
    ["统计指标", "单位", "统计数"],
    ["一、主动公开情况", "——", ""],
    ["（一）主动公开政府信息数", "条", "1,046"],
    ["　其中：主动公开规范性文件数", "条", ""],
    ["二、依申请公开信息收取的费用", "万元", "0.5"],
]


def html(rows: Rows, year: int = 2015) -> bytes:
    table = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return (
        f"<html><body><h1>青石县{year}年政府信息公开工作年度报告</h1><p>统计期限自{year}年1月1日至{year}年12月31日。</p>"
        "<p>一、概述</p><p>主动公开、依申请公开、行政复议和收费减免情况如下。</p><p>二、附表</p>"
        f"<table>{table}</table></body></html>"
    ).encode()


def legacy(rows: Rows) -> Report:
    return read(html(rows), Hint("a.html"))


def said(report: Report) -> list[tuple[int, str, str | None, str | None, int | Decimal | None, str]]:
    return [(f.row, f.label, f.unit, f.column, f.cell.value, f.cell.kind) for f in report.legacy]


def test_the_national_table() -> None:
    report = legacy(NATIONAL)
    assert (report.form, report.status, report.problems) == ("legacy", "parsed", [])
    assert (report.proactive, report.requests, report.disputes, report.checks) == ({}, {}, {}, [])
    assert said(report) == [
        (1, "（一）主动公开政府信息数", "条", "统计数", 1046, "number"),
        (2, "其中：主动公开规范性文件数", "条", "统计数", None, "blank"),
        (3, "二、依申请公开信息收取的费用", "万元", "统计数", Decimal("0.5"), "number"),
    ]
    assert report.to_json()["legacy"][2]["cell"]["value"] == "0.5"


def test_a_table_of_the_year_and_all_years() -> None:
    report = legacy(
        [
            ["指标名称", "计量单位", "2015年度", "历年累计"],
            ["主动公开文件数", "件", "31", "402"],
            ["减免金额", "元", "/", "12.50"],
        ]
    )
    assert said(report) == [
        (1, "主动公开文件数", "件", "2015年度", 31, "number"),
        (1, "主动公开文件数", "件", "历年累计", 402, "number"),
        (2, "减免金额", "元", "2015年度", None, "slash"),
        (2, "减免金额", "元", "历年累计", Decimal("12.50"), "number"),
    ]


def test_a_table_with_codes_and_units_in_the_label() -> None:
    report = legacy([["指标", "代码", "数量"], ["申请总数（件）", "12", "7"], ["行政复议", "35", "无"]])
    assert said(report) == [
        (1, "申请总数（件）", "件", "数量", 7, "number"),
        (2, "行政复议", None, "数量", None, "none"),
    ]


def test_two_tables_side_by_side() -> None:
    report = legacy([["项目", "数量", "项目", "数量"], ["收到申请", "3", "办结申请", "2"]])
    assert [(row[1], row[4]) for row in said(report)] == [("收到申请", 3), ("办结申请", 2)]


def test_a_report_without_a_statistics_table_says_so() -> None:
    report = legacy([["附件", "说明"], ["甲", "乙"]])
    assert (report.form, report.status, report.legacy) == ("legacy", "tables_missing", [])
    assert [problem.code for problem in report.problems] == ["tables_missing"]


def test_words_of_both_eras_make_no_newer_form() -> None:
    rows = [*NATIONAL, ["一、本年新收政府信息公开申请数量", "件", "4"], ["行政复议", "件", "0"]]
    report = legacy(rows)
    assert (report.form, report.requests, report.disputes) == ("legacy", {}, {})
    assert len(report.legacy) == 5


def test_figures_over_two_rows_belong_to_the_first() -> None:
    cells = [
        GridCell("统计指标", 0, 0),
        GridCell("统计数", 0, 1),
        GridCell("收到申请数", 1, 0),
        GridCell("9", 1, 1, rowspan=2),
        GridCell("当面申请数", 2, 0),
    ]
    figures, problems = read_legacy(Document((Grid(tuple(cells)),)))
    assert [(figure.label, figure.cell.raw) for figure in figures] == [("收到申请数", "9")]
    assert problems == []


def test_a_table_goes_on_in_the_next_grid() -> None:
    first = Grid((GridCell("统计指标", 0, 0), GridCell("统计数", 0, 1), GridCell("甲数", 1, 0), GridCell("1", 1, 1)))
    second = Grid((GridCell("乙数", 0, 0), GridCell("2", 0, 1)))
    other = Grid((GridCell("丙", 0, 0), GridCell("3", 0, 1), GridCell("4", 0, 2)))
    figures, _ = read_legacy(Document((first, second, other)))
    assert [(figure.row, figure.label) for figure in figures] == [(1, "甲数"), (2, "乙数")]


def test_a_row_of_tabs_with_a_cell_lost_is_told_not_guessed() -> None:
    header = [GridCell("统计指标", 0, 0), GridCell("单位", 0, 1), GridCell("统计数", 0, 2)]
    row = [GridCell("收到申请数", 1, 0), GridCell("9", 1, 2)]
    figures, problems = read_legacy(Document((Grid((*header, *row), fixed=False),)))
    assert figures == []
    assert [problem.code for problem in problems] == ["row_not_aligned"]


@pytest.mark.parametrize(
    "heads", [["信息内容", "本年制发件数"], ["姓名", "职务", "数量"], ["统计指标", "单位"], ["统计数"]]
)
def test_other_tables_have_no_such_columns(heads: list[str]) -> None:
    assert columns_of([GridCell(text, 0, at) for at, text in enumerate(heads)]) == []
