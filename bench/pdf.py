"""Claim: plain ruled PDFs are read at least 10 times as fast as by pdfplumber's extract_tables, with equal cells.

The files are plain and ruled: the fast reader gets them whole. A file that it does not is read by pdfplumber too.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from io import BytesIO

import pdfplumber

from bench.contest import Contest, Promise
from bench.reports import NotReadError, pdf_files, read_all
from parsers import Hint, read
from parsers.completeness import cells_of
from parsers.numbers import is_figure

Tables = list[list[list[str | None]]]


def contests(scene: ExitStack) -> list[Contest]:
    """Reports of some pages each."""
    files = pdf_files(4)
    refuse_differences(files)
    return [
        Contest(
            "pdf",
            "page",
            sum(len(pages) for pages in bare(files)),
            "parsers.read",
            "pdfplumber, extract_tables",
            ours=lambda: read_all(files, Hint("file.pdf")),
            bare=lambda: bare(files),
            promise=Promise("at least", 10),
        )
    ]


def bare(files: list[bytes]) -> list[list[Tables]]:
    """The tables of every page of every file, as pdfplumber gives them: no joining, no labels, no numbers."""
    found = []
    for data in files:
        with pdfplumber.open(BytesIO(data)) as pdf:
            found.append([page.extract_tables() for page in pdf.pages])
    return found


def refuse_differences(files: list[bytes]) -> None:
    """Raises NotReadError where the two sides do not print the same figures: a race to different ends."""
    for data, pages in zip(files, bare(files), strict=True):
        ours = Counter(cell.raw for cell in cells_of(read(data, Hint("file.pdf"))).values())
        theirs = Counter(text for tables in pages for table in tables for row in table for text in row if text)
        if ours != Counter({text: count for text, count in theirs.items() if is_figure(text)}):
            raise NotReadError("parsers.read and pdfplumber do not give the same figures; nothing was measured")
