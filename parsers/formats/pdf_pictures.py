"""Which pages of a PDF are pictures, and of how many pixels: asked of every PDF that holds one, recognising nothing."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_uint
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdfium import opened, page_of
from parsers.formats.pdfium_calls import quick
from parsers.formats.pdfium_frame import Frame, frame_of
from parsers.geometry.page import Box, Char, Page

# A picture of less than this share of the page, or of so few pixels a side, is an emblem or a signature.
_LEAST_SHARE = 0.08
_LEAST_PIXELS = 200
# So many letters that one can see on a picture make it a background.
_MOST_LETTERS = 20
_LEAST_DOTS, _MOST_DOTS = 100 / 72, 220 / 72
_USUAL_DOTS = 200 / 72
_OBJECT, _KIND = quick(pdfium.FPDFPage_GetObject), quick(pdfium.FPDFPageObj_GetType)


@dataclass(frozen=True)
class Scanned:
    """What of a page is a picture: boxes in points on the page as shown (none: all of it), and pixels per point."""

    boxes: tuple[Box, ...]
    dots: float


def has_pictures(data: bytes, file: str) -> bool:
    """Has the PDF a page that can only be read as a picture? A file that cannot be opened has none."""
    try:
        with opened(data, file) as (document, count):
            return any(look(document, number, file)[1] is not None for number in range(count))
    except DocumentUnreadableError:
        return False


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
        frame = frame_of(page)
        return bool(_pictures(page, frame)) and _is_unseen(page)
    finally:
        pdfium.FPDF_ClosePage(page)


def look(document: Any, number: int, file: str) -> tuple[Page | None, Scanned | None]:
    """A page's text, where it can be read, and what must be read as a picture."""
    try:
        text = page_of(document, number, file)
    except DocumentUnreadableError as error:
        if error.code != "no_unicode":
            raise
        return None, Scanned((), _USUAL_DOTS)
    page = pdfium.FPDF_LoadPage(document, number)
    try:
        pictures = _pictures(page, frame_of(page))
        if not pictures:
            return text, None
        shown = {char for char in text.chars if any(_holds(box, char) for box, _ in pictures)}
        if len(shown) >= _MOST_LETTERS and not _is_unseen(page):
            return text, None
    finally:
        pdfium.FPDF_ClosePage(page)
    # Letters that nobody sees, under the picture, are another program's reading of it: not believed.
    rest = tuple(char for char in text.chars if char not in shown)
    dots = max(dots for _, dots in pictures)
    return replace(text, chars=rest), Scanned(tuple(box for box, _ in pictures), dots)


def _pictures(page: Any, frame: Frame) -> list[tuple[Box, float]]:
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
        if min(wide.value, high.value) < _LEAST_PIXELS or not area >= _LEAST_SHARE * frame.width * frame.height:
            continue
        dots = (wide.value * high.value / ((x1 - x0) * (y1 - y0))) ** 0.5
        found.append((box, min(max(dots, _LEAST_DOTS), _MOST_DOTS)))
    return found


def _images(page: Any) -> Iterator[Any]:
    """The pictures on the page itself."""
    object_at, kind_of = _OBJECT, _KIND
    for at in range(max(0, pdfium.FPDFPage_CountObjects(page))):
        item = object_at(page, at)
        if kind_of(item) == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield item


def _is_unseen(page: Any) -> bool:
    """Is the page's text, by its first letters, one that is not drawn?"""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count = min(_MOST_LETTERS, pdfium.FPDFText_CountChars(text))
        modes = [pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, at)) for at in range(count)]
    finally:
        pdfium.FPDFText_ClosePage(text)
    return bool(modes) and 2 * modes.count(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) > len(modes)


def _holds(box: Box, char: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
