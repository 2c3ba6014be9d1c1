"""Scans and pictures: every cell right or `unreadable`, each at its place on the page, whatever way the page lies."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from parsers import Hint, read
from parsers.cells import cell_of
from parsers.completeness import cells_of
from parsers.document import Grid
from parsers.formats import ways
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.ofd import has_pictures as has_pictures_in_ofd
from parsers.formats.ofd import read_ofd
from parsers.formats.pdf_scanned import has_pictures
from parsers.formats.pdfium import hides_text
from parsers.formats.scan import read_picture, read_scan, read_scanned_ofd, without_figures
from parsers.formats.scan_cells import _sensible
from parsers.formats.scan_looks import Seen
from parsers.geometry.text import Line
from parsers.report import Report
from tests.matrix.subjects import SUBJECTS
from tests.parsers.office import OfdPages, unzipped, zipped
from tests.parsers.pdfs import Sheet
from tests.parsers.scan_score import score, worn_scan
from tests.parsers.scan_sets import SETS, pdf_of
from tests.parsers.scans import make_scan, pictures
from tests.replica.figures import recorded
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

SEED = 7


@pytest.mark.parametrize("name", SETS)
def test_a_straight_scan_at_200_dpi_gives_every_cell(name: str) -> None:
    figures = SETS[name](SEED)
    found = score(read(make_scan(pdf_of(figures, SEED), dpi=200), Hint("scan.pdf")), figures)
    assert found.wrong == []
    assert found.unreadable <= 0.005 * found.cells


@pytest.mark.parametrize("name", SETS)
def test_a_worn_scan_at_150_dpi_gives_no_wrong_cell(name: str) -> None:
    figures = SETS[name](SEED)
    pdf = pdf_of(figures, SEED)
    report = read(worn_scan(pdf, SEED), Hint("scan.pdf"))
    found = score(report, figures)
    assert found.wrong == []
    assert found.unreadable <= 0.03 * found.cells
    assert report.status == ("partial" if found.unreadable else "parsed")
    assert [step.reader for step in report.steps_down] == ["pdfium", "pdfplumber"]
    assert_places_are_those_of(read(pdf, Hint("text.pdf")), report)


def assert_places_are_those_of(text: Report, scan: Report) -> None:
    """Every cell of the scan stands where it does in the PDF that was scanned, which lay askew by 0.8 degrees."""
    places = {path: cell.place for path, cell in cells_of(text).items()}
    for path, cell in cells_of(scan).items():
        assert cell.place.page == places[path].page
        assert cell.place.bbox is not None
        assert cell.place.bbox == pytest.approx(places[path].bbox, abs=7)
        assert cell.confidence is not None


def small_table(*rows: tuple[str, ...]) -> Sheet:
    sheet = Sheet()
    sheet.grid(100, [60, 200, 300, 400, 500], rows)
    return sheet


ROWS = (
    ("项目名称", "第一列", "第二列", "第三列"),
    ("规范文件", "17", "", "608"),
    ("行政许可", "/", "无", "31408.250917"),
)


def texts(data: bytes) -> list[list[str]]:
    document = read_picture(data, "page.png")
    return [[cell.text for cell in row] for block in document.blocks for row in getattr(block, "rows", ())]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 2.5])
def test_a_page_is_read_whichever_way_it_lies(degrees: float) -> None:
    found = texts(make_scan(small_table(*ROWS).bytes(), dpi=150, degrees=degrees, noise=5, pack="png"))
    assert found == [list(row) for row in ROWS]


@pytest.mark.parametrize("pack", ["jpeg", "tiff", "bmp", "gif"])
def test_every_kind_of_picture_is_read(pack: str) -> None:
    assert texts(make_scan(small_table(*ROWS).bytes(), dpi=150, pack=pack)) == [list(row) for row in ROWS]  # type: ignore[arg-type]


def test_a_letter_in_two_pieces_stands_on_one_line() -> None:
    # The upper stroke of 元 lies above the digits' middle: it was taken for a dash of its own.
    figures = SUBJECTS["distinct-2019"]
    story = Story("青石县", "county", 2019, figures, signed="2020-01-20", voice=1)
    found = score(read(make_scan(report_pdf(story), dpi=200, pack="png"), Hint("page.png")), figures)
    assert (found.wrong, found.unreadable) == ([], 0)


def test_full_width_digits_are_as_wide_as_they_are() -> None:
    rows = (ROWS[0], ("规范文件", "２０９５", "４１", "２３３"), ("行政许可", "１１", "１１１", "７"))
    document = read_picture(make_scan(small_table(*rows).bytes(), dpi=200, pack="png"), "page.png")
    found = [cell for block in document.blocks for row in getattr(block, "rows", ())[1:] for cell in row[1:]]
    assert [(cell.text, cell.doubt) for cell in found] == [
        (text, None) for text in ("2095", "41", "233", "11", "111", "7")
    ]


def test_figures_far_apart_are_no_full_width_figure() -> None:
    rows = (ROWS[0], ("规范文件", "4　1", "23  41", "2   3"))
    document = read_picture(make_scan(small_table(*rows).bytes(), dpi=200, pack="png"), "page.png")
    found = [cell for block in document.blocks for row in getattr(block, "rows", ())[1:] for cell in row[1:]]
    assert [cell.sure for cell in found] == [False, False, False]


def pages_of_prose(count: int) -> bytes:
    sheet = Sheet()
    for number in range(count):
        if number:
            sheet.next_page()
        sheet.write(60, 200, "本年没有行政机关因政府信息公开被起诉")
    return make_scan(sheet.bytes(), dpi=150)


def test_a_scan_of_more_pages_than_are_read_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.formats.scan.MOST_SCANNED", 1)
    report = read(pages_of_prose(2), Hint("scan.pdf"))
    assert "pages_cut" in [problem.code for problem in report.problems]


def test_a_scan_that_takes_more_effort_than_is_allowed_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.formats.scan.MOST_EFFORT", 20_000)
    document = read_scan(pages_of_prose(3), "scan.pdf")
    assert [code for code, _ in document.remarks] == ["pages_cut"]
    assert document.remarks[0][1].startswith("page 2 shows more than can be read in time")
    # A closer look at some figures forgets nothing of it.
    assert document.closer is not None
    assert document.closer(()).remarks == document.remarks
    assert {place.page for block in document.blocks if (place := getattr(block, "place", None))} == {1}
    monkeypatch.setattr("parsers.formats.scan.MOST_EFFORT", 1000)
    with pytest.raises(DocumentUnreadableError, match="page 1 shows more than can be read in time") as refused:
        read_scan(pages_of_prose(1), "scan.pdf")
    assert refused.value.code == "too_many_objects"


def test_a_blank_cell_is_blank_for_lack_of_ink_and_a_faint_one_is_not() -> None:
    (page,) = pictures(small_table(("项目名称", "第一列", "第二列", "第三列"), ("规范文件", "1", "", "")).bytes(), 150)
    # In the last cell, something that a worn-out ribbon leaves.
    page[int(124 * 150 / 72) : int(134 * 150 / 72), int(440 * 150 / 72) : int(446 * 150 / 72)] -= 55
    out = BytesIO()
    Image.fromarray(page).save(out, "PNG")
    (_, row) = read_picture(out.getvalue(), "page.png").blocks[0].rows  # type: ignore[union-attr]
    assert [(cell.text, cell.sure, cell.doubt) for cell in row[1:]] == [
        ("1", True, None),
        ("", True, None),
        ("", False, "low_confidence"),
    ]


def test_a_page_of_text_and_one_that_is_a_picture_make_one_document() -> None:
    figures = recorded("hongze-2024")
    pdf = pdf_of(figures, SEED)
    with pypdfium2.PdfDocument(pdf) as text, pypdfium2.PdfDocument(make_scan(pdf, dpi=150)) as scan:
        mixed = pypdfium2.PdfDocument.new()
        mixed.import_pages(text, [0, 1])
        mixed.import_pages(scan, list(range(2, len(scan))))
        out = BytesIO()
        mixed.save(out)
    report = read(out.getvalue(), Hint("mixed.pdf"))
    found = score(report, figures)
    assert (found.wrong, found.unreadable) == ([], 0)
    assert {cell.place.page for cell in cells_of(report).values() if cell.confidence is not None} == {3}


def scanned_ofd(pdf: bytes, dpi: int, matrix: str = "") -> OfdPages:
    """An OFD file whose pages are pictures of a PDF's."""
    pages = OfdPages()
    for number, page in enumerate(pictures(pdf, dpi)):
        if number:
            pages.next_page()
        out = BytesIO()
        Image.fromarray(page).save(out, "PNG")
        pages.picture(0, 0, 210, 297, out.getvalue(), matrix)
    return pages


