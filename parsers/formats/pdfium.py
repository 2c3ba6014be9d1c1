"""A PDF to a Document by pdfium: fast, and believed only where it knows which letters the fonts print.

pdfium may abort the process on a hostile file: untrusted files are read in worker processes. It is not safe in threads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from parsers.document import Document
from parsers.formats.caps import MOST_BYTES, MOST_PAGES
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdfium_chars import chars_of
from parsers.formats.pdfium_frame import frame_of
from parsers.formats.pdfium_pictures import is_hiding
from parsers.formats.pdfium_rules import TooManyObjectsError, drawings_of
from parsers.geometry.assembly import assemble
from parsers.geometry.page import Page
from parsers.geometry.tables import printed
from parsers.geometry.turn import straight


class HiddenTextError(Exception):
    """A page has text that nobody sees, under a picture: another program's guess, not to be read."""


def read_pdfium(data: bytes, file: str, wary: bool = False) -> Document:
    """The document's lines and tables in order, running heads and page numbers dropped.

    Raises DocumentUnreadableError for a damaged or locked file, one without text, one above the caps, and one with a
    font that does not tell its letters: pdfium then gives plausible wrong ones. If `wary`, raises HiddenTextError for
    one of which `hides_text` is true, unless the other is raised first.
    """
    sheets = [printed(straight(page)) for page in pages_of(data, file, wary)]
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        raise DocumentUnreadableError("no_text", f"{file} holds no text (a scan?); only PDFs with text are read")
    return assemble(sheets)


def pages_of(data: bytes, file: str, wary: bool = False) -> Iterator[Page]:
    """The pages one by one. Raises as `read_pdfium` does."""
    with opened(data, file) as (document, count):
        for number in range(count):
            yield page_of(document, number, file, wary)


@contextmanager
def opened(data: bytes, file: str) -> Iterator[tuple[Any, int]]:
    """pdfium's document, and how many pages it has. Raises for a damaged or locked file, and one above the caps."""
    if len(data) > MOST_BYTES:
        raise DocumentUnreadableError(
            "too_many_bytes", f"{file} has over {MOST_BYTES} bytes; it was not read", final=True
        )
    pdfium.FPDF_InitLibrary()  # does nothing the second time
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentUnreadableError(
                "pdf_locked", f"{file} is locked by a password; an open PDF is needed", final=True
            )
        raise DocumentUnreadableError("pdf_damaged", f"{file} is a damaged PDF; the whole file is needed")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise DocumentUnreadableError(
                "too_many_pages", f"{file} has {count} pages, over {MOST_PAGES}; none was read", final=True
            )
        yield document, count
    finally:
        pdfium.FPDF_CloseDocument(document)


def page_of(document: Any, number: int, file: str, wary: bool = False) -> Page:
    """A page of pdfium's document, by its number from 0. Raises HiddenTextError where it hides text, if `wary`."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise DocumentUnreadableError("pdf_damaged", f"{file}: page {number + 1} is damaged; the whole file is needed")
    try:
        frame = frame_of(page)
        chars = chars_of(page, frame, f"{file}: page {number + 1}")
        drawings = drawings_of(page, frame)
        if wary and drawings.has_picture and is_hiding(page, frame):
            raise HiddenTextError
    except TooManyObjectsError as error:
        raise DocumentUnreadableError("too_many_objects", f"{file}: page {number + 1} {error}", final=True) from error
    finally:
        pdfium.FPDF_ClosePage(page)
    return Page(number + 1, frame.width, frame.height, chars, drawings.levels, drawings.uprights)


def hides_text(data: bytes, file: str) -> bool:
    """Has the PDF pages whose text nobody sees, under a picture? Whoever reads it reads another program's guess."""
    try:
        with opened(data, file) as (document, count):
            return any(_is_hiding(document, number) for number in range(count))
    except DocumentUnreadableError:
        return False


def _is_hiding(document: Any, number: int) -> bool:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return False
    try:
        return is_hiding(page, frame_of(page))
    finally:
        pdfium.FPDF_ClosePage(page)
