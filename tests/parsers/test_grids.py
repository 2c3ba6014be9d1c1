"""Rows of the three tables in grids: which cells are figures, and when nobody can tell."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

from parsers import Hint, read
from parsers.report import Report

PAGE = (Path(__file__).resolve().parent.parent / "golden/trial-form.html").read_text("utf-8")
BLANK = (Path(__file__).resolve().parent.parent / "golden/blank-form.html").read_text("utf-8")
ROW = re.compile(r"<td>2.重复申请</td>(?:<td>[^<]*</td>){7}")


def with_row(page: str, cells: str) -> Report:
    changed = ROW.sub(f"<td>2.重复申请</td>{cells}", page)
    assert changed != page
    return read(changed.encode(), Hint("x.html"))


def figures(report: Report) -> list[str] | None:
    row = report.requests.get("refused_repeat")
    return None if row is None else [cell.raw for cell in row.values()]


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


def cells(*texts: str) -> str:
    return "".join(f"<td>{escape(text)}</td>" for text in texts)


def test_seven_cells_blank_ones_among_them_stand_under_their_columns() -> None:
    report = with_row(BLANK, cells("1", "", "", "/", "", "", "1"))
    assert figures(report) == ["1", "", "", "/", "", "", "1"]


def test_a_trailing_empty_cell_is_no_figure() -> None:
    report = with_row(BLANK, cells(*"1000001", ""))
    assert figures(report) == list("1000001")


def test_seven_figures_shifted_by_a_column_are_counted_not_indexed() -> None:
    report = with_row(BLANK, cells("", *"1000001"))
    assert figures(report) == list("1000001")


@pytest.mark.parametrize(
    "row",
    [
        cells(*"100001"),
        cells(*"10000001"),
        cells("1", "0", "", "0", "0", "0", "0", "1"),
        '<td colspan="2">1</td>' + cells(*"00001"),
        cells("1000001"),
        cells("1 0 0 0 0 0 1"),
    ],
    ids=["six", "eight", "a hole in eight", "two merged", "glued", "all in one cell"],
)
def test_a_row_that_cannot_be_aligned_has_no_figures(row: str) -> None:
    report = with_row(BLANK, row)
    assert figures(report) is None
    assert "row_not_aligned" in codes(report)
    assert report.status == "partial"
    assert ("row", "refused_repeat", "uncertain") in {(c.rule, c.scope, c.status) for c in report.checks}


def test_a_figure_merged_over_two_rows_belongs_to_neither() -> None:
    merged = '<td rowspan="2">1</td>' + cells(*"000001") + "</tr><tr><td>3.要求提供公开出版物</td>" + cells(*"000001")
    page = re.sub(
        r"<td>2.重复申请</td>(?:<td></td>){7}</tr>\n<tr><td>3.要求提供公开出版物</td>(?:<td></td>){7}", "@", BLANK
    )
    report = read(page.replace("@", f"<td>2.重复申请</td>{merged}").encode(), Hint("x.html"))
    assert not {"refused_repeat", "refused_publication"} & report.requests.keys()


def test_a_remark_in_a_cell_is_text_without_a_value() -> None:
    report = with_row(BLANK, cells("见附件", "0", "0", "0", "0", "0", "1"))
    cell = report.requests["refused_repeat"]["natural_person"]
    assert (cell.value, cell.kind, cell.raw) == (None, "text", "见附件")


def test_a_row_printed_twice_with_other_figures_is_not_believed() -> None:
    page = PAGE.replace("</body>", f"{PAGE[PAGE.index('<table') : PAGE.rindex('</table>')]}</table></body>")
    assert codes(read(page.encode(), Hint("x.html"))) == []
    twice = page[: len(PAGE) - 20] + page[len(PAGE) - 20 :].replace("<td>5</td>", "<td>6</td>", 1)
    report = read(twice.encode(), Hint("x.html"))
    assert "row_repeated" in codes(report)


def test_a_header_in_another_order_is_followed() -> None:
    page = PAGE.replace("<td>商业企业</td><td>科研机构</td>", "<td>科研机构</td><td>商业企业</td>")
    page = page.replace("<td>5</td>" + "<td>0</td>" * 5, "<td>5</td><td>7</td>" + "<td>0</td>" * 4, 1)
    row = read(page.encode(), Hint("x.html")).requests["new_received"]
    assert (row["research"].value, row["commercial"].value) == (7, 0)


def test_a_header_that_names_columns_in_an_order_nobody_can_follow() -> None:
    page = PAGE.replace("<td>商业企业</td><td>科研机构</td>", "<td>科研机构</td><td>个体工商户</td>")
    page = page.replace("<td>社会公益组织</td>", "<td>商业企业</td>")
    report = read(page.encode(), Hint("x.html"))
    assert report.requests == {}
    assert report.status == "partial"


def test_columns_of_table_two_in_another_order_are_followed() -> None:
    page = BLANK.replace("<td>本年制发件数</td><td>本年废止件数</td>", "<td>本年废止件数</td><td>本年制发件数</td>")
    page = page.replace("<td>规章</td><td></td><td></td><td></td>", "<td>规章</td><td>1</td><td>2</td><td>3</td>")
    found = read(page.encode(), Hint("x.html")).proactive
    assert [found[f"regulations_{name}"].value for name in ("issued", "repealed", "in_force")] == [2, 1, 3]


def test_table_two_with_an_unknown_column_is_not_read_by_place() -> None:
    page = BLANK.replace("<td>本年废止件数</td>", "<td>本年修订件数</td>")
    page = page.replace("<td>规章</td><td></td><td></td><td></td>", "<td>规章</td><td>1</td><td>2</td><td>3</td>")
    report = read(page.encode(), Hint("x.html"))
    assert "regulations_issued" not in report.proactive
    assert "row_not_aligned" in codes(report)


def test_fees_under_a_header_in_yuan_are_taken_to_the_form_s_unit() -> None:
    page = BLANK.replace("（单位：万元）", "（单位：元）")
    page = page.replace(
        '<td>行政事业性收费</td><td colspan="3"></td>', '<td>行政事业性收费</td><td colspan="3">123456.5</td>'
    )
    cell = read(page.encode(), Hint("x.html")).proactive["admin_fees_wan_yuan"]
    assert (cell.to_json()["value"], cell.raw) == ("12.34565", "123456.5")


def test_without_table_two_the_form_is_that_of_other_s_rows() -> None:
    def cut(page: str) -> Report:
        return read((page[: page.index("<table")] + page[page.index("</table>") + 8 :]).encode(), Hint("x.html"))

    assert cut(PAGE).form == "2019"
    assert cut(BLANK).form == "2021"
    later = cut(PAGE.replace("2019年", "2022年"))
    assert (later.form, "form_unknown" in codes(later)) == (None, True)
    assert later.status == "tables_missing"


def test_headers_of_both_forms_leave_it_to_the_first_banner() -> None:
    page = BLANK.replace('<td>信息内容</td><td colspan="3">本年处理决定数量</td>', "@", 1)
    page = page.replace("@", "<td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td>")
    report = read(page.encode(), Hint("x.html"))
    assert report.form == "2021"
    assert "form_mixed" in codes(report)


def test_table_four_that_cannot_be_aligned_is_seen_but_not_read() -> None:
    page = PAGE.replace("<td>10</td><td>1</td>", "<td>101</td>")
    report = read(page.encode(), Hint("x.html"))
    assert report.disputes == {}
    assert (report.status, codes(report)) == ("partial", ["row_not_aligned"])


def test_table_four_in_three_tables() -> None:
    head = "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>"
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    made = "".join(
        f'<table><tr><td colspan="5">{name}</td></tr><tr>{head}</tr><tr>{cells(*f"{at}000{at}")}</tr></table>'
        for at, name in enumerate(names, start=1)
    )
    page = PAGE[: PAGE.rindex("<table")] + made + PAGE[PAGE.rindex("</table>") + 8 :]
    disputes = read(page.encode(), Hint("x.html")).disputes
    assert [row["total"].value for row in disputes.values()] == [1, 2, 3]


def test_a_subtotal_row_is_unknown_and_disturbs_nothing() -> None:
    page = BLANK.replace(
        '<tr><td rowspan="3">（四）无法提供</td>',
        f'<tr><td colspan="2">（三）不予公开小计</td>{cells(*"0000000")}</tr>\n<tr><td rowspan="3">（四）无法提供</td>',
    ).replace('rowspan="22"', 'rowspan="23"')
    report = read(page.encode(), Hint("x.html"))
    assert "unknown_row" in codes(report)
    assert len(report.requests) == 25


HALF = "<td>2.其他法律行政"
REST = "法规禁止公开</td>"
EMPTY = cells(*[""] * 7)


@pytest.mark.parametrize(("upper", "lower"), [("1000001", ""), ("", "1000001")], ids=["above", "below"])
def test_a_row_cut_in_two_is_one_row(upper: str, lower: str) -> None:
    halves = f"{HALF}</td>{cells(*upper) or EMPTY}</tr><tr><td>{REST}{cells(*lower) or EMPTY}"
    page = BLANK.replace(f"<td>2.其他法律行政法规禁止公开</td>{EMPTY}", halves).replace('rowspan="22"', 'rowspan="23"')
    report = read(page.replace('rowspan="8"', 'rowspan="9"').encode(), Hint("x.html"))
    assert [cell.raw for cell in report.requests["denied_other_law"].values()] == list("1000001")
    assert codes(report) == []


def test_a_row_cut_in_two_with_figures_in_both_halves_is_not_believed() -> None:
    halves = f"{HALF}</td>{cells(*'1000001')}</tr><tr><td>{REST}{cells(*'2000002')}"
    page = BLANK.replace(f"<td>2.其他法律行政法规禁止公开</td>{EMPTY}", halves).replace('rowspan="22"', 'rowspan="23"')
    report = read(page.replace('rowspan="8"', 'rowspan="9"').encode(), Hint("x.html"))
    assert "denied_other_law" not in report.requests
    assert codes(report) == ["unknown_row", "unknown_row", "row_missing", "empty_table"]


def test_figures_without_a_label_take_belief_from_the_blank_row_above() -> None:
    page = BLANK.replace(
        "<tr><td>3.要求提供公开出版物</td>", f"<tr><td></td>{cells(*'1000001')}</tr><tr><td>3.要求提供公开出版物</td>"
    )
    page = page.replace('rowspan="22"', 'rowspan="23"').replace('rowspan="5"', 'rowspan="6"')
    report = read(page.encode(), Hint("x.html"))
    assert "refused_repeat" not in report.requests
    assert {"unknown_row", "row_not_aligned"} <= set(codes(report))


WRAPPED = Path(__file__).resolve().parent.parent / "golden/wrapped-lines.txt"


def test_a_page_number_below_a_row_that_lacks_a_figure_does_not_fill_it() -> None:
    text = WRAPPED.read_text("utf-8")
    row = re.search(r"^一、本年新收政府信息公开申请数量((?:\s+\d+){7})$", text, re.M)
    assert row is not None
    figures = row[1].split()
    for printed, read_back in ((figures, True), ([*figures[:6], "\n\n7"], False)):
        page = text.replace(row[0], "一、本年新收政府信息公开申请数量 " + " ".join(printed))
        assert ("new_received" in read(page.encode(), Hint("x.txt")).requests) is read_back


TORN = """要求行政机关确认或重新出具已获
0 2 0 0 0 0 2
取信息
申请人无正当理由逾期不补正、行
政机关不再处理其政府信息公开申 0 3 0 0 0 0 3
请
（六）其他处理 申请人逾期未按收费通知要求缴纳
费用、行政机关不再处理其政府信 4 0 0 0 0 0 4
息公开申请
其他 0 5 0 0 0 0 5
（七）总计"""


def test_rows_torn_around_their_figures_are_told_apart_without_numbers_too() -> None:
    text = WRAPPED.read_text("utf-8")
    start, end = text.index("5.要求行政机关确认"), text.index("（七）总计")
    found = read(f"{text[:start]}{TORN}{text[end + 5 :]}".encode(), Hint("x.txt")).requests
    totals = {
        row: found[row]["total"].value
        for row in ("refused_reissue", "other_correction_overdue", "other_fee_overdue", "other_misc")
    }
    assert list(totals.values()) == [2, 3, 4, 5]


def test_the_rest_of_a_remark_below_its_row_is_no_part_of_the_next_label() -> None:
    text = WRAPPED.read_text("utf-8")
    start, end = text.index("6.属于四类过程性信息"), text.index(" 8.属于行政查询事项")
    torn = "6.属于四类过程性信息（讨论记录、过程 0 2 0 0 0 0 2\n稿、磋商信函）\n7.属于行政执法案卷 0 3 0 0 0 0 3\n"
    found = read(f"{text[:start]}{torn}{text[end:]}".encode(), Hint("x.txt")).requests
    assert [found[row]["total"].value for row in ("denied_process_info", "denied_enforcement_file")] == [2, 3]
    # Words that nothing opened may be a row of their own, and no label is believed with them.
    strange = torn.replace("（讨论记录", "讨论记录")
    assert (
        "denied_enforcement_file" not in read(f"{text[:start]}{strange}{text[end:]}".encode(), Hint("x.txt")).requests
    )


def test_the_note_in_the_corner_cell_may_be_wrapped_anywhere() -> None:
    text = WRAPPED.read_text("utf-8")
    page = text.replace(
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三", "（本列数据的勾\n稽关系为：第一项加第二项之和，等于第三"
    )
    assert page != text
    assert read(page.encode(), Hint("x.txt")).requests == read(text.encode(), Hint("x.txt")).requests
