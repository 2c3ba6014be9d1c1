"""The pictures on a PDF's page, and whether its text stands unseen under them: another program's guess at a scan."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_uint
from typing import Any

import pypdfium2.raw as pdfium

from parsers.formats.pdfium_calls import quick
from parsers.formats.pdfium_frame import Frame
from parsers.formats.pictures import FEW_LETTERS, LEAST_SHARE, dots_of
from parsers.geometry.page import Box

# A picture of fewer pixels a side is an emblem or a signature, however large it is shown.
_LEAST_PIXELS = 200
_OBJECT, _KIND = quick(pdfium.FPDFPage_GetObject), quick(pdfium.FPDFPageObj_GetType)


def is_hiding(page: Any, frame: Frame) -> bool:
    """Is there text on the page that nobody sees, under a picture?"""
    return bool(pictures_on(page, frame)) and is_unseen(page)


def pictures_on(page: Any, frame: Frame) -> list[tuple[Box, float]]:
    """The boxes of the page's larger pictures on the page as shown, and their pixels per point."""
    found = []
    for item in _images(page):
        left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
        wide, high = c_uint(), c_uint()
        if not pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
            continue
        pdfium.FPDFImageObj_GetImagePixelSize(item, byref(wide), byref(high))
        x0, y0, x1, y1 = frame.box(left.value, bottom.value, right.value, top.value)
        box = max(x0, 0.0), max(y0, 0.0), min(x1, frame.width), min(y1, frame.height)
        area = max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
        if min(wide.value, high.value) < _LEAST_PIXELS or not area >= LEAST_SHARE * frame.width * frame.height:
            continue
        found.append((box, dots_of(wide.value * high.value, (x1 - x0) * (y1 - y0))))
    return found


def _images(page: Any) -> Iterator[Any]:
    """The pictures on the page itself."""
    object_at, kind_of = _OBJECT, _KIND
    for at in range(max(0, pdfium.FPDFPage_CountObjects(page))):
        item = object_at(page, at)
        if kind_of(item) == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield item


def is_unseen(page: Any) -> bool:
    """Is the page's text, by its first letters, one that is not drawn?"""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count = min(FEW_LETTERS, pdfium.FPDFText_CountChars(text))
        modes = [pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, at)) for at in range(count)]
    finally:
        pdfium.FPDFText_ClosePage(text)
    return bool(modes) and 2 * modes.count(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) > len(modes)
