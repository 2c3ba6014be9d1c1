"""Sheets: merged ranges, several sheets, numbers as their cells show them, what is hidden left out."""

from __future__ import annotations

import pytest

from parsers.document import Document, Grid, Paragraph
from parsers.formats import DocumentUnreadableError, open_document
from parsers.formats.sheet_numbers import general, shown
from parsers.formats.sheet_parts import column_number
from tests.parsers.office import cell, column_name, unzipped, xlsx, zipped
from tests.parsers.oldsheets import xls

Rows = list[tuple[int, str]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def opened(rows: Rows, merged: list[str] | None = None, formats: list[str] | None = None) -> Document:
    return open_document(xlsx({"一": (rows, merged or [])}, formats or []), "x.xlsx")


def grids(document: Document) -> list[list[list[str]]]:
    found = [block for block in document.blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in row] for row in grid.rows] for grid in found]


def row(number: int, *texts: str, style: int = 0) -> tuple[int, str]:
    return number, "".join(cell(number, column, text, style) for column, text in enumerate(texts))


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (5.0, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (31408.250917, "General", "31408.250917"),
        (1e15, "General", "1000000000000000"),
        (0.00001, "General", "0.00001"),
        (5.0, "0", "5"),
        (5.0, "0_ ", "5"),
        (12884.2, "0.00", "12884.20"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (12345.0, "#,##0", "12,345"),
        (1234567.5, "#,##0.00_);[Red](#,##0.00)", "1,234,567.50"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        (-18.0, "0", "-18"),
        (24.0, '+0;-0;"0"', "+24"),
        (-18.0, '+0;-0;"0"', "-18"),
        (0.0, "0;-0;;@", ""),
        (0.0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (3.5, "0.##", "3.5"),
        (12.0, '0"件"', "12件"),
        (12884.2, '0.0"万元"', "12884.2万元"),
        (5.0, "@", "5"),
        (7.0, "000", "007"),
        (-0.001, "0.00", "0.00"),
        (0.0, "#", ""),
        (3.0, "0%", "300%"),
        (0.0125, "0.0%", "1.3%"),
        (3.0, 'General"件"', "3件"),
        (12.0, "0!件", "12件"),
    ],
)
def test_a_number_as_its_cell_shows_it(number: float, code: str, text: str) -> None:
    assert shown(number, code) == text


@pytest.mark.parametrize(
    "code", ["0!.0000", '[=0]"";General', "0.00E+00", "yyyy-mm-dd", "#,##0,", "[>100]0;0.0", "# ?/?", "0 0", "?" * 999]
)
def test_formats_that_are_not_known_are_said_to_be(code: str) -> None:
    assert shown(12345.0, code) is None


def test_no_number_is_written_with_an_exponent() -> None:
    assert general(1.5e-7) == "0.00000015"
    assert general(-0.0) == "0"


def test_columns() -> None:
    assert [column_number(name) for name in ("A", "Z", "AA", "BC")] == [0, 25, 26, 54]
    assert [column_name(at) for at in (0, 25, 26, 54)] == ["A", "Z", "AA", "BC"]


def test_merged_ranges_are_one_cell() -> None:
    rows = [row(0, "a", "b"), row(1, "", "1", "2"), row(2, "c", "3", "4")]
    (grid,) = [block for block in opened(rows, ["A1:A2", "B1:C1"]).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows] == [["a", "b"], ["a", "1", "2"], ["c", "3", "4"]]
    assert grid.rows[0][0] is grid.rows[1][0]


def test_blank_rows_cut_tables_and_lone_columns_are_text() -> None:
    rows = [row(0, "题目"), row(2, "a", "1"), row(3, "b", ""), row(5, "第一段。"), row(6, "第二段。")]
    document = opened(rows)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["题目", "第一段。", "第二段。"]
    assert grids(document) == [[["a", "1"], ["b", ""]]]


def test_a_heading_right_above_a_table_goes_over_its_whole_width() -> None:
    (grid,) = [b for b in opened([row(0, "标题"), row(1, "a", "1", "2")]).blocks if isinstance(b, Grid)]
    assert [(cell.text, cell.colspan) for cell in grid.rows[0]] == [("标题", 3)]


def test_a_table_with_blank_figures_keeps_its_cells() -> None:
    assert grids(opened([row(0, "a", "1"), row(1, "b", ""), row(2, "c", "2")])) == [[["a", "1"], ["b", ""], ["c", "2"]]]


def test_numbers_by_format_and_what_is_not_known_is_told() -> None:
    rows = [row(0, "a", "12884.2", style=1), row(1, "b", "123456", style=2)]
    document = opened(rows, formats=["0.00", "0!.0000"])
    # Shown is 12.3456: what is stored is no figure of the table.
    assert grids(document) == [[["a", "12884.20"], ["b", "123456[?]"]]]
    assert [code for code, _ in document.remarks] == ["number_format"]
    assert opened(rows[:1], formats=["0.00"]).remarks == ()


def test_an_error_in_a_cell_is_no_blank() -> None:
    rows = [row(0, "a", "1"), (1, cell(1, 0, "b") + '<c r="B2" t="e"><f>C9</f><v>#REF!</v></c>')]
    assert grids(opened(rows)) == [[["a", "1"], ["b", "#REF!"]]]


def test_a_format_that_is_only_named_by_a_number() -> None:
    for number, text in (("43", "12.34"), ("44", "12.34[?]")):
        members = unzipped(xlsx({"一": ([row(0, "a", "12.34", style=1)], [])}, ["0"]))
        styles = members["xl/styles.xml"].decode().replace('<xf numFmtId="164"/>', f'<xf numFmtId="{number}"/>')
        book = zipped(members | {"xl/styles.xml": styles.encode()})
        assert grids(open_document(book, "x.xlsx")) == [[["a", text]]]


def test_a_formula_without_its_result_is_no_blank() -> None:
    rows = [row(0, "a", "1"), (1, cell(1, 0, "b") + '<c r="B2"><f>SUM(B1:B1)</f></c>')]
    document = opened(rows)
    assert grids(document) == [[["a", "1"], ["b", "=SUM(B1:B1)"]]]
    assert [code for code, _ in document.remarks] == ["formula_without_result"]
    done = [row(0, "a", "1"), (1, cell(1, 0, "b") + '<c r="B2"><f>SUM(B1:B1)</f><v>1</v></c>')]
    assert grids(opened(done)) == [[["a", "1"], ["b", "1"]]]


def test_several_sheets_in_order_and_hidden_ones_not() -> None:
    sheets: dict[str, tuple[Rows, list[str]]] = {name: ([row(0, name, "1")], []) for name in ("一", "二", "三")}
    assert grids(open_document(xlsx(sheets, hidden=["二"]), "x")) == [[["一", "1"]], [["三", "1"]]]


def test_hidden_rows_and_columns_are_not_there() -> None:
    data = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        f'<row r="1">{row(0, "a", "9", "1")[1]}</row><row r="2" hidden="1">{row(1, "b", "9", "2")[1]}</row>'
        f'<row r="3">{row(2, "c", "9", "3")[1]}</row></sheetData>'
    )
    whole = xlsx({"一": ([], [])})
    assert grids(open_document(replaced(whole, data), "x")) == [[["a", "1"], ["c", "3"]]]


def replaced(workbook: bytes, data: str) -> bytes:
    """The workbook with another content of its first sheet."""
    members = unzipped(workbook)
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    return zipped(members | {"xl/worksheets/sheet1.xml": sheet.replace("<sheetData></sheetData>", data).encode()})


def test_cells_at_the_far_end_of_a_sheet() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = f'<sheetData><row r="1">{cell(0, 0, "a")}</row>{far}</sheetData>'
    with pytest.raises(DocumentUnreadableError) as caught:
        open_document(replaced(xlsx({"一": ([], [])}), data), "x")
    assert caught.value.code == "sheet_too_large"


def test_ranges_merged_over_the_whole_sheet() -> None:
    rows = [row(0, "a", "1")]
    with pytest.raises(DocumentUnreadableError) as caught:
        opened(rows, ["A1:XFD1048576"])
    assert caught.value.code == "sheet_too_large"


RAISED = '<r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r>'
STRUCK = "<r><rPr><strike/></rPr><t>12</t></r><r><t>15</t></r>"
PLAIN = '<r><rPr><b/><strike val="0"/></rPr><t>1</t></r><r><t>2</t></r><rPh sb="0" eb="1"><t>9</t></rPh>'


def test_letters_that_are_raised_or_struck_out_are_no_digits_of_the_figure_beside_them() -> None:
    inline = "".join(
        f'<c r="{name}1" t="inlineStr"><is>{what}</is></c>' for name, what in (("B", RAISED), ("C", PLAIN))
    )
    members = unzipped(xlsx({"一": ([(0, cell(0, 0, "a") + inline), (1, "".join(map(shared, "ABC", "012")))], [])}))
    strings = "".join(f"<si>{what}</si>" for what in ("<t>b</t>", STRUCK, PLAIN))
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()
    link = f'<Relationship Id="rId9" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    links = members["xl/_rels/workbook.xml.rels"]
    members["xl/_rels/workbook.xml.rels"] = links.replace(b"</Relationships>", link.encode())
    assert grids(open_document(zipped(members), "x.xlsx")) == [[["a", "12[3]", "12"], ["b", "[12]15", "12"]]]


def shared(column: str, number: str) -> str:
    return f'<c r="{column}2" t="s"><v>{number}</v></c>'


def test_a_figure_whose_cell_is_struck_out_is_no_figure() -> None:
    members = unzipped(xlsx({"一": ([row(0, "a", "b"), row(1, "5", "6", style=1), row(2, "7", "8")], [])}, ["0"]))
    styles = (
        members["xl/styles.xml"].decode().replace("<cellXfs>", "<fonts><font/><font><strike/></font></fonts><cellXfs>")
    )
    members["xl/styles.xml"] = styles.replace('<xf numFmtId="164"/>', '<xf numFmtId="164" fontId="1"/>').encode()
    assert grids(open_document(zipped(members), "x.xlsx")) == [[["a", "b"], ["[5]", "[6]"], ["7", "8"]]]


def test_an_empty_workbook() -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        opened([])
    assert caught.value.code == "no_text"


def test_the_old_format_with_merged_ranges_and_numbers_as_stored() -> None:
    cells = [(0, 0, "a"), (0, 1, "b"), (1, 1, "5"), (1, 2, "0.25")]
    document = open_document(xls(cells, [(0, 1, 0, 0), (0, 0, 1, 2)]), "x.xls")
    assert grids(document) == [[["a", "b"], ["a", "5", "0.25"]]]
    assert [code for code, _ in document.remarks] == ["numbers_as_stored"]
    assert open_document(xls(cells[:3]), "x.xls").remarks == ()


def test_a_hidden_sheet_of_the_old_format() -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        open_document(xls([(0, 0, "a"), (0, 1, "1")], hidden=True), "x.xls")
    assert caught.value.code == "no_text"


@pytest.mark.parametrize("end", [600, 1024 + 64, 1024 + 140, 1024 + 180, 1536, 3000])
def test_an_old_sheet_cut_short_is_damaged_also_where_the_reader_panics(end: int) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        open_document(xls([(0, 0, "a"), (0, 1, "1")])[:end], "x.xls")
    assert caught.value.code in ("sheet_damaged", "office_damaged")
