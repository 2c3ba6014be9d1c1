"""Claim: characters, rules and grid of a PDF take at most 2.5 times as long as pdfium alone reading the page's text.

The bare side loads each page and its text page and asks, for every character, its code, its loose box and whether its
font tells its letter: what anybody needs of pdfium who wants to know where a text stands and whether to believe it. It
calls pdfium as we do (parsers/formats/pdfium_calls.py), makes nothing of the answers and asks for no rules.
"""

from __future__ import annotations

from contextlib import ExitStack
from ctypes import byref

import pypdfium2.raw as pdfium

from bench.contest import Contest, Promise
from bench.reports import NotReadError, pdf_files
from parsers.document import Grid
from parsers.formats.pdfium import read_pdfium
from parsers.formats.pdfium_calls import quick


def contests(scene: ExitStack) -> list[Contest]:
    """The files of the claim `pdf`."""
    files = pdf_files(6)
    return [
        Contest(
            "grid",
            "page",
            sum(read_text(data) for data in files),
            "characters, rules and grids",
            "pdfium, text and boxes only",
            ours=lambda: grids_of(files),
            bare=lambda: [read_text(data) for data in files],
            promise=Promise("at most", 2.5),
        )
    ]


def grids_of(files: list[bytes]) -> None:
    """The document of every file. Raises NotReadError where it has no grid."""
    for data in files:
        if not any(isinstance(block, Grid) for block in read_pdfium(data, "file.pdf").blocks):
            raise NotReadError("a file gave no grid; expected those of three tables")


def read_text(data: bytes) -> int:
    """Ask pdfium for every character and its box; the number of pages."""
    pdfium.FPDF_InitLibrary()
    code_of, box_of = quick(pdfium.FPDFText_GetUnicode), quick(pdfium.FPDFText_GetLooseCharBox)
    is_unmapped = quick(pdfium.FPDFText_HasUnicodeMapError)
    box = pdfium.FS_RECTF()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    count = int(pdfium.FPDF_GetPageCount(document))
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        text = pdfium.FPDFText_LoadPage(page)
        for at in range(pdfium.FPDFText_CountChars(text)):
            code_of(text, at)
            is_unmapped(text, at)
            box_of(text, at, byref(box))
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return count