def test_an_ofd_file_of_pictures_is_read_as_the_scan_it_is() -> None:
    figures = SETS["marked"](SEED)
    pdf = pdf_of(figures, SEED)
    report = read(scanned_ofd(pdf, 200).bytes(), Hint("scan.ofd"))
    found = score(report, figures)
    assert found.wrong == []
    assert found.unreadable <= 0.005 * found.cells
    assert [step.reader for step in report.steps_down] == ["ofd"]
    assert_places_are_those_of(read(pdf, Hint("text.pdf")), report)


def test_a_picture_that_an_ofd_page_turns_and_a_page_of_text_beside_it() -> None:
    rows = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "12", "0", "346"]]
    # Upside down: the matrix takes the picture's right and lower sides to the page's left and top.
    pages = scanned_ofd(small_table(*map(tuple, rows)).bytes(), 200, matrix="-210 0 0 -297 210 297")
    pages.next_page()
    pages.text(20, 40, "第二页的一句话。")
    blocks = read_scanned_ofd(pages.bytes(), "scan.ofd").blocks
    assert [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Grid)] == [
        rows
    ]
    assert [block.text for block in blocks if not isinstance(block, Grid)] == ["第二页的一句话。"]


def test_text_that_lies_under_an_ofd_page_s_picture_or_is_not_painted_is_not_believed() -> None:
    pages = OfdPages()
    pages.text(20, 40, "这一页上谁也看不见的一行字，是别的程序猜的。")
    pages.pages[0] += scanned_ofd(small_table(("规章", "12")).bytes(), 100).pages[0]
    pages.text(20, 60, "这一行字既不填色，也不描边，同样谁也看不见。")
    pages.pages[0][-1] = pages.pages[0][-1].replace("<ofd:TextObject", '<ofd:TextObject Fill="false"')
    with pytest.raises(DocumentUnreadableError) as caught:
        read_ofd(pages.bytes(), "scan.ofd")
    assert caught.value.code == "no_text"
    assert has_pictures_in_ofd(pages.bytes(), "scan.ofd")


