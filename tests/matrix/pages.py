"""Pages as their readers show them: sizes, and where each character's ink is. For holding boxes to."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from parsers.report import Cell

Size = tuple[float, float]
Box = tuple[float, float, float, float]
_POINTS_PER_INCH = 72
_POINTS_PER_MM = _POINTS_PER_INCH / 25.4
# In points: how far a letter may reach over its cell's rules, how near two prints of one are, how high a watermark is.
_SLACK, _TWICE, _LARGEST = 0.5, 1.0, 30.0


@dataclass(frozen=True)
class Ink:
    """A character's tight box on the page as shown, in points from its top left."""

    text: str
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        """How high it is."""
        return self.box[3] - self.box[1]


def sizes(path: Path) -> dict[int, Size]:
    """Width and height of each page of a PDF, OFD or picture file, by number from 1."""
    if path.suffix == ".png":
        with Image.open(path) as picture:
            across, down = picture.info["dpi"]
            return {1: (picture.width * _POINTS_PER_INCH / across, picture.height * _POINTS_PER_INCH / down)}
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


def misboxed(name: str, cell: Cell, printed: Mapping[int, Sequence[Ink]]) -> list[str]:
    """Why a cell's box does not hold the characters of its text, all of each, and nothing else."""
    page, box = cell.place.page, cell.place.bbox
    if page is None or box is None:
        return [f"{name} has no box"]
    inside = [each for each in printed[page] if _holds(box, each.middle) and each.height < _LARGEST]
    letters = Counter(each.text for each in _undoubled(inside))
    if letters != Counter("".join(cell.raw.split())):
        return [f"{name}: its box {box} on page {page} holds {''.join(letters.elements())!r}, it reads {cell.raw!r}"]
    over = [each for each in inside if not _holds(_wider(box), each.box[:2]) or not _holds(_wider(box), each.box[2:])]
    return [f"{name}: {each.text!r} at {each.box} reaches out of its box {box}" for each in over]


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _wider(box: Box) -> Box:
    return box[0] - _SLACK, box[1] - _SLACK, box[2] + _SLACK, box[3] + _SLACK


def _undoubled(letters: Sequence[Ink]) -> list[Ink]:
    """Bold made by printing each letter twice counts once."""
    kept: list[Ink] = []
    for each in letters:
        if not any(each.text == other.text and _near(each.middle, other.middle) for other in kept):
            kept.append(each)
    return kept


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) < _TWICE


def _ink(page: pypdfium2.PdfPage) -> Iterator[Ink]:
    text = page.get_textpage()
    width, height = page.get_size()
    rotation = page.get_rotation()
    # A page's own size is given as shown; its characters as they lie on the unturned page.
    wide, high = (width, height) if rotation in (0, 180) else (height, width)
    left, bottom = page.get_mediabox()[:2]
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
        yield Ink(char, box)
