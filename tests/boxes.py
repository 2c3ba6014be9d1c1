"""The boxes of the cells that were read, drawn on pictures of their pages: to see that they sit on the right numbers.

    python -m tests.boxes FILE OUTDIR

Writes OUTDIR/NAME-PAGE.png for each page with a cell on it: green boxes hold numbers, blue ones blanks and signs, red
ones what could not be read; in each stands what was read. Pages of PDFs and of pictures are drawn as they are; of an
OFD file its letters and rules, in one font, or its pictures.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from parsers import Hint, read
from parsers.completeness import cells_of
from parsers.formats.scan_ofd import pages_in_ofd
from parsers.formats.sniff import sniff_bytes
from parsers.geometry.page import Page
from parsers.report import Cell
from tests.replica.render_pdf import FONT_FILE

# Pixels a point.
SCALE = 2.0
_COLOURS = {"number": "#0a0", "unreadable": "#d00", "text": "#d00"}
_EMPTY = "#06c"
_TEXT_SIZE = 10


def draw(path: Path, out: Path) -> list[Path]:
    """The pictures of a file's pages with the boxes on them."""
    data = path.read_bytes()
    cells = [cell for cell in cells_of(read(data, Hint(path.name))).values() if cell.place.page and cell.place.bbox]
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for number, picture, scale in pages(path, data):
        here = [cell for cell in cells if cell.place.page == number]
        if here:
            written.append(out / f"{path.stem}-{number}.png")
            _boxed(picture, here, scale).save(written[-1])
    return written


def pages(path: Path, data: bytes) -> Iterator[tuple[int, Image.Image, float]]:
    """The file's pages from 1 as pictures, and their pixels to a point."""
    kind = sniff_bytes(data)
    if kind == "pdf":
        with pypdfium2.PdfDocument(data) as document:
            for number in range(1, len(document) + 1):
                yield number, document[number - 1].render(scale=SCALE).to_pil().convert("RGB"), SCALE
    elif kind == "ofd":
        for page in pages_in_ofd(data, path.name):
            if isinstance(page, Page):
                yield page.number, _drawn(page), SCALE
            else:
                yield page.number, Image.fromarray(page.grey).convert("RGB"), page.dots
    else:
        picture = Image.open(io.BytesIO(data))
        for number in range(1, getattr(picture, "n_frames", 1) + 1):
            picture.seek(number - 1)
            dpi = float(picture.info.get("dpi", (72, 72))[0]) or 72.0
            yield number, picture.convert("RGB"), dpi / 72


def _drawn(page: Page) -> Image.Image:
    """A page's letters and rules, each letter where its box is."""
    picture = Image.new("RGB", (round(page.width * SCALE), round(page.height * SCALE)), "white")
    pen = ImageDraw.Draw(picture)
    for char in page.chars:
        font = ImageFont.truetype(FONT_FILE, max(4, round(min(char.x1 - char.x0, char.bottom - char.top) * SCALE)))
        pen.text((char.x0 * SCALE, char.top * SCALE), char.text, fill="black", font=font)
    for at, start, end in page.levels:
        pen.line((start * SCALE, at * SCALE, end * SCALE, at * SCALE), fill="black")
    for at, start, end in page.uprights:
        pen.line((at * SCALE, start * SCALE, at * SCALE, end * SCALE), fill="black")
    return picture


def _boxed(picture: Image.Image, cells: list[Cell], scale: float) -> Image.Image:
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT_FILE, _TEXT_SIZE)
    for cell in cells:
        x0, top, x1, bottom = (side * scale for side in cell.place.bbox or ())
        colour = _COLOURS.get(cell.kind, _EMPTY)
        pen.rectangle((x0 + 1, top + 1, x1 - 1, bottom - 1), outline=colour, width=2)
        said = cell.kind if cell.value is None else format(cell.value, "f" if "." in str(cell.value) else "")
        pen.text((x0 + 3, top + 1), said, fill=colour, font=font)
    return picture


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.boxes", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("outdir", type=Path)
    asked = parser.parse_args()
    written = draw(asked.file, asked.outdir)
    for path in written:
        print(path)
    if not written:
        print(f"{asked.file}: no cell with a box was read", file=sys.stderr)
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main())
