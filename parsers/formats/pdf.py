"""A PDF to a Document by pdfplumber: ruled tables as grids joined over pages, the text around them in lines."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections import Counter
from math import atan2, degrees
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsers.document import Document
from parsers.formats.caps import MOST_PAGES
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdf_lines import middle, text_lines
from parsers.formats.pdf_tables import ruled_tables
from parsers.geometry.assembly import assemble
from parsers.geometry.page import Box
from parsers.geometry.tables import Sheet
from parsers.geometry.turn import as_angle

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
    if not any(page.lines or page.tables for page in pages):
        raise DocumentUnreadableError("no_text", f"{file} holds no text (a scan?); only PDFs with text are read")
    _refuse_unmapped(pages, file)
    return assemble(pages)


def _refuse_unmapped(pages: list[Sheet], file: str) -> None:
    """Fonts that do not say which letters they print give codes like (cid:12) instead of text."""
    text = "".join(line.text for page in pages for line in page.lines)
    text += "".join(cell.text for page in pages for table in page.tables for cell in table.grid.cells)
    codes = text.count("(cid:")
    if codes * _MOST_UNMAPPED > len(text) - codes * len("(cid:00)"):
        raise DocumentUnreadableError("no_unicode", f"{file} has fonts without a table of letters; its text is lost")


def _read_page(page: Any) -> Sheet:
    page = _undoubled(_shown(page))
    tables = ruled_tables(page)
    boxes = [table.box for table in tables]

    outside = [char for char in page.chars if not any(_is_inside(char, box) for box in boxes)]
    sheet = Sheet(tuple(text_lines(outside, page.page_number)), tuple(tables), float(page.height))
    page.close()
    return sheet


def _shown(page: Any) -> Any:
    """The page without the characters that stand beside what is shown of it, or run aslant (a watermark)."""
    x0, top, x1, bottom = page.cropbox

    def shows(item: dict[str, Any]) -> bool:
        inside = item["x0"] < x1 and item["x1"] > x0 and item["top"] < bottom and item["bottom"] > top
        along, up = item["matrix"][:2]
        return bool(inside) and as_angle(degrees(atan2(up, along))) % 90 == 0

    if all(map(shows, page.chars)):
        return page
    return page.filter(lambda item: item["object_type"] != "char" or shows(item))


def _is_inside(char: dict[str, Any], box: Box) -> bool:
    x = (char["x0"] + char["x1"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= middle(char) <= box[3])


def _undoubled(page: Any) -> Any:
    """Bold that is made by printing every character twice reads as doubled digits; drop the second prints."""
    seen = Counter((char["text"], round(char["x0"]), round(char["top"])) for char in page.chars if char["text"].strip())
    return page.dedupe_chars(tolerance=1.5) if any(count > 1 for count in seen.values()) else page
