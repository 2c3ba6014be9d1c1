"""Scans and pictures to a Document: rules by OpenCV, text by RapidOCR, in the geometry that all pages have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from parsers.document import Document
from parsers.formats.scan_cells import Kept, look_closer, read_again
from parsers.formats.scan_engine import Engine, engine
from parsers.formats.scan_frame import upright
from parsers.formats.scan_lines import chars_of, strips
from parsers.formats.scan_pages import Picture
from parsers.formats.scan_rules import rules_of, without
from parsers.geometry.assembly import assemble
from parsers.geometry.page import Page
from parsers.geometry.tables import Sheet, sheet_of
from parsers.report import Place


def read_pictures(pages: Iterable[Picture | Sheet], remarks: tuple[tuple[str, str], ...] = ()) -> Document:
    """The document of these pages in their order; a page that has text comes as a sheet already."""
    kept = Kept()
    sheets = [page if isinstance(page, Sheet) else _sheet(page, engine(), kept) for page in pages]
    document = assemble(sheets)
    closer = partial(_closer, document, kept)
    return replace(document, remarks=(*document.remarks, *remarks), closer=closer)


def _closer(document: Document, kept: Kept, places: Iterable[Place]) -> Document:
    return look_closer(document, places, kept, engine())


def _sheet(picture: Picture, models: Engine, kept: Kept) -> Sheet:
    dots = picture.dots
    quads = models.find_lines(picture.grey)
    straight = upright(picture.grey, quads, models, dots)
    levels, uprights, pixels = rules_of(straight.grey, dots)
    clean = without(straight.grey, pixels)
    chars = chars_of(clean, strips(straight.quads, uprights, dots), models)
    height, width = clean.shape
    page = Page(
        picture.number, width / dots, height / dots, tuple(chars), levels, uprights, straight.turn, straight.tilt
    )
    return read_again(sheet_of(page), page, clean, dots, models, kept)
