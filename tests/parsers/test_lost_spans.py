"""Tables whose merged cells lost their spans, and tables with columns beside the form's: no figure may slip."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from parsers import Hint, read
from parsers.forms import FORMS
from parsers.forms.codes import request_rows
from parsers.headers import APPLICANTS, RESULTS, ROUTES
from parsers.report import Report

CORNER = FORMS["2021"].corner
NAMES = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ROWS = [row for row in request_rows() if row.code != "other_total"]
HEAD = (
    f'<tr><td rowspan="3" colspan="3">{CORNER}</td><td colspan="7">申请人情况</td></tr>'
    '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>'
    f"<tr>{''.join(f'<td>{name}</td>' for name in NAMES)}</tr>"
)
TOTAL_FIRST = HEAD.replace('<td rowspan="2">总计</td>', "").replace(
    '<td rowspan="2">自然人</td>', '<td rowspan="2">总计</td><td rowspan="2">自然人</td>'
)
RESULT_NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def figure(row: int, column: int) -> str:
    """A figure that no other cell prints."""
    return str(1000 + 10 * row + column)


def body(order: Sequence[int] = range(7), extra: tuple[int, str] | None = None, blank: int | None = None) -> str:
    """All rows, the labels as wide as three columns; `extra` is a further cell (place, text) in each.

    Every third row leaves the column `blank` empty.
    """
    rows = []
    for number, row in enumerate(ROWS):
        cells = ["" if at == blank and number % 3 == 0 else figure(number, at) for at in order]
        if extra:
            cells.insert(*extra)
        label = f"{row.group or ''}{row.labels[0]}"
        rows.append(f'<tr><td colspan="3">{label}</td>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
    return "".join(rows)


def without(spans: str, html: str) -> str:
    return re.sub(rf' {spans}="\d+"', "", html)


def read_table(rows: str) -> Report:
    page = f"<h1>青石县2024年政府信息公开工作年度报告</h1><table>{rows}</table>"
    return read(page.encode(), Hint("x.html"))


def wrong(report: Report) -> list[tuple[str, str]]:
    """Cells that hold a figure which is printed in another one."""
    places = {(row.code, name): figure(at, to) for at, row in enumerate(ROWS) for to, name in enumerate(APPLICANTS)}
    return [
        (code, name)
        for code, cells in report.requests.items()
        for name, cell in cells.items()
        if cell.raw and cell.raw != places[code, name]
    ]


@pytest.mark.parametrize(
    "rows",
    [
        without("colspan", HEAD) + body(),
        without("colspan", HEAD + body()),
        without("rowspan", HEAD) + body(),
        without("(?:colspan|rowspan)", HEAD + body()),
        TOTAL_FIRST + body((6, 0, 1, 2, 3, 4, 5)),
        without("colspan", TOTAL_FIRST + body((6, 0, 1, 2, 3, 4, 5))),
    ],
    ids=["head-colspans", "colspans", "head-rowspans", "all", "total-first", "total-first-colspans"],
)
def test_a_header_without_its_spans_is_read_as_printed(rows: str) -> None:
    report = read_table(rows)
    assert len(report.requests) == len(ROWS)
    assert wrong(report) == []


@pytest.mark.parametrize("extra", [(0, "8"), (3, "8"), (7, "8"), (0, "件"), (7, "见附件")])
@pytest.mark.parametrize("blank", [None, 0, 6])
def test_a_column_that_the_form_does_not_have_is_never_taken_for_one_of_its_seven(
    extra: tuple[int, str], blank: int | None
) -> None:
    assert wrong(read_table(HEAD + body(extra=extra, blank=blank))) == []


def test_a_row_cut_short_behind_empty_label_cells_is_not_shifted() -> None:
    rows = body().replace(
        f'<td colspan="3">{ROWS[0].labels[0]}</td>', f"<td>{ROWS[0].labels[0]}</td><td></td><td></td>"
    )
    rows = rows.replace(f"<td>{figure(0, 5)}</td><td>{figure(0, 6)}</td>", "")
    report = read_table(HEAD + rows)
    assert "new_received" not in report.requests
    assert wrong(report) == []


def disputes(order: Sequence[int], bands: str, spans: bool = True) -> Report:
    """Table four with its blocks in some order; figures tell block and result."""
    names = "".join(f"<td>{name}</td>" for name in RESULT_NAMES) * 3
    figures = "".join(f"<td>{10 * block + at}</td>" for block in order for at in range(1, 6))
    rows = f"{bands}<tr>{names}</tr><tr>{figures}</tr>"
    return read_table(HEAD + body() + (rows if spans else without("(?:colspan|rowspan)", rows)))


LITIGATION_FIRST = (
    '<tr><td colspan="10">行政诉讼</td><td rowspan="2" colspan="5">行政复议</td></tr>'
    '<tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>'
)
AFTER_FIRST = (
    '<tr><td rowspan="2" colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>'
    '<tr><td colspan="5">复议后起诉</td><td colspan="5">未经复议直接起诉</td></tr>'
)


@pytest.mark.parametrize("spans", [True, False])
@pytest.mark.parametrize(("order", "bands"), [((1, 2, 0), LITIGATION_FIRST), ((0, 2, 1), AFTER_FIRST)])
def test_blocks_of_table_four_in_another_order_are_followed(order: Sequence[int], bands: str, spans: bool) -> None:
    report = disputes(order, bands, spans)
    for block, route in enumerate(ROUTES):
        values = [report.disputes[route][result].value for result in RESULTS]
        assert values == [10 * block + at for at in range(1, 6)]


def stacked(bands: Sequence[str]) -> Report:
    names = "".join(f"<td>{name}</td>" for name in RESULT_NAMES)
    rows = "".join(
        f'<tr><td colspan="5">{band}</td></tr><tr>{names}</tr>'
        f"<tr>{''.join(f'<td>{10 * block + at}</td>' for at in range(1, 6))}</tr>"
        for block, band in enumerate(bands)
    )
    page = f"<h1>青石县2024年政府信息公开工作年度报告</h1><table>{HEAD + body()}</table><table>{rows}</table>"
    return read(page.encode(), Hint("x.html"))


def test_blocks_of_table_four_below_each_other_in_one_grid_are_all_read() -> None:
    report = stacked(("行政复议", "未经复议直接起诉", "复议后起诉"))
    assert [report.disputes[route]["total"].value for route in ROUTES] == [5, 15, 25]


def test_a_missing_block_of_table_four_is_said() -> None:
    report = stacked(("行政复议", "未经复议直接起诉"))
    assert any("table four: no figures" in problem.message for problem in report.problems)


def test_a_header_that_lost_its_band_and_so_its_order_is_not_believed() -> None:
    rows = HEAD.replace('<td colspan="5">法人或其他组织</td>', "") + body()
    assert wrong(read_table(rows)) == []
