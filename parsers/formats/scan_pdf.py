"""The pages of a PDF that are pictures, rendered; the others as text. A page may have both."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import POINTER, c_ubyte, cast
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from parsers.formats.caps import MOST_PIXELS
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdfium import opened, page_of
from parsers.formats.pdfium_frame import frame_of
from parsers.formats.pdfium_pictures import FEW_LETTERS, is_unseen, pictures_on
from parsers.formats.scan_engine import Grey
from parsers.formats.scan_pages import Picture
from parsers.geometry.page import Box, Char, Page

_USUAL_DOTS = 200 / 72
_WHITE = 0xFFFFFFFF


@dataclass(frozen=True)
class _Scanned:
    """What of a page is a picture: boxes in points on the page as shown (none: all of it), and pixels per point."""

    boxes: tuple[Box, ...]
    dots: float


def has_pictures(data: bytes, file: str) -> bool:
    """Has the PDF a page that can only be read as a picture? A file that cannot be opened has none."""
    try:
        with opened(data, file) as (document, count):
            return any(_look(document, number, file)[1] is not None for number in range(count))
    except DocumentUnreadableError:
        return False


def pages_in(data: bytes, file: str) -> Iterator[Page | Picture]:
    """The pages in order: as text, as a picture, or first the one and then the other.

    Raises DocumentUnreadableError for a damaged or locked file and one above the caps.
    """
    with opened(data, file) as (document, count):
        for number in range(count):
            text, scanned = _look(document, number, file)
            if text is not None and (text.chars or scanned is None):
                yield text
            if scanned is not None:
                yield _rendered(document, number, scanned, file)


def _look(document: Any, number: int, file: str) -> tuple[Page | None, _Scanned | None]:
    """A page's text, where it can be read, and what must be read as a picture."""
    try:
        text = page_of(document, number, file)
    except DocumentUnreadableError as error:
        if error.code != "no_unicode":
            raise
        return None, _Scanned((), _USUAL_DOTS)
    page = pdfium.FPDF_LoadPage(document, number)
    try:
        pictures = pictures_on(page, frame_of(page))
        if not pictures:
            return text, None
        shown = {char for char in text.chars if any(_holds(box, char) for box, _ in pictures)}
        if len(shown) >= FEW_LETTERS and not is_unseen(page):
            return text, None
    finally:
        pdfium.FPDF_ClosePage(page)
    # Letters that nobody sees, under the picture, are another program's reading of it: not believed.
    rest = tuple(char for char in text.chars if char not in shown)
    dots = max(dots for _, dots in pictures)
    return replace(text, chars=rest), _Scanned(tuple(box for box, _ in pictures), dots)


def _holds(box: Box, char: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _rendered(document: Any, number: int, scanned: _Scanned, file: str) -> Picture:
    """The page as it is shown, in grey levels; white but for its pictures where it has text of its own."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise DocumentUnreadableError("pdf_damaged", f"{file}: page {number + 1} is damaged; the whole file is needed")
    try:
        frame = frame_of(page)
        most = (MOST_PIXELS / max(1.0, frame.width * frame.height)) ** 0.5
        dots = min(scanned.dots, most)
        width, height = max(1, round(frame.width * dots)), max(1, round(frame.height * dots))
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            pixels = cast(pdfium.FPDFBitmap_GetBuffer(bitmap), POINTER(c_ubyte * (stride * height))).contents
            grey = np.frombuffer(pixels, np.uint8).reshape(height, stride)[:, :width].copy()
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    finally:
        pdfium.FPDF_ClosePage(page)
    if scanned.boxes:
        grey = _only(grey, scanned.boxes, dots)
    return Picture(number + 1, grey, dots)


def _only(grey: Grey, boxes: tuple[Box, ...], dots: float) -> Grey:
    """White everywhere else."""
    kept = np.full_like(grey, 255)
    for x0, top, x1, bottom in boxes:
        place = slice(int(top * dots), int(bottom * dots) + 1), slice(int(x0 * dots), int(x1 * dots) + 1)
        kept[place] = grey[place]
    return kept
