"""The pages of a PDF that are pictures, rendered; the others as text. A page may have both."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import POINTER, c_ubyte, cast
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from parsers.formats.caps import MOST_PIXELS
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdf_pictures import Scanned, look
from parsers.formats.pdfium import opened
from parsers.formats.pdfium_frame import frame_of
from parsers.formats.scan_engine import Grey
from parsers.formats.scan_pages import Picture
from parsers.geometry.page import Box, Page

_WHITE = 0xFFFFFFFF


def pages_in(data: bytes, file: str) -> Iterator[Page | Picture]:
    """The pages in order: as text, as a picture, or first the one and then the other.

    Raises DocumentUnreadableError for a damaged or locked file and one above the caps.
    """
    with opened(data, file) as (document, count):
        for number in range(count):
            text, scanned = look(document, number, file)
            if text is not None and (text.chars or scanned is None):
                yield text
            if scanned is not None:
                yield _rendered(document, number, scanned, file)


def _rendered(document: Any, number: int, scanned: Scanned, file: str) -> Picture:
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
