"""OFD: characters and lines of pages to grids with page and box, text in order around them."""

from __future__ import annotations

import pytest

from parsers.document import Document, Grid, Paragraph
from parsers.formats import DocumentUnreadableError, open_document
from parsers.formats.ofd_grids import Char, Line, grids
from parsers.formats.ofd_objects import deltas
from tests.parsers.office import OfdPages, unzipped, zipped

MM = 72 / 25.4


def ruled(pages: OfdPages, top: float, rows: list[list[str]], left: float = 20) -> float:
    for at in range(len(rows) + 1):
        pages.line(left, top + 8 * at, left + 40 * len(rows[0]), top + 8 * at)
    for at in range(len(rows[0]) + 1):
        pages.line(left + 40 * at, top, left + 40 * at, top + 8 * len(rows))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                pages.text(left + 1 + 40 * column, top + 2 + 8 * number, text)
    return top + 8 * len(rows)


def opened(pages: OfdPages) -> Document:
    return open_document(pages.bytes(), "x.ofd")


def cells(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in block.rows] for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


HEAD = ["信息内容", "本年制发件数"]


def test_cells_with_page_and_box() -> None:
    pages = OfdPages()
    ruled(pages, 50, [HEAD, ["规章", "12"]])
    (grid,) = [block for block in opened(pages).blocks if isinstance(block, Grid)]
    cell = grid.rows[1][1]
    assert (cell.text, cell.place.page) == ("12", 1)
    assert cell.place.bbox == pytest.approx((60 * MM, 58 * MM, 100 * MM, 66 * MM), abs=0.5)


def test_text_stands_in_order_around_the_table() -> None:
    pages = OfdPages()
    pages.text(20, 40, "表前的一句。")
    end = ruled(pages, 50, [HEAD, ["规章", ""]])
    pages.text(20, end + 5, "表后的一句。")
    assert [type(block).__name__ for block in opened(pages).blocks] == ["Paragraph", "Grid", "Paragraph"]
    assert lines(opened(pages)) == ["表前的一句。", "表后的一句。"]


def test_a_table_over_two_pages_is_one_without_repeated_header_and_page_numbers() -> None:
    pages = OfdPages()
    ruled(pages, 200, [HEAD, ["规章", "0"]])
    pages.text(100, 285, "- 1 -")
    pages.next_page()
    ruled(pages, 30, [HEAD, ["行政规范性文件", "7"]], left=20.4)
    pages.text(100, 285, "- 2 -")
    found = opened(pages)
    assert cells(found) == [[HEAD, ["规章", "0"], ["行政规范性文件", "7"]]]
    assert lines(found) == []


def test_distances_given_in_groups() -> None:
    assert deltas("g 3 5.5 2 g 2 1") == [5.5, 5.5, 5.5, 2.0, 1.0, 1.0]
    assert deltas("g 3") == []
    pages = OfdPages()
    pages.text(20, 40, "12345", deltas="g 4 1.6")
    assert lines(opened(pages)) == ["12345"]


def test_distances_decide_the_order_and_the_gaps() -> None:
    pages = OfdPages()
    pages.text(20, 40, "12", deltas="20")
    assert lines(opened(pages)) == ["1 2"]


def test_what_is_turned_off_or_white_is_not_there() -> None:
    pages = OfdPages()
    ruled(pages, 50, [HEAD, ["规章", "12"]])
    pages.text(20, 40, "看不见")
    pages.pages[0][-1] = pages.pages[0][-1].replace("<ofd:TextObject", '<ofd:TextObject Visible="false"')
    white = '<ofd:StrokeColor Value="255 255 255"/><ofd:AbbreviatedData>'
    pages.line(40, 50, 40, 66)
    pages.pages[0][-1] = pages.pages[0][-1].replace("<ofd:AbbreviatedData>", white)
    assert lines(opened(pages)) == []
    assert cells(opened(pages)) == [[HEAD, ["规章", "12"]]]


