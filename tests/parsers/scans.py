"""Scans made at test time: the pages of a PDF as pictures, turned, blurred, with noise and JPEG; the same seed, the
same bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Literal

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Pack = Literal["pdf", "jpeg", "png", "tiff", "bmp", "gif"]
Picture = NDArray[np.uint8]
_POINTS = 72
_PAPER = 255
# Of files that hold one picture only, all pages stand in it, one below the other.
_ONE_PICTURE = ("jpeg", "png", "bmp", "gif")


def make_scan(
    pdf: bytes,
    dpi: int = 200,
    degrees: float = 0.0,
    noise: float = 0.0,
    jpeg: int | None = None,
    seed: int = 0,
    pack: Pack = "pdf",
    blur: float = 0.0,
) -> bytes:
    """The pages of a PDF as a scanner gives them.

    `degrees`: turned clockwise, by any angle; `noise`: standard deviation of the grey levels (0 to 255); `jpeg`:
    quality of 1 to 100, None for none (always JPEG in `pack="jpeg"`); `blur`: standard deviation in pixels.
    A page of `pack="pdf"` is as large as before, turned along with its quarter turns.
    """
    dice = np.random.default_rng(seed)
    pages = pictures(pdf, dpi)
    if pack in _ONE_PICTURE:
        pages = [_stacked(pages)]
    pages = [_worn(_turned(page, degrees), noise, blur, dice) for page in pages]
    if pack == "pdf":
        return _as_pdf(pages, dpi, jpeg)
    if pack == "jpeg":
        return _encoded(pages[0], ".jpg", jpeg or 95)
    if jpeg is not None:
        pages = [_through_jpeg(page, jpeg) for page in pages]
    out = BytesIO()
    images = [Image.fromarray(page) for page in pages]
    images[0].save(out, pack.upper(), save_all=pack == "tiff", append_images=images[1:], **_options(pack, dpi))
    return out.getvalue()


def pictures(pdf: bytes, dpi: int) -> list[Picture]:
    """The pages of a PDF in grey levels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / _POINTS, grayscale=True).to_numpy().copy() for page in document]
    finally:
        document.close()


def _options(pack: Pack, dpi: int) -> dict[str, Any]:
    return {"dpi": (dpi, dpi)} | ({"compression": "tiff_lzw"} if pack == "tiff" else {}) if pack != "gif" else {}


def _turned(page: Picture, degrees: float) -> Picture:
    """Turned clockwise: quarters without a loss, the rest within the picture's own frame."""
    quarters = round(degrees / 90)
    page = np.ascontiguousarray(np.rot90(page, -quarters))
    rest = degrees - 90 * quarters
    if not rest:
        return page
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -rest, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(_PAPER,))
    return np.asarray(turned, dtype=np.uint8)


def _worn(page: Picture, noise: float, blur: float, dice: np.random.Generator) -> Picture:
    grey = page.astype(np.float32)
    if blur:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), blur), dtype=np.float32)
    if noise:
        grey = grey + dice.normal(0.0, noise, grey.shape).astype(np.float32)
    return np.clip(np.rint(grey), 0, 255).astype(np.uint8)


def _stacked(pages: list[Picture]) -> Picture:
    width = max(page.shape[1] for page in pages)
    padded = [np.pad(page, ((0, 0), (0, width - page.shape[1])), constant_values=_PAPER) for page in pages]
    return np.concatenate(padded)


def _encoded(page: Picture, ending: str, quality: int | None) -> bytes:
    options = [] if quality is None else [cv2.IMWRITE_JPEG_QUALITY, quality]
    return bytes(cv2.imencode(ending, page, options)[1])


def _through_jpeg(page: Picture, quality: int) -> Picture:
    coded = np.frombuffer(_encoded(page, ".jpg", quality), np.uint8)
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def _as_pdf(pages: list[Picture], dpi: int, jpeg: int | None) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pages:
        height, width = (side * _POINTS / dpi for side in page.shape)
        picture = _encoded(page, ".png" if jpeg is None else ".jpg", jpeg)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(BytesIO(picture)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
