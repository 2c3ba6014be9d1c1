"""OFD: characters and lines of pages to grids with page and box, text in order around them."""

from __future__ import annotations

import pytest

from parsers.document import Document, Grid, Paragraph
from parsers.formats import DocumentUnreadableError, open_document
from parsers.formats.ofd import pages_drawn
from parsers.formats.ofd_text import deltas
from parsers.formats.package import Package
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


def test_merged_cells_are_regions_without_rules() -> None:
    pages = OfdPages()
    for x0, top, x1, bottom in [(20, 50, 100, 50), (60, 58, 100, 58), (20, 66, 100, 66)]:
        pages.line(x0, top, x1, bottom)
    for x0, top, x1, bottom in [(20, 50, 20, 66), (60, 50, 60, 66), (80, 58, 80, 66), (100, 50, 100, 66)]:
        pages.line(x0, top, x1, bottom)
    for x, top, text in [(30, 56, "甲"), (78, 52, "乙"), (64, 60, "1")]:
        pages.text(x, top, text)
    (grid,) = [block for block in opened(pages).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "乙"], ["甲", "1", ""]]
    assert (grid.rows[0][0].rowspan, grid.rows[0][1].colspan) == (2, 2)


def test_a_figure_wrapped_at_the_cell_s_edge_is_one_and_two_figures_are_two() -> None:
    pages = OfdPages()
    for y in (50, 62):
        pages.line(20, y, 40, y)
    for left in (20, 30, 40):
        pages.line(left, 50, left, 62)
    for x, top, text in [(20.7, 51, "31408"), (20.7, 56, "2"), (30.7, 51, "1"), (30.7, 56, "2")]:
        pages.text(x, top, text, deltas="g 4 1.9")
    assert cells(opened(pages)) == [[["314082", "1\n2"]]]


def test_a_page_whose_text_runs_up_is_turned() -> None:
    straight, lying = OfdPages(), OfdPages(turned=True)
    for pages in (straight, lying):
        ruled(pages, 50, [HEAD, ["规章", "12"], ["行政规范性文件", "7"]])
    assert cells(opened(lying)) == cells(opened(straight))
    (grid,) = [block for block in opened(lying).blocks if isinstance(block, Grid)]
    assert grid.rows[1][1].place.bbox == pytest.approx((58 * MM, 110 * MM, 66 * MM, 150 * MM), abs=0.5)


def test_letters_set_one_below_the_other_and_letters_lying_on_their_side() -> None:
    pages = OfdPages()
    pages.text(20, 40, "申请人", deltas="")
    pages.text(40, 40, "申请人", deltas="")
    pages.pages[0] = [
        drawn.replace(' DeltaX=""', "").replace("<ofd:TextObject", f'<ofd:TextObject ReadDirection="90"{more}')
        for drawn, more in zip(pages.pages[0], ("", ' CharDirection="90"'), strict=True)
    ]
    drawn = next(pages_drawn(Package(pages.bytes(), "x.ofd"), "Doc_0/Document.xml"))
    upright, lying = drawn.chars[:3], drawn.chars[3:]
    assert [char.angle for char in drawn.chars] == [0, 0, 0, 270, 270, 270]
    for chars in (upright, lying):
        assert [char.text for char in sorted(chars, key=lambda char: char.top)] == list("申请人")
        assert len({round(char.x0) for char in chars}) == 1


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
