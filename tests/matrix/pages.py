"""Pages as their readers show them: sizes, and where each character's ink is. For holding boxes to."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

Size = tuple[float, float]
Box = tuple[float, float, float, float]
_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Ink:
    """A character's tight box on the page as shown, in points from its top left."""

    text: str
    box: Box


def sizes(path: Path) -> dict[int, Size]:
    """Width and height of each page of a PDF or OFD file, by number from 1."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return {at: document[at - 1].get_size() for at in range(1, len(document) + 1)}
    with zipfile.ZipFile(path) as archive:
        document = archive.read("Doc_0/Document.xml").decode()
        pages = sum("Content.xml" in name for name in archive.namelist())
    match = re.search(r"PhysicalBox>0 0 ([\d.]+) ([\d.]+)<", document)
    if match is None:
        raise ValueError(f"{path} names no PhysicalBox")
    size = float(match[1]) * _POINTS_PER_MM, float(match[2]) * _POINTS_PER_MM
    return dict.fromkeys(range(1, pages + 1), size)


def ink(path: Path) -> dict[int, list[Ink]]:
    """The printed characters of each page of a PDF, white space left out."""
    with pypdfium2.PdfDocument(path) as document:
        return {at: list(_ink(document[at - 1])) for at in range(1, len(document) + 1)}


def _ink(page: pypdfium2.PdfPage) -> list[Ink]:
    text = page.get_textpage()
    width, height = page.get_size()
    rotation = page.get_rotation()
    # A page's own size is given as shown; its characters as they lie on the unturned page.
    wide, high = (width, height) if rotation in (0, 180) else (height, width)
    left, bottom = page.get_mediabox()[:2]
    found = []
    for at in range(text.count_chars()):
        char = text.get_text_range(at, 1)
        if not char.strip():
            continue
        x0, y0, x1, y1 = text.get_charbox(at)
        x0, x1, y0, y1 = x0 - left, x1 - left, y0 - bottom, y1 - bottom
        box = {
            0: (x0, high - y1, x1, high - y0),
            90: (y0, x0, y1, x1),
            180: (wide - x1, y0, wide - x0, y1),
            270: (high - y1, wide - x1, high - y0, wide - x0),
        }[rotation]
        found.append(Ink(char, box))
    return found