def test_a_picture_that_an_ofd_file_does_not_hold_and_one_without_extent_are_told() -> None:
    pages = scanned_ofd(small_table(("规章", "12")).bytes(), 100)
    without = unzipped(pages.bytes())
    without["Doc_0/DocumentRes.xml"] = without["Doc_0/DocumentRes.xml"].replace(b'ID="101"', b'ID="7"')
    flat = scanned_ofd(small_table(("规章", "12")).bytes(), 100, matrix="210 0 210 0 0 0")
    large = scanned_ofd(small_table(("规章", "12")).bytes(), 100, matrix="900000 0 0 900000 0 0")
    for data, code in ((zipped(without), "part_missing"), (large.bytes(), "picture_damaged")):
        with pytest.raises(DocumentUnreadableError, match=r"scan\.ofd: page 1") as caught:
            read_scanned_ofd(data, "scan.ofd")
        assert caught.value.code == code
    assert not has_pictures_in_ofd(flat.bytes(), "scan.ofd")


def test_text_that_a_scanner_hid_under_the_page_is_not_believed() -> None:
    sheet = Sheet()
    (page,) = pictures(small_table(*ROWS).bytes(), 150)
    text = sheet.canvas.beginText(60, 700)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 9)
    text.textLine("17 99 608")
    sheet.canvas.drawImage(ImageReader(Image.fromarray(page)), 0, 0, 595, 842)
    sheet.canvas.drawText(text)
    data = sheet.bytes()
    assert hides_text(data, "x.pdf")
    assert [way.reader for way in ways(data, "x.pdf")] == ["scan"]
    document = ways(data, "x.pdf")[0].open()
    assert not any("99" in paragraph.text for paragraph in document.paragraphs)