def test_rules_drawn_as_thin_filled_boxes_and_as_one_path() -> None:
    pages = OfdPages()
    thin = "".join(
        f'<ofd:PathObject Boundary="{x} {y} {w} {h}" Fill="true" Stroke="false"><ofd:AbbreviatedData>'
        f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>"
        for x, y, w, h in [(20, 50, 80, 0.2), (20, 58, 80, 0.2), *((x, 50, 0.2, 8) for x in (20, 60, 100))]
    )
    frame = (
        '<ofd:PathObject Boundary="20 80 80 8"><ofd:AbbreviatedData>M 0 0 L 80 0 L 80 8 L 0 8 C M 40 0 L 40 8'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    pages.pages[0] += [thin, frame]
    for top in (52, 82):
        pages.text(21, top, "规章")
        pages.text(61, top, str(top))
    assert cells(opened(pages)) == [[["规章", "52"]], [["规章", "82"]]]


def test_an_object_with_a_matrix() -> None:
    pages = OfdPages()
    ruled(pages, 50, [HEAD, ["规章", ""]])
    pages.text(61, 60, "12", size=1.6, deltas="0.8")
    pages.pages[0][-1] = pages.pages[0][-1].replace(' Font="2"', ' CTM="2 0 0 2 0 0" Font="2"')
    assert cells(opened(pages)) == [[HEAD, ["规章", "12"]]]


def test_a_template_page_lies_below() -> None:
    pages = OfdPages()
    ruled(pages, 50, [HEAD, ["规章", "12"]])
    members = unzipped(pages.bytes())
    page = "Doc_0/Pages/Page_0/Content.xml"
    members["Doc_0/Tpls/T.xml"] = members[page]
    members[page] = b'<Page xmlns="http://www.ofdspec.org/2016"><Template TemplateID="7"/></Page>'
    document = members["Doc_0/Document.xml"].replace(
        b"</ofd:CommonData>", b'<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
    )
    members["Doc_0/Document.xml"] = document
    assert cells(open_document(zipped(members), "x")) == [[HEAD, ["规章", "12"]]]


def level(y: float, x0: float, x1: float) -> Line:
    return Line(1, x0, y, x1, y)


def upright(x: float, top: float, bottom: float) -> Line:
    return Line(1, x, top, x, bottom)


def test_merged_cells_are_regions_without_walls() -> None:
    drawn = [
        *(level(0, 0, 200), level(20, 100, 200), level(40, 0, 200)),
        *(upright(0, 0, 40), upright(100, 0, 40), upright(150, 20, 40), upright(200, 0, 40)),
    ]
    chars = [Char(text, 1, x, y, x + 5, y + 10) for text, x, y in [("a", 10, 15), ("b", 140, 5), ("1", 110, 25)]]
    (grid,) = grids(chars, drawn)
    assert [[cell.text for cell in row] for row in grid.rows] == [["a", "b"], ["a", "1", ""]]
    assert (grid.rows[0][0].rowspan, grid.rows[0][1].colspan) == (2, 2)


def test_a_region_that_is_open_or_bent_is_no_cell() -> None:
    drawn = [
        *(level(0, 0, 100), level(20, 0, 200), level(40, 0, 200)),
        *(upright(0, 0, 40), upright(100, 0, 40), upright(200, 20, 40)),
    ]
    (grid,) = grids([Char("a", 1, 10, 5, 15, 15)], drawn)
    assert sorted((cell.row, cell.column) for cell in grid.cells) == [(0, 0), (1, 0), (1, 1)]


def test_a_figure_wrapped_at_the_cell_s_edge_is_one_and_two_figures_are_two() -> None:
    drawn = [level(0, 0, 60), level(30, 0, 60), *(upright(x, 0, 30) for x in (0, 30, 60))]
    chars = [Char(digit, 1, 2 + 5.4 * at, 2, 7.4 + 5.4 * at, 12) for at, digit in enumerate("31408")]
    chars += [Char("2", 1, 2, 14, 7, 24), Char("1", 1, 32, 2, 37, 12), Char("2", 1, 32, 14, 37, 24)]
    (grid,) = grids(chars, drawn)
    assert [cell.text for cell in grid.rows[0]] == ["314082", "1\n2"]


def test_no_lines_no_table() -> None:
    assert grids([Char("a", 1, 0, 0, 5, 5)], []) == []
    assert grids([], [level(0, 0, 100), level(20, 0, 100)]) == []


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"OFD.xml": "<OFD/>"}, "part_missing"),
        ({"OFD.xml": "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}, "part_missing"),
        ({"OFD.xml": "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>", "D.xml": "<Document/>"}, "no_text"),
        ({"OFD.xml": "no xml"}, "xml_damaged"),
    ],
)
def test_what_only_looks_like_ofd(members: dict[str, str], code: str) -> None:
    with pytest.raises(DocumentUnreadableError, match=r"x\.ofd") as caught:
        open_document(zipped(members), "x.ofd")
    assert caught.value.code == code
