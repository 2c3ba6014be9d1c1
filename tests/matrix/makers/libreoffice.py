"""Reports that LibreOffice made of Word files: PDF, Word in its old and new formats, RTF; and sheets it saved anew."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.matrix.makers.model import Format, Look
from tests.parsers.office import below, placed, sheet_report, unzipped, zipped
from tests.replica.grids import Box, Grid
from tests.replica.story import Block, Story, compose

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FONT = "WenQuanYi Zen Hei"
_TIMEOUT = 300
# Twentieths of a point.
_PAGE, _MARGIN = (11906, 16838), 1100


class ConversionError(RuntimeError):
    """LibreOffice did not make the file that it was asked for."""


@dataclass(frozen=True)
class Layout:
    """How the Word file looks. `rules`: all, open (no outer upright ones), levels or none; `heads`: level, up, letters.

    `repeat`: table three's header on each page; `split`: a page break may run through a row; `wide`: pages on their
    side; `spaced`: rows so high that table three takes three pages.
    """

    rules: str = "all"
    heads: str = "level"
    repeat: bool = False
    split: bool = False
    wide: bool = False
    spaced: bool = False
    one_table: bool = False
    separate: bool = False
    bold: bool = False


def word_file(story: Story, layout: Layout) -> bytes:
    """A Word file with all that a word processor needs to lay it out."""
    blocks = compose(story, separate=layout.separate)
    grids = [block.grid for block in blocks if block.grid is not None]
    body = "".join(_block(block, grids, layout) for block in blocks)
    wide, high = reversed(_PAGE) if layout.wide else _PAGE
    turned = ' w:orient="landscape"' if layout.wide else ""
    footer = '<w:footerReference w:type="default" r:id="rId1"/>'
    section = f'<w:sectPr>{footer}<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
    section += f'<w:pgMar w:top="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:right="{_MARGIN}"/></w:sectPr>'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    document = f'<w:document xmlns:w="{_W}" xmlns:r="{relation}"><w:body>{body}{section}</w:body></w:document>'
    number = '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r>'
    number += '</w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    foot = f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{number}</w:p></w:ftr>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
            f'"{_RELATIONS}"/><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_MAIN}"/>'
            f'<Override PartName="/word/footer1.xml" ContentType="{_MAIN.replace("document.main", "footer")}"/>'
            "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_OFFICE}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": document,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
            f'Type="{_OFFICE.replace("officeDocument", "footer", 2).replace("footer/2006", "officeDocument/2006")}" '
            'Target="footer1.xml"/></Relationships>',
            "word/footer1.xml": foot,
        }
    )


def _block(block: Block, grids: list[Grid], layout: Layout) -> str:
    if block.grid is None:
        size = {"title": 36, "heading": 26}.get(block.kind, 22)
        return _paragraph(block.text, size, "left")
    if layout.one_table:
        return _table(below(grids), layout) if block.grid is grids[0] else ""
    return _table(block.grid, layout) + "<w:p/>"


def _paragraph(text: str, size: int, align: str, broken: bool = False, bold: bool = False) -> str:
    look = f'<w:rPr><w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}"/>{"<w:b/>" if bold else ""}'
    look += f'<w:sz w:val="{size}"/></w:rPr>'
    pieces = list(text) if broken else [text]
    runs = f"<w:r>{look}<w:br/></w:r>".join(
        f'<w:r>{look}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces
    )
    return f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _widths(grid: Grid, layout: Layout) -> list[int]:
    room = (_PAGE[1] if layout.wide else _PAGE[0]) - 2 * _MARGIN
    if grid.name == "requests":
        labels = [9, 13, 22]
        share = [*labels, *[(100 - sum(labels)) / 7] * 7]
    else:
        share = [100 / grid.width] * grid.width
    return [int(room * part / 100) for part in share]


def _table(grid: Grid, layout: Layout) -> str:
    widths = _widths(grid, layout)
    line = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'.format
    drawn = {
        "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
        "open": ("top", "bottom", "insideH", "insideV"),
        "levels": ("top", "bottom", "insideH"),
        "none": (),
    }[layout.rules]
    borders = "".join(line(name) for name in ("top", "left", "bottom", "right", "insideH", "insideV") if name in drawn)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(grid, row, widths, layout) for row in range(len(grid.rows)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(grid: Grid, row: int, widths: Sequence[int], layout: Layout) -> str:
    boxes = placed(grid)
    upright = layout.heads == "up" and row == grid.header - 1 and grid.name != "proactive"
    height = 1100 if upright else 560 if layout.spaced else 0
    look = ("" if layout.split else "<w:cantSplit/>") + (f'<w:trHeight w:val="{height}"/>' if height else "")
    if layout.repeat and row < grid.header and grid.name == "requests":
        look += "<w:tblHeader/>"
    cells = []
    for (start, column), box in sorted(boxes.items(), key=lambda entry: entry[0][1]):
        if not start <= row < start + box.rows:
            continue
        width = sum(widths[column : column + box.cols])
        inside = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        inside += f'<w:gridSpan w:val="{box.cols}"/>' if box.cols > 1 else ""
        inside += f'<w:vMerge w:val="{"restart" if start == row else "continue"}"/>' if box.rows > 1 else ""
        head = row < grid.header and not box.path and box.cols == 1
        inside += '<w:textDirection w:val="btLr"/>' if upright and head else ""
        inside += '<w:vAlign w:val="center"/>'
        text = box.text if start == row else ""
        cells.append(f"<w:tc><w:tcPr>{inside}</w:tcPr>{_cell(text, box, layout, head)}</w:tc>")
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, box: Box, layout: Layout, head: bool) -> str:
    broken = layout.heads == "letters" and head
    return _paragraph(text, 16, "center" if box.path or head else "left", broken, layout.bold)


def convert(target: str, suffix: str) -> Callable[[Sequence[bytes]], list[bytes]]:
    """What makes files of a kind of many Word files (or sheets) in one go. Raises ConversionError."""

    def converted(sources: Sequence[bytes]) -> list[bytes]:
        with tempfile.TemporaryDirectory() as folder:
            inside, out = Path(folder, "in"), Path(folder, "out")
            inside.mkdir()
            names = []
            for at, data in enumerate(sources):
                names.append(inside / f"{at}{suffix}")
                names[-1].write_bytes(data)
            command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
            command += ["--convert-to", target, "--outdir", str(out), *map(str, names)]
            done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False, text=True)
            made = [out / f"{name.stem}.{target.split(':')[0]}" for name in names]
            missing = [path.name for path in made if not path.exists()]
            if missing:
                raise ConversionError(f"LibreOffice made no {', '.join(missing)}: {done.stderr or done.stdout}")
            return [path.read_bytes() for path in made]

    return converted


def _laid_out(layout: Layout) -> Callable[[Story], bytes]:
    return lambda story: word_file(story, layout)


_SOURCES = ("tests/parsers/office.py",)
PDF = Format(
    ".pdf",
    {
        "plain": Look(_laid_out(Layout())),
        "header-repeated": Look(_laid_out(Layout(repeat=True, spaced=True))),
        "rows-split": Look(_laid_out(Layout(split=True, spaced=True))),
        "heads-run-up": Look(_laid_out(Layout(heads="up"))),
        "letters-below": Look(_laid_out(Layout(heads="letters"))),
        "wide-pages": Look(_laid_out(Layout(wide=True))),
        "no-sides": Look(_laid_out(Layout(rules="open"))),
        "level-rules": Look(_laid_out(Layout(rules="levels", wide=True)), flat=True),
        "one-table": Look(_laid_out(Layout(one_table=True))),
        "bold": Look(_laid_out(Layout(bold=True))),
        "no-rules": Look(_laid_out(Layout(rules="none", wide=True)), flat=True),
    },
    convert("pdf", ".docx"),
    boxes=True,
    sources=_SOURCES,
)
_WORD_LOOKS = {
    "plain": Look(_laid_out(Layout())),
    "one-table": Look(_laid_out(Layout(one_table=True))),
    "separate": Look(_laid_out(Layout(separate=True))),
    "letters-below": Look(_laid_out(Layout(heads="letters"))),
}
DOCX = Format(".docx", _WORD_LOOKS, convert("docx", ".docx"), sources=_SOURCES)
DOC = Format(".doc", _WORD_LOOKS, convert("doc", ".docx"), old=True, sources=_SOURCES)
# What WPS Office saves under this name is Word's old format.
WPS = Format(".wps", _WORD_LOOKS, convert("doc", ".docx"), old=True, sources=_SOURCES)
RTF = Format(".rtf", _WORD_LOOKS, convert("rtf", ".docx"), old=True, sources=_SOURCES)


def _workbook(story: Story, several: bool) -> bytes:
    """The sheets of tests/parsers/office.py with the list of their parts, without which LibreOffice opens none."""
    members = unzipped(sheet_report(story, several=several))
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    kinds |= {name: "worksheet" for name in members if name.startswith("xl/worksheets/")}
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        f'{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    types = f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_RELATIONS}"/>{parts}</Types>'
    return zipped({**members, "[Content_Types].xml": types})


_SHEET_LOOKS = {
    "one-sheet": Look(lambda story: _workbook(story, several=False)),
    "several": Look(lambda story: _workbook(story, several=True)),
}
XLSX = Format(".xlsx", _SHEET_LOOKS, convert("xlsx", ".xlsx"), sources=_SOURCES)
XLS = Format(".xls", _SHEET_LOOKS, convert("xls", ".xlsx"), sources=_SOURCES)
