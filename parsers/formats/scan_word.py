"""The larger pictures of a Word file as pages, one after another; what stands around them is its text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image

from parsers.document import Block
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.package import Package
from parsers.formats.pictures import dots_of
from parsers.formats.scan_pages import Picture, images_in
from parsers.formats.word import read_word
from parsers.formats.word_pictures import Placed, pictures_in


def text_of(data: bytes, file: str) -> tuple[Block, ...]:
    """What the file says beside its pictures; nothing where it has pictures only.

    Raises DocumentUnreadableError for a damaged file.
    """
    try:
        return read_word(data, file).blocks
    except DocumentUnreadableError as error:
        if error.code != "no_text":
            raise
        return ()


def pages_in_word(data: bytes, file: str) -> Iterator[Picture]:
    """The pictures, by their number in the file. Raises DocumentUnreadableError as `images_in` does."""
    package = Package(data, file)
    for number, placed in enumerate(pictures_in(package), start=1):
        image = _cropped(next(images_in(package.read(placed.part), f"{file}: picture {number}")), placed)
        dots = dots_of(image.width * image.height, placed.width * placed.height)
        size = max(1, round(placed.width * dots)), max(1, round(placed.height * dots))
        grey = np.asarray(image.resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)
        yield Picture(number, np.ascontiguousarray(grey), dots)


def _cropped(image: Image.Image, placed: Placed) -> Image.Image:
    if not any(placed.cut):
        return image
    left, top, right, bottom = placed.cut
    x0, y0 = round(left * image.width), round(top * image.height)
    x1, y1 = round((1 - right) * image.width), round((1 - bottom) * image.height)
    return image.crop((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))
