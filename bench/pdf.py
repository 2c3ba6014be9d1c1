"""Claim: how many PDF pages a second parsers.read reads, beside pdfplumber's extract_tables on them.

The files are plain and ruled: the fast reader gets them whole. A file that it does not is read by pdfplumber too.
"""

from __future__ import annotations

from io import BytesIO

import pdfplumber

from bench.contest import Contest
from bench.reports import pdf_files, read_all
from parsers import Hint


def contest(count: int = 4) -> Contest:
    """`count` reports of some pages each."""
    files = pdf_files(count)
    pages = sum(len(tables) for tables in bare(files))
    return Contest("PDF", pages, "pdfplumber", lambda: read_all(files, Hint("file.pdf")), lambda: bare(files))


def bare(files: list[bytes]) -> list[list[list[list[list[str | None]]]]]:
    """The tables of every page of every file, as pdfplumber gives them: no joining, no labels, no numbers."""
    found = []
    for data in files:
        with pdfplumber.open(BytesIO(data)) as pdf:
            found.append([page.extract_tables() for page in pdf.pages])
    return found
