"""Reports as PDF: ruled tables over several pages, merged cells, wrapped labels; always the same bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.replica.grids import Box, Grid, respell
from tests.replica.story import Block, Story, compose

FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
_FONT = "WenQuanYi"
_LOCK = Lock()
_WIDTHS = {
    "proactive": [46 * mm, 41 * mm, 41 * mm, 41 * mm],
    "requests": [15 * mm, 22 * mm, 49 * mm, *[12 * mm] * 7],
    "disputes": [11.3 * mm] * 15,
}
# Rows of table three on its first page: the rest, with 三 still open, goes to the next.
_FIRST_PAGE_ROWS = 13


class FontMissingError(RuntimeError):
    """The Chinese font that the replica's PDFs are set in is not installed."""


def report_pdf(story: Story, *, repeat_labels: bool = False) -> bytes:
    """The report as a PDF of several pages.

    Table three is broken by a page within 三; the merged label is printed again on the second page with
    `repeat_labels`, else the cell goes on empty, as word processors do it. Raises FontMissingError.
    """
    with _LOCK:  # reportlab keeps fonts and counters in the module
        _register_font()
        out = BytesIO()
        document = SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=20 * mm,
            rightMargin=20 * mm,
            topMargin=22 * mm,
            bottomMargin=22 * mm,
            title=story.heading,
            invariant=1,
        )
        flow = [piece for block in compose(story) for piece in _flowables(block, story, repeat_labels)]
        document.build(flow, onFirstPage=_footer, onLaterPages=_footer)
        return out.getvalue()


def _register_font() -> None:
    if _FONT in pdfmetrics.getRegisteredFontNames():
        return
    if not FONT_FILE.exists():
        raise FontMissingError(
            f"The replica's PDFs need the font {FONT_FILE}: install the package fonts-wqy-zenhei"
            " (Debian, Ubuntu: sudo apt-get install fonts-wqy-zenhei)."
        )
    pdfmetrics.registerFont(TTFont(_FONT, str(FONT_FILE), subfontIndex=0))


def _style(size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("replica", fontName=_FONT, fontSize=size, leading=size * 1.4, wordWrap="CJK", **more)


def _footer(canvas: Any, document: Any) -> None:
    canvas.setFont(_FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, f"— {document.page} —")


def _flowables(block: Block, story: Story, repeat_labels: bool) -> list[Any]:
    if block.grid is not None:
        first, *rest = [_table(part, block.grid, story.spelling) for part in _parts(block.grid, repeat_labels)]
        flow = [KeepTogether([first])]
        for part in rest:
            flow += [PageBreak(), part]
        return [*flow, Spacer(1, 4 * mm)]
    if block.kind == "title":
        return [Paragraph(block.text, _style(18, alignment=1, spaceAfter=16))]
    if block.kind == "heading":
        return [Paragraph(block.text, _style(13, spaceBefore=8, spaceAfter=5))]
    if block.kind == "signature":
        return [Paragraph(block.text, _style(11, alignment=2))]
    return [Paragraph(block.text, _style(11, firstLineIndent=22, spaceAfter=4))]


Placed = dict[tuple[int, int], Box]


def _parts(grid: Grid, repeat_labels: bool) -> list[Placed]:
    """The grid's boxes by (row, column), in the parts that pages make of it."""
    placed = _placed(grid)
    if grid.name != "requests":
        return [placed]
    cut = grid.header + _FIRST_PAGE_ROWS
    first, second = {}, {}
    for (row, column), box in placed.items():
        if row >= cut:
            second[row - cut, column] = box
        elif row + box.rows <= cut:
            first[row, column] = box
        else:
            first[row, column] = Box(box.text, cut - row, box.cols)
            second[0, column] = Box(box.text if repeat_labels else "", row + box.rows - cut, box.cols)
    return [first, second]


def _placed(grid: Grid) -> Placed:
    placed: Placed = {}
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(grid.rows):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            placed[row, column] = box
            taken |= {(row + down, column + right) for down in range(box.rows) for right in range(box.cols)}
    return placed


def _table(placed: Placed, grid: Grid, spelling: str) -> Table:
    height = max(row + box.rows for (row, _), box in placed.items())
    data: list[list[Any]] = [[""] * grid.width for _ in range(height)]
    look: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, "#000000"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    for (row, column), box in placed.items():
        text = box.text if box.path else respell(box.text, spelling)
        data[row][column] = Paragraph(text, _style(9, alignment=1))
        look.append(("SPAN", (column, row), (column + box.cols - 1, row + box.rows - 1)))
    return Table(data, colWidths=_WIDTHS[grid.name], style=look)
