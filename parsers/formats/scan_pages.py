"""Picture files as pages in grey levels, within caps. What cannot be shown as a page says so."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from parsers.formats.caps import MOST_PIXELS, MOST_SCANNED
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.scan_engine import Grey

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF")
# A picture that does not say how large it is, or not credibly, is as wide as a page (A4), in points.
_PAGE_WIDTH = 595.0
_WIDTHS = (400.0, 1250.0)
# Whatever Pillow raises on damaged files.
_DAMAGED = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, EOFError)


@dataclass(frozen=True)
class Picture:
    """A page: its number from 1, its grey levels, pixels per point."""

    number: int
    grey: Grey
    dots: float


def pictures_of(data: bytes, file: str) -> Iterator[Picture]:
    """The frames of a picture file. Raises as `images_in` does."""
    for number, image in enumerate(images_in(data, file), start=1):
        grey = np.ascontiguousarray(np.asarray(image, dtype=np.uint8))
        yield Picture(number, grey, _dots(image, min(grey.shape)))


def images_in(data: bytes, file: str) -> Iterator[Image.Image]:
    """The frames of a picture file in grey levels, on white, as the camera was held.

    Raises DocumentUnreadableError for a damaged file and one above the caps.
    """
    try:
        # Pillow warns of what our own caps refuse.
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            for number in range(min(frames, MOST_SCANNED + 1)):
                image.seek(number)
                yield _grey(image, file)
    except UnidentifiedImageError as error:
        raise _damaged(file) from error
    except Image.DecompressionBombError as error:
        raise _too_large(file) from error
    except _DAMAGED as error:
        raise _damaged(file) from error


def _grey(image: Image.Image, file: str) -> Image.Image:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_large(file)
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in ("L", "RGB"):
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    grey = upright.convert("L")
    grey.info = image.info
    return grey


def _dots(image: Image.Image, narrow: int) -> float:
    """Pixels per point: as the file says, where that makes a page of it."""
    said = image.info.get("dpi", (0, 0))
    dots = float(said[0]) / 72 if isinstance(said, tuple) and len(said) == 2 else 0.0
    if dots > 0 and _WIDTHS[0] <= narrow / dots <= _WIDTHS[1]:
        return dots
    return narrow / _PAGE_WIDTH


def _damaged(file: str) -> DocumentUnreadableError:
    return DocumentUnreadableError("picture_damaged", f"{file} is a damaged picture; the whole file is needed")


def _too_large(file: str) -> DocumentUnreadableError:
    return DocumentUnreadableError("too_large", f"{file} has a picture of over {MOST_PIXELS} pixels; it was not read")
