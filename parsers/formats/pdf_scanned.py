"""Which pages of a PDF are pictures, and of how many pixels: asked of every PDF that holds one, recognising nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdfium import opened, page_of
from parsers.formats.pdfium_frame import frame_of
from parsers.formats.pdfium_pictures import is_unseen, pictures_on
from parsers.formats.pictures import FEW_LETTERS, holds
from parsers.geometry.page import Box, Page

_USUAL_DOTS = 200 / 72


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
        pictures = pictures_on(page, frame_of(page))
        if not pictures:
            return text, None
        shown = {char for char in text.chars if any(holds(box, char) for box, _ in pictures)}
        if len(shown) >= FEW_LETTERS and not is_unseen(page):
            return text, None
    finally:
        pdfium.FPDF_ClosePage(page)
    # Letters that nobody sees, under the picture, are another program's reading of it: not believed.
    rest = tuple(char for char in text.chars if char not in shown)
    dots = max(dots for _, dots in pictures)
    return replace(text, chars=rest), Scanned(tuple(box for box, _ in pictures), dots)
