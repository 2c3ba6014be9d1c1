"""Scans and pictures to a Document: rules by OpenCV, text by RapidOCR, in the geometry that all pages have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from parsers.document import Block, Document
from parsers.formats.caps import MOST_EFFORT, MOST_LINES, MOST_SCANNED
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.scan_cells import Kept, look_closer, read_again
from parsers.formats.scan_engine import PIXELS_TURNED, EffortSpentError, Engine, engine
from parsers.formats.scan_frame import upright
from parsers.formats.scan_lines import chars_of, strips
from parsers.formats.scan_ofd import pages_in_ofd
from parsers.formats.scan_pages import Picture, pictures_of
from parsers.formats.scan_pdf import pages_in
from parsers.formats.scan_rules import rules_of, without
from parsers.formats.scan_word import pages_in_word, text_of
from parsers.geometry.assembly import assemble
from parsers.geometry.page import Page
from parsers.geometry.tables import Sheet, printed, sheet_of
from parsers.geometry.text import Line
from parsers.geometry.turn import straight
from parsers.report import Place

Remark = tuple[str, str]
# Figures at a line's end, or a line of them: rows and cells of a table that no rules part.
_FIGURE = r"[+＋\-－−]?[\d０-９][\d０-９,.，．]*件?"
_ROW = re.compile(rf"(?:(?:^|\s+){_FIGURE})+\s*$")
_FIGURES = re.compile(rf"(?:(?:^|\s+){_FIGURE}){{2,}}\s*$")
# A line of prose, or of an address: one figure at its end is no cell.
_NO_ROW = re.compile(r"[。；;！？，]|电话|传真|邮编|邮政编码")


def read_scan(data: bytes, file: str) -> Document:
    """The document of a PDF some of whose pages are pictures.

    Raises DocumentUnreadableError for a damaged or locked file, one above the caps, and one that shows no text.
    """
    return _document(pages_in(data, file), file)


def read_scanned_ofd(data: bytes, file: str) -> Document:
    """The document of an OFD file some of whose pages are pictures. Raises as `read_scan` does."""
    return _document(pages_in_ofd(data, file), file)


def read_scanned_word(data: bytes, file: str) -> Document:
    """The document of a Word file: its text, then its larger pictures as pages. Raises as `read_scan` does."""
    told = ("pictures_read", f"{file} has pictures, which were read as pages: the nth picture is page n")
    return _document(pages_in_word(data, file), file, text_of(data, file), (told,))


def read_picture(data: bytes, file: str) -> Document:
    """The document of a picture file, each of its frames a page. Raises as `read_scan` does."""
    return _document(pictures_of(data, file), file)


def _document(
    pages: Iterable[Page | Picture], file: str, before: tuple[Block, ...] = (), remarks: tuple[Remark, ...] = ()
) -> Document:
    kept = Kept()
    sheets: list[Sheet] = []
    models = engine()
    models.allow(MOST_EFFORT)
    cut = ""
    scanned = 0
    for page in pages:
        if isinstance(page, Page):
            sheets.append(printed(straight(page)))
            continue
        # Not even rendering what comes after is free: reading ends here.
        if scanned == MOST_SCANNED:
            cut = f"only the first {MOST_SCANNED} pages that are pictures were read, the document goes on"
            break
        try:
            sheets.append(_sheet(page, models, kept, file))
        except EffortSpentError:
            cut = f"page {page.number} shows more than can be read in time; it was not read, nor what follows it"
            break
        scanned += 1
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        if cut:
            raise DocumentUnreadableError("too_many_objects", f"{file}: {cut}")
        raise DocumentUnreadableError("no_text", f"{file} holds pictures in which no text was seen")
    told = (("pages_cut", cut),) if cut else ()
    document = Document((*before, *assemble(sheets).blocks), remarks=(*remarks, *told))
    return replace(document, closer=partial(_closer, document, kept))


def _closer(document: Document, kept: Kept, places: Iterable[Place]) -> Document:
    models = engine()
    # Looks at some of the figures again: never more than it took to see them at first.
    models.allow(2 * MOST_EFFORT)
    return look_closer(document, places, kept, models)


def _sheet(picture: Picture, models: Engine, kept: Kept, file: str) -> Sheet:
    dots = picture.dots
    models.spend(picture.grey.size // PIXELS_TURNED)
    quads = models.find_lines(picture.grey)
    level = upright(picture.grey, quads, models, dots)
    levels, uprights, pixels = rules_of(level.grey, dots)
    clean = without(level.grey, pixels)
    pieces = strips(level.quads, uprights, dots)
    if len(pieces) > MOST_LINES:
        raise DocumentUnreadableError(
            "too_many_objects", f"{file}: page {picture.number} shows over {MOST_LINES} pieces of text; it was not read"
        )
    height, width = clean.shape
    chars = tuple(chars_of(clean, pieces, models))
    page = Page(picture.number, width / dots, height / dots, chars, levels, uprights, level.turn, level.tilt)
    sheet = sheet_of(page)
    unruled = [without_figures(line) for line in sheet.lines]
    sheet = replace(sheet, lines=tuple(line for line in unruled if line.text))
    return read_again(sheet, page, clean, dots, models, kept)


def without_figures(line: Line) -> Line:
    """A line outside ruled tables without the row of figures at its end: seen once only, which is not enough."""
    row = _FIGURES if _NO_ROW.search(line.text) else _ROW
    text = row.sub("", line.text).rstrip()
    return replace(line, text=text, label="", marks=(), spots=())
