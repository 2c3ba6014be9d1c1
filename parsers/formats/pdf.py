"""A PDF to a Document by pdfplumber: ruled tables as grids joined over pages, the text around them in lines."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsers.document import Block, Document, Paragraph
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdf_borders import Box
from parsers.formats.pdf_lines import MARGIN, Line, middle, text_lines
from parsers.formats.pdf_tables import RuledTable, join_tables, ruled_tables
from parsers.formats.text import PAGE_NUMBER
from parsers.report import Place

# No report seen comes near; a file of more pages would only keep a worker busy.
MOST_PAGES = 400
# What pdfplumber and pdfminer raise on damaged files, the last ones from plain Python code over broken objects.
_DAMAGED = (
    PdfminerException,
    MalformedPDFException,
    PDFException,
    PSException,
    struct.error,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
# One letter in so many without a meaning is too many.
_MOST_UNMAPPED = 5
_ENDS = "。！？!?；;：:"


def read_pdf(data: bytes, file: str) -> Document:
    """The document's lines and ruled tables in order, running heads and page numbers dropped.

    Raises DocumentUnreadableError for a damaged or locked file, one without text (a scan), one of too many pages.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise DocumentUnreadableError("too_many_pages", f"{file} has over {MOST_PAGES} pages; none was read")
            pages = [_read_page(page) for page in pdf.pages]
    except _DAMAGED as error:
        if "Password" in repr(error):
            raise DocumentUnreadableError(
                "pdf_locked", f"{file} is locked by a password; an open PDF is needed"
            ) from error
        reason = f"{file} is a damaged PDF ({type(error).__name__}); the whole file is needed"
        raise DocumentUnreadableError("pdf_damaged", reason) from error
    if not any(lines or tables for lines, tables, _ in pages):
        raise DocumentUnreadableError("no_text", f"{file} holds no text (a scan?); only PDFs with text are read")
    _refuse_unmapped(pages, file)
    lines = _without_running_heads(pages)
    return Document(tuple(_blocks(lines, join_tables([table for _, tables, _ in pages for table in tables]))))


def _refuse_unmapped(pages: list[tuple[list[Line], list[RuledTable], float]], file: str) -> None:
    """Fonts that do not say which letters they print give codes like (cid:12) instead of text."""
    text = "".join(line.text for lines, _, _ in pages for line in lines)
    text += "".join(cell.text for _, tables, _ in pages for table in tables for cell in table.grid.cells)
    codes = text.count("(cid:")
    if codes * _MOST_UNMAPPED > len(text) - codes * len("(cid:00)"):
        raise DocumentUnreadableError("no_unicode", f"{file} has fonts without a table of letters; its text is lost")


def _read_page(page: Any) -> tuple[list[Line], list[RuledTable], float]:
    page = _undoubled(page)
    tables = ruled_tables(page)
    boxes = [table.bbox for table in tables]

    outside = [char for char in page.chars if not any(_is_inside(char, box) for box in boxes)]
    result = text_lines(outside, page.page_number), tables, float(page.height)
    page.close()
    return result


def _is_inside(char: dict[str, Any], box: Box) -> bool:
    x = (char["x0"] + char["x1"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= middle(char) <= box[3])


def _undoubled(page: Any) -> Any:
    """Bold that is made by printing every character twice reads as doubled digits; drop the second prints."""
    seen = Counter((char["text"], round(char["x0"]), round(char["top"])) for char in page.chars if char["text"].strip())
    return page.dedupe_chars(tolerance=1.5) if any(count > 1 for count in seen.values()) else page


def _without_running_heads(pages: list[tuple[list[Line], list[RuledTable], float]]) -> list[Line]:
    """All lines but page numbers and what stands alike at the head or foot of several pages."""
    margins: Counter[str] = Counter()
    for lines, _, height in pages:
        margins.update({_mask(line) for line in lines if _in_margin(line, height)})
    return [
        line
        for lines, _, height in pages
        for line in lines
        if not (_in_margin(line, height) and (_is_page_number(line.text) or margins[_mask(line)] > 1))
    ]


def _mask(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _in_margin(line: Line, height: float) -> bool:
    return line.bottom < MARGIN * height or line.top > (1 - MARGIN) * height


def _is_page_number(text: str) -> bool:
    return bool(PAGE_NUMBER.match(text) or re.fullmatch(r"\d{1,3}(\s*/\s*\d{1,3})?", text))


def _blocks(lines: list[Line], tables: list[RuledTable]) -> Iterator[Block]:
    """Lines and grids by page and height, each line marked whether it goes on with the one before."""
    items: list[tuple[int, float, Line | RuledTable]] = [(line.page, line.top, line) for line in lines]
    items += [(table.page, table.bbox[1], table) for table in tables]
    left, right = _text_edges(lines)
    before: Line | None = None
    for _, _, item in sorted(items, key=lambda item: item[:2]):
        if isinstance(item, Line):
            fresh = before is None or _is_fresh(before, item, left, right)
            yield Paragraph(item.text, Place(item.page, (item.x0, item.top, item.x1, item.bottom)), fresh)
            before = item
        else:
            yield item.grid
            before = None


def _text_edges(lines: list[Line]) -> tuple[float, float]:
    """Where most lines begin and end."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    return lefts[len(lefts) // 5], rights[4 * len(rights) // 5]


def _is_fresh(before: Line, line: Line, left: float, right: float) -> bool:
    indented = line.x0 > left + 1.2 * line.size
    short = before.x1 < right - 2.5 * before.size
    return indented or short or abs(before.size - line.size) > 1 or (before.text[-1] in _ENDS and line.x0 > left + 1)
