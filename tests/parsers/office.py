"""Word files, sheets and OFD files made at test time from a story, by hand: the XML that their makers write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from html import escape

from tests.replica.grids import Box, Grid, respell
from tests.replica.story import Block, Story, compose

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = 210, 297
_OFD = "http://www.ofdspec.org/2016"
Place = tuple[int, int]


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these members, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def placed(grid: Grid) -> dict[Place, Box]:
    """The grid's boxes by (row, column) where they begin."""
    found: dict[Place, Box] = {}
    taken: set[Place] = set()
    for row, boxes in enumerate(grid.rows):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            found[row, column] = box
            taken |= {(row + down, column + right) for down in range(box.rows) for right in range(box.cols)}
    return found


def below(grids: Sequence[Grid]) -> Grid:
    """Several grids under each other as one, the narrower ones' last cells widened."""
    width = max(grid.width for grid in grids)
    rows: list[tuple[Box, ...]] = []
    for grid in grids:
        boxes = placed(grid)
        for number, row in enumerate(grid.rows):
            ends = {column + box.cols for (at, column), box in boxes.items() if at <= number < at + box.rows}
            last = row[-1]
            beginning = [column for (at, column) in boxes if at == number]
            reaches = bool(beginning) and max(beginning) + last.cols == grid.width == max(ends)
            extra = width - grid.width if reaches else 0
            rows.append((*row[:-1], Box(last.text, last.rows, last.cols + extra, last.path)))
    return Grid("all", width, 0, tuple(rows))


# Word


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "", split: bool = True) -> str:
    """A paragraph whose text is split over runs of two characters, as Word leaves it after editing."""
    pieces = [text[at : at + 2] for at in range(0, len(text), 2)] if split else [text]
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run(piece) for piece in pieces)}</w:p>"


def docx(body: str, parts: Mapping[str, str] | None = None, namespace: str = W) -> bytes:
    """A Word file with this body; `parts` are further members."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    )
    other = parts or {}
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **other})


def word_table(grid: Grid, spelling: str = "statutory", text_of: Callable[[str], str] = paragraph) -> str:
    """The grid as Word writes it: gridSpan, and a cell merged downwards as a cell for each row."""
    boxes, rows = placed(grid), []
    for row in range(len(grid.rows)):
        cells = []
        for column in range(grid.width):
            origin = next(
                (at for at, box in boxes.items() if at[1] == column and at[0] <= row < at[0] + box.rows), None
            )
            if origin is None:
                continue
            box = boxes[origin]
            merge = "" if box.rows == 1 else f'<w:vMerge w:val="{"restart" if origin[0] == row else "continue"}"/>'
            span = f'<w:gridSpan w:val="{box.cols}"/>' if box.cols > 1 else ""
            text = (box.text if box.path else respell(box.text, spelling)) if origin[0] == row else ""
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{text_of(text)}</w:tc>")
        rows.append(f"<w:tr><w:trPr/>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def word_body(story: Story, *, one_table: bool = False, separate: bool = False) -> str:
    """The story's blocks; with `one_table` the three tables in one, where the first stood."""
    blocks = compose(story, separate=separate)
    grids = [block.grid for block in blocks if block.grid is not None]
    pieces = []
    for block in blocks:
        if block.grid is None:
            pieces.append(paragraph(block.text))
        elif not one_table:
            pieces.append(word_table(block.grid, story.spelling))
        elif block.grid is grids[0]:
            pieces.append(word_table(below(grids), story.spelling))
    return "".join(pieces)


def word_report(story: Story, *, one_table: bool = False, separate: bool = False) -> bytes:
    return docx(word_body(story, one_table=one_table, separate=separate))


# Sheets