def test_of_two_lines_of_digits_only_those_that_must_be_one_figure_are_joined() -> None:
    rows = [
        ROWS[0],
        ("规范文件", "1,09\n3", "1，23\n4", "361,82\n0"),
        ("行政许可", "17\n608", "1,093\n4", "12,345\n678"),
    ]
    document = read_picture(make_scan(small_table(*rows).bytes(), dpi=200, pack="png"), "page.png")
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    wrapped, stacked = grid.rows[1][1:], grid.rows[2][1:]
    assert [(cell.text, cell_of(cell, "count").value) for cell in wrapped] == [
        ("1,093", 1093),
        ("1,234", 1234),
        ("361,820", 361820),
    ]
    assert {cell_of(cell, "count").kind for cell in stacked} == {"unreadable"}
    assert [(cell.text, cell.sure) for cell in stacked] == [
        ("17\n608", False),
        ("1,093\n4", False),
        ("12,345\n678", False),
    ]


def test_an_emblem_makes_no_scan_of_a_page() -> None:
    sheet = small_table(*ROWS)
    emblem = Image.fromarray(np.zeros((300, 300), dtype=np.uint8))
    sheet.canvas.drawImage(ImageReader(emblem), 60, 700, 60, 60)
    assert not has_pictures(sheet.bytes(), "x.pdf")


def test_a_picture_of_nothing_and_one_cut_short_are_told() -> None:
    white = BytesIO()
    Image.new("L", (400, 500), 255).save(white, "PNG")
    whole = make_scan(small_table(*ROWS).bytes(), dpi=60, pack="png")
    for data, code in ((white.getvalue(), "no_text"), (whole[: len(whole) // 2], "picture_damaged")):
        report = read(data, Hint("page.png"))
        assert (report.status, [problem.code for problem in report.problems]) == ("unreadable", [code])


def test_a_picture_above_the_cap_is_refused_before_it_is_unpacked() -> None:
    bomb = BytesIO()
    Image.new("1", (40_000, 40_000)).save(bomb, "PNG")
    report = read(bomb.getvalue(), Hint("bomb.png"))
    assert [problem.code for problem in report.problems] == ["too_large"]


def test_pictures_are_left_to_whoever_may_recognise() -> None:
    report = read(make_scan(small_table(*ROWS).bytes(), dpi=60, pack="png"), Hint("page.png", recognise=False))
    assert (report.status, report.awaits_recognition) == ("unreadable", True)


_QUIET = """
import socket, sys
def refuse(*_): raise AssertionError("asked the network")
socket.socket.connect = socket.getaddrinfo = refuse
from pathlib import Path
from parsers.formats.scan import read_picture, read_scan, read_scanned_ofd, without_figures
blocks = read_picture(Path(sys.argv[1]).read_bytes(), "page.png").blocks
assert any("608" in cell.text for block in blocks for cell in getattr(block, "cells", ()))
assert "openvino_telemetry" not in sys.modules
"""


def test_recognising_asks_no_host_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(make_scan(small_table(*ROWS).bytes(), dpi=150, pack="png"))
    done = subprocess.run(
        [sys.executable, "-c", _QUIET, str(tmp_path / "page.png")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("（一）予以公开 5 0 0 0 0 0 5", "（一）予以公开"),
        ("17", ""),
        ("行政许可 123", "行政许可"),
        ("行政许可　１２３件", "行政许可"),
        ("联系电话 8765432", "联系电话 8765432"),
        ("新收申请，比上年增加 20", "新收申请，比上年增加 20"),
        ("2025年1月20日", "2025年1月20日"),
        ("本年共收到政府信息公开申请20件", "本年共收到政府信息公开申请20件"),
    ],
)
def test_figures_that_no_rules_part_are_not_believed(text: str, kept: str) -> None:
    box = (0.0, 0.0, 1.0, 1.0)
    assert without_figures(Line(text, 1, box, 9.0, box)).text == kept


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        (Seen("pee1mmmeo", "readings_differ", 0.1), Seen("", "readings_differ", 0.1)),
        (Seen("o", None, 0.9), Seen("", "low_confidence", 0.9)),
        (Seen("12", "readings_differ", 0.6), Seen("12", "readings_differ", 0.6)),
        (Seen("3件", None, 0.9), Seen("3件", None, 0.9)),
        (Seen("12\n34", "low_confidence", 0.9), Seen("12\n34", "low_confidence", 0.9)),
        (Seen("", None, 1.0), Seen("", None, 1.0)),
    ],
)
def test_a_dash_that_is_seen_as_letters_is_not_seen_and_costs_no_row(read: Seen, kept: Seen) -> None:
    assert _sensible(read) == kept
