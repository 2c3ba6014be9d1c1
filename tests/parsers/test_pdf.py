"""PDF, by each of its readers: ruled tables as grids over pages, text in order around them."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from parsers.document import Document, Grid, Paragraph
from parsers.formats import DocumentUnreadableError
from parsers.formats.pdf import read_pdf
from parsers.formats.pdfium import read_pdfium
from tests.parsers.pdfs import FONT, HEIGHT, ROW_HEIGHT, SIZE, Sheet

XS = (60.0, 200.0, 300.0, 400.0)
HEAD = ("信息内容", "本年制发件数", "本年废止件数")
BODY = (("规章", "0", "12"), ("行政规范性文件", "", "/"))


READERS = {"pdfium": read_pdfium, "pdfplumber": read_pdf}
read = read_pdf


@pytest.fixture(autouse=True, params=READERS)
def _reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "read", READERS[request.param])


def document(sheet: Sheet) -> Document:
    return read(sheet.bytes(), "x.pdf")


def grids(found: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in block.rows] for block in found.blocks if isinstance(block, Grid)]


def lines(found: Document) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]


def test_cells_with_page_and_box() -> None:
    sheet = Sheet()
    sheet.grid(100, XS, [HEAD, *BODY])
    (grid,) = [block for block in document(sheet).blocks if isinstance(block, Grid)]
    cell = grid.rows[1][2]
    assert cell.text == "12"
    assert cell.place.page == 1
    assert cell.place.bbox == pytest.approx((300, 120, 400, 140), abs=1)


def test_text_stands_in_order_around_the_table_and_not_twice() -> None:
    sheet = Sheet()
    sheet.write(60, 60, "表前的一句。", 12)
    end = sheet.grid(100, XS, [HEAD, *BODY])
    sheet.write(60, end + 30, "表后的一句。", 12)
    found = document(sheet)
    assert [type(block).__name__ for block in found.blocks] == ["Paragraph", "Grid", "Paragraph"]
    assert lines(found) == ["表前的一句。", "表后的一句。"]


def test_a_table_over_two_pages_is_one_without_its_repeated_header_and_page_numbers() -> None:
    sheet = Sheet()
    sheet.write(60, 80, "前文。", 12)
    sheet.grid(700, XS, [HEAD, BODY[0]])
    sheet.write(290, 800, "- 1 -")
    sheet.next_page()
    sheet.grid(72, [x + 1 for x in XS], [HEAD, BODY[1]])
    sheet.write(60, 400, "后文。", 12)
    sheet.write(290, 800, "- 2 -")
    found = document(sheet)
    assert grids(found) == [[list(HEAD), *map(list, BODY)]]
    assert lines(found) == ["前文。", "后文。"]
    (grid,) = [block for block in found.blocks if isinstance(block, Grid)]
    assert [row[0].place.page for row in grid.rows] == [1, 1, 2]


def test_two_tables_with_text_between_stay_two() -> None:
    sheet = Sheet()
    sheet.grid(100, XS, [HEAD, BODY[0]])
    sheet.write(60, 160, "中间的一句。", 12)
    sheet.grid(200, XS, [HEAD, BODY[1]])
    assert len(grids(document(sheet))) == 2


def test_merged_cells() -> None:
    sheet = Sheet()
    for x0, top, x1, bottom in (
        (60, 100, 400, 100),
        (200, 120, 400, 120),
        (60, 140, 400, 140),
        (60, 100, 60, 140),
        (200, 100, 200, 140),
        (300, 120, 300, 140),
        (400, 100, 400, 140),
    ):
        sheet.line(x0, top, x1, bottom)
    for x, top, text in ((62, 112, "总计"), (202, 104, "申请人"), (202, 124, "1"), (302, 124, "2")):
        sheet.write(x, top, text)
    (grid,) = [block for block in document(sheet).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows] == [["总计", "申请人"], ["总计", "1", "2"]]
    assert grid.rows[0][0] is grid.rows[1][0]
    assert (grid.rows[0][1].colspan, grid.rows[0][0].rowspan) == (2, 2)


def test_white_boxes_behind_lines_of_text_are_no_table() -> None:
    sheet = Sheet()
    for at, text in enumerate(("一、总体情况", "这是正文的第一行，写得长一些。", "这是第二行。")):
        sheet.background(60, 100 + 20 * at, 500, 120 + 20 * at)
        sheet.background(60, 100 + 20 * at, 280, 120 + 20 * at)
        sheet.write(62, 104 + 20 * at, text)
    found = document(sheet)
    assert grids(found) == []
    assert len(lines(found)) == 3


def test_rules_drawn_as_thin_boxes() -> None:
    sheet = Sheet()

    def thin(x0: float, top: float, x1: float, bottom: float) -> None:
        sheet.background(x0, top, max(x1, x0 + 0.5), max(bottom, top + 0.5), grey=0.0)

    sheet.grid(100, XS, [HEAD, *BODY], rule=thin)
    assert grids(document(sheet)) == [[list(HEAD), *map(list, BODY)]]


def test_a_table_without_its_side_borders() -> None:
    sheet = Sheet()
    sheet.grid(100, XS, [HEAD, *BODY], sides=False)
    assert grids(document(sheet)) == [[list(HEAD), *map(list, BODY)]]


def test_a_table_without_its_sides_whose_rules_are_drawn_cell_by_cell() -> None:
    sheet = Sheet()

    def piecewise(x0: float, top: float, x1: float, bottom: float) -> None:
        for left, right in pairwise((*XS, 500.0)) if x1 > x0 else ((x0, x1),):
            sheet.line(left, top, right, bottom)

    sheet.grid(100, XS, [HEAD[:2], ("规章", "0"), ("行政规范性文件", "")], sides=False, rule=piecewise)
    # In the last column, of which two pieces of each rule lie beyond the last upright line.
    for row, text in enumerate((HEAD[2], "12", "/")):
        sheet.write(430, 101 + ROW_HEIGHT * row, text)
    assert grids(document(sheet)) == [[list(HEAD), *map(list, BODY)]]


def test_a_row_cut_by_the_page_s_end_is_closed_there() -> None:
    sheet = Sheet()
    sheet.write(60, 80, "前文。", 12)
    end = sheet.grid(700, XS, [HEAD])
    for x in XS:
        sheet.line(x, end, x, end + 12)
    sheet.write(62, end + 1, "行政规范")
    sheet.next_page()
    for x in XS:
        sheet.line(x, 72, x, 92)
    sheet.write(62, 74, "性文件")
    sheet.write(202, 74, "3")
    sheet.grid(92, XS, [BODY[0]])
    assert grids(document(sheet)) == [[list(HEAD), ["行政规范", "", ""], ["性文件", "3", ""], list(BODY[0])]]


def test_text_printed_twice_for_bold_is_read_once() -> None:
    sheet = Sheet()
    sheet.twice()
    sheet.grid(100, XS, [HEAD, *BODY])
    assert grids(document(sheet)) == [[list(HEAD), *map(list, BODY)]]


def test_a_figure_wrapped_at_the_cell_s_edge_is_one_and_two_figures_are_two() -> None:
    sheet = Sheet()
    sheet.grid(100, (60.0, 100.0, 125.0, 160.0), [("费", "3140\n8.25", "1\n2")])
    assert grids(document(sheet)) == [[["费", "31408.25", "1\n2"]]]


def test_a_figure_wrapped_before_a_separator_is_one_however_short_its_first_line() -> None:
    sheet = Sheet()
    sheet.grid(100, (60.0, 100.0, 160.0, 220.0), [("费", "1\n，234", "1,23\n4,567"), ("费", "1\n234", "，234\n，567")])
    assert grids(document(sheet)) == [[["费", "1，234", "1,234,567"], ["费", "1\n234", "，234\n，567"]]]


@pytest.mark.parametrize(("width", "read"), [(34.0, "24，197"), (60.0, "2\n4，197")])
def test_digits_that_a_full_width_comma_took_to_the_next_line_are_one_figure(width: float, read: str) -> None:
    sheet = Sheet()
    sheet.grid(100, (60.0, 100.0, 100.0 + width, 200.0), [("费", "", "1")])
    for line, piece in enumerate(("2", "4，197")):
        sheet.canvas.setFont(FONT, SIZE)
        sheet.canvas.drawCentredString(100 + width / 2, HEIGHT - 101 - SIZE - 9.5 * line, piece)
    assert grids(document(sheet)) == [[["费", read, "1"]]]


def test_a_figure_over_the_border_makes_both_cells_unsure() -> None:
    sheet = Sheet()
    sheet.grid(100, (60.0, 100.0, 120.0, 160.0), [("费", "3140", "1")])
    (grid,) = [block for block in document(sheet).blocks if isinstance(block, Grid)]
    assert [cell.sure for cell in grid.rows[0]] == [True, False, False]


@pytest.mark.parametrize("share", [-0.2, 0.0, 0.2])
def test_a_figure_that_a_border_parts_between_two_digits_makes_both_cells_unsure(share: float) -> None:
    sheet = Sheet()
    wide = stringWidth("0", FONT, SIZE)
    sheet.grid(100, (60.0, 100.0, 120.0, 160.0, 200.0), [("费", "", "", "1"), ("规章", "", "2", "1")])
    sheet.write(120 + (share - 2) * wide, 101, "3140")
    sheet.write(120 + (share - 2.3) * wide, 121, "31")
    (grid,) = [block for block in document(sheet).blocks if isinstance(block, Grid)]
    assert [cell.sure for cell in grid.rows[0]] == [True, False, False, True]
    assert [(cell.text, cell.sure) for cell in grid.rows[1]] == [(text, True) for text in ("规章", "31", "2", "1")]


def test_a_figure_that_is_struck_out_is_not_sure_and_one_that_is_underlined_is() -> None:
    sheet = Sheet()
    sheet.grid(100, XS, [HEAD, ("规章", "12", "15")])
    for x, y in ((202, 126), (302, 131)):
        sheet.line(x, y, x + stringWidth("12", FONT, SIZE), y)
    (grid,) = [block for block in document(sheet).blocks if isinstance(block, Grid)]
    assert [(cell.text, cell.sure) for cell in grid.rows[1]] == [("规章", True), ("12", False), ("15", True)]


def test_lines_of_two_fonts_at_different_heights_are_one() -> None:
    sheet = Sheet()
    sheet.write(60, 100, "青石县", 18)
    sheet.canvas.setFont("Helvetica", 18)
    sheet.canvas.drawString(114, sheet.canvas._pagesize[1] - 121, "2024")
    sheet.write(156, 100, "年报告", 18)
    assert lines(document(sheet)) == ["青石县2024年报告"]


def test_a_small_raised_digit_is_not_part_of_the_figure() -> None:
    sheet = Sheet()
    sheet.grid(100, XS, [("规章", "12", "3")])
    sheet.write(200 + 2 + 12, 100, "1", 5)
    assert grids(document(sheet)) == [[["规章", "12 1", "3"]]]


def test_wrapped_lines_go_on_and_indented_ones_begin_anew() -> None:
    sheet = Sheet()
    full = "一" * 30
    for at, (x, text) in enumerate([(84, full[:-2]), (60, full), (60, "尾。"), (84, full[:-2]), (60, "再尾。")]):
        sheet.write(x, 100 + 20 * at, text, 12)
    blocks = [block for block in document(sheet).blocks if isinstance(block, Paragraph)]
    assert [block.fresh for block in blocks] == [True, False, False, True, False]


def test_a_running_head_is_dropped_and_a_first_line_is_not() -> None:
    sheet = Sheet()
    for page in (1, 2, 3):
        sheet.write(60, 30, f"青石县年度报告 第{page}页")
        sheet.write(60, 100, f"{page}页的正文。", 12)
        sheet.next_page()
    assert lines(document(sheet)) == ["1页的正文。", "2页的正文。", "3页的正文。"]


def test_a_locked_file() -> None:
    sheet = Sheet(locked_with="secret")
    sheet.write(60, 60, "不可见")
    with pytest.raises(DocumentUnreadableError, match="password") as caught:
        document(sheet)
    assert caught.value.code == "pdf_locked"


def test_a_file_without_text() -> None:
    sheet = Sheet()
    sheet.background(60, 60, 500, 500, grey=0.5)
    with pytest.raises(DocumentUnreadableError) as caught:
        document(sheet)
    assert caught.value.code == "no_text"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_short(share: float) -> None:
    sheet = Sheet()
    sheet.grid(100, XS, [HEAD, *BODY])
    data = sheet.bytes()
    with pytest.raises(DocumentUnreadableError) as caught:
        read(data[: int(share * len(data))], "x.pdf")
    assert caught.value.code in ("pdf_damaged", "no_text")


def test_row_heights_are_what_the_boxes_say() -> None:
    sheet = Sheet()
    sheet.grid(100, XS, [HEAD, *BODY])
    (grid,) = [block for block in document(sheet).blocks if isinstance(block, Grid)]
    boxes = [row[0].place.bbox for row in grid.rows]
    assert [round(box[3] - box[1]) for box in boxes if box] == [ROW_HEIGHT] * 3
