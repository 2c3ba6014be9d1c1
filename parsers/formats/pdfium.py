"""A PDF to a Document by pdfium: fast, and believed only where it knows which letters the fonts print.

pdfium may abort the process on a hostile file: untrusted files are read in worker processes. It is not safe in threads.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_double
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium

from parsers.document import Document
from parsers.formats.caps import MOST_BYTES, MOST_CHARS, MOST_PAGES
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdfium_calls import quick
from parsers.formats.pdfium_frame import Frame, frame_of
from parsers.formats.pdfium_rules import TooManyObjectsError, rules_of
from parsers.geometry.assembly import assemble
from parsers.geometry.doubles import undoubled
from parsers.geometry.page import Char, Page
from parsers.geometry.tables import sheet_of
from parsers.geometry.turn import straight

_CODE, _IS_UNMAPPED = quick(pdfium.FPDFText_GetUnicode), quick(pdfium.FPDFText_HasUnicodeMapError)
_BOX, _ANGLE = quick(pdfium.FPDFText_GetLooseCharBox), quick(pdfium.FPDFText_GetCharAngle)
_HYPHENS = (0x02, 0xFFFE)  # what pdfium gives for a hyphen at the end of a line
_SPACES = frozenset(map(ord, " \r\n\t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"))
_SURROGATES = range(0xD800, 0xE000)
_LOST = "\N{REPLACEMENT CHARACTER}"
# A character turned by less than this many degrees is one on a level line that is not quite straight.
_NEARLY = 5
# Boxes that are lower or higher than letters are, in points, are looked at again.
_LEAST_LETTER = 3.0
_MOST_LETTER = 40.0


def read_pdfium(data: bytes, file: str) -> Document:
    """The document's lines and tables in order, running heads and page numbers dropped.

    Raises DocumentUnreadableError for a damaged or locked file, one without text, one above the caps, and one with a
    font that does not tell its letters: pdfium then gives plausible wrong ones.
    """
    sheets = [sheet_of(undoubled(straight(page))) for page in pages_of(data, file)]
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        raise DocumentUnreadableError("no_text", f"{file} holds no text (a scan?); only PDFs with text are read")
    return assemble(sheets)


def pages_of(data: bytes, file: str) -> Iterator[Page]:
    """The pages one by one. Raises as `read_pdfium` does."""
    with opened(data, file) as (document, count):
        for number in range(count):
            yield page_of(document, number, file)


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


def page_of(document: Any, number: int, file: str) -> Page:
    """A page of pdfium's document, by its number from 0."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise DocumentUnreadableError("pdf_damaged", f"{file}: page {number + 1} is damaged; the whole file is needed")
    try:
        frame = frame_of(page)
        chars = _on_page(_chars(page, frame, f"{file}: page {number + 1}"), frame.width, frame.height)
        levels, uprights = rules_of(page, frame)
    except TooManyObjectsError as error:
        raise DocumentUnreadableError("too_many_objects", f"{file}: page {number + 1} {error}", final=True) from error
    finally:
        pdfium.FPDF_ClosePage(page)
    return Page(number + 1, frame.width, frame.height, chars, levels, uprights)


def _on_page(chars: tuple[Char, ...], width: float, height: float) -> tuple[Char, ...]:
    """The characters that show: what a page was cropped of, or never had room for, is still in the file."""
    return tuple(c for c in chars if c[1] < width and c[3] > 0 and c[2] < height and c[4] > 0)


def _chars(page: Any, frame: Frame, where: str) -> tuple[Char, ...]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise DocumentUnreadableError("pdf_damaged", f"{where} is damaged; the whole file is needed")
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MOST_CHARS:
            raise DocumentUnreadableError(
                "too_many_objects", f"{where} has {count} characters, over {MOST_CHARS}; it was not read", final=True
            )
        return tuple(_each(text, count, frame, where))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _each(text: Any, count: int, frame: Frame, where: str) -> Iterator[Char]:
    # The names are local because this loop is most of the time that reading a page takes.
    code_of, is_unmapped, box_of, angle_of = _CODE, _IS_UNMAPPED, _BOX, _ANGLE
    box = pdfium.FS_RECTF()
    pointer = byref(box)
    is_plain, left, top = frame.rotation == 0, frame.left, frame.top
    for at in range(count):
        code = code_of(text, at)
        if code in _SPACES:
            continue
        if is_unmapped(text, at) == 1:
            raise DocumentUnreadableError("no_unicode", f"{where} has a font without a table of its letters")
        letter = _letter(code)
        if letter.isspace():
            continue
        box_of(text, at, pointer)
        x0, y1, x1, y0 = box.left, box.top, box.right, box.bottom
        if not (_LEAST_LETTER < y1 - y0 < _MOST_LETTER and x1 - x0 < _MOST_LETTER):
            _mend(text, at, box)
            x0, y1, x1, y0 = box.left, box.top, box.right, box.bottom
            if not all(map(math.isfinite, (x0, y1, x1, y0))):
                continue
        angle = angle_of(text, at)
        if is_plain and angle <= 0:
            yield Char(letter, x0 - left, top - y1, x1 - left, top - y0, 0)
        else:
            place = frame.box(x0, y0, x1, y1)
            yield Char(letter, *place, _degrees(angle, frame.rotation))


def _mend(text: Any, at: int, box: Any) -> None:
    """The box of a letter of a vertical font: pdfium (5.15) forgets to scale its loose one."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    matrix = pdfium.FS_MATRIX()
    if not (
        pdfium.FPDFText_GetCharBox(text, at, byref(left), byref(right), byref(bottom), byref(top))
        and pdfium.FPDFText_GetMatrix(text, at, matrix)
    ):
        return
    high = pdfium.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    if high > 0 and not 0.4 < (box.top - box.bottom) / high < 2.5:
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        box.left, box.right, box.bottom, box.top = x - high / 2, x + high / 2, y - high / 2, y + high / 2


@lru_cache(8192)
def _letter(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return _LOST if code in _SURROGATES or code == 0 or code > 0x10FFFF else chr(code)


def _degrees(angle: float, rotation: int) -> int:
    """Counter-clockwise on the page as shown, which `rotation` turns clockwise; nearly straight is straight.

    pdfium's own angle is clockwise, in radians, -1 where it knows none.
    """
    degrees = -round(math.degrees(max(angle, 0))) - rotation
    quarter = 90 * round(degrees / 90)
    return (quarter if abs(degrees - quarter) < _NEARLY else degrees) % 360