def column_name(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell(row: int, column: int, text: str, style: int = 0) -> str:
    """A cell: a plain number as a number, other text as text; nothing for nothing."""
    place = f"{column_name(column)}{row + 1}"
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    if is_number(text):
        return f'<c r="{place}" s="{style}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def is_number(text: str) -> bool:
    try:
        return bool(text) and text[0] not in "+" and format(Decimal(text), "f") == text
    except InvalidOperation:
        return False


def xlsx(
    sheets: Mapping[str, tuple[Iterable[tuple[int, str]], Iterable[str]]],
    formats: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook: for each sheet its rows (number from 0, cells as XML) and merged ranges.

    `formats` are number formats; style n of a cell is the nth of them, style 0 General.
    """
    members: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    named, links = "", ""
    for at, (name, (rows, merged)) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        named += f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"{state}/>'
        links += f'<Relationship Id="rId{at}" Type="{_R}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        data = "".join(f'<row r="{number + 1}">{cells}</row>' for number, cells in rows)
        spans = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
        merges = f"<mergeCells>{spans}</mergeCells>" if spans else ""
        members[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{_S}"><sheetData>{data}</sheetData>{merges}</worksheet>'
        )
    codes = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{escape(code)}"/>' for at, code in enumerate(formats))
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(formats)))
    members |= {
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_S}"><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>',
    }
    return zipped(members)


def sheet_of(blocks: Iterable[Block], spelling: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Rows and merged ranges: texts in the first column, tables below them, a blank row after each table."""
    rows: list[tuple[int, str]] = []
    merged: list[str] = []
    at = 0
    for block in blocks:
        if block.grid is None:
            rows.append((at, cell(at, 0, block.text)))
            at += 1
            continue
        boxes = placed(block.grid)
        for number in range(len(block.grid.rows)):
            here = sorted((column, box) for (row, column), box in boxes.items() if row == number)
            texts = [(column, box.text if box.path else respell(box.text, spelling)) for column, box in here]
            rows.append((at + number, "".join(cell(at + number, column, text) for column, text in texts)))
        for (row, column), box in boxes.items():
            if box.rows * box.cols > 1:
                first = f"{column_name(column)}{at + row + 1}"
                merged.append(f"{first}:{column_name(column + box.cols - 1)}{at + row + box.rows}")
        at += len(block.grid.rows) + 1
    return rows, merged


def sheet_report(story: Story, *, several: bool = False) -> bytes:
    """The story in one sheet, or each table and what follows it in a sheet of its own."""
    blocks = compose(story)
    if not several:
        return xlsx({"年报": sheet_of(blocks, story.spelling)})
    cuts = [at for at, block in enumerate(blocks) if block.grid is not None]
    parts = [blocks[start:end] for start, end in zip([0, *cuts], [*cuts, len(blocks)], strict=True)]
    return xlsx({f"表{at}": sheet_of(part, story.spelling) for at, part in enumerate(parts)})


# OFD


class OfdPages:
    """Pages measured in millimetres from the top left; `turned`: all of it then lies a quarter counter-clockwise."""

    def __init__(self, turned: bool = False) -> None:
        self.pages: list[list[str]] = [[]]
        self.pictures: list[bytes] = []
        self._turned = turned

    def next_page(self) -> None:
        self.pages.append([])

    def text(self, x: float, top: float, text: str, size: float = 3.2, deltas: str | None = None) -> None:
        step = " ".join(str(size if ord(char) > 0x2000 else size / 2) for char in text[:-1])
        delta = f' DeltaX="{step if deltas is None else deltas}"' if text[1:] else ""
        self.pages[-1].append(
            f'<ofd:TextObject ID="1" {self._at(x, top, 190, size * 1.2)} Font="2" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size * 0.86}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.pages[-1].append(
            f'<ofd:PathObject ID="1" {self._at(x0, top, x1 - x0 + 0.2, bottom - top + 0.2)} LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {bottom - top}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _at(self, x: float, top: float, wide: float, high: float) -> str:
        if self._turned:
            return f'Boundary="{top} {_SHEET[0] - x} {high} {wide}" CTM="0 -1 1 0 0 0"'
        return f'Boundary="{x} {top} {wide} {high}"'

    def picture(self, x: float, top: float, wide: float, high: float, data: bytes, matrix: str = "") -> None:
        """A picture file; `matrix` (of the object's own millimetres) where it does not just fill its place."""
        self.pictures.append(data)
        self.pages[-1].append(
            f'<ofd:ImageObject ID="1" Boundary="{x} {top} {wide} {high}" ResourceID="{100 + len(self.pictures)}"'
            f' CTM="{matrix or f"{wide} 0 0 {high} 0 0"}"/>'
        )

    def bytes(self) -> bytes:
        size = " ".join(map(str, reversed(_SHEET) if self._turned else _SHEET))
        pages = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(self.pages)))
        members: dict[str, str | bytes] = {
            "OFD.xml": f'<ofd:OFD xmlns:ofd="{_OFD}" Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:Author>no one'
            "</ofd:Author></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{_OFD}"><ofd:CommonData><ofd:PageArea>'
            f"<ofd:PhysicalBox>0 0 {size}</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
            f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        }
        for at, objects in enumerate(self.pages):
            members[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
                f'<ofd:Page xmlns:ofd="{_OFD}"><ofd:Content><ofd:Layer ID="9">{"".join(objects)}'
                "</ofd:Layer></ofd:Content></ofd:Page>"
            )
        media = ""
        for at, data in enumerate(self.pictures, start=1):
            members[f"Doc_0/Res/picture_{at}"] = data
            media += f'<ofd:MultiMedia ID="{100 + at}" Type="Image"><ofd:MediaFile>picture_{at}</ofd:MediaFile>'
            media += "</ofd:MultiMedia>"
        members["Doc_0/DocumentRes.xml"] = (
            f'<ofd:Res xmlns:ofd="{_OFD}" BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
        )
        return zipped(members)


_LEFT, _WIDTH, _TOP, _BOTTOM, _STEP, _ROW = 15.0, 180.0, 30.0, 265.0, 6.0, 12.0


def ofd_report(story: Story, *, turned: bool = False) -> bytes:
    """The story on pages; a table that does not fit goes on over the page, with page numbers below."""
    pages, at = OfdPages(turned), _TOP
    for block in compose(story):
        if block.grid is None:
            for start in range(0, len(block.text), 50):
                if at > _BOTTOM:
                    pages.next_page()
                    at = _TOP
                pages.text(_LEFT + (6.4 if start == 0 else 0), at, block.text[start : start + 50])
                at += _STEP
        else:
            at = _ofd_table(pages, block.grid, at, story.spelling) + 3
    for page in range(len(pages.pages)):
        pages.pages.append(pages.pages.pop(0))
        pages.text(100, 285, f"— {page + 1} —")
    return pages.bytes()


def _ofd_table(pages: OfdPages, grid: Grid, top: float, spelling: str) -> float:
    """Draw the grid, cut between rows where the page ends; what is merged over the cut goes on empty."""
    boxes, step = placed(grid), _WIDTH / grid.width
    row = 0
    while row < len(grid.rows):
        fit = max(int((_BOTTOM - top) / _ROW), 0)
        if fit < min(3, len(grid.rows) - row):
            pages.next_page()
            top = _TOP
            continue
        last = min(row + fit, len(grid.rows))
        for (start, column), box in boxes.items():
            first, end = max(start, row), min(start + box.rows, last)
            if first >= end:
                continue
            x, y = _LEFT + column * step, top + (first - row) * _ROW
            right, bottom = x + box.cols * step, top + (end - row) * _ROW
            pages.line(x, y, right, y)
            pages.line(x, y, x, bottom)
            pages.line(x, bottom, right, bottom)
            pages.line(right, y, right, bottom)
            if first == start:
                _ofd_cell(pages, box.text if box.path else respell(box.text, spelling), x, y, right - x)
        top += (last - row) * _ROW
        row = last
    return top


def _ofd_cell(pages: OfdPages, text: str, x: float, y: float, width: float) -> None:
    """Small print, wrapped at the cell's edge."""
    size = 2.0
    lines = [""]
    for char in text:
        if lines[-1] and _ofd_width(lines[-1] + char, size) > width - 1:
            lines.append("")
        lines[-1] += char
    for at, line in enumerate(lines):
        pages.text(x + 0.5, y + 0.3 + at * 2.1, line, size)


def _ofd_width(text: str, size: float) -> float:
    """As OfdPages.text spaces the letters."""
    return sum(size if ord(char) > 0x2000 else size / 2 for char in text)
