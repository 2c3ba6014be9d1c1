"""Word files that show tables as pictures: looked at as scans are, each picture a page."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest
from PIL import Image

from parsers import Hint, read
from parsers.completeness import cells_of
from parsers.document import Grid
from parsers.formats import ways
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.package import Package
from parsers.formats.scan import read_scanned_word
from parsers.formats.word_pictures import Placed, has_pictures, pictures_in
from tests.matrix.subjects import SUBJECTS
from tests.parsers.office import docx, paragraph, unzipped, zipped
from tests.parsers.pdfs import Sheet
from tests.parsers.scans import pictures
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story

EMU = 12_700
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PAGE = (595.0, 842.0)
DPI = 200


def png(pixels: np.ndarray) -> bytes:
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def drawing(number: int, width: float, height: float, cut: str = "") -> str:
    """A picture as Word writes it, of this size in points."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent cx="{width * EMU:.0f}" '
        f'cy="{height * EMU:.0f}"/><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData><p:blipFill xmlns:p="{DRAWING}/'
        f'picture"><a:blip xmlns:r="{OFFICE}" r:embed="rId{number}"/><a:srcRect {cut}/></p:blipFill></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def old_drawing(number: int, style: str) -> str:
    """A picture as old Word files have it."""
    return (
        f'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style={quoteattr(style)}>'
        f'<v:imagedata xmlns:r="{OFFICE}" r:id="rId{number}"/></v:shape></w:pict></w:r></w:p>'
    )


def word(body: str, *images: bytes, external: bool = False) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/image" Target="media/image{at}.png"{mode}/>'
        for at in range(1, len(images) + 1)
    )
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = unzipped(docx(body))
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{relations}">{links}</Relationships>'.encode()
    return zipped(members | {f"word/media/image{at}.png": image for at, image in enumerate(images, start=1)})


def table_picture() -> bytes:
    sheet = Sheet()
    sheet.grid(100, (60.0, 200.0, 300.0, 400.0), [("信息内容", "本年制发件数", "本年废止件数"), ("规章", "12", "608")])
    (page,) = pictures(sheet.bytes(), DPI)
    return png(page[: page.shape[0] // 3])


def placed(data: bytes) -> list[Placed]:
    return list(pictures_in(Package(data, "x.docx")))


def test_a_word_file_of_scanned_pages_is_read_as_the_scan_it_is() -> None:
    figures = SUBJECTS["wrong-rows"]
    pages = [png(page) for page in pictures(report_pdf(Story("青石县", "county", 2024, figures)), DPI)]
    body = "".join(drawing(at, PAGE[0], PAGE[1]) for at in range(1, len(pages) + 1))
    report = read(word(body, *pages), Hint("x.docx"))
    cells = {".".join(path): cell for path, cell in cells_of(report).items()}
    assert {path: cell.raw for path, cell in cells.items()} == dict(figures.cells)
    assert (report.unit, report.year, report.status) == ("青石县", 2024, "parsed")
    assert all(cell.place.page and cell.place.bbox and cell.confidence for cell in cells.values())
    assert "pictures_read" in [problem.code for problem in report.problems]
    assert [step.reader for step in report.steps_down] == ["word"]


def test_text_and_a_table_as_a_picture() -> None:
    data = word(paragraph("青石县2024年报告") + drawing(1, 500, 236), table_picture())
    document = read_scanned_word(data, "x.docx")
    assert document.paragraphs[0].text == "青石县2024年报告"
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.rows[1]] == ["规章", "12", "608"]
    assert grid.rows[1][1].place.page == 1


def test_what_is_cut_off_a_picture_is_not_read() -> None:
    data = word(drawing(1, 500, 236, cut='b="70000"'), table_picture())
    with pytest.raises(DocumentUnreadableError) as caught:
        read_scanned_word(data, "x.docx")
    assert caught.value.code == "no_text"
    assert placed(data) == [Placed("word/media/image1.png", 500, 236, (0.0, 0.0, 0.0, 0.7))]


SEAL = png(np.zeros((300, 300), dtype=np.uint8))


@pytest.mark.parametrize(
    ("body", "sizes"),
    [
        (drawing(1, 400, 200), [(400, 200)]),
        (old_drawing(1, "position:absolute;width:400pt;height:200pt"), [(400, 200)]),
        (old_drawing(1, "width:10in;height:2in;mso-width:1"), [(720, 144)]),
        # A seal; one of no size; one that a tracked change took out; another way of writing the first.
        (drawing(1, 120, 120), []),
        (old_drawing(1, "position:absolute"), []),
        (f"<w:del>{drawing(1, 400, 200)}</w:del>", []),
        (
            f"<w:p>{drawing(1, 400, 200)}<w:Fallback>{old_drawing(1, 'width:400pt;height:200pt')}</w:Fallback></w:p>",
            [(400, 200)],
        ),
        # A picture that the file does not hold.
        (drawing(7, 400, 200), []),
    ],
)
def test_which_pictures_may_show_a_table(body: str, sizes: list[tuple[float, float]]) -> None:
    data = word(paragraph("正文") + body, SEAL)
    assert [(each.width, each.height) for each in placed(data)] == sizes
    assert has_pictures(data, "x.docx") is bool(sizes)


def test_a_picture_from_elsewhere_is_not_asked_for_and_a_drawing_of_curves_is_not_looked_at() -> None:
    assert placed(word(drawing(1, 400, 200), SEAL, external=True)) == []
    assert placed(word(drawing(1, 400, 200), b"\x01\x00\x00\x00 EMF")) == []


def test_a_word_file_without_pictures_and_a_damaged_one_need_no_recogniser() -> None:
    for body in (paragraph("正文"), "<w:p>"):
        _, scan = ways(docx(body), "x.docx")
        assert (scan.reader, scan.recognises, scan.applies()) == ("scan", True, False)
        assert not read(docx(body), Hint("x.docx", recognise=False)).awaits_recognition


def test_a_word_file_with_pictures_is_left_to_whoever_may_recognise() -> None:
    data = word(paragraph("青石县2024年报告") + drawing(1, 500, 236), table_picture())
    assert read(data, Hint("x.docx", recognise=False)).awaits_recognition
